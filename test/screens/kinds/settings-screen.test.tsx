import { expect, it } from 'vitest';
import { schedule } from '../../../source/pages/schedule/schedule.ts';
import { SettingsScreen } from '../../../source/screens/kinds/settings-screen.tsx';
import { DetailsEditor } from '../../../source/screens/own/details/details-form.tsx';
import { reduce, type WizardState } from '../../../source/wizard/reducer.ts';
import { keys, renderInk } from '../../helpers/ink.tsx';
import { AlonePage } from '../../helpers/page.tsx';
import { atReview, segment } from '../../helpers/wizard-events.ts';

const { id } = segment('2');
const kept = (value: Record<string, string>): WizardState =>
  reduce(
    { ...atReview(), page: 'schedule' },
    { type: 'kept', answer: { of: 'schedule', scope: [id], value } },
  );

const Settings = () => <SettingsScreen page={schedule} />;

it.each([{ startDate: '2026-11-27z' }, { filenameTemplate: '' }])(
  'marks the row of %j, and no other',
  async (value) => {
    const { frame } = await renderInk(
      <AlonePage state={kept(value)} page={Settings} onState={() => undefined} />,
      {
        columns: 80,
        rows: 24,
      },
    );
    const rows = frame()
      .split('\n')
      .filter((line) => /[☐☑].*Segment \d/.test(line));
    expect(rows.map((line) => line.includes('✗'))).toEqual([false, true]);
  },
);

it('says the hour on both clocks, in the table and of the next exports, at 80 columns', async () => {
  const { frame } = await renderInk(
    <AlonePage
      state={{ ...atReview(), page: 'schedule' }}
      page={Settings}
      onState={() => undefined}
      services={{ timeZone: 'Asia/Taipei' }}
    />,
    { columns: 80, rows: 24 },
  );
  expect(frame()).toMatch(/Segment 2 .* 12:00 UTC \(20:00\) /);
  expect(frame()).toMatch(/next .*12:00 UTC \(20:00\) .*12:00 UTC \(20:00\)$/m);
});

it.each([
  ['of one segment', [id], '❯ ☐ Segment 2'],
  ['of all alike', [segment('1').id, id], '❯   All 2 segments'],
] as const)('begins where the line of the review was: %s', async (_, scope, at) => {
  const there = reduce(atReview(), { type: 'jumped', page: 'schedule', line: 'when.0', scope });
  const { frame } = await renderInk(<AlonePage state={there} page={Settings} onState={() => undefined} />, {
    columns: 80,
    rows: 24,
  });
  expect(frame()).toContain(at);
});

it('offers the letters of what the page says, hears them, and no others', async () => {
  const fewer = { ...schedule, switches: schedule.switches.slice(1), fields: [] };
  let last: WizardState = { ...atReview(), page: 'schedule' };
  const before = last.draft;
  const { frame, press } = await renderInk(
    <AlonePage
      state={last}
      page={() => <SettingsScreen page={fewer} />}
      onState={(after) => (last = after)}
    />,
    { columns: 80, rows: 24 },
  );
  expect(frame()).toMatch(/· f change all 2 segments/);
  expect(frame().split('\n').at(-1)).toMatch(/· f frequency/);
  expect(frame().split('\n').at(-1)).not.toMatch(/ [mdn] /);
  for (const letter of ['m', 'd', 'n']) await press(letter);
  expect(last).toMatchObject({ page: 'schedule', draft: before });
  await press('f');
  expect(last.draft.settings).not.toEqual(before.settings);
});

it('names as next what Enter does on its row', async () => {
  let last: WizardState = { ...atReview(), page: 'schedule' };
  const { frame, press } = await renderInk(
    <AlonePage state={last} page={Settings} onState={(after) => (last = after)} />,
    { columns: 80, rows: 24 },
  );
  expect(frame()).toMatch(/^❯ → Continue[^]*Next: review/m);
  await press(keys.up);
  expect(frame()).toMatch(/^❯ ☐ Segment 2[^]*Next: fill it in/m);
  await press(keys.enter);
  expect(last.page).toBe('detailsEditor');
});

it('says in the form what is wrong before anything is typed', async () => {
  const refused = reduce(kept({ startDate: '2027-02-30' }), { type: 'continued' });
  const { frame } = await renderInk(
    <AlonePage state={refused} page={DetailsEditor} onState={() => undefined} />,
    {
      columns: 80,
      rows: 24,
    },
  );
  expect(frame()).toContain('✗ 2027-02-30 is not a day of the calendar.');
});
