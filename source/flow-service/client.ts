import type { ExportWanted, Started } from './ad-hoc.ts';
import type { Connection, Created } from './connections.ts';
import type { DataPrep } from './data-prep.ts';
import type { Flow, ListedFlow, PatchOperation } from './flows.ts';
import type { JsonSchema } from './json-schema.ts';
import type { Namespace } from './namespaces.ts';
import type { Sandbox } from './sandboxes.ts';
import type { LandingZone } from './landing-zone.ts';
import type { RunsRead, RunsWanted } from './read-runs.ts';
import type { Run } from './runs.ts';
import type { EvaluationsRead } from './segment-jobs.ts';
import type { Segment, SegmentPage } from './segments.ts';
import type { ConnectionSpec, FlowSpec } from './specs.ts';
import type { CallOptions, PlatformClock } from './transport.ts';

export type { CallOptions, ClientSettings, PlatformClock } from './transport.ts';

/** Collections of the Flow Service that hold what ferry makes. */
export type Collection = 'connections' | 'sourceConnections' | 'targetConnections' | 'flows';

/** The platform, as far as ferry uses it. Every method throws FlowServiceError and nothing else. */
export interface FlowService {
  readonly apiUrl: string;
  readonly orgId: string;
  readonly sandbox: string;
  readonly dataPrep: DataPrep;
  /** The platform's clock, by its last answer. */
  clock(): PlatformClock;
  /** Requests that were sent so far, repetitions too. */
  callCount(): number;
  listConnectionSpecs(options?: CallOptions): Promise<ConnectionSpec[]>;
  /** Those of these ids that there are. */
  getConnectionSpecs(ids: readonly string[], options?: CallOptions): Promise<ConnectionSpec[]>;
  listFlowSpecs(options?: CallOptions): Promise<FlowSpec[]>;
  createConnection(body: object, options?: CallOptions): Promise<Created>;
  createSourceConnection(body: object, options?: CallOptions): Promise<Created>;
  createTargetConnection(body: object, options?: CallOptions): Promise<Created>;
  createFlow(body: object, options?: CallOptions): Promise<Created>;
  getFlow(id: string, options?: CallOptions): Promise<Flow>;
  patchFlow(
    id: string,
    etag: string | undefined,
    operations: readonly PatchOperation[],
    options?: CallOptions,
  ): Promise<{ etag?: string | undefined; requestId?: string | undefined }>;
  patchConnection(
    collection: Exclude<Collection, 'flows'>,
    id: string,
    etag: string | undefined,
    operations: readonly PatchOperation[],
    options?: CallOptions,
  ): Promise<{ requestId?: string | undefined }>;
  /** Lets a dataflow export, or pauses it. @see manage.md, section 4.1 */
  act(
    flowId: string,
    op: 'enable' | 'disable',
    options?: CallOptions,
  ): Promise<{ requestId?: string | undefined }>;
  /** Deletes; `alreadyGone` when it is proven that it was not there any more. */
  remove(collection: Collection, id: string, options?: CallOptions): Promise<{ alreadyGone: boolean }>;
  /** A connection of any kind. */
  getConnection(
    collection: Exclude<Collection, 'flows'>,
    id: string,
    options?: CallOptions,
  ): Promise<Connection>;
  /**
   * A base connection with what it signs in with, as it came: secrets are masked by the service, or are not. Nothing of
   * it may leave the process.
   */
  getSignIn(id: string, options?: CallOptions): Promise<Connection & { readonly signIn: unknown }>;
  /** Whether an entity is there; that it is not is proven, and what its list still shows is there. */
  exists(collection: Collection, id: string, options?: CallOptions): Promise<boolean>;
  /** Whether what was thrown when an entity was asked for proves that it is gone. @see provesGone */
  isGone(collection: Collection, id: string, error: unknown, options?: CallOptions): Promise<boolean>;
  /** Entities of a collection, page by page, the most recently changed first. */
  list(
    collection: Collection,
    filters?: readonly string[],
    options?: CallOptions,
  ): AsyncGenerator<Connection[]>;
  /** Dataflows to destinations, page by page, the most recently changed first. @see manage.md, section 1.1 */
  listFlows(options?: CallOptions): AsyncGenerator<ListedFlow[]>;
  /** How many dataflows to destinations the sandbox has. @see flow-service.md, section 2.6 */
  countDestinationFlows(options?: CallOptions): Promise<number>;
  /** The newest hundred runs of a dataflow. @see manage.md, section 5.3 */
  newestRuns(flowId: string, options?: CallOptions): Promise<Run[]>;
  /** The runs of some dataflows since a moment, and of which stretch that is all. @see readRuns */
  readRuns(wanted: RunsWanted, options?: CallOptions): Promise<RunsRead>;
  /** Those of these runs that there are; few calls for many. */
  getRuns(ids: readonly string[], options?: CallOptions): Promise<Run[]>;
  /** One run. @see manage.md, section 5.4 */
  getRun(id: string, options?: CallOptions): Promise<Run>;
  /** The earliest run of the sandbox that the platform still has. @see oldestRun */
  oldestRun(options?: CallOptions): Promise<Run | undefined>;
  /** The evaluations of the sandbox since a moment, epoch milliseconds. @see readEvaluations */
  readEvaluations(sinceMs: number, options?: CallOptions): Promise<EvaluationsRead>;
  /** Exports segments at once. @see exportNow */
  exportNow(wanted: ExportWanted, options?: CallOptions): Promise<Started[]>;
  /** One segment by its id. */
  getSegment(id: string, options?: CallOptions): Promise<Segment>;
  listSegments(options?: CallOptions): AsyncGenerator<SegmentPage>;
  getUnionSchema(options?: CallOptions): Promise<JsonSchema>;
  listNamespaces(options?: CallOptions): Promise<Namespace[]>;
  listSandboxes(options?: CallOptions): Promise<Sandbox[]>;
  /** What opens the container of Data Landing Zone; never asked for but by a person. @see cards.md, section 3.4 */
  readLandingZone(options?: CallOptions): Promise<LandingZone>;
  close(): Promise<void>;
}
