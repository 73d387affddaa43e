import { describe, expect, it } from 'vitest';
import { ofPlan } from '../../source/activation/of-plan.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import type { Report, ReportRow } from '../../source/activation/report.ts';
import { unicodeGlyphs as glyphs } from '../../source/components/theme/glyphs.ts';
import { english } from '../../source/locale/catalogs.ts';
import { columnsText } from '../../source/pages/content/columns.ts';
import { proofFacts } from '../../source/pages/ending/proof-facts.ts';
import { proofParts } from '../../source/pages/ending/proof-parts.ts';
import { fromPlan } from '../../source/wizard/from-plan.ts';
import { newerPlan } from '../helpers/newer-plan.ts';
import { tutorialPlan } from '../helpers/plans.ts';

type Destination = Plan['destination'];
const report = { rows: [], isVerified: true } as unknown as Parameters<typeof proofFacts>[0]['report'];

const placeOf = (location: Destination['location'], params: Record<string, string> = {}): string => {
  const auth = { specName: 'SFTP', params };
  const plan = { ...tutorialPlan, destination: { ...tutorialPlan.destination, location, auth } };
  const facts = proofFacts({ report, plan, flowId: 'f-1', nowMs: 0, zone: 'UTC' }, { text: english, glyphs });
  return facts.find(({ id }) => id === 'place')?.values[0] ?? '';
};

describe('where the files go', () => {
  it.each<[string, Destination['location'], Record<string, string>?]>([
    ['s3://crm-exports/daily/', { mode: 'S3', bucketName: 'crm-exports', path: '/daily/', format: 'CSV' }],
    ['/exports/daily/', { mode: 'FTP', remotePath: '/exports/daily' }],
    ['sftp://sftp.example.com/in/', { mode: 'FTP', remotePath: 'in' }, { domain: 'sftp.example.com' }],
    // Of a newer card: how files are written is no part of where they go.
    [
      'exports/daily/',
      {
        remotePath: '/exports/daily',
        fileType: 'CSV',
        compression: 'NONE',
        includeFileManifest: false,
        csvOptions: { delimiter: ',' },
      },
    ],
  ])('is %s', (wanted, location, params) => {
    expect(placeOf(location, params)).toBe(wanted);
  });
});

describe('columns that are not as they were asked for', () => {
  it.each<[string, Partial<ReportRow>, [string, string | undefined, string | undefined]]>([
    [
      'another name, with both',
      { subject: 'a.b', asked: 'A', returned: 'a_b', mark: 'different' },
      ['a.b', 'A', 'a_b'],
    ],
    [
      'another order, with both',
      { subject: '$.attributes.selected', asked: 'a, b', returned: 'b, a', mark: 'different' },
      ['order of columns', 'a, b', 'b, a'],
    ],
    [
      'a set that nobody has read',
      { subject: 'profileMapping', asked: 'm · 1', mark: 'missing' },
      ['mapping set of the columns', '', undefined],
    ],
    ['one that is not there', { subject: 'a.b', asked: 'a.b', mark: 'missing' }, ['a.b', '', undefined]],
  ])('are told as %s', (_, row, [label, asked, returned]) => {
    const rows = [{ section: 'attribute', path: '$', ...row }];
    const whole = { rows, attributes: { asked: 1 } } as unknown as Report;
    const [part] = proofParts(whole, tutorialPlan, { text: english, glyphs }, 'UTC');
    expect(part?.label).toBe('1 column');
    expect(part?.fields).toMatchObject([{ label, asked, returned }]);
  });
});

describe('columns that a card of today names', () => {
  const selected = [
    'identityMap.Email',
    { path: 'person.name.lastName', column: 'Family' },
    'a.b',
    'a.tags[0]',
  ];
  const attributes: Plan['attributes'] = {
    selected,
    mandatory: ['a.b'],
    deduplication: [{ fieldType: 'IDENTITY', identityNamespace: 'Email' }],
  };
  const plan: Plan = { ...newerPlan, attributes };
  const rows = (lists: Plan['attributes']): readonly string[] => {
    const held = ofPlan({ ...newerPlan, attributes: lists });
    const report = {
      attributes: { asked: 4 },
      mandatory: { asked: 1 },
      deduplication: { asked: 1 },
      rows: (['columns', 'mandatory', 'keys'] as const).flatMap((part) =>
        held[part].items.map(({ name }) => ({
          section: { columns: 'attribute', mandatory: 'mandatory', keys: 'deduplication' }[part],
          subject: name,
          path: '$',
          mark: 'same',
        })),
      ),
    } as unknown as Report;
    const parts = proofParts(report, plan, { text: english, glyphs }, 'UTC');
    return parts.flatMap(({ fields }) => fields.map(({ label }) => label));
  };

  it('are called in the proof what the review calls them', () => {
    const columns = ['Email', 'Family (person.name.lastName)', 'a_b', 'a_tags0 (a.tags[0])'];
    expect(columnsText(fromPlan(plan), english)).toBe(columns.join(', '));
    expect(rows(attributes)).toEqual([...columns, 'a_b', 'Email']);
  });

  it('and by their sources where the plan has no such column', () => {
    const others = { selected: ['c.d'], mandatory: ['c.d'], deduplication: [] };
    const phone = { fieldType: 'IDENTITY', identityNamespace: 'Phone' } as const;
    expect(rows({ ...others, deduplication: [phone] })).toEqual(['c.d', 'c.d', 'identity Phone']);
  });
});

describe('the kind of storage', () => {
  it.each([
    ['S3', 'S3 bucket'],
    ['FTP', 'SFTP server'],
  ])('%s is called as in the review: %s', (mode, wanted) => {
    const row = { section: 'flow', subject: 'destination.location.mode', path: '$', mark: 'same' };
    const whole = { rows: [{ ...row, asked: mode, returned: mode }] } as unknown as Report;
    const [part] = proofParts(whole, tutorialPlan, { text: english, glyphs }, 'UTC');
    expect(part?.fields).toMatchObject([{ asked: wanted, returned: wanted }]);
  });
});
