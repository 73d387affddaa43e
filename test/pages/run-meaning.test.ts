import { expect, it } from 'vitest';
import { unicodeGlyphs as glyphs } from '../../source/components/theme/glyphs.ts';
import { type ListRow, type RunFlow, runRow } from '../../source/activation/run-table.ts';
import { run as runShape } from '../../source/flow-service/runs.ts';
import { english as text } from '../../source/locale/catalogs.ts';
import { meaningLines, runCells, runMeaning } from '../../source/pages/watch/runs.ts';

const flow: RunFlow = { id: 'F', name: 'F', segments: [], mandatoryFields: [] };
const saying = { text, glyphs, nowMs: Date.UTC(2026, 10, 26, 14), zone: 'UTC', sandbox: 'dev' };

const ofRun = (metrics: object): ReturnType<typeof runRow> =>
  runRow(runShape.parse({ id: 'r', metrics }), [flow]);
const failed = ofRun({ statusSummary: { status: 'failed' } });
const absent = (state: string): ListRow =>
  ({ id: 'a', state, slotMs: 0, segments: [], flow }) as unknown as ListRow;

it.each<[string, ListRow, readonly RegExp[]]>([
  ['failed', failed, [/^No file was sent/, /^Check sign-in/]],
  [
    'failed with files',
    { ...failed, run: { ...failed.run, filesOut: 1 } },
    [/^It failed after it had sent 1 file/, /^Check sign-in/],
  ],
  [
    'failed and mended',
    { ...failed, mendedBy: failed.run },
    [/^No file was sent/, /^A later export was good/],
  ],
  ['late', absent('late'), [/^No file was sent/, /^Export it now/]],
  ['missed', absent('missed'), [/^No file was sent/, /^Export it now/]],
  ['due', absent('due'), []],
  ['under way', ofRun({ statusSummary: { status: 'processing' } }), []],
  ['good', ofRun({ statusSummary: { status: 'success' } }), []],
])(
  'of one that is %s is said what it means and what to do, where anything has to be done',
  (_, row, wanted) => {
    const lines = runMeaning(row, { text });
    expect(lines.length).toBeLessThanOrEqual(meaningLines);
    expect(lines).toEqual(wanted.map((one): unknown => expect.stringMatching(one)));
  },
);

it.each<[string, object, readonly string[]]>([
  ['no number', {}, ['–', '', '', '']],
  ['one', { recordSummary: { outputRecordCount: 0 } }, ['0', '–', '–', '–']],
])('of a run that tells %s what is absent is a dash, once where all are', (_, told, wanted) => {
  const row = ofRun({ statusSummary: { status: 'failed' }, ...told });
  const { cells } = runCells({ value: row, goneMs: undefined, under: undefined }, saying, 80, false);
  expect(cells.slice(4)).toEqual(wanted);
});
