import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { readPlan } from '../../source/activation/plan/read-plan.ts';
import { planOfFlow } from '../../source/activation/plan-of-flow.ts';
import { kindOf } from '../../source/activation/spec/catalog.ts';
import { lookAhead } from '../../source/apply/live/look-ahead.ts';
import { FlowMissingError, readSet, readTarget } from '../../source/apply/live/live.ts';
import { resolveSecrets } from '../../source/commands/plan/resolve-secrets.ts';
import { type Emulator, startEmulator } from '../../source/emulator/server.ts';
import { clientOf } from '../helpers/answers.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { applyHere, orgId } from '../helpers/runs.ts';
import { freshFolder } from '../helpers/terminal.ts';
import { byDay } from '../helpers/soak.ts';

const folder = new URL('../../examples/plans/', import.meta.url);
const examples = readdirSync(folder).filter((name) => name.endsWith('.plan.json'));
const looking = { extras: 'prune', clock: () => performance.now(), tell: () => undefined } as const;

/** The plan of a dataflow, as a program reads it. */
async function pull(emulator: Emulator, flowId: string): Promise<Plan> {
  const client = clientOf(emulator.url, { orgId });
  const flow = await client.getFlow(flowId);
  const [target, set] = await Promise.all([readTarget(client, flow, {}), readSet(client, flow, {})]);
  const reading = planOfFlow({ flow, target, set }, 'dev');
  if (reading.kind !== 'plan') throw new Error(reading.why);
  return reading.plan;
}

const writes = ({ requests }: Emulator): string[] =>
  requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);

describe('a plan that was pulled', () => {
  it.each(byDay(examples, (_, at) => at % 3 === 0))(
    'differs in nothing and sends no write: %s',
    async (file) => {
      const emulator = await emulatorWith({ patchDelayMs: 20, touchDelayMs: false });
      const reading = readPlan(readFileSync(new URL(file, folder), 'utf8'));
      if (reading.kind !== 'plan') throw new Error('not sound');
      const { plan: made } = reading;
      const authParams = await resolveSecrets(made, { env: {} } as never, () => undefined);
      const at = freshFolder();
      const first = await applyHere({
        folder: at,
        run: 'a0a0a0a0',
        emulator,
        plan: made,
        services: { authParams },
      });
      expect(first.outcome).toBe('verified');
      const flowId = first.flowId ?? '';
      const plan = await pull(emulator, flowId);
      // A card of today writes the membership of a segment out. @see cards.md, section 5.1
      const isNewer = kindOf(made.destination.connectionSpecId) === 'newer';
      const asHeld = (one: unknown): unknown =>
        isNewer && one === 'segmentMembership.status' ? 'segmentMembership.seg_namespace.seg_id.status' : one;
      expect(JSON.stringify(await pull(emulator, flowId))).toBe(JSON.stringify(plan));
      expect(plan).toMatchObject({
        name: made.name,
        flow: flowId,
        segments: made.segments.map(({ id, name, exportMode }) => ({
          id,
          exportMode,
          ...(name ? { name } : {}),
        })),
        attributes: { ...made.attributes, selected: made.attributes.selected.map(asHeld) },
      });
      const client = clientOf(emulator.url, { orgId });
      const before = writes(emulator).length;
      const { event } = await lookAhead(plan, flowId, { ...looking, client });
      expect(event).toMatchObject({ differences: [], requests: [] });
      const again = await applyHere({ folder: at, run: 'b0b0b0b0', emulator, plan });
      expect(again.outcome).toBe('verified');
      expect(writes(emulator).slice(before)).toEqual([]);
    },
  );

  describe('of one that others have made', () => {
    let emulator: Emulator;
    beforeAll(async () => {
      emulator = await startEmulator({ flows: 12 });
      return () => emulator.close();
    });

    it('sends no write either', async () => {
      const client = clientOf(emulator.url, { orgId });
      let count = 0;
      for await (const page of client.list('flows')) {
        for (const { id, name } of page) {
          if (name?.endsWith(')') === true) continue;
          const plan = await pull(emulator, id);
          const { event } = await lookAhead(plan, id, { ...looking, client });
          expect(event.differences).toEqual([]);
          count++;
        }
      }
      expect(count).toBe(10);
      expect(writes(emulator)).toEqual([]);
    });

    it('is told where one is that is in another sandbox', async () => {
      const client = clientOf(emulator.url, { orgId });
      const { value: [first] = [] } = await client.list('flows').next();
      const plan = await pull(emulator, first?.id ?? '');
      const elsewhere = (id: string) => Promise.resolve(id === 'gone' ? ['stage'] : []);
      const failed = await lookAhead(plan, 'gone', { ...looking, client, elsewhere }).catch(
        (error: unknown) => error,
      );
      expect(failed).toBeInstanceOf(FlowMissingError);
      expect(failed).toMatchObject({ id: 'gone', found: ['stage'] });
    });
  });
});
