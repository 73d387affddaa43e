import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Json, JsonObject } from './json.ts';
import type { Settings } from './options.ts';
import { EmulatorStartError } from './start-error.ts';

export type { Json, JsonObject };

export const collections = ['connections', 'sourceConnections', 'targetConnections', 'flows'] as const;
export type Collection = (typeof collections)[number];

/** What the Data Prep service keeps: all versions of each, oldest first. @see cards.md, section 5.2 */
const documentKinds = ['schemas', 'mappingSets'] as const;
export type DocumentKind = (typeof documentKinds)[number];
export type Versions = readonly [JsonObject, ...JsonObject[]];

/** Who asks: state is apart per organisation and sandbox. */
export interface Scope {
  readonly orgId: string;
  readonly sandbox: string;
  readonly client: string;
}

/** Anything that can be created. */
export interface Entity extends JsonObject {
  id: string;
  etag: string;
  version: string;
  createdAt: number;
  updatedAt: number;
  state: string;
}

/** Who changes an entity when the service does it by itself. */
export const serviceClient = 'acp_foundation_connectors';

/** Who has made what was there before anything else: the platform's own pages. */
export const seededClient = 'exc_app';

type Shelf = Record<Collection, Record<string, Entity>> & Record<DocumentKind, Record<string, Versions>>;

const isShelf = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && collections.every((name) => name in value);

const emptyShelf = (): Shelf => ({
  connections: {},
  sourceConnections: {},
  targetConnections: {},
  flows: {},
  schemas: {},
  mappingSets: {},
});

/** A fresh etag, with the quotes that belong to it. @see flow-service.md, section 2.0.3 */
function newEtag(): string {
  return `"${randomBytes(4).toString('hex')}-0000-0200-0000-${randomBytes(4).toString('hex')}0000"`;
}

/** Everything that was created, in memory, and in a file where there is one. */
export class Store {
  readonly #shelves = new Map<string, Shelf>();
  readonly #settings: Settings;
  readonly #timers = new Set<NodeJS.Timeout>();
  /** Etags that an entity had before the service touched it. */
  readonly #overlooked = new WeakMap<Entity, Set<string>>();
  readonly #hidden = new WeakSet<Entity>();
  readonly #hiddenDocuments = new Set<string>();
  readonly #fill: (scope: Scope, store: Store) => void;
  #lastAt = 0;

  /** @param fill - Puts into a sandbox, before anything else, what was there before. */
  constructor(settings: Settings, fill: (scope: Scope, store: Store) => void = () => undefined) {
    this.#settings = settings;
    this.#fill = fill;
    const { stateFile } = settings;
    if (stateFile === undefined) return;
    for (const [key, shelf] of Object.entries(readState(stateFile)))
      this.#shelves.set(key, { ...emptyShelf(), ...shelf });
    // A place that cannot be written to is told of now, not when something is to be kept.
    try {
      this.#save();
    } catch (error) {
      throw new EmulatorStartError('stateFile', stateFile, { cause: error });
    }
  }

  all(scope: Scope, collection: Collection): Entity[] {
    return Object.values(this.#shelf(scope)[collection]);
  }

  /** Those that are listed: a new one may be there for a while before it is. */
  shown(scope: Scope, collection: Collection): Entity[] {
    return this.all(scope, collection).filter((entity) => !this.isHidden(entity));
  }

  isHidden(entity: Entity): boolean {
    return this.#hidden.has(entity);
  }

  get(scope: Scope, collection: Collection, id: string): Entity | undefined {
    const shelf = this.#shelf(scope)[collection];
    return Object.hasOwn(shelf, id) ? shelf[id] : undefined;
  }

  /** Where anybody has asked for something. */
  scopes(): Scope[] {
    return [...this.#shelves.keys()].map((key) => {
      const at = key.lastIndexOf(' ');
      return { orgId: key.slice(0, at), sandbox: key.slice(at + 1), client: serviceClient };
    });
  }

  /** How many of a kind there are, everywhere. */
  count(kind: Collection | DocumentKind): number {
    return [...this.#shelves.values()].reduce((sum, shelf) => sum + Object.keys(shelf[kind]).length, 0);
  }

  /** Documents that are listed, newest first. */
  documents(scope: Scope, kind: DocumentKind): Versions[] {
    const all = Object.values(this.#shelf(scope)[kind]).reverse();
    return all.filter(([first]) => !this.#hiddenDocuments.has(String(first['id'])));
  }

  /** All versions of a document that is not hidden. */
  document(scope: Scope, kind: DocumentKind, id: string): Versions | undefined {
    const shelf = this.#shelf(scope)[kind];
    return Object.hasOwn(shelf, id) && !this.#hiddenDocuments.has(id) ? shelf[id] : undefined;
  }

  /**
   * The next version of a document, the first with a new id.
   *
   * @param id - Of one that is there, or of one that was there before.
   * @param hideMs - How long a new one is neither listed nor read, milliseconds.
   */
  keep(
    scope: Scope,
    kind: DocumentKind,
    members: JsonObject,
    { id = randomBytes(16).toString('hex'), hideMs = 0 }: { id?: string; hideMs?: number } = {},
  ): JsonObject {
    const shelf = this.#shelf(scope)[kind];
    const earlier = Object.hasOwn(shelf, id) ? shelf[id] : undefined;
    const now = this.#moment();
    const by = `${scope.client}@AdobeID`;
    const [first] = earlier ?? [];
    const document: JsonObject = {
      id,
      version: earlier?.length ?? 0,
      createdDate: first?.['createdDate'] ?? now,
      modifiedDate: now,
      createdBy: first?.['createdBy'] ?? by,
      modifiedBy: by,
      ...members,
    };
    shelf[id] = earlier ? [...earlier, document] : [document];
    this.#save();
    if (hideMs > 0) {
      this.#hiddenDocuments.add(id);
      this.later(hideMs, () => this.#hiddenDocuments.delete(id));
    }
    return document;
  }

  forget(scope: Scope, kind: DocumentKind, id: string): void {
    Reflect.deleteProperty(this.#shelf(scope)[kind], id);
    this.#save();
  }

  /**
   * @param members - With an id and times of its own where it was there before.
   * @param hideMs - How long it is neither listed nor read, milliseconds.
   */
  create(scope: Scope, collection: Collection, members: JsonObject, hideMs = 0): Entity {
    const now = this.#moment();
    const etag = newEtag();
    const entity: Entity = {
      id: randomUUID(),
      createdAt: now,
      updatedAt: now,
      createdBy: `${scope.client}@AdobeID`,
      updatedBy: `${scope.client}@AdobeID`,
      createdClient: scope.client,
      updatedClient: scope.client,
      state: 'enabled',
      ...members,
      sandboxId: sandboxId(scope.sandbox),
      sandboxName: scope.sandbox,
      imsOrgId: scope.orgId,
      version: etag,
      etag,
    };
    this.#shelf(scope)[collection][entity.id] = entity;
    this.#save();
    if (hideMs > 0) {
      this.#hidden.add(entity);
      this.later(hideMs, () => this.#hidden.delete(entity));
    }
    const { touchDelayMs } = this.#settings;
    if (touchDelayMs !== false && members['id'] === undefined) {
      // The service itself touches new entities: the etag of a create can be stale a moment later.
      this.later(touchDelayMs, () => {
        if (this.get(scope, collection, entity.id) === entity) this.touch(entity, serviceClient);
      });
    }
    return entity;
  }

  /** Whether nobody but the service has touched an entity since it had this etag, and that may be overlooked. */
  isOwnTouch(entity: Entity, etag: string): boolean {
    return !this.#settings.strictEtags && this.#overlooked.get(entity)?.has(etag) === true;
  }

  /** Marks an entity as changed: a new etag, a new time. */
  touch(entity: Entity, client: string): void {
    const etag = newEtag();
    const earlier = this.#overlooked.get(entity) ?? new Set();
    this.#overlooked.set(entity, client === serviceClient ? earlier.add(entity.etag) : new Set());
    Object.assign(entity, { etag, version: etag, updatedAt: this.#moment(), updatedClient: client });
    this.#save();
  }

  remove(scope: Scope, collection: Collection, id: string): void {
    Reflect.deleteProperty(this.#shelf(scope)[collection], id);
    this.#save();
  }

  /** Runs something after a while, but never keeps the process alive for it. */
  later(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    timer.unref();
    this.#timers.add(timer);
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#save();
  }

  #shelf(scope: Scope): Shelf {
    const { orgId, sandbox } = scope;
    const key = `${orgId} ${sandbox}`;
    const known = this.#shelves.get(key);
    if (known) return known;
    const fresh = emptyShelf();
    this.#shelves.set(key, fresh);
    this.#fill(scope, this);
    return fresh;
  }

  /** Two writes never share a time, so that "most recent first" has one answer. */
  #moment(): number {
    this.#lastAt = Math.max(this.#lastAt + 1, this.#settings.now());
    return this.#lastAt;
  }

  #save(): void {
    const { stateFile } = this.#settings;
    if (stateFile === undefined) return;
    const beside = `${stateFile}.${process.pid}.tmp`;
    writeFileSync(beside, JSON.stringify(Object.fromEntries(this.#shelves)), { mode: 0o600 });
    renameSync(beside, stateFile);
  }
}

/** @throws EmulatorStartError for a file that is no state of an emulator */
function readState(stateFile: string): Record<string, Shelf> {
  try {
    const state: unknown = JSON.parse(readFileSync(stateFile, 'utf8').replace(/^\ufeff/, ''));
    if (typeof state !== 'object' || state === null || !Object.values(state).every(isShelf))
      throw new TypeError('no state of an emulator');
    return state as Record<string, Shelf>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new EmulatorStartError('stateFile', stateFile, { cause: error });
  }
}

function sandboxId(name: string): string {
  const hex = Buffer.from(name.padEnd(16, '-')).toString('hex').slice(0, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
