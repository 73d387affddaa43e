import { describe, expect, it } from 'vitest';
import { type Draft, withoutSecrets } from '../../source/wizard/draft.ts';
import { cameFromFlows, canGoBack, nextOf } from '../../source/wizard/moves.ts';
import { initialState, reduce, type WizardEvent, type WizardState } from '../../source/wizard/reducer.ts';
import { toPlan } from '../../source/wizard/to-plan.ts';
import { answered, atReview, nowMs, run } from '../helpers/wizard-events.ts';

const sandbox = { name: 'dev', isProduction: false };
const start = initialState(nowMs, 'emulator');
const atHome = reduce(start, answered({ of: 'sandbox', value: sandbox }));
const looked: readonly WizardEvent[] = [
  { type: 'listed' },
  { type: 'looked', flow: { id: 'f-1', name: 'CRM' } },
];
/** A dataflow as it is opened: without a platform, with the sandbox as the plan names it. */
const opened: Draft = {
  ...withoutSecrets(atReview().draft),
  platform: undefined,
  sandbox: { name: 'dev', isProduction: undefined },
  account: { id: 'a-1', name: 'CRM bucket' },
  flow: 'f-1',
};

describe('home', () => {
  it('stands behind the sandbox, is told as what comes next, and leads to a new activation', () => {
    expect([start.page, nextOf(start)]).toEqual(['sandbox', 'home']);
    expect(atHome.page).toBe('home');
    expect(reduce(atHome, { type: 'begun' }).page).toBe('destination');
  });

  it('is on the way back, and on no way to something that was begun', () => {
    const first = reduce(atHome, { type: 'begun' });
    expect(run(first, { type: 'wentBack' }).page).toBe('home');
    expect(run(first, { type: 'wentBack' }, { type: 'wentBack' }).page).toBe('sandbox');
    const back = run(atReview(), ...Array.from({ length: 12 }, (): WizardEvent => ({ type: 'wentBack' })));
    expect(back.page).toBe('sandbox');
    expect([nextOf(back), reduce(back, answered({ of: 'sandbox', value: sandbox })).page]).toEqual([
      'destination',
      'destination',
    ]);
    const jumped = run(atReview(), { type: 'jumped', page: 'sandbox' });
    expect(reduce(jumped, answered({ of: 'sandbox', value: sandbox })).page).toBe('review');
  });

  it('leads to the dataflows, to one of them, and back the same way', () => {
    const at = run(atHome, ...looked);
    const pages = [at.page];
    let state = at;
    while (canGoBack(state)) {
      state = reduce(state, { type: 'wentBack' });
      pages.push(state.page);
    }
    expect(pages).toEqual(['flow', 'flows', 'home', 'sandbox']);
    expect(at.flow).toEqual({ id: 'f-1', name: 'CRM' });
  });

  it('opens a dataflow at its review, on the platform and in the sandbox where the person is', () => {
    const at = run(atHome, ...looked, { type: 'flowTaken', draft: opened });
    expect([at.page, at.draft.platform, at.draft.sandbox]).toEqual(['review', 'emulator', sandbox]);
    expect(at.takenUp).toBeUndefined();
  });

  it('is come back to by a change of one of them, which is over then', () => {
    const live = toPlan({ ...opened, platform: 'emulator' });
    const taken = run(atHome, ...looked, { type: 'flowTaken', draft: { ...opened, live } });
    expect(cameFromFlows(taken)).toBe(true);
    const proven = run(taken, { type: 'confirmed' }, { type: 'proven', flowId: 'f-1' });
    const at = reduce(proven, { type: 'seen' });
    expect([at.page, at.flow?.id, at.hasApplied]).toEqual(['flows', 'f-1', false]);
    expect([at.draft.flow, at.draft.live, at.draft.destination]).toEqual([undefined, undefined, undefined]);
    expect([at.draft.platform, at.draft.sandbox]).toEqual(['emulator', sandbox]);
    // What was begun anew, or by its name on the command line, ends with the wizard.
    const home = reduce({ ...at, page: 'home' }, { type: 'begun' });
    expect(cameFromFlows(home)).toBe(false);
    expect(cameFromFlows({ ...taken, flow: undefined })).toBe(false);
  });

  it('calls a dataflow as it was renamed once that is proven, and not before', () => {
    const live = toPlan({ ...opened, platform: 'emulator' });
    const named = { type: 'kept', answer: { of: 'name', value: 'New name' } } as const;
    const taken = run(atHome, ...looked, { type: 'flowTaken', draft: { ...opened, live } }, named);
    expect(taken.flow).toEqual({ id: 'f-1', name: 'CRM' });
    const proven = run(taken, { type: 'confirmed' }, { type: 'proven', flowId: 'f-1' });
    expect(proven.flow).toEqual({ id: 'f-1', name: 'New name' });
    const elsewhere = { ...taken, page: 'apply' as const, flow: { id: 'f-2', name: 'Other' } };
    expect(reduce(elsewhere, { type: 'proven', flowId: 'f-1' }).flow).toEqual({ id: 'f-2', name: 'Other' });
  });

  it('begins something new with nothing of a dataflow that was opened', () => {
    const at = run(atHome, ...looked, { type: 'flowTaken', draft: opened });
    const home = { ...at, page: 'home' as const };
    const { draft, page } = reduce(home, { type: 'begun' });
    expect([page, draft.flow, draft.live, draft.destination, draft.segments]).toEqual([
      'destination',
      undefined,
      undefined,
      undefined,
      [],
    ]);
    expect([draft.platform, draft.sandbox]).toEqual(['emulator', sandbox]);
  });

  it('takes a draft up as one that may be about something else by now', () => {
    const saved = { version: 1 as const, savedMs: nowMs, page: 'review', draft: opened };
    const at = reduce(atHome, { type: 'restored', saved });
    expect([at.page, at.takenUp]).toEqual(['review', saved]);
  });

  const back: WizardEvent = { type: 'wentBack' };
  const live = toPlan({ ...opened, platform: 'emulator' });
  const other = { ...opened, live };

  it('has nothing that nobody was asked behind a review that was opened', () => {
    const saved = { version: 1 as const, savedMs: nowMs, page: 'review', draft: { ...other, sandbox } };
    const withOffers = initialState(nowMs, 'emulator', { hasOffers: true });
    const doors: readonly [WizardState, WizardEvent][] = [
      [run(atHome, ...looked), { type: 'flowTaken', draft: other }],
      [atHome, { type: 'restored', saved }],
      [withOffers, { type: 'restored', saved }],
    ];
    for (const [at, event] of doors) {
      const taken = reduce(at, event);
      expect([at.page, taken.page, reduce(taken, back).page]).toEqual([at.page, 'review', at.page]);
      // Also after something was changed: back to the review, and from there to where one came from.
      const changed = run(taken, { type: 'jumped', page: 'segments', line: 'x' }, { type: 'wentBack' }, back);
      expect([changed.page, changed.draft]).toEqual([at.page, taken.draft]);
    }
  });

  it('has the shell behind a dataflow that was opened by its name, and the platform where that was asked', () => {
    const byName = initialState(nowMs, 'emulator', { draft: { ...other, sandbox }, isFromPlan: true });
    expect([byName.page, canGoBack(byName), reduce(byName, back)]).toEqual(['review', false, byName]);
    const plan = { ...opened, flow: undefined };
    const asked = initialState(nowMs, undefined, { draft: plan, isFromPlan: true });
    const platform = answered({ of: 'platform', value: 'emulator' });
    const atPlan = reduce(asked, platform);
    const before = reduce(atPlan, back);
    expect([atPlan.page, before.page, reduce(before, platform).page]).toEqual([
      'review',
      'platform',
      'review',
    ]);
  });

  it('leads what was left at another page of a live dataflow to its review', () => {
    const saved = { version: 1 as const, savedMs: nowMs, page: 'segments', draft: { ...other, sandbox } };
    const at = reduce(atHome, { type: 'restored', saved });
    expect([at.page, nextOf(at), reduce(at, back).page]).toEqual(['segments', 'review', 'review']);
    expect(reduce(reduce(at, back), back).page).toBe('home');
  });

  it('opens it at the top each time, and goes on with what was changed', () => {
    const taken = run(atHome, ...looked, { type: 'flowTaken', draft: other });
    const changed = run(
      taken,
      { type: 'jumped', page: 'segments', line: 'segments 0' },
      answered({ of: 'segments', value: taken.draft.segments.slice(1) }),
    );
    expect(changed.jump?.from).toBe('segments 0');
    const again = run(changed, back, { type: 'flowTaken', draft: changed.draft });
    expect([again.page, again.jump, again.scope]).toEqual(['review', undefined, []]);
    expect(again.draft.segments).toHaveLength(1);
    const saved = { version: 1 as const, savedMs: nowMs, page: 'review', draft: { ...other, sandbox } };
    const restored = reduce(atHome, { type: 'restored', saved });
    const left = run(restored, { type: 'kept', answer: { of: 'name', value: 'Ours' } }, back, {
      type: 'restored',
      saved,
    });
    expect([left.page, left.draft.name]).toEqual(['review', 'Ours']);
    const { draft } = run(left, back, { type: 'begun' });
    expect([draft.flow, draft.live, draft.segments]).toEqual([undefined, undefined, []]);
  });
});

it('goes on from the proof to the dataflow that was made, also in a rehearsal, and from there home', () => {
  const flow = { id: 'f-9', name: 'Made' };
  for (const platform of ['emulator', 'organisation'] as const) {
    const reviewed = atReview();
    const proven = run(
      { ...reviewed, draft: { ...reviewed.draft, platform } },
      { type: 'confirmed' },
      { type: 'proven', flowId: flow.id },
      { type: 'seen', flow },
    );
    expect(proven).toMatchObject({ page: 'flow', flow, hasApplied: false });
    // What is done is no draft any more.
    expect([proven.draft.destination, proven.draft.platform]).toEqual([undefined, platform]);
    expect(run(proven, { type: 'wentBack' }, { type: 'wentBack' }).page).toBe('home');
  }
});
