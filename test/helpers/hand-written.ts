import { randomUUID } from 'node:crypto';
import { profileStoreSpecId } from '../../source/activation/spec/catalog.ts';
import { type AnswerServer, answerWith, type Seen, type Written } from './answers.ts';
import { futurePlan } from './runs.ts';

/** What a hand-written service holds; members of any name. */
export interface Held extends Record<string, unknown> {
  id: string;
  name?: string;
  description?: string;
}

const names = ['connections', 'sourceConnections', 'targetConnections', 'flows'] as const;
export type Shelf = (typeof names)[number];
export type Shelves = Record<Shelf, Held[]>;

/** What is asked of a hand-written service. */
export interface Asked extends Seen {
  /** `POST /flows`, `GET /flows/*` */
  readonly call: string;
  /** How often this call has come, this time included. */
  readonly count: number;
  readonly shelves: Shelves;
  /** Does what is asked, and answers as one should. */
  act: () => Exclude<Written, (...all: never[]) => void>;
}

const root = '/data/foundation/flowservice/';

/**
 * The Flow Service once more, from the contract and with no line of the emulator: it keeps what is made, and `odd`
 * answers whatever it likes in its place, before or after it was done. What it has no word for is a 404.
 */
export async function handWritten(
  odd: (asked: Asked) => Written | undefined,
): Promise<AnswerServer & { shelves: Shelves; counts: () => number[] }> {
  const shelves: Shelves = { connections: [], sourceConnections: [], targetConnections: [], flows: [] };
  const counted = new Map<string, number>();
  const server = await answerWith((seen) => {
    const path = new URL(seen.url, 'http://x').pathname;
    const [shelf = '', id] = path.startsWith(root) ? path.slice(root.length).split('/') : [path];
    const call = `${seen.method} ${path.startsWith(root) ? '/' : ''}${shelf}${id === undefined ? '' : '/*'}`;
    const count = (counted.get(call) ?? 0) + 1;
    counted.set(call, count);
    const act = (): ReturnType<Asked['act']> => acted(shelves, seen, shelf, id);
    return odd({ ...seen, call, count, shelves, act }) ?? act();
  });
  return { ...server, shelves, counts: () => names.map((name) => shelves[name].length) };
}

function acted(shelves: Shelves, { method, body }: Seen, shelf: string, id?: string) {
  const missing = { status: 404, json: { errorMessage: `${shelf} not found with id = [${id}]` } };
  if (shelf === 'flowSpecs') {
    const ends = [[profileStoreSpecId], [futurePlan.destination.connectionSpecId]];
    const [sourceConnectionSpecIds, targetConnectionSpecIds] = ends;
    const fitting = '71471eba-b620-49e4-90fd-23f1fa0174d8';
    return {
      json: { items: [{ id: fitting, name: 'x', sourceConnectionSpecIds, targetConnectionSpecIds }] },
    };
  }
  if (shelf === 'connectionSpecs')
    return { json: { items: [{ id: futurePlan.destination.connectionSpecId, name: 'x' }] } };
  if (!isShelf(shelf)) return { ...missing, status: 403 };
  if (method === 'POST') {
    const made = { ...(JSON.parse(body) as object), id: randomUUID(), etag: '"1"', state: 'enabled' };
    shelves[shelf].push(made);
    return { status: 201, json: { id: made.id, etag: '"1"' } };
  }
  if (id === undefined) return { json: { items: shelves[shelf], _links: {} } };
  const found = shelves[shelf].find((one) => one.id === id);
  if (!found) return missing;
  if (method === 'GET') return { json: { items: [found] } };
  if (method === 'DELETE') {
    shelves[shelf] = shelves[shelf].filter((one) => one !== found);
    return { status: 202 };
  }
  patched(found, JSON.parse(body) as { op: string; path: string; value: unknown }[]);
  return { json: { id } };
}

const isShelf = (name: string): name is Shelf => names.includes(name as Shelf);

/** As much of JSON Patch as a new dataflow takes. */
function patched(held: Held, operations: readonly { path: string; value: unknown }[]): void {
  for (const { path, value } of operations) {
    const way = path.split('/').slice(1);
    const last = way.pop() ?? '';
    const at = way.reduce<unknown>((one, name) => (one as Record<string, unknown>)[name], held);
    if (Array.isArray(at)) at.push(value);
    else (at as Record<string, unknown>)[last] = value;
  }
  held['etag'] = '"2"';
}
