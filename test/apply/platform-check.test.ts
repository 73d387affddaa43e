import { describe, expect, it } from 'vitest';
import type { Plan } from '../../source/activation/plan/plan.ts';
import type { ApplyEvent } from '../../source/apply/events.ts';
import { execute } from '../../source/apply/execute.ts';
import type { EmulatorOptions } from '../../source/emulator/server.ts';
import { explain } from '../../source/locale/explain.ts';
import { english } from '../../source/locale/catalogs.ts';
import { textsOf } from '../../source/locale/texts.ts';
import { zhTW } from '../../source/locale/zh-TW.ts';
import { clientOf } from '../helpers/answers.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { authParams, exactlyOne, futurePlan, none, orgId, settledCounts } from '../helpers/runs.ts';

async function apply(plan: Plan, options: EmulatorOptions = {}, sandbox = 'dev') {
  const emulator = await emulatorWith({ segments: 300, patchDelayMs: 5, ...options });
  const events: ApplyEvent[] = [];
  const client = clientOf(emulator.url, { orgId, sandbox });
  const applying = execute(plan, { client, authParams, run: '0a1b2c3d', clock: () => performance.now() });
  for await (const event of applying) events.push(event);
  const last = events.at(-1);
  if (last?.kind !== 'result') throw new Error('an apply ended without a result');
  const error = events.find((one) => one.kind === 'failed')?.error;
  const writes = emulator.requests.filter(({ method }) => method !== 'GET');
  const findings = events.flatMap((one) => (one.kind === 'finding' ? [one.finding] : []));
  return { emulator, outcome: last.outcome, error, writes, findings };
}

const [first, ...others] = futurePlan.segments;
if (!first) throw new Error('no segment');
const unknown = '00000000-0000-4000-8000-000000000000';
const { attributes, destination } = futurePlan;

describe.concurrent('before the first write', () => {
  it.each<[string, Plan, string]>([
    [
      'a segment that is not there',
      { ...futurePlan, segments: [{ ...first, id: unknown }, ...others] },
      'platform.segmentUnknown',
    ],
    [
      'an attribute that is not there',
      {
        ...futurePlan,
        attributes: { ...attributes, selected: [...attributes.selected, 'person.name.nick'] },
      },
      'platform.attributeUnknown',
    ],
    [
      'an attribute that is a list',
      { ...futurePlan, attributes: { ...attributes, selected: [...attributes.selected, 'person.hobbies'] } },
      'platform.attributeNotExportable',
    ],
    [
      'a flow spec that is not there',
      { ...futurePlan, destination: { ...destination, flowSpecId: unknown } },
      'platform.flowSpec',
    ],
  ])('%s is found, and nothing is written', async (_, plan, id) => {
    const { outcome, error, writes, emulator } = await apply(plan);
    expect([outcome, error]).toMatchObject(['failed', { kind: 'planRefused', problems: [{ id }] }]);
    expect(writes).toEqual([]);
    expect(await settledCounts(emulator)).toEqual(none);
    for (const text of [english, textsOf(zhTW, 'zh-TW')]) {
      const { why } = explain(text, error, { host: '', sandbox: '' });
      expect(why).not.toMatch(/platform\.|\{/);
    }
  });

  it.each(['nowhere', 'old-campaign'])('a sandbox that cannot be used is found: %s', async (sandbox) => {
    const { error, writes } = await apply({ ...futurePlan, sandbox }, {}, sandbox);
    expect(error).toMatchObject({ kind: 'planRefused', problems: [{ id: 'platform.sandboxUnknown' }] });
    expect(writes).toEqual([]);
  });

  it.each([
    ['sandboxes', ['GET /sandbox-management=403', 'GET /sandbox-management/=403']],
    [
      'segments',
      [
        'GET /audiences=403',
        'GET /audiences/*=403',
        'GET /segment/definitions=403',
        'GET /segment/definitions/*=403',
      ],
    ],
    ['attributes', ['GET /unions/*=403', 'GET /entityTypes/*=403']],
    ['flowSpecs', ['GET /flowSpecs=403x1']],
    ['connectionSpecs', ['GET /connectionSpecs=403']],
  ])('what may not be read is told as not checked, not as wrong: %s', async (subject, faults) => {
    const { emulator, outcome, findings } = await apply(futurePlan, { faults });
    expect(findings).toMatchObject([{ id: 'finding.notChecked', path: '$', values: { subject } }]);
    expect(outcome).toBe('verified');
    expect(await settledCounts(emulator)).toEqual(exactlyOne);
  });

  it('many segments are looked for in the list, and another name is told', async () => {
    const headers = {
      authorization: 'Bearer t',
      'x-api-key': 'k',
      'x-gw-ims-org-id': orgId,
      'x-sandbox-name': 'dev',
    };
    const lister = await emulatorWith({ segments: 300 });
    const listed = await fetch(`${lister.url}/data/core/ups/audiences?start=250&limit=5`, { headers });
    const { children } = (await listed.json()) as { children: { id: string; name: string }[] };
    const segments = children.map(({ id, name }, index) => ({
      ...first,
      id,
      name: index === 0 ? 'Mine' : name,
    }));
    const { outcome, findings } = await apply({ ...futurePlan, segments });
    expect(outcome).toBe('verified');
    expect(findings).toMatchObject([
      { id: 'finding.segmentName', values: { segment: 'Mine', found: children[0]?.name } },
    ]);
  });

  it('all is read side by side', async () => {
    // Nothing is answered before six are asked: one after the other they would wait for ever.
    const { promise, resolve } = Promise.withResolvers<void>();
    let asked = 0;
    const hold = async (): Promise<void> => {
      if (++asked === 6) resolve();
      await promise;
    };
    const { outcome, emulator } = await apply(futurePlan, { hold });
    expect(outcome).toBe('verified');
    expect(emulator.requests.slice(0, 6).map(({ method }) => method)).toEqual(Array(6).fill('GET'));
  });
});
