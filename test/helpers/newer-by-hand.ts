import { contractCards } from './contract-cards.ts';
import type { Written } from './answers.ts';
import { type Asked, handWritten, type Held } from './hand-written.ts';

type Json = Record<string, unknown>;

export const union = {
  $id: 'https://ns.adobe.com/xdm/context/profile__union',
  type: 'object',
  'x-unheard-of': [1],
  properties: {
    person: {
      type: 'object',
      properties: {
        gender: { type: 'string' },
        name: { type: 'object', properties: { firstName: { type: 'string' } } },
      },
    },
    personalEmail: { type: 'object', properties: { address: { type: 'string' } } },
  },
};
export const partner = {
  title: 'defaultschema',
  type: 'object',
  properties: { attributes: { type: 'object' } },
};

const encryptionSpecs = [
  {
    name: 'File PGP/GPG Encryption',
    type: 'FileAsymmetric',
    spec: {
      properties: {
        publicKey: { type: 'string', contentEncoding: 'base64' },
        encryptionAlgo: { type: 'string', default: 'PGPGPG', enum: ['PGPGPG', 'NONE'] },
      },
      required: ['encryptionAlgo', 'publicKey'],
    },
  },
];

/** What a request said. */
export interface Sent {
  readonly call: string;
  readonly body: string;
  readonly ifMatch: string | undefined;
}

/** How the service reads back otherwise than as it should. */
export interface Bends {
  /** What an account keeps of what was sent. */
  account?: (sent: Json) => Json;
  /** A mapping set, in a version. */
  set?: (set: Json) => Json;
  /** What a PUT answers. @default the set */
  put?: (set: Json, sent: Json) => unknown;
}

const prep = '/data/foundation/conversion';
const paramsOf = (flow: Held): Json => {
  const [{ params }] = flow['transformations'] as [{ params: Json }];
  return params;
};

/**
 * A platform for a card of today, by hand from the contract and with no line of the emulator: Flow Service as it reads
 * back, and the service that keeps columns, with sets in versions.
 *
 * @see cards.md, sections 3.1, 3.3, 4.1, 5.2, 5.3 and 5.5
 */
export async function newerByHand(connectionSpecId: string, bends: Bends = {}) {
  const sent: Sent[] = [];
  /** Versions of each set. */
  const sets = new Map<string, Json[]>();
  let count = 0;
  const card = contractCards.find(({ id }) => id === connectionSpecId);
  const server = await handWritten((asked) => {
    const { method, call, body, headers } = asked;
    const ifMatch = headers['if-match'];
    if (method !== 'GET') sent.push({ call, body, ifMatch });
    return platform(asked) ?? dataPrep(asked);
  });
  return { ...server, sent, sets };

  function platform({ call, shelves, act, url }: Asked): Written | undefined {
    if (call.startsWith('GET /data/core/ups/config/')) return { json: union };
    if (call === 'GET /flowSpecs') return { status: 403, json: { message: 'no' } };
    if (call === 'GET /connectionSpecs') {
      const targetSpec = { attributes: { partnerSchema: { jsonSchema: partner } } };
      return { json: { items: [{ id: connectionSpecId, name: card?.name, targetSpec, encryptionSpecs }] } };
    }
    if (call === 'GET /connections/*') {
      const id = url.split('/').at(-1);
      const held = shelves.connections.find((one) => one.id === id);
      if (!held) return undefined;
      const { auth, ...others } = held;
      const params = { ...(auth as { params?: Json } | undefined)?.params, authorizedDate: '2026-11-26' };
      const read = { ...others, ...(auth === undefined ? {} : { auth: { ...(auth as Json), params } }) };
      return { json: { items: [bends.account?.(read) ?? read] } };
    }
    if (call === 'PATCH /flows/*') {
      const answer = act();
      for (const flow of shelves.flows) readBack(flow);
      return answer;
    }
    return undefined;
  }

  function dataPrep({ call, method, url, body }: Asked): Written | undefined {
    if (!url.startsWith(`${prep}/`)) return undefined;
    const [kind = '', id = ''] = url.slice(prep.length + 1).split(/[/?]/);
    if (method === 'POST') {
      const members = JSON.parse(body) as Json;
      const made = { id: `${++count}`.padStart(32, '0'), version: 0 };
      if (kind === 'schemas') return { json: { ...made, jsonSchema: members['jsonSchema'] } };
      sets.set(made.id, [stored(made.id, 0, members)]);
      return { json: { ...made, createdDate: 1_796_000_000_197, createdBy: 'svc@AdobeID' } };
    }
    const versions = sets.get(id);
    if (!versions)
      return { status: 404, json: { type: 'x', title: 'NotFoundError', status: 404, detail: call } };
    if (method === 'PUT') {
      const members = JSON.parse(body) as Json;
      const next = stored(id, versions.length, members);
      versions.push(next);
      return { json: bends.put?.(next, members) ?? next };
    }
    // Without one the first is meant.
    const version = Number(/[?&]version=(\d+)/.exec(url)?.[1] ?? 0);
    const found = versions[version];
    return found ? { json: bends.set?.(found) ?? found } : { status: 404, json: { title: 'NotFoundError' } };
  }
}

/** A set as it is stored. @see cards.md, section 5.3 */
function stored(id: string, version: number, { inputSchema, outputSchema, mappings }: Json): Json {
  return {
    ...{ id, version, createdDate: 1_796_000_000_197, modifiedDate: 1_796_000_000_197 },
    ...{ inputSchema, outputSchema, supportVersion: '1.1', status: 'PUBLISHED' },
    mappings: (mappings as Record<string, string>[]).map(({ sourceType = '', source, destination }, at) => ({
      ...{ id: `a${at}`, version: 0, source, destination },
      sourceType: sourceType === 'EXPRESSION' ? 'text/x.aep-xl' : 'text/x.schema-path',
      ...{ identity: false, primaryIdentity: false, matchScore: 0, functionVersion: 0 },
      ...{ sourceAttribute: source, destinationXdmPath: destination },
    })),
  };
}

/** What a service adds to selectors and keys. @see cards.md, section 5.5 */
function readBack(flow: Held): void {
  const params = paramsOf(flow);
  const { selectors } = params['segmentSelectors'] as { selectors: { value: Json }[] };
  for (const { value } of selectors)
    Object.assign(value, { description: '', createTime: '1796000100', updateTime: '1796000100' });
  // A migrated dataflow has two members more.
  Object.assign(params, { identityMapping: { mappings: [] }, attributeMapping: {} });
}
