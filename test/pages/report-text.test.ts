import { describe, expect, it } from 'vitest';
import { compare } from '../../source/activation/report.ts';
import { unicodeGlyphs as glyphs } from '../../source/components/theme/glyphs.ts';
import type { Flow } from '../../source/flow-service/flows.ts';
import { english, textIn } from '../../source/locale/catalogs.ts';
import type { Unchanged } from '../../source/activation/change/unchanged.ts';
import { changeLines } from '../../source/pages/ending/change-text.ts';
import { reportLines, rowLine } from '../../source/pages/ending/report-text.ts';
import { flowAsReturned, loyalty, tutorialPlan } from '../helpers/plans.ts';

const id = 'ca5c6e9a-8559-4a08-97a5-f15b756da600';
const plan = { ...tutorialPlan, flow: id };

type Params = NonNullable<Flow['transformations'][number]['params']>;

/** The lines of a report under its verdict. */
function lines(change: (params: Params) => void, text = english): string[] {
  const flow = flowAsReturned(plan);
  const [first] = flow.transformations;
  if (!first?.params) throw new Error('no params');
  change(first.params);
  const { name, description } = plan;
  const read = { ...flow, name, description, raw: undefined };
  const report = compare(plan, read);
  return [String(report.isVerified), ...reportLines({ text, glyphs }, report, undefined).slice(1, 5)];
}

describe('the counts of a report', () => {
  it.each<[string, (params: Params) => void, string[]]>([
    [
      'all of it',
      () => undefined,
      [
        'true',
        '  ✓ Segments       2 of 2',
        '  ✓ Columns        5 of 5',
        '  ✓ Mandatory      2 of 2',
        '  ✓ Deduplication  1 of 1',
      ],
    ],
    [
      'fields that no plan can name',
      ({ profileSelectors }) => {
        profileSelectors?.mandatoryFields?.push('weird.path', 'Email');
      },
      [
        'true',
        '  ✓ Segments       2 of 2',
        '  ✓ Columns        5 of 5',
        '  ✓ Mandatory      2 of 2',
        '  ✓ Deduplication  1 of 1',
      ],
    ],
    [
      'a segment and a column that nobody asked for',
      ({ segmentSelectors, profileSelectors }) => {
        const [first] = segmentSelectors?.selectors ?? [];
        if (first)
          segmentSelectors?.selectors.push({ ...first, value: { ...first.value, id: id, name: 'More' } });
        profileSelectors?.selectors.push({ type: 'JSON_PATH', value: { path: 'person.gender' } });
      },
      [
        'false',
        '  ✗ Segments       2 of 2, 1 not asked for',
        '  ✗ Columns        5 of 5, 1 not asked for',
        '  ✓ Mandatory      2 of 2',
        '  ✓ Deduplication  1 of 1',
      ],
    ],
    [
      'a segment twice, and one exported otherwise',
      ({ segmentSelectors }) => {
        const [first, second] = segmentSelectors?.selectors ?? [];
        if (first) segmentSelectors?.selectors.push(first);
        if (second) second.value.exportMode = 'OTHER';
      },
      [
        'false',
        '  ✗ Segments       0 of 2, 1 not asked for',
        '  ✓ Columns        5 of 5',
        '  ✓ Mandatory      2 of 2',
        '  ✓ Deduplication  1 of 1',
      ],
    ],
    [
      'another key in place of the one that is wanted',
      ({ profileSelectors }) => {
        if (profileSelectors)
          profileSelectors.primaryFields = [
            { fieldType: 'ATTRIBUTE', attributePath: 'person.name.firstName', identityNamespace: undefined },
          ];
      },
      [
        'false',
        '  ✓ Segments       2 of 2',
        '  ✓ Columns        5 of 5',
        '  ✓ Mandatory      2 of 2',
        '  ✗ Deduplication  0 of 1, 1 not asked for',
      ],
    ],
  ])('say what is right and what is there besides: %s', (_, change, wanted) => {
    expect(lines(change)).toEqual(wanted);
  });

  it('say the same in the other language', async () => {
    const more = (params: Params): void => {
      params.profileSelectors?.selectors.push({ type: 'JSON_PATH', value: { path: 'person.gender' } });
    };
    expect(lines(more, await textIn('zh-TW', { isAscii: false }))[2]).toBe(
      '  ✗ 欄            5/5，計畫外 1 項',
    );
  });
});

it.each([
  ['delimiter', ',', '\t', '✗ Delimiter · Dataflow: asked comma ,, returned tab'],
  ['quote', '"', '', '✗ Quote · Dataflow: asked double ", returned none'],
])('how CSV is written is said in words that can be seen: %s', (member, asked, returned, line) => {
  const subject = `destination.location.csvOptions.${member}`;
  const row = { section: 'flow', subject, path: `$.${subject}`, mark: 'different', asked, returned } as const;
  expect(rowLine({ text: english, glyphs }, row)).toBe(line);
});

it('what is unchanged stands before what is kept', () => {
  const kept = { kind: 'kept', path: `$.segments[${loyalty}]`, before: 'Loyalty' } as const;
  const event = {
    kind: 'difference',
    flowId: id,
    name: 'x',
    differences: [kept],
    schedules: [],
    requests: [],
    alsoReaches: [],
    exporting: [],
    isEmptying: false,
  } as const;
  const clocks = { nowMs: 0, zone: 'UTC' };
  const unchanged = (path: string, name: string): Unchanged => ({
    path,
    kind: 'unchanged',
    before: name,
    after: name,
  });
  const all = [
    unchanged('$.segments[s]', 'Hikers'),
    unchanged('$.attributes.selected', 'a.b'),
    unchanged('$.attributes.selected', 'c'),
  ];
  expect(changeLines(event, english, clocks, { all, isFull: false })).toEqual([
    'Nothing is sent.',
    '  = unchanged: segments 1, columns 2 (--full lists them)',
    'Not in the plan, and left as it is (--prune removes it):',
    '  = segment: Loyalty',
  ]);
  expect(changeLines({ ...event, lostSet: 's · 3' }, english, clocks)[1]).toBe(
    '  ! the mapping set s · 3 no longer exists, nor do its columns: nobody can say which they were',
  );
  const exporting = [{ id: 'a', sinceMs: Date.UTC(2026, 10, 26, 7) }, { id: 'b' }];
  expect(changeLines({ ...event, exporting }, english, clocks).slice(1, 3)).toEqual([
    expect.stringMatching(/^ {2}! dataflow a is exporting right now, since 2026-11-26 07:00 UTC: /),
    expect.stringMatching(/^ {2}! dataflow b is exporting right now: /),
  ]);
  expect(changeLines({ ...event, exporting: undefined }, english, clocks)[1]).toBe(
    '  ! could not check whether it is exporting right now',
  );
  const path = '$.destination.auth.params.accessId';
  const signIn = [{ path, kind: 'changed', before: 'THEIRS', after: 'MINE' }] as const;
  expect(changeLines({ ...event, differences: signIn, accountId: id }, english, clocks)).toEqual([
    'Nothing is sent.',
    '  ! sign-in, Access ID: the plan says MINE, the account has THEIRS',
    `  ! The sign-in belongs to the account, and a plan does not change it: ferry account update ${id}`,
  ]);
  const opened = [
    '  = unchanged segment: Hikers',
    '  = unchanged attribute: a.b',
    '  = unchanged attribute: c',
  ];
  expect(changeLines(event, english, clocks, { all, isFull: true }).slice(0, -2)).toEqual([
    'Nothing is sent.',
    ...opened,
  ]);
  const nothing = { ...event, differences: [] };
  const first = 'The platform already matches this plan. Nothing is sent.';
  expect(changeLines(nothing, english, clocks, { all, isFull: false })).toEqual([first]);
  expect(changeLines(nothing, english, clocks, { all, isFull: true })).toEqual([first, ...opened]);
});

it('says of a sign-in that is another how it is changed', () => {
  const auth = { specName: 'S3', params: { accessId: 'MINE' } };
  const asked = { ...plan, destination: { ...plan.destination, auth } };
  const account = { id: 'B', auth: { specName: 'S3', params: { accessId: 'THEIRS' } } };
  const target = { id: 'T', baseConnectionId: 'B' };
  const said = reportLines(
    { text: english, glyphs },
    compare(asked, flowAsReturned(asked), {}, { account, target }),
    id,
  );
  expect(said.filter((one) => /MINE|account/.test(one))).toEqual([
    '  ✗ Access ID · Dataflow: asked MINE, returned THEIRS',
    '  The sign-in belongs to the account, and a plan does not change it: ferry account update B',
  ]);
});
