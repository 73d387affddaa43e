import { describe, expect, it, vi } from 'vitest';
import type { ApplyEvent } from '../../source/apply/events.ts';
import { compare } from '../../source/activation/report.ts';
import { codeOf } from '../../source/commands/wizard/session.ts';
import { apply as speak } from '../../source/dialogue/own/say-apply.ts';
import { flow } from '../../source/flow-service/flows.ts';
import type { Ending, WizardServices } from '../../source/pages/services.ts';
import { ApplyScreen } from '../../source/screens/own/apply/applying.tsx';
import type { WizardState } from '../../source/wizard/reducer.ts';
import { toPlan } from '../../source/wizard/to-plan.ts';
import { scripted } from '../helpers/dialogue.ts';
import { keys } from '../helpers/ink.tsx';
import { drawAlone } from '../helpers/page.tsx';
import { smallPlatform } from '../helpers/remote.ts';
import { atReview, nowMs } from '../helpers/wizard-events.ts';

const applying: WizardState = { ...atReview(), page: 'apply', hasApplied: true };
const verified = {
  ...compare(toPlan(applying.draft), flow.parse({ transformations: [] })),
  rows: [],
  isVerified: true,
};

/** An apply that is verified, and beside which somebody else has made the same, or has not. */
const services = (isTwin: boolean): Partial<WizardServices> => ({
  now: () => nowMs,
  timeZone: 'UTC',
  organisation: { host: 'h', orgId: 'o', missing: [] } as unknown as WizardServices['organisation'],
  savePlan: () => Promise.resolve('a.plan.json'),
  async *apply(): AsyncGenerator<ApplyEvent> {
    await Promise.resolve();
    yield { kind: 'started', step: 'flow' };
    yield { kind: 'succeeded', step: 'flow', ms: 1, id: 'F1' };
    if (isTwin)
      yield {
        kind: 'finding',
        step: 'check',
        finding: { id: 'finding.twin', severity: 'warning', path: '$.name', values: { id: 'F2' } },
      };
    const result = { kind: 'result', outcome: 'verified', run: 'r', made: { flowId: 'F1' } } as const;
    yield { ...result, flowId: 'F1', report: verified, ...(isTwin ? { isTwin } : {}) };
  },
});

async function drawnToEnd(isTwin: boolean): Promise<Ending> {
  const ended: Ending[] = [];
  const { waitFor, press } = await drawAlone(
    {
      state: applying,
      page: ApplyScreen,
      services: services(isTwin),
      onFinish: (one) => ended.push(one),
    },
    smallPlatform,
  );
  await waitFor('Verified.');
  await (isTwin ? waitFor('F2') : undefined);
  await press(keys.enter);
  await vi.waitFor(() => expect(ended).toHaveLength(1));
  return ended[0] as Ending;
}

async function spokenToEnd(isTwin: boolean): Promise<Ending> {
  const { dialogue } = scripted([''], { state: applying, services: services(isTwin) });
  const turn = await speak(dialogue, () => () => undefined);
  if (turn.kind !== 'outcome' || turn.outcome.type !== 'ended') throw new Error('not ended');
  return turn.outcome.ending;
}

describe.each([
  ['drawn', drawnToEnd],
  ['spoken', spokenToEnd],
])('the wizard, %s, ends as an apply in lines does', (_, toEnd) => {
  it.each([
    ['where somebody else has made the same meanwhile', true, 6],
    ['where nobody has', false, 0],
  ])('%s', async (__, isTwin, code) => {
    const ending = await toEnd(isTwin);
    expect(codeOf(ending)).toBe(code);
    // What is proven stands, and its draft is not gone on with.
    expect(ending.outcome).toBe('verified');
    expect(ending.lines.some((one) => one.includes('F2'))).toBe(isTwin);
  });
});
