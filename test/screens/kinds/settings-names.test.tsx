import { expect, it } from 'vitest';
import { defaultSettings } from '../../../source/activation/content/schedule.ts';
import { schedule } from '../../../source/pages/schedule/schedule.ts';
import { SettingsScreen } from '../../../source/screens/kinds/settings-screen.tsx';
import { withDetails } from '../../../source/wizard/details.ts';
import type { WizardState } from '../../../source/wizard/reducer.ts';
import { keys, renderInk } from '../../helpers/ink.tsx';
import { AlonePage } from '../../helpers/page.tsx';
import { atReview, nowMs } from '../../helpers/wizard-events.ts';

const names = ['Loyal newsletter readers', 'City hikers of the north', 'Mountain lovers, EU, all year'];

/** Some segments whose settings need all the room they can have. */
function unlike(): WizardState {
  const made = atReview();
  const usual = defaultSettings(made.nowMs, 'x');
  const { startDate } = usual.schedule;
  const endDate = new Date(Date.parse(startDate) + 60 * 86_400_000).toISOString().slice(0, 10);
  const segments = Array.from({ length: 7 }, (_, at) => ({
    id: `0b1c2d3e-0000-4000-8000-00000000000${at}`,
    name: names[at % names.length] ?? '',
  }));
  const settings = Object.fromEntries(
    segments.map(({ id }, at) => [
      id,
      withDetails(usual, {
        endDate,
        ...(at % 2 === 0 ? {} : { exportMode: 'FIRST_FULL_THEN_INCREMENTAL', frequency: 'EVERY_12_HOURS' }),
      }),
    ]),
  );
  return { ...made, page: 'schedule', scope: [], draft: { ...made.draft, segments, settings } };
}

it('leaves a name twenty cells, and says all that is set in what is left', async () => {
  const { frame } = await renderInk(
    <AlonePage
      state={unlike()}
      page={() => <SettingsScreen page={schedule} />}
      onState={() => undefined}
      nowMs={nowMs}
    />,
    { columns: 80, rows: 24 },
  );
  for (const name of names) expect(frame()).toContain(name.slice(0, 19));
  expect(frame()).toMatch(/every 12 h +12:00 UTC +02 Dec – 30 Jan/);
});

it('says on a narrow page the whole name of the row under the cursor, and indents what goes on', async () => {
  const { frame, press } = await renderInk(
    <AlonePage
      state={unlike()}
      page={() => <SettingsScreen page={schedule} />}
      onState={() => undefined}
      nowMs={nowMs}
      width={40}
      height={15}
    />,
    { columns: 40, rows: 22 },
  );
  expect(frame()).toContain('│ m f d n change all 7 segments');
  await press(keys.up);
  expect(frame()).toContain('│ Loyal newsletter readers\n');
  await press(keys.up);
  expect(frame()).toContain('│ Mountain lovers, EU, all year\n');
});
