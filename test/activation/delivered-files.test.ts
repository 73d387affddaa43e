import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonStart, deliveredBy } from '../../source/activation/content/delivered-files.ts';
import {
  csvOptionsOf,
  sampleFile,
  sampleMark,
  sampleText,
} from '../../source/activation/content/sample-file.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { loyalty, mountainBiking, tutorialPlan } from '../helpers/plans.ts';
import { workedMs } from '../helpers/own-time.ts';

const withTemplate = (filenameTemplate: string, plan = tutorialPlan): Plan => ({
  ...plan,
  segments: plan.segments.map((segment) => ({ ...segment, filenameTemplate })),
});
const at = Date.UTC(2026, 10, 26, 12, 30, 45);
const moment = '20261126_123045';

/** A name as a line: segment, moment, part. */
function told(plan: Plan, name: string): string {
  const found = deliveredBy(plan)(name);
  if (found?.kind === 'manifest') return `manifest ${found.run}`;
  if (!found) return '-';
  const which = plan.segments.findIndex((one) => one === found.segment);
  return `${which} ${found.atMs === undefined ? '?' : new Date(found.atMs).toISOString()} ${found.part}`;
}
const iso = '2026-11-26T12:30:45.000Z';
const usual = '%DESTINATION_NAME%_%SEGMENT_ID%_%DATETIME(YYYYMMdd_HHmmss)%';

describe('files of an export, by their names', () => {
  it.each([
    [usual, `AdobeCampaign_${mountainBiking}_${moment}.csv`, `0 ${iso} 1`],
    [usual, `Adobe Campaign_${loyalty}_${moment}.csv`, `1 ${iso} 1`],
    [usual, `AdobeCampaign_${loyalty.toUpperCase()}_${moment}.csv`, `1 ${iso} 1`],
    [usual, `AdobeCampaign_${loyalty}_${moment}_2.csv`, `1 ${iso} 2`],
    [usual, `AdobeCampaign_${loyalty}_${moment}_14.csv.gz`, `1 ${iso} 14`],
    [usual, `AdobeCampaign_${loyalty}_${moment}.csv.gpg`, `1 ${iso} 1`],
    [usual, `AdobeCampaign_${loyalty}_${moment}`, `1 ${iso} 1`],
    [usual, `AdobeCampaign_${loyalty}_20269999_999999.csv`, '1 ? 1'],
    [usual, `AdobeCampaign_${loyalty}.csv`, '-'],
    [usual, `AdobeCampaign_00000000-0000-4000-8000-000000000000_${moment}.csv`, '-'],
    [usual, `below/AdobeCampaign_${loyalty}_${moment}.csv`, '-'],
    [usual, `AdobeCampaign_${loyalty}_${moment}.exe`, '-'],
    ['%SEGMENT_ID%_%TIMESTAMP%', `${loyalty}_1795696245.csv`, `1 ${iso} 1`],
    ['%SEGMENT_ID%', `${loyalty}.json`, '1 ? 1'],
    ['%SEGMENT_NAME%_%DATETIME(YYYYMMdd_HHmmss)%', `Loyalty Segment_${moment}.csv`, `1 ${iso} 1`],
    ['%SEGMENT_NAME%_%DATETIME(YYYYMMdd_HHmmss)%', `LoyaltySegment_${moment}.csv`, `1 ${iso} 1`],
    ['%SEGMENT_NAME%_%DATETIME(YYYYMMdd_HHmmss)%', `Loyalty_Segment_${moment}.csv`, `1 ${iso} 1`],
    ['%SEGMENT_NAME%_%DATETIME(YYYYMMdd_HHmmss)%', `Other Segment_${moment}.csv`, '-'],
    // What tells no segment from another.
    ['crm_%DATETIME(YYYYMMdd_HHmmss)%', `crm_${moment}.csv`, `-1 ${iso} 1`],
    [
      '%ORGANIZATION_NAME%_%SANDBOX_NAME%_%SEGMENT_ID%_daily (1)',
      `Acme_Co_dev_${loyalty}_daily (1).csv`,
      '1 ? 1',
    ],
    [
      usual,
      'manifest-4f8c-57b64cb2-0000-4000-8000-00000000000a.json',
      'manifest 57b64cb2-0000-4000-8000-00000000000a',
    ],
  ])('%s: %s', (template, name, expected) => {
    expect(told(withTemplate(template), name)).toBe(expected);
  });

  it('are in folders that are named after segments, and nowhere else', () => {
    const plan = withTemplate('%SEGMENT_ID%');
    const { destination } = plan;
    const inFolders: Plan = {
      ...plan,
      destination: { ...destination, location: { ...destination.location, path: 'daily/%SEGMENT_NAME%' } },
    };
    expect(told(inFolders, `Loyalty/${loyalty}.csv`)).toBe('1 ? 1');
    expect(told(inFolders, `${loyalty}.csv`)).toBe('-');
    expect(told(inFolders, `a/b/${loyalty}.csv`)).toBe('-');
  });

  it('are found by every name that the sample gets', () => {
    const macros = [
      'DESTINATION',
      'SEGMENT_ID',
      'SEGMENT_NAME',
      'SANDBOX_NAME',
      'DATETIME(YYYYMMdd_HHmmss)',
      'DESTINATION_INSTANCE_NAME',
    ];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(macros, { minLength: 1 }),
        fc.stringMatching(/^[A-Za-z0-9 _.-]{0,12}$/),
        fc.constantFrom('NONE', 'GZIP'),
        fc.constantFrom('CSV', 'JSON'),
        (chosen, custom, compression, fileType) => {
          const plan = withTemplate(chosen.map((one) => `%${one}%`).join('_') + custom);
          const { destination } = plan;
          const made: Plan = {
            ...plan,
            destination: { ...destination, location: { ...destination.location, compression, fileType } },
          };
          const [first] = made.segments;
          if (!first) throw new Error('no segment');
          const { name } = sampleFile(made, first, at);
          const found = deliveredBy(made)(name);
          expect(found).toMatchObject({ kind: 'file' });
          const isTold = chosen.includes('SEGMENT_ID') || chosen.includes('SEGMENT_NAME');
          if (isTold) expect(found).toMatchObject({ segment: first });
          expect(name.startsWith(commonStart(made))).toBe(true);
        },
      ),
    );
  });

  it('are told from others in no time, whatever they are called', () => {
    const isOne = deliveredBy(
      withTemplate(
        '%DESTINATION%_%ORGANIZATION_NAME%_%SANDBOX_NAME%_%DATETIME(YYYYMMdd_HHmmss)%_%DESTINATION_INSTANCE_NAME%_x_%DESTINATION_INSTANCE_ID%',
      ),
    );
    const begunMs = workedMs();
    for (const one of ['_', '20261126_120000_', 'x_', 'a']) isOne(one.repeat(300).slice(0, 270));
    expect(workedMs() - begunMs).toBeLessThan(1000);
  });
});

describe('a sample', () => {
  const [segment] = tutorialPlan.segments;
  if (!segment) throw new Error('no segment');

  it('has the name, the header and the format of the plan, and says in every row that it is made up', () => {
    const sample = sampleFile(tutorialPlan, segment, at);
    expect(sample).toMatchObject({
      name: `AdobeCampaign_${mountainBiking}_${moment}.csv`,
      type: 'CSV',
      isGzip: false,
    });
    const [header, ...rows] = sampleText(sample, csvOptionsOf(tutorialPlan)).trimEnd().split('\n');
    expect(header).toBe(
      'homeAddress_countryCode,person_name_firstName,person_name_lastName,personalEmail_address,segmentMembership_status',
    );
    expect(rows).toHaveLength(4);
    for (const row of rows)
      expect(row).toMatch(new RegExp(`^${sampleMark}\\d,.*,${sampleMark}\\d@example.com,`));
  });

  it('is an object a line where the plan exports JSON', () => {
    const { destination } = tutorialPlan;
    const plan: Plan = {
      ...tutorialPlan,
      destination: {
        ...destination,
        location: { ...destination.location, fileType: 'JSON', compression: 'GZIP' },
      },
    };
    const sample = sampleFile(plan, segment, at);
    expect(sample.name).toMatch(/\.json\.gz$/);
    const lines = sampleText(sample, csvOptionsOf(plan)).trimEnd().split('\n');
    for (const line of lines) expect(Object.keys(JSON.parse(line) as object)).toEqual(sample.columns);
  });
});
