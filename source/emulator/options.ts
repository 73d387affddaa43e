import type { JsonObject } from './json.ts';

/** How an emulator behaves. Times are milliseconds. */
export interface EmulatorOptions {
  /** 0 takes any free one. @default 0 */
  readonly port?: number;
  /** @default 1204 */
  readonly segments?: number;
  /** Added to every answer. @default 0 */
  readonly latencyMs?: number;
  /** Rules as `parseFaultRule` reads them. */
  readonly faults?: readonly string[];
  /** Every request as a JSON object on a line; never a secret. */
  readonly logFile?: string;
  /** The state is read from this file at the start and kept in it. */
  readonly stateFile?: string;
  /** Until a patch of a dataflow can be seen. @default 600 */
  readonly patchDelayMs?: number;
  /** The etag of a new entity changes once more after this time; `false` for never. @default 300 */
  readonly touchDelayMs?: number | false;
  /** Which storage cards the organisation has: a migrated one has lost the older three. @default 'both' */
  readonly organisation?: Organisation;
  /** An etag is stale as soon as the service itself has touched the entity. @default false */
  readonly strictEtags?: boolean;
  /**
   * Of a card of today only what is published is taken: a mode, options of CSV with CSV, a key that is mapped, a column
   * that the output schema declares. @default false
   */
  readonly strictCards?: boolean;
  /** Which member of a base connection asks for encryption; another one is ignored. @default 'both' */
  readonly encryptionMember?: EncryptionMember;
  /** A base connection without a spec is one to the Data Landing Zone, as its tutorial prints it. @default false */
  readonly acceptBareLandingZone?: boolean;
  /** A dataflow may name a mapping set that nobody knows. @default false */
  readonly acceptUnknownMapping?: boolean;
  /** What an update of a mapping set answers: the whole set, or what was sent, as one edition prints it. @default 'set' */
  readonly putAnswer?: 'set' | 'echo';
  /** Whose storage the Data Landing Zone is. @default 'azure' */
  readonly landingZone?: LandingZoneProvider;
  /** The older mode `Cloud Storage` of the three cloud storage cards. @default true */
  readonly acceptCloudStorage?: boolean;
  /** @default '202' */
  readonly patchAnswer?: '202' | '200' | 'empty';
  /** Attributes of a patch are accepted and never seen again. @default false */
  readonly silentlyDropAttributes?: boolean;
  /** Secrets read back as `****`. @default true */
  readonly maskSecrets?: boolean;
  /** Until a dataflow that is deleted is gone. @default 0 */
  readonly deleteDelayMs?: number;
  /**
   * What may not be done is refused, where nothing is documented: an update during another one, an action that
   * changes nothing, a start date moved into the past. States between two others are shown. @default false
   */
  readonly strictChanges?: boolean;
  /** Dataflows that others have made before. @default 0 */
  readonly flows?: number;
  /** The only sandbox that they are in. @default all of them */
  readonly flowsIn?: string;
  /** Segments of each of them. @default one to twelve, and 118 of one */
  readonly segmentsPerFlow?: number;
  /** Specs of the organisation's own, beside the published ones. */
  readonly connectionSpecs?: readonly JsonObject[];
  readonly flowSpecs?: readonly JsonObject[];
  /** Awaited before a request is acted upon. @default nothing is held */
  readonly hold?: (method: string, path: string) => Promise<void> | undefined;
  /**
   * How single exports go, as `parseRunFault` reads them. Without one some go wrong, as `usualCourse` says; with one
   * nothing does but what is planted.
   */
  readonly runFaults?: readonly string[];
  /** How long runs are kept, days. @default 30 */
  readonly keepRunsDays?: number;
  /** Where it says that a run can be looked at, instead of at its own address. */
  readonly statusOrigin?: string;
  /** Members of every segment. @default 1,000 to two million, by its id; 1,000 where they are really written */
  readonly rows?: number;
  /** Rows of a file before it is split. @default 5000000 */
  readonly rowsPerFile?: number;
  /** Exports are written to the places that the connections name. @default they are only told */
  readonly deliver?: Deliver;
  /** How many times as fast as others its clock goes; pauses, faults and answers keep to theirs. @default 1 */
  readonly speed?: number;
  /** Epoch milliseconds; with a `speed` what it says at the start is where the clock begins. */
  readonly now?: () => number;
}

/** How exports are written to real storage. */
export interface Deliver {
  /** Servers that stand in for Amazon's and Google's. */
  readonly s3Endpoint?: string | undefined;
  readonly gcsEndpoint?: string | undefined;
  /** Told of each export, once it is written or could not be. */
  readonly onDelivery?: (delivery: Delivery) => void;
}

/** What became of an export. `why` is a word of the emulator's or a code of the server's; nothing secret is in it. */
export type Delivery = { readonly run: string; readonly segment: string; readonly where: string } & (
  | { readonly kind: 'written'; readonly files: readonly WrittenFile[] }
  | { readonly kind: 'failed'; readonly why: string }
);

export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
}

export const organisations = ['both', 'migrated', 'legacy'] as const;
export type Organisation = (typeof organisations)[number];

export type EncryptionMember = 'both' | 'encryption' | 'encryptionSpecs' | 'none';
type LandingZoneProvider = 'azure' | 'aws';

export type Settings = Required<Omit<EmulatorOptions, Open>> & Pick<EmulatorOptions, Open>;
type Open = 'logFile' | 'stateFile' | 'flowsIn' | 'segmentsPerFlow' | 'statusOrigin' | 'rows' | 'deliver';

export function withDefaults(options: EmulatorOptions): Settings {
  const { now = Date.now, speed = 1 } = options;
  const [startMs, startedAt] = [now(), performance.now()];
  return {
    port: 0,
    segments: 1204,
    latencyMs: 0,
    faults: [],
    patchDelayMs: 600,
    touchDelayMs: 300,
    organisation: 'both',
    strictEtags: false,
    strictCards: false,
    encryptionMember: 'both',
    acceptBareLandingZone: false,
    acceptUnknownMapping: false,
    putAnswer: 'set',
    landingZone: 'azure',
    acceptCloudStorage: true,
    patchAnswer: '202',
    silentlyDropAttributes: false,
    maskSecrets: true,
    deleteDelayMs: 0,
    strictChanges: false,
    flows: 0,
    connectionSpecs: [],
    flowSpecs: [],
    hold: () => undefined,
    runFaults: [],
    keepRunsDays: 30,
    rowsPerFile: 5_000_000,
    ...(options.deliver ? { rows: 1000 } : {}),
    speed,
    ...options,
    now: speed === 1 ? now : () => Math.floor(startMs + (performance.now() - startedAt) * speed),
  };
}
