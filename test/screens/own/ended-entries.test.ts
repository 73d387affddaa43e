import { describe, expect, it } from 'vitest';
import { isCreateStep, stepsOf } from '../../../source/activation/steps.ts';
import type { Report } from '../../../source/activation/report.ts';
import type { ApplyEvent, ApplyStep } from '../../../source/apply/events.ts';
import type { Entry } from '../../../source/components/entries/entries.tsx';
import { displayWidth } from '../../../source/components/text/width.ts';
import { unicodeGlyphs as glyphs } from '../../../source/components/theme/glyphs.ts';
import { RefusedError } from '../../../source/flow-service/errors.ts';
import { english } from '../../../source/locale/catalogs.ts';
import { explain } from '../../../source/locale/explain.ts';
import { textsOf } from '../../../source/locale/texts.ts';
import { zhTW } from '../../../source/locale/zh-TW.ts';
import {
  applyAtStart,
  type ApplyState,
  checklistRows,
  interruptedIn,
  isCounting,
  madeByNow,
  reduceApply,
  runToUndo,
} from '../../../source/screens/own/apply/apply-state.ts';
import { endedAt, endedEntries } from '../../../source/screens/own/apply/ended-entries.ts';
import { newerPlan } from '../../helpers/newer-plan.ts';
import { tutorialPlan } from '../../helpers/plans.ts';

const done = (step: ApplyStep, isReused?: true): ApplyEvent[] => [
  { kind: 'started', step },
  {
    kind: 'succeeded',
    step,
    ms: 100,
    id: 'b76a9520-4f0b-4b1c-9d57-0c6a4f7f3a10',
    ...(isReused ? { isReused } : {}),
  },
];
const again = (attempt: number, why: string): ApplyEvent => ({
  kind: 'retrying',
  step: 'flow',
  attempt,
  afterMs: 3000,
  why,
});
const result: ApplyEvent = { kind: 'result', outcome: 'failed', run: '0a1b2c3d', made: {} };
const chains: ApplyEvent[] = [
  ...done('source-base-connection', true),
  ...done('source-connection'),
  ...done('target-base-connection'),
  ...done('target-connection'),
  { kind: 'started', step: 'flow' },
];

const stateOf = (events: readonly ApplyEvent[]) => events.reduce(reduceApply, applyAtStart);
const linesOf = (entries: readonly Entry[]): string[] =>
  entries.flatMap(({ mark = '', lines }) =>
    lines.map((spans, at) => `${at === 0 ? mark : ' '} ${spans.map(({ said }) => said).join('')}`.trimEnd()),
  );
const scene = { host: 'platform.adobe.io', sandbox: 'dev' };

describe('a step that is tried again', () => {
  it.each([
    ['503', 'busy (503), retrying in 3 s · try 2 of 3'],
    ['429', 'busy (429), retrying in 3 s · try 2 of 3'],
    ['500', 'failing (500), retrying in 3 s · try 2 of 3'],
    ['timeout', 'no answer (no answer in time), retrying in 3 s · try 2 of 3'],
    ['etag', 'changed by someone else, retrying in 3 s'],
  ])('after %s says what, when and how often', (why, said) => {
    const row = checklistRows(stateOf([...chains, again(2, why)]), tutorialPlan, english).find(
      ({ step }) => step === 'flow',
    );
    expect(row).toMatchObject({ label: 'Dataflow', state: 'running', detail: said });
  });
});

it('keeps over attempts how long it took to make what is there', () => {
  const seen = (step: ApplyStep): ApplyEvent[] => [
    { kind: 'started', step },
    { kind: 'succeeded', step, ms: 0, id: 'b76a9520', isEarlier: true },
  ];
  const msOf = (state: ApplyState, step: ApplyStep): number | undefined =>
    checklistRows(state, tutorialPlan, english).find((row) => row.step === step)?.ms;
  const first = [...done('source-connection'), result].reduce(reduceApply, applyAtStart);
  const second = [{ kind: 'again' } as const, ...seen('source-connection'), result].reduce(
    reduceApply,
    first,
  );
  const third = [{ kind: 'again' } as const, ...seen('source-connection')].reduce(reduceApply, second);
  expect([second, third].map((state) => msOf(state, 'source-connection'))).toEqual([100, 100]);
  // Of what another start has made nobody knows it here.
  expect(msOf(stateOf(seen('source-connection')), 'source-connection')).toBeUndefined();
});

describe('what is waited for', () => {
  const waiting = (about: object): ApplyEvent => ({ kind: 'waiting', step: 'flow', ...about }) as ApplyEvent;
  const doubt = { about: 'doubt', mostMs: 60_000 };
  it.each<[ApplyEvent, number, string]>([
    [again(2, '503'), 0, 'busy (503), retrying in 3 s · try 2 of 3'],
    [again(2, '503'), 1400, 'busy (503), retrying in 1.6 s · try 2 of 3'],
    [waiting(doubt), 0, 'may have taken effect; looking for it, 60 s at most'],
    [waiting(doubt), 12_000, 'may have taken effect; looking for it, 48 s at most'],
    [
      waiting({ ...doubt, attempt: 2, why: '503' }),
      12_000,
      'busy (503); checking whether it took effect, 48 s at most · try 2 of 3',
    ],
    [
      waiting({ ...doubt, attempt: 1, why: 'lost' }),
      55_900,
      'no answer (connection lost); checking whether it took effect, 4.1 s at most · try 1 of 3',
    ],
    [waiting({ about: 'unseen', mostMs: 30_000 }), 29_000, 'not shown yet; asking again, 1 s at most'],
    [
      waiting({ about: 'busy', mostMs: 300_000 }),
      400_000,
      'the platform is still working on it; asking again, 0 s at most',
    ],
    [waiting({ status: 'inprogress', percentCompleted: 40 }), 5000, 'inprogress 40 %'],
  ])('%j, %i ms later', (event, passedMs, said) => {
    const state = [...chains, { ...event, atMs: 5000 }].reduce(reduceApply, applyAtStart);
    const detail = (nowMs?: number) =>
      checklistRows(state, tutorialPlan, english, nowMs).find(({ step }) => step === 'flow')?.detail;
    expect(detail(5000 + passedMs)).toBe(said);
    expect(isCounting(state)).toBe(true);
    // A clock that was read before it was told counts nothing.
    expect(detail(100)).toBe(detail(5000));
  });

  it('is not counted once it is over', () => {
    const over = stateOf([...chains, waiting(doubt), ...done('flow')]);
    expect([isCounting(over), isCounting(stateOf(chains))]).toEqual([false, false]);
  });
});

describe('the checklist', () => {
  it.each([
    ['an older card', tutorialPlan],
    ['a newer card', newerPlan],
    ['a newer card on a connection that is there', { ...newerPlan, source: { sourceConnectionId: 's' } }],
  ])('has from the start what a plan makes, and nothing that it does not: %s', (_, plan) => {
    const steps = checklistRows(applyAtStart, plan, english).map(({ step }) => step);
    expect(steps.filter(isCreateStep)).toEqual(stepsOf(plan));
    expect(stepsOf(plan)).toContain('flow');
    expect(steps.includes('mapping-set')).toBe(plan !== tutorialPlan);
    expect(steps.includes('source-base-connection')).toBe(plan === tutorialPlan);
  });
});

describe('an apply that ended', () => {
  const error = new RefusedError({ method: 'POST', path: '/data/foundation/flowservice/flows' }, 503, {
    requestId: '9f2c4d1e-0000-4000-8000-00000000a11e',
  });
  const failed = stateOf([
    ...chains,
    again(2, '503'),
    again(3, '503'),
    { kind: 'failed', step: 'flow', ms: 400, error },
    result,
  ]);
  const soFar = { made: ['Objects created so far: 4.'], next: ['Trying again continues from there.'] };
  const interrupted = stateOf([...chains, ...done('flow'), { ...result, outcome: 'interrupted' }]);

  it('says what happened below the step that it happened at, and keeps all the others', () => {
    const told = explain(english, error, scene);
    const entries = endedEntries(checklistRows(failed, tutorialPlan, english), told, soFar, {
      width: 80,
      glyphs,
      text: english,
    });
    const lines = linesOf(entries);
    expect(entries.find(({ id }) => id === endedAt)?.mark).toBe('✗');
    expect(lines[0]).toMatch(/^✓ Connection to Profile Store +reused +0\.1 s$/);
    const at = lines.findIndex((line) => /^✗ Dataflow +503, 3 tries +0\.4 s$/.test(line));
    expect(lines[at - 1]).toMatch(/^✓ Storage location +b76a9520-/);
    // What happened, what there is, what to do; the number for support last.
    const happened = lines.slice(at + 1, -3).join(' ');
    const parts = [
      'problem (503).',
      'POST /flows failed',
      ...soFar.made,
      'Nothing is wrong on your side',
      ...soFar.next,
      '9f2c4d1e-0000-4000-8000-00000000a11e',
    ];
    const places = parts.map((part) => happened.indexOf(part));
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(places).not.toContain(-1);
    expect(lines.at(-1)).toBe('─ Read back and compare');
    expect(madeByNow(failed)).toBe(3);
  });

  it('by Ctrl+C says so after the last step that was done', () => {
    const told = explain(english, { kind: 'interrupted' }, scene);
    const entries = endedEntries(checklistRows(interrupted, tutorialPlan, english), told, undefined, {
      width: 80,
      glyphs,
      text: english,
    });
    const ids = entries.map(({ id }) => id);
    expect(ids[ids.indexOf(endedAt) - 1]).toBe('flow');
    expect(linesOf(entries).filter((line) => line.startsWith('─'))).toHaveLength(4);
    expect(told.why).toBe('The current request was finished, and no other was started.');
  });

  it('while it looked whether a request was done says that nobody knows', () => {
    const doubted: ApplyEvent = { kind: 'waiting', step: 'flow', about: 'doubt', mostMs: 40_000 };
    const left = stateOf([...chains, doubted, { ...result, outcome: 'interrupted' }]);
    const row = checklistRows(left, tutorialPlan, english).find(({ step }) => step === 'flow');
    expect(row).toMatchObject({ state: 'skipped', detail: 'not known whether it took effect' });
    expect(explain(english, interruptedIn(left), scene).why).toBe(
      'It is not known whether the current request took effect; no other was started.',
    );
    expect(interruptedIn(interrupted).isOpen).toBe(false);
  });

  it.each([
    ['en', english],
    ['zh-TW', textsOf(zhTW, 'zh-TW')],
  ])('fits into 40 columns with nothing cut (%s)', (_, text) => {
    const told = explain(text, error, scene);
    const lines = linesOf(
      endedEntries(checklistRows(failed, tutorialPlan, text), told, undefined, { width: 40, glyphs, text }),
    );
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(38);
    expect(lines.join('\n')).not.toContain('…');
    expect(lines.join('')).toContain('9f2c4d1e');
  });
});

describe('a change that was proven', () => {
  const proven: ApplyEvent = {
    ...result,
    outcome: 'verified',
    flowId: 'F',
    report: { isVerified: true } as Report,
  };

  it.each([
    ['of a dataflow', [...done('change'), proven], '0a1b2c3d'],
    ['of its storage location', [...done('location'), proven], '0a1b2c3d'],
    ['that sent nothing', [...done('validate'), proven], undefined],
    ['that made everything', [...chains, proven], undefined],
  ] as const)('is offered to be undone: one %s', (_, events, run) => {
    expect(runToUndo(stateOf(events))).toBe(run);
  });
});

describe('a difference that is sent again', () => {
  const report = { isVerified: false } as Report;
  const proven: ApplyEvent = { ...result, outcome: 'mismatch', flowId: 'F', report };

  it('is another attempt, at the dataflow that differs, and keeps what was proven', () => {
    const resent = reduceApply(stateOf([...chains, proven]), { kind: 'resent' });
    expect(resent).toMatchObject({ attempt: 1, isChange: true, differing: { flowId: 'F', report } });
    expect(resent.result).toBeUndefined();
    const failedAgain = [result, { kind: 'again' } as const].reduce(reduceApply, resent);
    expect(failedAgain).toMatchObject({ attempt: 2, differing: { flowId: 'F' } });
    const kept = reduceApply(reduceApply(failedAgain, result), { kind: 'kept' });
    expect(kept.result).toBe(proven);
  });

  it('is nothing where nothing was proven', () => {
    const ended = stateOf([...chains, result]);
    expect(reduceApply(ended, { kind: 'resent' })).toBe(ended);
    expect(reduceApply(ended, { kind: 'kept' })).toBe(ended);
  });
});
