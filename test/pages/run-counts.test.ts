import { expect, it } from 'vitest';
import { unicodeGlyphs as glyphs } from '../../source/components/theme/glyphs.ts';
import { type RunFlow, runRow } from '../../source/activation/run-table.ts';
import { run as runShape } from '../../source/flow-service/runs.ts';
import { english as text } from '../../source/locale/catalogs.ts';
import { runCounts } from '../../source/pages/watch/runs.ts';

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
