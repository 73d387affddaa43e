import { describe, expect, it } from 'vitest';
import { DetailsEditor } from '../../../source/screens/own/details/details-form.tsx';
import { withDetails } from '../../../source/wizard/details.ts';
import type { WizardState } from '../../../source/wizard/reducer.ts';
import { keys, renderInk } from '../../helpers/ink.tsx';
import { AlonePage } from '../../helpers/page.tsx';
import { atReview, nowMs, segment } from '../../helpers/wizard-events.ts';

/** The form of two segments that are set like this, or of the second alone. */
function opened(
  each: readonly Readonly<Record<string, string>>[],
  field: WizardState['field'] = 'exportMode',
): WizardState {
  const made = atReview();
  const ids = [segment('1').id, segment('2').id].slice(-each.length);
  const settings = { ...made.draft.settings };
  ids.forEach((id, at) => {
    const usual = settings[id];
    if (usual) settings[id] = withDetails(usual, each[at] ?? {});
  });
  return { ...made, page: 'detailsEditor', scope: ids, field, draft: { ...made.draft, settings } };
}

async function drawn(state: WizardState) {
  const seen: WizardState[] = [state];
  const ink = await renderInk(
    <AlonePage state={state} page={DetailsEditor} onState={(after) => seen.push(after)} nowMs={nowMs} />,
    { columns: 80, rows: 24 },
  );
  const settingOf = (id: string) => seen.at(-1)?.draft.settings[segment(id).id];
  return { ...ink, settingOf };
}

const unlike = [
  {},
  { exportMode: 'FIRST_FULL_THEN_INCREMENTAL', frequency: 'EVERY_6_HOURS', startTime: '05:00' },
];

describe('the form of several segments', () => {
  it('says which values they have, and none of them as if it were common', async () => {
    const { frame } = await drawn(opened(unlike));
    expect(frame()).toContain('several: full ×1, incremental ×1');
    expect(frame()).toContain('several: every day ×1, every 6 hours ×1');
    expect(frame()).toContain('several: 12:00 ×1, 05:00 ×1');
    expect(frame()).not.toContain('EVERY_6_HOURS');
    // What they have alike stands there as ever.
    expect(frame()).toMatch(/Start date +2026-12-02/);
    // The exports below are those of one of them.
    expect(frame()).toContain('Segment 1');
  });

  it('changes only what is edited', async () => {
    const { press, settingOf } = await drawn(opened(unlike, 'endDate'));
    await press('2026/12/31', keys.enter, keys.enter);
    expect(settingOf('1')).toMatchObject({
      exportMode: 'DAILY_FULL_EXPORT',
      schedule: { startTime: '12:00', endDate: '2026-12-31' },
    });
    expect(settingOf('2')).toMatchObject({
      exportMode: 'FIRST_FULL_THEN_INCREMENTAL',
      schedule: { frequency: 'EVERY_6_HOURS', startTime: '05:00', endDate: '2026-12-31' },
    });
  });
});

it.each([
  ['exportMode', '←→ choose · ↑↓ move · enter next field · esc back'],
  ['startDate', '↑↓ move · enter next field · ctrl+o calendar · esc back'],
  ['filenameTemplate', '↑↓ move · enter continue · ctrl+o macros · esc back'],
] as const)('says what the keys do at %s', async (field, hints) => {
  const { frame } = await drawn(opened([{}], field));
  expect(frame()).toContain(hints);
});

describe('a day and a time in the form', () => {
  it('says once what is wrong with a day', async () => {
    const { frame } = await drawn(opened([{ startDate: '2027-02-30' }], 'startDate'));
    expect(frame().split('2027-02-30 is not a day of the calendar')).toHaveLength(2);
  });

  it.each([
    ['2026-11-30', undefined, true],
    ['2026-12-01', '08:00', true],
    ['2026-12-01', '10:00', false],
    ['2026-12-02', undefined, false],
  ])('tells of a start on %s at %s whether it is past: %s', async (startDate, startTime, isPast) => {
    const at = startTime === undefined ? {} : { startTime };
    const { frame } = await drawn(opened([{ startDate, ...at }], startTime ? 'startTime' : 'startDate'));
    expect(frame().includes('▲ This is in the past')).toBe(isPast);
  });

  it('stands there as it was understood, once it is left', async () => {
    const { press, frame, settingOf } = await drawn(opened([{ startTime: '1' }], 'startTime'));
    await press('\u0015', '9', keys.down);
    expect(frame()).toMatch(/Start time, UTC +09:00/);
    expect(settingOf('2')).toMatchObject({ schedule: { startTime: '09:00' } });
  });
});
