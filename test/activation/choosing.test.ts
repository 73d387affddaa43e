import { describe, expect, it } from 'vitest';
import {
  completeMacro,
  macrosOf,
  splitNames,
  templateProblems,
  withMacros,
} from '../../source/activation/content/filename-template.ts';
import { localTime } from '../../source/activation/content/local-time.ts';
import { sampleRows } from '../../source/activation/content/sample-rows.ts';

describe('local time', () => {
  it.each([
    ['2026-03-29T00:30:00Z', 'Europe/Berlin', '2026-03-29 01:30 +01:00'],
    ['2026-03-29T01:30:00Z', 'Europe/Berlin', '2026-03-29 03:30 +02:00'],
    ['2026-10-25T00:30:00Z', 'Europe/Berlin', '2026-10-25 02:30 +02:00'],
    ['2026-10-25T01:30:00Z', 'Europe/Berlin', '2026-10-25 02:30 +01:00'],
    ['2026-12-31T17:00:00Z', 'Asia/Taipei', '2027-01-01 01:00 +08:00'],
    ['2026-12-31T17:00:00Z', 'UTC', '2026-12-31 17:00 +00:00'],
  ])('of %s in %s is %s', (at, zone, wanted) => {
    const { date, time, offset } = localTime(Date.parse(at), zone);
    expect(`${date} ${time} ${offset}`).toBe(wanted);
  });
});

describe('macros of a file name', () => {
  it.each([
    ['%D', '%DESTINATION_NAME%'],
    ['%DESTINATION_NAME%_%s', '%DESTINATION_NAME%_%SEGMENT_ID%'],
    ['%DESTINATION_NAME%_%SEGMENT_ID%_%SEG', '%DESTINATION_NAME%_%SEGMENT_ID%_%SEGMENT_NAME%'],
    ['%DESTINATION_NAME%_%d', '%DESTINATION_NAME%_%DATETIME(YYYYMMdd_HHmmss)%'],
    ['%', '%DESTINATION_NAME%'],
    ['%x', undefined],
    ['daily', undefined],
    ['%SEGMENT_ID%', undefined],
  ])('%j is completed to %j', (begun, wanted) => {
    expect(completeMacro(begun, 'older')).toBe(wanted);
  });

  it('are put in another order, and custom text stays at the end', () => {
    const template = '%DESTINATION_NAME%_%SEGMENT_ID%_crm';
    const changed = withMacros(template, ['SEGMENT_ID', 'SEGMENT_NAME', 'DESTINATION_NAME']);
    expect(changed).toBe('%SEGMENT_ID%_%SEGMENT_NAME%_%DESTINATION_NAME%_crm');
    expect(templateProblems(changed)).toEqual([]);
    expect(macrosOf(changed)).toEqual(['SEGMENT_ID', 'SEGMENT_NAME', 'DESTINATION_NAME']);
  });

  it('name the files of a large export', () => {
    expect(splitNames('a.b.parquet')[1]).toBe('a.b_2.parquet');
    expect(splitNames('a.b.csv')).toEqual(['a.b.csv', 'a.b_2.csv', 'a.b_3.csv']);
  });
});

describe('sample rows', () => {
  const columns = ['person.name.firstName', 'person.name.lastName', 'personalEmail.address', 'loyalty.tier'];
  const kept = (keys: string[]): number[] =>
    sampleRows(columns, keys).flatMap(({ sameAs }, at) => (sameAs === undefined ? [at + 1] : []));

  it.each<[string[], number[]]>([
    [[], [1, 2, 3, 4]],
    [['personalEmail.address'], [1, 4]],
    [['person.name.lastName'], [1]],
    [
      ['person.name.firstName', 'personalEmail.address'],
      [1, 3, 4],
    ],
  ])('with the keys %j rows %j stay', (keys, wanted) => {
    expect(kept(keys)).toEqual(wanted);
  });

  it('hold what such a column holds', () => {
    const other = [
      'a.firstName',
      'a.familyName',
      'workEmail.address',
      'segmentMembership.status',
      'loyalty.status',
    ];
    expect(sampleRows(other, []).map(({ values }) => values)).toEqual([
      ['Ann', 'Lee', 'ann@example.com', 'realized', 'status 1'],
      ['Ann', 'Lee', 'ann@example.com', 'realized', 'status 1'],
      ['Ben', 'Lee', 'ann@example.com', 'realized', 'status 2'],
      ['Ann', 'Lee', 'a.lee@example.org', 'realized', 'status 3'],
    ]);
  });

  it('say which row stays instead', () => {
    expect(sampleRows(columns, ['personalEmail.address']).map(({ sameAs }) => sameAs)).toEqual([
      undefined,
      1,
      1,
      undefined,
    ]);
  });
});
