import { describe, expect, it } from 'vitest';
import { planChange } from '../../source/activation/change/changes.ts';
import { openFlow } from '../../source/commands/flow/open-flow.ts';
import { planOf } from '../../source/commands/flow/plan-of.ts';
import { isStop } from '../../source/commands/console/stop.ts';
import type { Draft } from '../../source/wizard/draft.ts';
import { initialState, reduce } from '../../source/wizard/reducer.ts';
import { toPlan } from '../../source/wizard/to-plan.ts';
import { clientOf } from '../helpers/answers.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { orgId } from '../helpers/runs.ts';

const noSignal = new AbortController().signal;

/** Every dataflow of a sandbox that the wizard can open. */
async function opened(count: number) {
  const emulator = await emulatorWith({ segments: 200, flows: count });
  const client = clientOf(emulator.url, { orgId });
  const ids: string[] = [];
  for await (const page of client.list('flows', [])) ids.push(...page.map(({ id }) => id));
  const refused: string[] = [];
  const drafts: { id: string; draft: Draft }[] = [];
  for (const id of ids) {
    try {
      drafts.push({ id, draft: (await openFlow(await client.getFlow(id), client, noSignal)).draft });
    } catch (error) {
      if (!isStop(error)) throw error;
      refused.push(id);
    }
  }
  return { emulator, client, drafts, refused };
}

describe('a dataflow that is opened', () => {
  it('says of itself what a pull says, differs in nothing, and is at its review with nothing asked', async () => {
    const { client, drafts, refused, emulator } = await opened(10);
    expect([drafts.length, refused.length]).toEqual([8, 2]);
    for (const { id, draft } of drafts) {
      const { plan } = await planOf(await client.getFlow(id), client);
      const here: Draft = { ...draft, sandbox: { name: 'dev', isProduction: false } };
      expect(toPlan(here)).toEqual(plan);
      expect(planChange(plan, toPlan(here)).differences).toEqual([]);
      expect(initialState(0, 'organisation', { draft: here, isFromPlan: true }).page).toBe('review');
      expect(draft.account?.name).not.toBe(draft.account?.id);
    }
    expect(emulator.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('keeps what the wizard has no question for, whatever is changed', async () => {
    const { drafts } = await opened(10);
    for (const { draft } of drafts) {
      const location = { ...draft.live?.destination.location, tier: 'cold' };
      const live = draft.live && { ...draft.live, destination: { ...draft.live.destination, location } };
      const state = initialState(Date.now(), 'organisation', {
        draft: { ...draft, live, sandbox: { name: 'dev', isProduction: false } },
        isFromPlan: true,
      });
      const [first, ...others] = state.draft.segments;
      const renamed = reduce(state, { type: 'kept', answer: { of: 'name', value: 'Renamed' } });
      const less = reduce(renamed, { type: 'kept', answer: { of: 'segments', value: others } });
      const plan = toPlan(less.draft);
      expect(plan.destination.location).toEqual(location);
      expect(live && planChange(live, plan).differences.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
        `removed $.segments[${first?.id}]`,
        'changed $.name',
      ]);
    }
  });
});
