import { expect, it } from 'vitest';
import type { Exports } from '../../../source/pages/remote-cache.ts';
import { placeOf } from '../../../source/pages/services.ts';
import { ReviewScreen } from '../../../source/screens/own/review-table.tsx';
import { fromLive } from '../../../source/wizard/from-plan.ts';
import type { WizardState } from '../../../source/wizard/reducer.ts';
import { toPlan } from '../../../source/wizard/to-plan.ts';
import { keys } from '../../helpers/ink.tsx';
import { drawAlone } from '../../helpers/page.tsx';
import { smallPlatform as small } from '../../helpers/remote.ts';
import { atReview, chosen } from '../../helpers/wizard-events.ts';

/** The review of a dataflow whose folder was changed, and what it exports right now. */
function changing(): WizardState {
  const made = atReview();
  const held = { ...made.draft, account: { id: 'a-1', name: 'Account' }, flow: 'f-1' };
  const draft = { ...fromLive(toPlan(held), chosen('Adobe Campaign')), sandbox: held.sandbox };
  const { location } = draft;
  return {
    ...made,
    draft: { ...draft, location: { ...location, params: { ...location.params, path: 'other' } } },
  };
}

it('shows an export to the place that changes, proposes to wait, and looks again', async () => {
  let now: Exports = { exporting: [{ id: 'f-1' }] };
  const asked: string[] = [];
  const state = changing();
  const place = placeOf(state, { host: '', orgId: '', sandbox: undefined, missing: [] });
  const { frame, press, waitFor, cache, last } = await drawAlone(
    { state, page: ReviewScreen },
    {
      ...small,
      exporting(_, __, id) {
        asked.push(id);
        return Promise.resolve(now);
      },
    },
  );
  await waitFor(/▲ dataflow f-1 is exporting right now/);
  await press(keys.enter);
  expect(frame()).toMatch(/send it now.*\n?.*wait until it ends/);
  // What is proposed sends nothing.
  await press(keys.enter);
  expect(frame()).not.toContain('wait until it ends');
  expect(last()).toBe(state);
  now = { exporting: [] };
  await cache.refreshExporting(place, 'f-1');
  await waitFor((drawn) => !drawn.includes('exporting right now'));
  expect(asked).toEqual(['f-1', 'f-1']);
  await press(keys.enter);
  expect(frame()).not.toContain('wait until it ends');
});

// living.md 3, C11
it('asks on, in the same words, while what stands behind the question is read again and time passes', async () => {
  const none: Exports = { exporting: [] };
  const some: Exports = { exporting: [{ id: 'f-1' }] };
  let now = none;
  const state = changing();
  const place = placeOf(state, { host: '', orgId: '', sandbox: undefined, missing: [] });
  const { frame, press, waitFor, cache, last } = await drawAlone(
    { state, page: ReviewScreen },
    { ...small, exporting: () => Promise.resolve(now) },
  );
  await waitFor('Apply this plan');
  await cache.refreshExporting(place, 'f-1');
  await press(keys.enter);
  const question = /Change dataflow "[^?]*\?/.exec(frame())?.[0] ?? '';
  expect(question).not.toBe('');
  for (const read of [some, none, { exporting: undefined }, some]) {
    now = read;
    await cache.refreshExporting(place, 'f-1');
    expect(frame()).toContain(question);
  }
  expect(last()).toBe(state);
  await press('y');
  expect(last().page).toBe('apply');
});

it('asks once that is known which decides what is asked, and not where somebody has turned to something else', async () => {
  for (const turnsAway of [false, true]) {
    const answer = Promise.withResolvers<Exports>();
    const { frame, press, waitFor } = await drawAlone(
      { state: changing(), page: ReviewScreen },
      { ...small, exporting: () => answer.promise },
    );
    await waitFor('Apply this plan');
    await press(keys.enter);
    expect(frame()).toContain('One moment: the platform is still being asked.');
    // What is typed ahead answers nothing.
    await press('y');
    if (turnsAway) await press(keys.down);
    answer.resolve({ exporting: [{ id: 'f-1' }] });
    await waitFor(/exporting right now/);
    expect(frame().includes('wait until it ends')).toBe(!turnsAway);
    expect(frame()).not.toContain('One moment');
  }
});

it('counts the next exports from now on, not from the hour that has begun', async () => {
  // Exported every day at 12:00 UTC.
  const nowMs = Date.UTC(2026, 11, 10, 12, 0, 30);
  const alone = { state: atReview(), page: ReviewScreen, nowMs, height: 40 };
  const { waitFor } = await drawAlone(alone, small, { columns: 80, rows: 48 });
  const drawn = await waitFor(/_\d{8}_120000\.csv/);
  expect(drawn).toContain('20261211_120000.csv');
});

it.each<[string, (state: WizardState) => WizardState, string]>([
  ['that it is applied', (state) => state, 'Next: apply'],
  [
    'the step of what is wrong',
    (state) => ({ ...state, draft: { ...state.draft, attributes: [] } }),
    'Next: columns',
  ],
  [
    'the step of a line',
    (state) => ({ ...state, jump: { to: 'attributes', from: 'deduplication' } }),
    'Next: columns',
  ],
])('says of what comes next %s', async (_, changed, said) => {
  const { frame } = await drawAlone({ state: changed(atReview()), page: ReviewScreen }, small);
  expect(frame()).toContain(said);
});
