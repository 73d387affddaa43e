import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isMeant,
  nextExport,
  sortedBy,
  sortKeys,
  type TableFlow,
} from '../../source/activation/flow-table.ts';
import type { Finding, FindingKind } from '../../source/activation/watch/finding.ts';
import { listedFlow } from '../../source/flow-service/flows.ts';

const noon = Date.UTC(2026, 10, 26, 12);
const daily = { frequency: 'DAILY', startDate: '2026-11-01', startTime: '14:00' };
const flowOf = (schedules: readonly object[], more: object = {}) =>
  listedFlow.parse({
    id: 'f',
    state: 'enabled',
    transformations: [
      {
        params: {
          segmentSelectors: {
            selectors: schedules.map((schedule, at) => ({
              value: { id: `s${at}`, name: `Segment ${at}`, schedule },
            })),
          },
        },
      },
    ],
    ...more,
  });

describe('the next export of a dataflow', () => {
  it.each<[string, readonly object[], object | undefined, object?]>([
    ['today', [daily], { kind: 'at', ms: noon + 2 * 3_600_000 }],
    [
      'the earliest of several',
      [daily, { ...daily, startTime: '13:00' }],
      { kind: 'at', ms: noon + 3_600_000 },
    ],
    [
      'tomorrow, where it is just now',
      [{ ...daily, startTime: '12:00' }],
      { kind: 'at', ms: noon + 24 * 3_600_000 },
    ],
    ['none where all have ended', [{ ...daily, endDate: '2026-11-26' }], undefined],
    ['none where it is paused', [daily], undefined, { state: 'disabled' }],
    ['none where it is not known', [{ frequency: 'HOURLY' }], undefined],
    ['none without segments', [], undefined],
    [
      'after the evaluation',
      [{ frequency: 'DAILY', triggerType: 'AFTER_SEGMENT_EVAL', startDate: '2026-11-01' }],
      { kind: 'evaluated' },
    ],
    [
      'none after an evaluation that has ended',
      [
        {
          frequency: 'DAILY',
          triggerType: 'AFTER_SEGMENT_EVAL',
          startDate: '2026-11-01',
          endDate: '2026-11-26',
        },
      ],
      undefined,
    ],
  ])('is %s', (_, schedules, wanted, more) => {
    expect(nextExport(flowOf(schedules, more), noon)).toEqual(wanted);
  });
});

const rowOf = (id: string, more: Partial<TableFlow> & { said?: object } = {}): TableFlow => ({
  flow: flowOf([daily], { id, name: 'CRM weekly', ...more.said }),
  destination: 'Adobe Campaign',
  account: { id: 'account-1', name: 'Partner' },
  location: 's3://crm-exports/daily/',
  ...more,
});

const found = (kind: FindingKind, segmentId?: string): Finding => ({
  ...{ id: kind, kind, severity: 'wrong', flowId: 'a', flowName: 'CRM weekly', segmentId },
});

describe('a filter of dataflows', () => {
  const unread = found('unknown');
  const failing = rowOf('a', { said: { lastRunDetails: { state: 'FAILED', completedAtUTC: 1 } } });
  it.each<[string, Parameters<typeof isMeant>[1], TableFlow, boolean]>([
    ['finds a part of its name', { search: 'crm' }, failing, true],
    ['finds its place', { search: 'CRM-EXPORTS' }, failing, true],
    ['finds its account', { search: 'partner' }, failing, true],
    ['finds a segment', { search: 'segment 0' }, failing, true],
    ['finds nothing else', { search: 'winback' }, failing, false],
    ['keeps what failed', { isFailing: true }, failing, true],
    ['drops what did not', { isFailing: true }, rowOf('a'), false],
    ['keeps what status finds', { isFailing: true }, { ...rowOf('a'), findings: [found('failed')] }, true],
    ['drops what was mended', { isFailing: true }, { ...failing, findings: [] }, false],
    ['drops what is late', { isFailing: true }, { ...failing, findings: [found('late')] }, false],
    ['keeps what nobody could look at', { isFailing: true }, { ...failing, findings: [unread] }, true],
    ['keeps what is paused', { isDisabled: true }, rowOf('a', { said: { state: 'DISABLED' } }), true],
    ['drops what is not', { isDisabled: true }, failing, false],
    ['keeps a destination', { destination: 'campaign' }, failing, true],
    ['drops another', { destination: 'SFTP' }, failing, false],
    ['keeps a segment by its id', { segments: ['S0'] }, failing, true],
    ['keeps a segment by its name', { segments: ['segment 0'] }, failing, true],
    ['wants each segment', { segments: ['s0', 's1'] }, failing, false],
    ['wants all of it', { search: 'crm', isFailing: true, isDisabled: true }, failing, false],
  ])('%s', (_, filter, row, wanted) => {
    expect(isMeant(row, filter)).toBe(wanted);
  });
});

describe('the order of a table of dataflows', () => {
  it.each<[(typeof sortKeys)[number], string[]]>([
    ['changed', ['c', 'a', 'b']],
    ['name', ['a', 'b', 'c']],
    ['segments', ['b', 'a', 'c']],
    ['last-run', ['c', 'b', 'a']],
    ['next', ['a', 'c', 'b']],
    ['destination', ['b', 'c', 'a']],
    ['state', ['b', 'a', 'c']],
  ])('by %s', (key, wanted) => {
    const rows = [
      rowOf('a', {
        said: { name: 'A', updatedAt: 2, lastRunDetails: { startedAtUTC: 1 } },
        destination: 'Z',
        next: { kind: 'at', ms: 1 },
      }),
      {
        ...rowOf('b', { destination: 'X' }),
        flow: flowOf([daily, daily], {
          id: 'b',
          name: 'B',
          state: 'disabled',
          updatedAt: 1,
          lastRunDetails: { startedAtUTC: 2 },
        }),
      },
      rowOf('c', {
        said: { name: 'C', updatedAt: 3, lastRunDetails: { startedAtUTC: 3 } },
        destination: 'Y',
        next: { kind: 'evaluated' },
      }),
    ];
    expect(sortedBy(key, rows).map(({ flow }) => flow.id)).toEqual(wanted);
  });

  it('depends on nothing but values', () => {
    const row = fc
      .record({ id: fc.uuid(), name: fc.constantFrom('a', 'b'), updatedAt: fc.constantFrom(1, 2, undefined) })
      .map(({ id, ...said }) => rowOf(id, { said }));
    const rows = fc.uniqueArray(row, { selector: ({ flow }) => flow.id, maxLength: 7 });
    fc.assert(
      fc.property(
        rows.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        fc.constantFrom(...sortKeys),
        ([all, shuffled], key) => {
          expect(sortedBy(key, shuffled)).toEqual(sortedBy(key, all));
        },
      ),
    );
  });
});
