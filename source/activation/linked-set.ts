import type { Flow } from '../flow-service/flows.ts';
import type { StoredLine } from './content/mapping-set.ts';
import type { At } from './plan/json-path.ts';

/** A mapping set as a dataflow names it; without a version where that cannot be read. */
export interface LinkedSet {
  readonly id: string;
  readonly version?: number | undefined;
}

/** A mapping set in a version, as a link says it. */
export const setLink = ({ id, version }: LinkedSet): string => `${id} · ${version ?? '?'}`;

/** A mapping set as it was read; one that is gone has no lines. */
export interface ReadSet {
  readonly id: string;
  readonly version: number;
  readonly isGone?: boolean | undefined;
  readonly lines: readonly StoredLine[];
  readonly inputSchemaId?: string | undefined;
  readonly outputSchemaId?: string | undefined;
  /** The set as it came but for its lines, for sending it again. */
  readonly raw?: unknown;
}

/** The mapping set that a dataflow names. */
export function linkedSet({ transformations }: Pick<Flow, 'transformations'>): LinkedSet | undefined {
  const [named] = transformations.flatMap(({ params }) => params?.profileMapping ?? []);
  return named?.mappingId === undefined ? undefined : { id: named.mappingId, version: named.mappingVersion };
}

/** Where it names one. */
export const placeOfSet = ({ transformations }: Pick<Flow, 'transformations'>): At => [
  ...paramsAt(transformations.findIndex(({ params }) => params?.profileMapping !== undefined)),
  'profileMapping',
];

/** Where the params of a transformation stand. */
export const paramsAt = (index: number): At => ['transformations', index, 'params'];
