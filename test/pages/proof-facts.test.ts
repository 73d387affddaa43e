import { describe, expect, it } from 'vitest';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { unicodeGlyphs as glyphs } from '../../source/components/theme/glyphs.ts';
import { english } from '../../source/locale/catalogs.ts';
import { proofFacts } from '../../source/pages/ending/proof-facts.ts';
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
