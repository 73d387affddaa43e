import { expect, it } from 'vitest';
import { unicodeGlyphs as glyphs } from '../../source/components/theme/glyphs.ts';
import { type RunFlow, runRow } from '../../source/activation/run-table.ts';
import { run as runShape } from '../../source/flow-service/runs.ts';
import { english as text } from '../../source/locale/catalogs.ts';
import { hourBars, runCounts } from '../../source/pages/watch/runs.ts';

const flow: RunFlow = { id: 'F', name: 'F', segments: [], mandatoryFields: [] };

it.each([
  [['success', 'failed'], '2 runs · 1 failed · 0 running'],
  [['processing', 'Waiting', undefined], '3 runs · 0 failed · 3 running'],
  [['processing', 'paused', 'cancelled'], '3 runs · 0 failed · 1 running · 2 unknown'],
])('of runs that say %j it is told: %s', (statuses, wanted) => {
  const rows = statuses.map((status, at) =>
    runRow(runShape.parse({ id: `r${at}`, metrics: { statusSummary: { status } } }), [flow]),
  );
  expect(runCounts({ rows } as unknown as Parameters<typeof runCounts>[0], { text, glyphs })).toBe(wanted);
});

it('of hours are bars, as high as most began in one, and nothing where none began', () => {
  const at = Date.UTC(2026, 10, 26, 12);
  const startedAtUTC = (hours: number) => at - hours * 3_600_000;
  const rows = [...Array.from({ length: 7 }, () => 0), 1, 1, 23].map((hours, id) => {
    const metrics = {
      durationSummary: { startedAtUTC: startedAtUTC(hours) },
      statusSummary: { status: hours === 23 ? 'failed' : 'success' },
    };
    return runRow(runShape.parse({ id: `r${id}`, metrics }), [flow]);
  });
  // When it was read is the platform's time already, however far its clock is from ours.
  for (const offsetMs of [0, 24 * 3_600_000, -24 * 3_600_000]) {
    const bars = (of: unknown[]) => {
      const list = { rows: of, readMs: at, offsetMs };
      return hourBars(list as unknown as Parameters<typeof hourBars>[0], glyphs);
    };
    expect(bars(rows)).toEqual([
      { bars: '▂', hasFailed: true },
      { bars: `${'▁'.repeat(21)}▃█`, hasFailed: false },
    ]);
    expect(bars([])).toEqual([]);
  }
});
