import { type Encryption } from './content/encryption.ts';
import { type At } from './plan/json-path.ts';
import { type Selected } from './plan/plan.ts';
import { type Identity, type Settings } from './settings.ts';

/** What was not looked at is unknown, never absent. `unread`: it was looked at, and does not say. */
export type Known<Value> =
  | { readonly kind: 'known'; readonly value: Value }
  | { readonly kind: 'unknown' | 'unread' };

export const known = <Value>(value: Value): Known<Value> => ({ kind: 'known', value });
export const unknown = { kind: 'unknown' } as const;

/** Members of an object, of any name. */
export type Members = Readonly<Record<string, unknown>>;

/** A segment that is exported, and how. */
export interface Segment extends Identity {
  /** The type of its selector. */
  readonly type: string;
  readonly settings: Settings;
  readonly at: At;
  /** Where its members stand. */
  readonly inner: At;
  /** The selector as it was read. */
  readonly raw?: unknown;
}

/** A column, a mandatory field or a deduplication key. */
export interface Item {
  readonly name: string;
  readonly at: At;
  /** As the platform holds it. */
  readonly value: unknown;
  /** Of a column, as a plan selects it; nothing where that is its name. */
  readonly selected?: Selected | undefined;
}

export interface List<Of> {
  /** Whether it was not read: then nothing is said of it. */
  readonly isUnread?: boolean | undefined;
  /** Where the list stands, or should. */
  readonly at: At;
  readonly items: readonly Of[];
}

/** Objects that a dataflow hangs on. */
export type Links = Partial<
  Record<'flowSpec.id' | 'sourceConnectionIds' | 'targetConnectionIds' | 'profileMapping', string>
>;

/** What a dataflow exports: what is wanted and what is there are the same noun. */
export interface Activation {
  readonly name: Known<string>;
  readonly description: Known<string | undefined>;
  /** The marker of the run that made it; it stays when the description changes. */
  readonly marker?: string | undefined;
  /** In small letters. */
  readonly state: Known<string | undefined>;
  readonly links: Links;
  /** The base connection of the destination. */
  readonly account: Known<string>;
  /** How files are encrypted; nothing where they are not. */
  readonly encryption: Known<Encryption | undefined>;
  /** The way in which the account signs in, as its spec calls it. */
  readonly signInMethod: Known<string>;
  /** What of the account's sign-in can be read, and is no secret. */
  readonly signIn: Known<Members>;
  /** `params` of the target connection. */
  readonly location: Known<Members>;
  readonly segments: List<Segment>;
  /** A card of today keeps its columns in a mapping set, and what is mandatory or a key by itself. */
  readonly hasSet: boolean;
  /** Its card exports every week and every month. */
  readonly takesRare: boolean;
  /** Their order counts. */
  readonly columns: List<Item>;
  readonly mandatory: List<Item>;
  readonly keys: List<Item>;
  /** A plan as it is written, but for its lists: also how to get there, such as sandbox, source and sign-in. */
  readonly document: Known<Members>;
}

/** @see flow-service.md, sections 5.1 and 5.4 */
export const segmentType = 'PLATFORM_SEGMENT';
export const columnType = 'JSON_PATH';

/** How a deduplication key is called. */
export const nameOfKey = (fieldType: string, name = ''): string => `${fieldType} ${name}`;
