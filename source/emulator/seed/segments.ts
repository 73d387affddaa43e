import { hash } from 'node:crypto';
import type { JsonObject } from '../store.ts';

/** A segment of the Segmentation Service, as both of its endpoints are made from. */
export interface SeedSegment {
  id: string;
  name: string;
  description: string;
  pql: string;
  kind: 'batch' | 'streaming' | 'edge';
  mergePolicyId: string;
  createdMs: number;
  updatedMs: number;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;

const who = [
  'Mountain',
  'City',
  'Family',
  'Weekend',
  'Frequent',
  'Lapsed',
  'New',
  'Premium',
  'Student',
  'Senior',
  'Northern',
  'Coastal',
  'Loyal',
  'Mobile',
  'Online',
  'Local',
  '台北',
  '高雄',
  '東京',
  '香港',
];
const what = [
  'hikers',
  'shoppers',
  'travellers',
  'card holders',
  'subscribers',
  'newsletter readers',
  'app users',
  'hotel guests',
  'bikers',
  'savers',
  'mortgage seekers',
  'cart abandoners',
  'gift buyers',
  'event visitors',
  '會員',
  '顧客',
];
const where = [
  '',
  ', EU',
  ', APAC',
  ', US',
  ', last 30 days',
  ', last 90 days',
  ', high value',
  ', winback',
  ', A/B group A',
  ', A/B group B',
  ', 2026',
  '，近三十天',
];

/** The two of the tutorial come first, whatever the number. */
const tutorial: readonly Pick<SeedSegment, 'id' | 'name' | 'description' | 'pql' | 'kind'>[] = [
  {
    id: '9f7d37fd-7039-4454-94ef-2b0cd6c3206a',
    name: 'Interested in Mountain Biking',
    description: 'Looked at mountain bikes at least twice within 30 days',
    pql: 'select e from xEvent where e.productListItems.exists(category = "mountain bikes") occurs <= 30 days before now',
    kind: 'batch',
  },
  {
    id: '25768be6-ebd5-45cc-8913-12fb3f348613',
    name: 'Loyalty Segment',
    description: 'Members of the loyalty programme',
    pql: '_acme.loyalty.tier.isNotNull()',
    kind: 'streaming',
  },
];

/** Segments that are the same every time; only their ages go by the clock. */
export function seedSegments(count: number, nowMs: number): SeedSegment[] {
  return Array.from({ length: Math.max(count, tutorial.length) }, (_, index) => seedSegment(index, nowMs));
}

function seedSegment(index: number, nowMs: number): SeedSegment {
  const hex = hash('sha256', `segment ${index}`);
  const number = (at: number): number => Number.parseInt(hex.slice(2 * at, 2 * at + 4), 16);
  const name = `${who[number(0) % who.length] ?? ''} ${what[number(2) % what.length] ?? ''}${where[number(4) % where.length] ?? ''}`;
  const kinds = ['batch', 'batch', 'batch', 'streaming', 'streaming', 'edge'] as const;
  // A few in a hundred are younger than a day: the platform wants them to wait.
  const ageMs = number(6) % 40 === 0 ? (number(8) % 23) * hourMs : (1 + (number(8) % 730)) * dayMs;
  const createdMs = nowMs - ageMs;
  return {
    id: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`,
    name: index < 400 ? name : `${name} ${index}`,
    description: number(10) % 3 === 0 ? '' : `Profiles that count as ${name}`,
    pql: `person.name.isNotNull() and segmentScore >= ${number(12) % 100}`,
    kind: kinds[number(14) % kinds.length] ?? 'batch',
    mergePolicyId:
      ['b83185bb-0bc6-489c-9363-0075eb30b4c8', '4f1b6ad1-5c0f-4d0b-8f6c-6d3a70c1b6f2'][number(16) % 2] ?? '',
    createdMs,
    updatedMs: Math.min(nowMs, createdMs + (number(18) % 200) * hourMs),
    ...tutorial[index],
    ...(index < tutorial.length ? { createdMs: nowMs - 90 * dayMs, updatedMs: nowMs - 3 * dayMs } : {}),
  };
}

/** @see flow-service.md, section 2.8 */
export function asDefinition(segment: SeedSegment, orgId: string, sandbox: string): JsonObject {
  return {
    id: segment.id,
    schema: { name: '_xdm.context.profile' },
    imsOrgId: orgId,
    sandbox: {
      sandboxName: sandbox,
      type: sandbox === 'prod' ? 'production' : 'development',
      default: sandbox === 'prod',
    },
    name: segment.name,
    description: segment.description,
    expression: { type: 'PQL', format: 'pql/text', value: segment.pql },
    mergePolicyId: segment.mergePolicyId,
    evaluationInfo: {
      batch: { enabled: segment.kind === 'batch' },
      continuous: { enabled: segment.kind === 'streaming' },
      synchronous: { enabled: segment.kind === 'edge' },
    },
    dataGovernancePolicy: { excludeOptOut: true },
    creationTime: segment.createdMs,
    updateEpoch: Math.floor(segment.updatedMs / 1000),
    updateTime: segment.updatedMs,
  };
}

/** @see flow-service.md, section 2.8 */
export function asAudience(segment: SeedSegment, orgId: string, sandbox: string): JsonObject {
  return {
    ...asDefinition(segment, orgId, sandbox),
    audienceId: segment.id,
    type: 'SegmentDefinition',
    originName: 'REAL_TIME_CUSTOMER_PROFILE',
    namespace: 'AEPSegments',
    lifecycleState: 'published',
    labels: [],
  };
}
