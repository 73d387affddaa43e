import { hash } from 'node:crypto';
import type { Settings } from '../options.ts';
import { stored } from '../rules/mappings.ts';
import { partnerSchema } from '../specs/partner-schema.ts';
import { profileStoreId } from '../specs/other-specs.ts';
import { type DocumentKind, type JsonObject, type Scope, seededClient, type Store } from '../store.ts';
import { placesOf, streaming } from './places.ts';
import type { SeedSegment } from './segments.ts';
import { unionSchema } from './union-schema.ts';

const dayMs = 86_400_000;

const names = ['CRM weekly', 'Loyalty to SFTP', 'Winback test', 'Nightly all', 'Newsletter', 'Reactivation'];
const columns = ['person.name.firstName', 'person.name.lastName', 'personalEmail.address', 'loyalty.points'];
const keys: JsonObject = {
  mandatoryFields: ['personalEmail.address'],
  primaryFields: [{ fieldType: 'ATTRIBUTE', attributePath: 'personalEmail.address' }],
};
const profileSelectors: JsonObject = {
  selectors: columns.map((path) => ({ type: 'JSON_PATH', value: { path, operator: 'EXISTS' } })),
  ...keys,
};
const frequencies = ['DAILY', 'EVERY_6_HOURS', 'DAILY', 'EVERY_12_HOURS'];

/** An id that is the same every time. */
function idOf(word: string): string {
  const hex = hash('sha256', word);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * Dataflows that others have made in a sandbox before: enabled and disabled ones, with one segment and with many, one
 * that holds what few clients know, and after three of them one of datasets and one that streams.
 */
export function fillWithFlows(
  store: Store,
  scope: Scope,
  { flows, segmentsPerFlow, now, organisation }: Settings,
  segments: () => readonly SeedSegment[],
): void {
  if (flows === 0) return;
  const nowMs = now();
  const scopeOfUi: Scope = { ...scope, client: seededClient };
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
  /** What a migrated dataflow has in place of profile selectors. @see cards.md, sections 5.5 and 9 */
  const mapped = (word: string): JsonObject => {
    const keep = (kind: DocumentKind, name: string, members: JsonObject): JsonObject => {
      const id = idOf(`${scope.sandbox} ${word} ${name}`).replaceAll('-', '');
      store.keep(scopeOfUi, kind, members, { id });
      return { id, version: 0 };
    };
    const set = keep('mappingSets', 'set', {
      inputSchema: keep('schemas', 'input', { jsonSchema: unionSchema }),
      outputSchema: keep('schemas', 'output', { jsonSchema: partnerSchema }),
      mappings: columns.map((source) =>
        stored({ sourceType: 'text/x.schema-path', source, destination: source.replaceAll('.', '_') }),
      ),
      xdmVersion: '1.0',
    });
    return {
      ...keys,
      profileMapping: { mappingId: set['id'] ?? '', mappingVersion: 0 },
      identityMapping: { mappings: [] },
      attributeMapping: {},
    };
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
  const places = placesOf(organisation);
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
      ...(place.isMigrated === true ? { data: { format: 'CSV', schema: null, properties: null } } : {}),
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
    const count = segmentsPerFlow ?? (index === 3 ? 118 : 1 + ((index * 5) % 12));
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
            ...(place.isMigrated === true ? mapped(`set ${index}`) : { profileSelectors }),
          },
        },
        ...(index % 5 === 4
          ? [{ name: 'EnrichmentTransform', params: { enrichmentAttributes: { audience: ['score'] } } }]
          : []),
      ],
    });
  }
}
