import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFindingId } from '../../../source/activation/watch/finding.ts';
import { usualLimits } from '../../../source/activation/watch/watched.ts';
import { explainLines } from '../../../source/pages/watch/explain-lines.ts';
import { nagiosLines, type pluginCode, pluginState } from '../../../source/commands/status/nagios-line.ts';
import { statusJson } from '../../../source/commands/status/status-json.ts';
import { findingLines, findingsOf, sumLines } from '../../../source/commands/status/status-lines.ts';
import { english } from '../../../source/locale/catalogs.ts';
import { textsOf } from '../../../source/locale/texts.ts';
import { zhTW } from '../../../source/locale/zh-TW.ts';
import { at, daily, look, runOf } from '../../activation/watch/watching.ts';
import { mixed, sayingIn, statusOf, watchedAs } from './told.ts';

const chinese = textsOf(zhTW, 'zh-TW');

describe('for people', () => {
  it('each finding is two lines, and the last line counts', () => {
    const saying = sayingIn(english);
    expect([...findingLines(mixed(), saying), ...sumLines(mixed(), saying)]).toEqual([
      '✗ late     CRM weekly › Loyalty Segment       12:00 UTC (20:00), 1 h 34 min ago',
      '           no run has begun · next 27 Nov 2026 12:00 UTC (20:00) · ferry runs 8256cfb4',
      '✗ failed   Loyalty to SFTP › Loyalty Segment  24 Nov 2026 12:01 UTC (20:01), 3 in a row',
      '           Job aborted. (ACTIVATION_BATCH-0000-FAILED) · next 27 Nov 2026 12:00 UTC (20:00) · ferry runs 57b64cb2',
      '▲ slow     Nightly all › Hikers               10:32 UTC (18:32), 3 h 2 min so far',
      '           nothing to do yet · ferry runs 106cdece --follow',
      '? unknown  Winback test',
      '           its runs cannot be read: the permission "View Destinations" is missing in prod',
      '5 dataflows: 1 late, 1 failed, 1 slow, 1 unknown · 9 calls · as of 13:34 UTC (21:34)',
    ]);
  });

  it('the same in Chinese, with no word of English', () => {
    const saying = sayingIn(chinese, 'UTC');
    const lines = [...findingLines(mixed(), saying), ...sumLines(mixed(), saying)];
    expect(lines[0]).toBe('✗ 逾時  CRM weekly › Loyalty Segment       12:00 UTC，1 小時 34 分鐘前');
    expect(lines.at(-1)).toBe(
      '5 個資料流：1 個逾時、1 個失敗、1 個緩慢、1 個不明 · 9 次呼叫 · 截至 13:34 UTC',
    );
  });

  it('where all is well, it says so, with what is not judged', () => {
    const good = watchedAs({ at: '13:34', runs: [runOf('12:01')] });
    const weekly = watchedAs({ at: '13:34', segment: { schedule: { ...daily, frequency: 'WEEKLY' } } });
    const saying = sayingIn(english, 'UTC');
    expect(findingLines(statusOf([good, weekly]), saying)).toEqual([]);
    expect(sumLines(statusOf([good, weekly]), saying)).toEqual([
      '1 segment is not judged: it is not known for sure when to expect an export.',
      '2 dataflows: nothing is late or failed · 9 calls · as of 13:34 UTC',
    ]);
  });

  it('segments of one slot are one line, and what stands still is told once', () => {
    const [own] = look({ at: '13:34' }).flow.segments;
    const two = own ? [own, { ...own, id: `1${own.id.slice(1)}` }] : [];
    const one = watchedAs({ at: '13:34', flow: { segments: two } });
    expect(findingLines(statusOf([one]), sayingIn(english))[0]).toContain('CRM weekly › 2 segments  ');
    const still = statusOf([one, one, one], {
      standstill: { id: 'standstill:2026-11-26T12', late: 3, due: 4, sinceMs: at('12:00') },
    });
    expect(findingLines(still, sayingIn(english))).toEqual([
      '✗ 3 of 4 dataflows have had no run since 12:00 UTC (20:00). The cause is probably not on your side. Folded here: 6 findings.',
    ]);
  });

  it('why: slot, window, what was read, and the line that decided', () => {
    expect(explainLines(watchedAs({ at: '13:34' }).watch, usualLimits, sayingIn(english, 'UTC'))).toEqual([
      'CRM weekly (8256cfb4-17e6-432c-a469-6aedafb16cd5), enabled',
      '  Read: every run that began from 24 Nov 2026 12:34 UTC until 13:34 UTC.',
      '  Loyalty Segment: late; no run has begun within 1 h 0 min of its time',
      '    Expected 12:00 UTC. A run that began from 11:55 UTC until 27 Nov 2026 11:55 UTC counts.',
      '    late:8256cfb4:9f7d37fd:2026-11-26T12',
    ]);
    const waiting = watchedAs({ at: '13:34', segment: { changedMs: at('11:30') } });
    expect(explainLines(waiting.watch, usualLimits, sayingIn(english, 'UTC')).slice(2)).toEqual([
      '  Loyalty Segment: waiting; no export to judge yet',
      '    Exports before 12:30 UTC are not judged: its schedule was changed shortly before.',
    ]);
  });
});

it('every finding is explained by its id, with nothing of other segments', () => {
  const [own] = look({ at: '13:34' }).flow.segments;
  const two = own ? [own, { ...own, id: `1${own.id.slice(1)}`, name: 'Hikers' }] : [];
  const empty = watchedAs({ at: '13:34', flow: { id: '55555555-17e6', segments: [] } });
  const cut = watchedAs({ at: '13:34', isWhole: false, flow: { id: '66666666-17e6' } });
  const all = [...mixed().watched, watchedAs({ at: '13:34', flow: { segments: two } }), empty, cut];
  for (const one of all)
    for (const { id, kind, flowId, segmentId } of one.watch.findings) {
      const of = readFindingId(id);
      expect(of).toMatchObject({ kind, flow: flowId.slice(0, 8) });
      const lines = explainLines(one.watch, usualLimits, sayingIn(english, 'UTC'), of);
      expect(lines.map((line) => line.trim())).toContain(id);
      const named = lines.filter((line) => /^ {2}\S.*: \w+; /.test(line));
      if (segmentId !== undefined) expect(named).toHaveLength(1);
    }
});

it.each(['late', 'late:', ':8256cfb4', 'late:a:b:c:d', 'nothing:8256cfb4', 'CRM weekly', 'standstill:a:b'])(
  '"%s" is the id of no finding',
  (given) => {
    expect(readFindingId(given)).toBeUndefined();
  },
);

describe('for a monitoring plugin', () => {
  it('is one line with its numbers, and more below', () => {
    const late = statusOf([watchedAs({ at: '13:34' })]);
    const [first, ...more] = nagiosLines(late, sayingIn(english));
    expect(first).toBe(
      'FERRY CRITICAL - 1 late of 1 dataflow in prod: CRM weekly late 1 h 34 min (12:00 UTC) | late=1;;0;0 missed=0;;0;0 failed=0;;0;0 slow=0;0;;0 skipped=0;0;;0 flows=1;;;0 calls=9;;;0 time=3.2s;;;0',
    );
    expect(more).toHaveLength(2);
  });

  it('has no numbers of what nobody knows, and never more than 200 signs before them', () => {
    const many = Array.from({ length: 80 }, (_, index) =>
      watchedAs({ at: '13:34', flow: { id: `${10_000_000 + index}-17e6`, name: `Flow ${index}` } }),
    );
    const [first = ''] = nagiosLines(statusOf([...many, ...mixed().watched]), sayingIn(english));
    expect(first).not.toContain('late=');
    expect(first).toMatch(/ and \d+ more \| flows=85;;;0 /);
    expect(first.split(' | ')[0]?.length).toBeLessThanOrEqual(200 + 'FERRY CRITICAL - '.length);
  });

  it('whatever names hold, there is one bar, and every line is one', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('|', '\n', '\r', '\t', '\u0085', "'", '=', 'a', '顧') }),
        (name) => {
          const [first = '', ...more] = nagiosLines(
            statusOf([watchedAs({ at: '13:34', flow: { name } })]),
            sayingIn(english),
          );
          expect(first.match(/\|/g)).toHaveLength(1);
          expect(more.join('')).not.toContain('|');
          expect([first, ...more].join('')).not.toMatch(/[\u0000-\u001f\u0085]/);
        },
      ),
    );
  });

  it.each<[string, Parameters<typeof look>[0] | undefined, keyof typeof pluginCode]>([
    ['nothing', { at: '13:34', runs: [runOf('12:01')] }, 'ok'],
    ['to be looked at', { at: '13:34', flow: { segments: [] } }, 'warning'],
    ['wrong', { at: '13:34' }, 'critical'],
    ['unread', { at: '13:34', isWhole: false }, 'unknown'],
  ])('ends with what is worst: %s', (_, one, state) => {
    expect(pluginState(one ? look(one).findings : [])).toBe(state);
  });
  it('ends with what is wrong rather than with what nobody knows, and with that rather than with what is to be looked at', () => {
    const look_ = look({ at: '13:34', flow: { segments: [] } }).findings;
    const unknown = look({ at: '13:34', isWhole: false }).findings;
    const wrong = look({ at: '13:34' }).findings;
    expect([...look_, ...unknown, ...wrong].length).toBe(3);
    expect(pluginState([...look_, ...unknown])).toBe('unknown');
    expect(pluginState([...unknown, ...wrong])).toBe('critical');
  });
});

it('for programs it is the same in every language, and only what is known', () => {
  const document = JSON.parse(JSON.stringify(statusJson(mixed(), 'prod', true))) as {
    findings: { id: string }[];
  };
  expect(document).toMatchObject({
    sandbox: 'prod',
    at: '2026-11-26T13:34:00.000Z',
    isComplete: false,
    calls: 9,
    dataflows: 5,
    counts: { late: 1, missed: 0, failed: 1, slow: 1, unknown: 1 },
    findings: [
      { id: 'late:8256cfb4:9f7d37fd:2026-11-26T12', severity: 'wrong', slot: '2026-11-26T12:00:00.000Z' },
      { id: 'failed:57b64cb2:9f7d37fd', inARow: 3, since: '2026-11-24T12:01:00.000Z' },
      { kind: 'slow' },
      { id: 'unknown:44444444', why: 'refused' },
    ],
  });
  expect(document.findings.map(({ id }) => id)).toEqual(findingsOf(mixed()).map(({ id }) => id));
});
