import { createHash } from 'node:crypto';
import type { Settings } from '../options.ts';
import { profileStoreId } from '../specs/other-specs.ts';
import type { JsonObject, Scope, Store } from '../store.ts';
import type { SeedSegment } from './segments.ts';

const dayMs = 86_400_000;

/** A destination with one account, as an administrator has set it up. */
interface Place {
  readonly spec: string;
  readonly flowSpec: string;
  readonly account: string;
  readonly auth: JsonObject;
  readonly params: JsonObject;
}

const s3Keys = { accessId: 'AKIAIOSFODNN7EXAMPLE', secretKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
const places: readonly Place[] = [
  {
    spec: '0b23e41a-cb4a-4321-a78f-3b654f5d7d97',
    flowSpec: '71471eba-b620-49e4-90fd-23f1fa0174d8',
    account: 'CRM bucket of marketing',
    auth: { specName: 'S3', params: s3Keys },
    params: { mode: 'S3', bucketName: 'crm-exports', path: 'daily', format: 'CSV' },
  },
  {
    spec: '64ef4b8b-a6e0-41b5-9677-3805d1ee5dd0',
    flowSpec: '71471eba-b620-49e4-90fd-23f1fa0174d8',
    account: 'Partner server',
    auth: {
      specName: 'SFTP with Password',
      params: { domain: 'files.partner.example', username: 'acme', password: 'not-a-real-one' },
    },
    params: { mode: 'FTP', remotePath: '/in/acme', format: 'CSV' },
  },
  {
    spec: '4890fc95-5a1f-4983-94bb-e060c08e3f81',
    flowSpec: '71471eba-b620-49e4-90fd-23f1fa0174d8',
    account: 'Data lake bucket',
    auth: {
      specName: 'Access Key',
      params: {
        s3AccessKey: 'AKIAIOSFODNN7EXAMPLE',
        s3SecretKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      },
    },
    params: { mode: 'S3', bucketName: 'acme-audiences', path: 'exports', format: 'CSV' },
  },
];

/** Where a dataflow streams to. */
const streaming: Place = {
  spec: '5d8a8a3e-58d5-4a2b-b0c9-7f8a7c3cd1b1',
  flowSpec: 'b1bd6c26-0c1d-4a7e-9f1e-2c6a7c6ecb10',
  account: 'Social account',
  auth: { specName: 'OAuth2', params: { accessToken: 'not-a-real-one' } },
  params: { accountId: 'act_1029384756' },
};

const names = ['CRM weekly', 'Loyalty to SFTP', 'Winback test', 'Nightly all', 'Newsletter', 'Reactivation'];
const columns = ['person.name.firstName', 'person.name.lastName', 'personalEmail.address', 'loyalty.points'];
const frequencies = ['DAILY', 'EVERY_6_HOURS', 'DAILY', 'EVERY_12_HOURS'];

/** An id that is the same every time. */
function idOf(word: string): string {
  const hex = createHash('sha256').update(word).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * Dataflows that others have made in a sandbox before: enabled and disabled ones, with one segment and with many, one
 * that holds what few clients know, and after three of them one of datasets and one that streams.
 */
export function fillWithFlows(
  store: Store,
  scope: Scope,
  { flows, now }: Settings,
  segments: () => readonly SeedSegment[],
): void {
  if (flows === 0) return;
  const nowMs = now();
  const scopeOfUi: Scope = { ...scope, client: 'exc_app' };
  const put = (
    collection: 'connections' | 'sourceConnections' | 'targetConnections' | 'flows',
    word: string,
    ageDays: number,
    members: JsonObject,
  ): string => {
    const id = idOf(`${scope.sandbox} ${word}`);
    const createdAt = nowMs - ageDays * dayMs;
    store.create(scopeOfUi, collection, { id, createdAt, updatedAt: createdAt, ...members });
    return id;
  };
  const base = put('connections', 'profile store', 400, {
    name: 'Profile Store',
    connectionSpec: { id: profileStoreId, version: '1.0' },
  });
  const source = put('sourceConnections', 'profile store source', 400, {
    name: 'Profile Store',
    connectionSpec: { id: profileStoreId, version: '1.0' },
    baseConnectionId: base,
    data: null,
    params: {},
  });
  const all = [...places, streaming];
  const accounts = all.map(({ account, spec, auth }) =>
    put('connections', account, 300, { name: account, connectionSpec: { id: spec, version: '1.0' }, auth }),
  );
  for (let index = 0; index < flows; index++) {
    const which = index % 10 === 9 ? places.length : index % places.length;
    const place = all[which];
    if (!place) continue;
    const ageDays = 1 + ((index * 7) % 200);
    const name =
      index < names.length ? (names[index] ?? '') : `${names[index % names.length] ?? ''} ${index}`;
    const target = put('targetConnections', `target ${index}`, ageDays, {
      name,
      connectionSpec: { id: place.spec, version: '1.0' },
      baseConnectionId: accounts[which] ?? '',
      params: place.params,
    });
    const common = {
      name,
      sourceConnectionIds: [source],
      targetConnectionIds: [target],
      state: index % 9 === 2 ? 'disabled' : 'enabled',
      policy: { enforcementRefs: [] },
    };
    if (index % 10 === 8) {
      put('flows', `flow ${index}`, ageDays, {
        ...common,
        name: `${name} (datasets)`,
        flowSpec: { id: '269ba276-16fc-47db-92b0-c1049a3c131f', version: '1.0' },
        transformations: [],
        scheduleParams: { interval: 1, timeUnit: 'day', startTime: Math.floor(nowMs / 1000) },
      });
      continue;
    }
    if (index % 10 === 9) {
      put('flows', `flow ${index}`, ageDays, {
        ...common,
        name: `${name} (streaming)`,
        flowSpec: { id: place.flowSpec, version: '1.0' },
        transformations: [],
      });
      continue;
    }
    const count = index === 3 ? 118 : 1 + ((index * 5) % 12);
    const chosen = segments().slice((index * 13) % 40, ((index * 13) % 40) + count);
    const day = (offset: number): string => new Date(nowMs + offset * dayMs).toISOString().slice(0, 10);
    const selectors = chosen.map((segment, at): JsonObject => {
      const frequency = frequencies[(index + at) % frequencies.length] ?? 'DAILY';
      const seconds = String(Math.floor((nowMs - ageDays * dayMs) / 1000));
      return {
        type: 'PLATFORM_SEGMENT',
        value: {
          id: segment.id,
          name: segment.name,
          description: segment.description,
          filenameTemplate: '%DESTINATION_NAME%_%SEGMENT_ID%_%DATETIME(YYYYMMdd_HHmmss)%',
          exportMode: frequency === 'DAILY' ? 'DAILY_FULL_EXPORT' : 'FIRST_FULL_THEN_INCREMENTAL',
          schedule: {
            frequency,
            triggerType: 'SCHEDULED',
            startDate: day(-ageDays),
            endDate: day(365),
            startTime: frequency === 'DAILY' ? '12:00' : '06:00',
          },
          createTime: seconds,
          updateTime: seconds,
          // What few clients know of, and none may lose.
          ...(index % 5 === 4 ? { audienceOrigin: 'AEPSegments', sourceSegmentId: segment.id } : {}),
        },
      };
    });
    put('flows', `flow ${index}`, ageDays, {
      ...common,
      ...(index % 2 === 0 ? { description: `Exports for ${name}` } : {}),
      flowSpec: { id: place.flowSpec, version: '1.0' },
      transformations: [
        {
          name: 'GeneralTransform',
          params: {
            segmentSelectors: { selectors },
            profileSelectors: {
              selectors: columns.map((path) => ({ type: 'JSON_PATH', value: { path, operator: 'EXISTS' } })),
              mandatoryFields: ['personalEmail.address'],
              primaryFields: [{ fieldType: 'ATTRIBUTE', attributePath: 'personalEmail.address' }],
            },
          },
        },
        ...(index % 5 === 4
          ? [{ name: 'EnrichmentTransform', params: { enrichmentAttributes: { audience: ['score'] } } }]
          : []),
      ],
    });
  }
}
