import { describe, expect, it } from 'vitest';
import { type FileHead, headOf } from '../../source/activation/content/file-head.ts';
import { usualCsvOptions } from '../../source/activation/content/csv-file.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import {
  arrivalsOf,
  arrivedIn,
  headerFindings,
  manifestFindings,
  manifestOf,
  partFindings,
  runArrivals,
  runFindings,
} from '../../source/activation/watch/arrivals.ts';
import { columnsOf } from '../../source/activation/content/columns.ts';
import { exportRun } from '../helpers/export-runs.ts';
import { loyalty, mountainBiking, tutorialPlan } from '../helpers/plans.ts';

const minute = 60_000;
const at = Date.UTC(2026, 10, 26, 12);
const name = (id: string, hour = '12', end = '.csv'): string =>
  `AdobeCampaign_${id}_20261126_${hour}0000${end}`;
const file = (called: string, changedMs: number | undefined = at + minute, bytes = 100) => ({
  name: called,
  bytes,
  changedMs,
});
const runAt = (facts: {
  id?: string;
  files?: number;
  status?: string;
  beganMs?: number;
  segments?: readonly string[];
}) =>
  exportRun(
    {
      ...{ id: 'r1', status: 'success', beganMs: at, ...facts },
      endedMs: (facts.beganMs ?? at) + 5 * minute,
    },
    { fileSummary: { outputFileCount: facts.files } },
  );

describe('what has arrived', () => {
  it('is put together by export, the newest first, without what is older or of somebody else', () => {
    const { exports, manifests } = arrivalsOf(
      tutorialPlan,
      [
        file(name(loyalty, '11')),
        file(name(loyalty, '12', '_2.csv')),
        file(name(loyalty)),
        file(name(mountainBiking)),
        file(name(mountainBiking, '10'), at - 3 * 3_600_000),
        file('somebody.csv'),
        file('manifest-x-57b64cb2-0000-4000-8000-00000000000a.json'),
      ],
      at - 2 * 3_600_000,
    );
    expect(exports.map(({ segment, parts }) => [segment?.id, parts.map(({ part }) => part)])).toEqual([
      [loyalty, [1, 2]],
      [mountainBiking, [1]],
      [loyalty, [1]],
    ]);
    expect(manifests).toHaveLength(1);
  });

  it('lacks a part where a later one is there', () => {
    const of = (...ends: readonly string[]) =>
      arrivalsOf(
        tutorialPlan,
        ends.map((end) => file(name(loyalty, '12', end))),
        0,
      ).exports.flatMap(partFindings);
    expect(of('.csv', '_2.csv', '_3.csv')).toEqual([]);
    expect(of('.csv', '_3.csv')).toMatchObject([{ kind: 'partMissing', part: 2 }]);
    expect(of('_2.csv')).toMatchObject([{ kind: 'partMissing', part: 1 }]);
  });
});

describe('runs beside files', () => {
  const two = [file(name(loyalty)), file(name(mountainBiking))];
  const held = (files: typeof two, runs: readonly ReturnType<typeof runAt>[], plan: Plan = tutorialPlan) =>
    runFindings(runArrivals(plan, runs, arrivalsOf(plan, files, 0), at - 24 * 3_600_000));

  it.each([
    ['as many', two, [runAt({ files: 2 })], []],
    ['one less', two.slice(1), [runAt({ files: 2 })], [{ kind: 'fewer', run: 'r1', said: 2, there: 1 }]],
    [
      'named after the schedule, well before the run',
      [file(name(loyalty, '11'), at + 5 * 3_600_000)],
      [runAt({ files: 1 })],
      [],
    ],
    ['none', [], [runAt({ files: 1 })], [{ kind: 'fewer', run: 'r1', said: 1, there: 0 }]],
    [
      'of another time',
      [file(name(loyalty, '03'), at - 9 * 3_600_000)],
      [runAt({ files: 1 })],
      [{ kind: 'fewer', there: 0 }],
    ],
    [
      'of another segment',
      two.slice(1),
      [runAt({ files: 1, segments: [loyalty] })],
      [{ kind: 'fewer', there: 0 }],
    ],
    ['of its segment', two, [runAt({ files: 1, segments: [loyalty] })], []],
    ['more', two, [runAt({ files: 1 })], []],
    ['a run that says nothing', [], [runAt({})], []],
    ['a run that failed', [], [runAt({ files: 2, status: 'failed' })], []],
    ['a run from before', [], [runAt({ files: 2, beganMs: at - 48 * 3_600_000 })], []],
  ])('%s', (_, files, runs, findings) => {
    expect(held(files, runs)).toMatchObject(findings);
    expect(held(files, runs)).toHaveLength(findings.length);
  });

  it('are told of the last alone where each export is written over the one before', () => {
    const plan: Plan = {
      ...tutorialPlan,
      segments: tutorialPlan.segments.map((segment) => ({
        ...segment,
        filenameTemplate: '%DESTINATION_NAME%_%SEGMENT_ID%',
      })),
    };
    const runs = [
      runAt({ id: 'old', files: 1, beganMs: at - 6 * 3_600_000, segments: [loyalty] }),
      runAt({ id: 'new', files: 1, segments: [loyalty] }),
    ];
    expect(held([file(`AdobeCampaign_${loyalty}.csv`)], runs, plan)).toEqual([]);
    expect(held([], runs, plan)).toMatchObject([{ run: 'new' }]);
  });
});

describe('a header beside the columns', () => {
  const columns = [
    'homeAddress_countryCode',
    'person_name_firstName',
    'person_name_lastName',
    'personalEmail_address',
    'segmentMembership_status',
  ];
  it.each([
    ['the same', columns, []],
    ['with dots, on an older card', columns.map((one) => one.replaceAll('_', '.')), []],
    ['one is missing', columns.slice(1), [{ kind: 'columnsMissing', columns: ['homeAddress_countryCode'] }]],
    ['one more', [...columns, 'age'], [{ kind: 'columnsMore', columns: ['age'] }]],
    ['in another order', columns.toReversed(), [{ kind: 'columnsOrder' }]],
  ])('%s', (_, header, findings) => {
    expect(headerFindings(tutorialPlan, 'a.csv', header)).toMatchObject(findings);
    expect(headerFindings(tutorialPlan, 'a.csv', header)).toHaveLength(findings.length);
  });

  it('may have any order within JSON', () => {
    const { destination, attributes } = tutorialPlan;
    const header = columnsOf(attributes.selected)
      .map(({ column }) => column)
      .toReversed();
    const location = { ...destination.location, fileType: 'JSON' };
    const json = { ...tutorialPlan, destination: { ...destination, location } };
    expect(headerFindings(tutorialPlan, 'a', header)).toMatchObject([{ kind: 'columnsOrder' }]);
    expect(headerFindings(json, 'a', header)).toEqual([]);
  });
});

describe('a manifest beside the files', () => {
  const manifest = { name: 'manifest-1.json', run: 'r1' };
  it.each([
    ['the same', [{ name: 'a.csv', bytes: 100 }], []],
    ['without sizes', [{ name: 'a.csv' }], []],
    ['of another size', [{ name: 'a.csv', bytes: 7 }], [{ kind: 'manifestSize', said: 7, there: 100 }]],
    ['a file that is not there', [{ name: 'b.csv', bytes: 7 }], [{ kind: 'manifestMissing', file: 'b.csv' }]],
    ['unreadable', undefined, [{ kind: 'manifestUnread' }]],
  ])('%s', (_, files, findings) => {
    const found = manifestFindings({ ...manifest, files }, [file('below/a.csv')]);
    expect(found).toMatchObject(findings);
    expect(found).toHaveLength(findings.length);
  });
});

describe('what of a manifest is about a plan', () => {
  const mine = { name: name(loyalty), bytes: 7 };
  const named = (files: readonly { name: string; bytes?: number }[], start = ''): string[] =>
    (manifestOf(tutorialPlan, { name: 'manifest-1.json', run: 'r1', files }, start).files ?? []).map(
      (one) => one.name,
    );

  it('is nothing where it names files of another dataflow alone', () => {
    expect(named([{ name: 'somebody.csv' }])).toEqual([]);
    expect(named([{ name: 'somebody.csv' }, mine])).toEqual(['somebody.csv', mine.name]);
  });

  it('is what was listed', () => {
    expect(named([{ name: 'somebody.csv' }, mine], 'Adobe')).toEqual([mine.name]);
  });

  it('is found beside the files of a segment’s own folder', () => {
    const location = { ...tutorialPlan.destination.location, path: 'daily/%SEGMENT_ID%' };
    const plan = { ...tutorialPlan, destination: { ...tutorialPlan.destination, location } };
    const manifest = { name: `${loyalty}/manifest-1.json`, run: 'r1', files: [mine] };
    expect(manifestOf(plan, manifest, '').files).toEqual([mine]);
    expect(manifestOf(plan, { ...manifest, name: 'other/manifest-1.json' }, '').files).toEqual([]);
  });

  it('is told where it cannot be read', () => {
    const unread = { name: 'manifest-1.json', run: 'r1' };
    expect(manifestOf(tutorialPlan, unread, '')).toBe(unread);
  });
});

describe('what was not looked at', () => {
  it('is not missing, as a part that came before the moment from which on it is looked', () => {
    const files = [file(name(loyalty), at - 60 * minute), file(name(loyalty, '12', '_2.csv'))];
    const { exports } = arrivalsOf(tutorialPlan, files, at);
    expect(exports.map(({ parts }) => parts.map(({ part }) => part))).toEqual([[2]]);
    expect(exports.flatMap(partFindings)).toEqual([]);
  });
});

describe('what is there of one run', () => {
  const run = runAt({ id: 'r1', files: 1 });
  const other = name(mountainBiking, '18');
  const found = (files: readonly ReturnType<typeof file>[]) =>
    arrivedIn(run, arrivalsOf(tutorialPlan, files, 0)).exports.flatMap(({ parts }) =>
      parts.map((part) => part.name),
    );

  it('is of its segment and its time', () => {
    const mine = name(mountainBiking);
    expect(found([file(mine), file(other, at + 6 * 60 * minute)])).toEqual([mine]);
  });

  it('is known by its name where the clock of its server goes after', () => {
    const mine = name(mountainBiking);
    expect(found([file(mine, at - 24 * 60 * minute)])).toEqual([mine]);
  });
});

describe('the beginning of a file in signs that nobody reads', () => {
  it.each([
    ['UTF-16', Buffer.from('\ufeffa,b\n1,2\n', 'utf16le')],
    ['Latin-1', Buffer.from('größe,b\n1,2\n', 'latin1')],
    ['packed', Buffer.from('504b03041400000008000a0a', 'hex')],
  ])('says nothing of its columns: %s', (_, bytes) => {
    expect(headOf(bytes.toString('utf8'), 'CSV', usualCsvOptions, bytes.length)).toBeUndefined();
  });
});

describe('how a file begins', () => {
  const csv = (
    text: string,
    bytes: number | undefined = Buffer.byteLength(text),
    options = usualCsvOptions,
  ): FileHead | undefined => headOf(text, 'CSV', options, bytes);
  it.each<[string, FileHead | undefined, FileHead | undefined]>([
    ['whole', csv('a,b\n1,2\n3,4\n'), { header: ['a', 'b'], rows: { count: 2, isExact: true } }],
    ['without a line end', csv('a,b'), { header: ['a', 'b'], rows: { count: 0, isExact: true } }],
    [
      'its beginning',
      csv('a,b\n1,2\n3,4\n', 1200),
      { header: ['a', 'b'], rows: { count: 200, isExact: false } },
    ],
    [
      'of unknown length',
      headOf('a,b\n1,2\n', 'CSV', usualCsvOptions, undefined),
      { header: ['a', 'b'], rows: undefined },
    ],
    ['a header that goes on', csv('a,b', 5000), undefined],
    [
      'quoted',
      csv('"a,1","b ""x""\ny"\r\n1,2\n'),
      { header: ['a,1', 'b "x"\ny'], rows: { count: 2, isExact: true } },
    ],
    ['with a mark', csv('\ufeffa,b\n'), { header: ['a', 'b'], rows: { count: 0, isExact: true } }],
    [
      'by tabs, without quotes',
      csv('a\t"b"\n', undefined, { ...usualCsvOptions, delimiter: '\t', quote: '' }),
      { header: ['a', '"b"'], rows: undefined },
    ],
    ['nothing', csv(''), undefined],
    ['no end to a name', csv('a'.repeat(2000)), undefined],
    [
      'JSON, a line each',
      headOf('{"a":1,"b":2}\n{"a":3}\n', 'JSON', usualCsvOptions, 22),
      { header: ['a', 'b'], rows: { count: 2, isExact: true } },
    ],
    [
      'JSON, in a list',
      headOf('[{"a":1},\n{"a":3}]\n', 'JSON', usualCsvOptions, 19),
      { header: ['a'], rows: { count: 2, isExact: true } },
    ],
    [
      'JSON that leaves out what has no value',
      headOf('{"a":1}\n{"b":2,"a":3}\n{"c', 'JSON', usualCsvOptions, undefined),
      { header: ['a', 'b'], rows: undefined },
    ],
    ['no JSON', headOf('a,b\n', 'JSON', usualCsvOptions, 4), undefined],
  ])('%s', (_, found, expected) => {
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject({ header: expected.header });
    if (expected?.rows) expect(found?.rows).toEqual(expected.rows);
  });
});
