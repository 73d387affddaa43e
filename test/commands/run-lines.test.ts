import { describe, expect, it } from 'vitest';
import { type RunFlow, runRow } from '../../source/activation/run-table.ts';
import {
  absentJson,
  followHead,
  followLine,
  runJson,
  runLines,
} from '../../source/commands/flow/run-lines.ts';
import { explanationLines, sizeText } from '../../source/pages/watch/run-words.ts';
import type { AbsentState } from '../../source/activation/watch/absent.ts';
import { runLine } from '../../source/pages/watch/runs.ts';
import { remarksOn } from '../../source/activation/watch/remarks.ts';
import type { WatchedRun } from '../../source/activation/watch/watched.ts';
import { sinceMs } from '../../source/commands/flow/since.ts';
import { unicodeGlyphs } from '../../source/components/theme/glyphs.ts';
import { run as runShape } from '../../source/flow-service/runs.ts';
import { english, textIn } from '../../source/locale/catalogs.ts';
import { absentRow } from '../helpers/absent.ts';

const at = Date.UTC(2026, 10, 26, 2, 14);
const flow: RunFlow = {
  id: 'crm',
  name: 'CRM weekly',
  segments: [{ id: 's1', name: 'Hikers' }],
  mandatoryFields: ['Email'],
};
const saying = { text: english, glyphs: unicodeGlyphs, nowMs: at + 3 * 3_600_000, zone: 'UTC' };
const rowOf = (metrics: object, more: object = {}) =>
  runRow(runShape.parse({ id: 'run-1', flowId: 'crm', metrics, ...more }), [flow]);
const durationSummary = { startedAtUTC: at, completedAtUTC: at + 98 * 60_000 };
const reason = { code: 'ACTIVATION_BATCH-0000-FAILED', message: 'Job aborted.' };
const failed = rowOf({ durationSummary, statusSummary: { status: 'failed', errors: [reason] } });
const good = rowOf({
  durationSummary,
  sizeSummary: { outputBytes: 855_202_780 },
  recordSummary: {
    inputRecordCount: 7_823_447,
    outputRecordCount: 7_808_223,
    skippedRecordCount: 15_224,
    skippedInfo: [{ code: 'ACTIVATION_BATCH-0000-SKIP', message: "Records didn't match attribute filter." }],
  },
  fileSummary: { outputFileCount: 2 },
  statusSummary: { status: 'success' },
});

describe('runs in a table', () => {
  it('show what they say, and a dash for what they do not', () => {
    expect(runLines([failed, good, rowOf({})], saying)).toEqual([
      '   began      took        rows in    rows out   skipped  files  size      state    dataflow › segment',
      '✗  02:14 UTC  1 h 38 min  –          –          –        –      –         failed   CRM weekly › Hikers',
      `${unicodeGlyphs.check}  02:14 UTC  1 h 38 min  7,823,447  7,808,223  15,224   2      855.2 MB  good     CRM weekly › Hikers`,
      '…  –          –           –          –          –        –      –         running  CRM weekly › Hikers',
    ]);
  });

  it('say how long so far, and an unknown state as it came', () => {
    const open = rowOf({ durationSummary: { startedAtUTC: at }, statusSummary: { status: 'processing' } });
    expect(runLines([open], saying)[1]).toContain('3 h 0 min so far');
    expect(runLines([rowOf({ statusSummary: { status: 'Paused' } })], saying)[1]).toContain(
      'state: Paused (unknown to ferry)',
    );
  });

  it('say how long it usually takes, and mark what takes much longer', () => {
    const open = rowOf({ durationSummary: { startedAtUTC: at }, statusSummary: { status: 'processing' } });
    const [, usual, long] = runLines(
      [
        { ...open, usualMs: 70 * 60_000 },
        { ...open, usualMs: 7 * 60_000 },
      ],
      saying,
    );
    expect(usual).toMatch(/^… .*3 h 0 min so far · usually 1 h 10 min/);
    expect(long).toMatch(/^▲ .*3 h 0 min so far · usually 7 min/);
    expect(followLine({ ...open, usualMs: 7 * 60_000 }, saying)).toMatch(/Hikers {2}usually 7 min$/);
  });

  it('have a row for an export without a run, and say why it is there', () => {
    const absent = (state: AbsentState) => absentRow(flow, state, at, at + 86_400_000);
    const rows = [absent('late'), absent('due')];
    expect(runLines(rows, saying).slice(1)).toEqual([
      '✗  02:14 UTC  –     –        –         –        –      –     late   CRM weekly › Hikers',
      '○  02:14 UTC  –     –        –         –        –      –     due    CRM weekly › Hikers',
    ]);
    expect(explanationLines(rows, saying)).toEqual([
      '',
      '✗ CRM weekly › Hikers: expected 02:14 UTC, 3 h 0 min ago, and no run has begun',
      '  The next export is due 27 Nov 2026 02:14 UTC. Missed exports are not run later.',
      '  Why this is late: ferry status --explain crm. To export now: ferry export crm',
    ]);
    // As somebody hears it.
    expect(rows.map((row) => runLine(row, saying))).toEqual([
      '02:14 UTC  late  CRM weekly › Hikers',
      '02:14 UTC  due  CRM weekly › Hikers',
    ]);
    expect(absentJson(absent('missed'))).toEqual({
      flow: { id: 'crm', name: 'CRM weekly' },
      segments: [{ id: 's1', name: 'Hikers' }],
      state: 'missed',
      slot: '2026-11-26T02:14:00.000Z',
      next: '2026-11-27T02:14:00.000Z',
    });
  });

  it.each([
    ['no rows', { inputRecordCount: 0 }, {}, false, 'empty'],
    ['no rows, and only what changed is exported', { inputRecordCount: 0 }, {}, true, 'good'],
    ['rows, and no file', { inputRecordCount: 5 }, { outputFileCount: 0 }, false, 'empty'],
    ['rows, and no file of what changed', { inputRecordCount: 5 }, { outputFileCount: 0 }, true, 'empty'],
    ['rows and files', { inputRecordCount: 5 }, { outputFileCount: 1 }, false, 'good'],
    ['what is not said', {}, {}, false, 'good'],
  ])('say what status says of %s', (_, recordSummary, fileSummary, isIncremental, state) => {
    const metrics = { durationSummary, recordSummary, fileSummary, statusSummary: { status: 'success' } };
    const segments = [{ id: 's1', name: 'Hikers', isIncremental }];
    const row = runRow(runShape.parse({ id: 'run-1', flowId: 'crm', metrics }), [{ ...flow, segments }]);
    const { rowsIn, filesOut } = row.run;
    const watched = { id: 'run-1', state: 'good', isFirst: false, rowsIn, filesOut } as unknown as WatchedRun;
    const found = remarksOn(watched, [], { isIncremental }, { skipRate: 1 });
    const isEmpty = found.some(
      (one) => one.kind === 'noFiles' || (one.kind === 'noRows' && !one.isIncremental),
    );
    expect(isEmpty ? 'empty' : 'good').toBe(state);
    expect(runLines([row], saying)[1]).toMatch(new RegExp(` ${state} `));
    expect(
      runLines([row], saying)[1]?.startsWith(isEmpty ? unicodeGlyphs.warning : unicodeGlyphs.check),
    ).toBe(true);
  });

  it('are explained: what failed, what it means, what next, and which runs', () => {
    const lines = explanationLines([failed], saying);
    expect(lines[1]).toBe('✗ CRM weekly › Hikers: Job aborted. (ACTIVATION_BATCH-0000-FAILED) · 1 run');
    expect(lines[2]).toContain('and no file was sent');
    expect(lines[3]).toContain('crm');
    expect(lines[4]).toBe('  run run-1');
  });

  it('are explained where there is no reason, with a sentence and never a blank', () => {
    const lines = explanationLines([rowOf({ statusSummary: { status: 'failed' } })], saying);
    expect(lines[1]).toContain('the platform gives no reason');
    expect(lines[2]?.trim()).not.toBe('');
  });

  it('are explained where rows were left out, with the column that does it', () => {
    expect(explanationLines([good], saying).slice(1)).toEqual([
      '▲ CRM weekly: 15,224 of 7,823,447 rows left out (0.2 %), in 1 run',
      "  Records didn't match attribute filter. (ACTIVATION_BATCH-0000-SKIP)",
      '  A row is left out where one of these columns is empty: Email.',
    ]);
  });

  it('say the same in the other language', async () => {
    const text = await textIn('zh-TW', {});
    const lines = explanationLines([failed, good], { ...saying, text });
    expect(lines.join('\n')).toContain('CRM weekly › Hikers：Job aborted.（ACTIVATION_BATCH-0000-FAILED）');
    expect(lines.join('\n')).toContain('下列欄位之一為空的列會被略過：Email。');
  });

  it('are for programs without what they do not say', () => {
    expect(JSON.parse(JSON.stringify(runJson(failed, saying.nowMs)))).toEqual({
      id: 'run-1',
      flow: { id: 'crm', name: 'CRM weekly' },
      segments: [{ id: 's1', name: 'Hikers' }],
      state: 'failed',
      status: 'failed',
      startedAt: '2026-11-26T02:14:00.000Z',
      endedAt: '2026-11-26T03:52:00.000Z',
      tookMs: 98 * 60_000,
      errors: [reason],
      skipReasons: [],
    });
  });
});

it('a change is told on one line, whose columns stand below those of the head', () => {
  const [head, line] = [followHead(saying), followLine(failed, saying)];
  expect(line).toMatch(
    /^2026-11-26 05:14:00 UTC +failed +1 h 38 min +– +CRM weekly › Hikers {2}Job aborted\. \(/,
  );
  expect(line.indexOf('CRM weekly')).toBe(head.indexOf('dataflow'));
  expect(line.indexOf('failed')).toBe(head.indexOf('state'));
});

it.each<[number, string]>([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1 kB'],
  [855_202_780, '855.2 MB'],
  [3e15, '3,000 TB'],
])('%i bytes are %s', (bytes, wanted) => {
  expect(sizeText(english, bytes)).toBe(wanted);
});

describe('since when', () => {
  it.each<[string, number]>([
    ['90m', at - 90 * 60_000],
    ['24h', at - 24 * 3_600_000],
    ['7d', at - 7 * 86_400_000],
    ['2026-11-25', Date.UTC(2026, 10, 25)],
    ['2026-11-25T07:30', Date.UTC(2026, 10, 25, 7, 30)],
    ['2026-11-25T07:30:01Z', Date.UTC(2026, 10, 25, 7, 30, 1)],
  ])('%s is a moment', (given, wanted) => {
    expect(sinceMs(given, at)).toBe(wanted);
  });

  it.each(['', '24', 'h', '-1h', '0h', 'yesterday', '2026-13-01', '2026-11-27', '9999999d', '1.5h'])(
    '"%s" is none',
    (given) => {
      expect(() => sinceMs(given, at)).toThrow();
    },
  );
});
