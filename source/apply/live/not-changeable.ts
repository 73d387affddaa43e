import { exportsDataSets } from '../../activation/plan-of-flow.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import { sameId } from '../../activation/same-id.ts';
import { documented } from '../../activation/spec/catalog.ts';
import type { Flow } from '../../flow-service/flows.ts';
import type { DifferenceEvent } from '../events.ts';
import type { Live } from './live.ts';

/** A destination by its name, where it is documented; a flow spec has none. */
const named = (id: string): string => {
  const name = documented(id)?.name;
  return name === undefined ? id : `${name} (${id})`;
};

/** A dataflow cannot be moved to another destination, nor to another flow spec: that needs a new one. */
export class OtherDestinationError extends Error {
  override readonly name = 'OtherDestinationError';
  readonly kind = 'otherDestination';
  readonly id: string;
  readonly found: readonly string[];
  readonly connectionSpecId: string;
  constructor(id: string, found: string, wanted: string, of: 'destination' | 'flowSpec' = 'destination') {
    super(`dataflow ${id} is of ${found}, not of ${wanted}`);
    this.id = id;
    this.found = [of === 'flowSpec' ? found : named(found)];
    this.connectionSpecId = of === 'flowSpec' ? wanted : named(wanted);
  }
}

/** A dataflow exports datasets: no plan, which is about segments, can be about it. */
export class DataSetsError extends Error {
  override readonly name = 'DataSetsError';
  readonly kind = 'ofDataSets';
  readonly id: string;
  /** What the dataflow is called. */
  readonly found: readonly string[];
  constructor({ id = '', name = id }: Pick<Flow, 'id' | 'name'>) {
    super(`dataflow ${id} exports datasets`);
    this.id = id;
    this.found = [name];
  }
}

/** A change would leave little or nothing of a dataflow, and nobody has said its name. */
export class EmptyingError extends Error {
  override readonly name = 'EmptyingError';
  readonly kind = 'emptying';
  readonly id: string;
  /** What the dataflow is called. */
  readonly found: readonly string[];
  constructor({ flowId, name }: Pick<DifferenceEvent, 'flowId' | 'name'>) {
    super(`most segments of ${flowId} would go`);
    this.id = flowId;
    this.found = [name];
  }
}

/**
 * Whether a plan may be about a dataflow at all.
 *
 * @throws DataSetsError, OtherDestinationError
 */
export function requireSameDestination({ destination }: Plan, { flow, target }: Live): void {
  if (exportsDataSets(flow)) throw new DataSetsError(flow);
  const { connectionSpecId, flowSpecId } = destination;
  const [spec, flowSpec] = [target?.connectionSpec?.id, flow.flowSpec?.id];
  if (spec !== undefined && !sameId(spec, connectionSpecId))
    throw new OtherDestinationError(flow.id ?? '', spec, connectionSpecId);
  if (flowSpecId !== undefined && flowSpec !== undefined && !sameId(flowSpec, flowSpecId))
    throw new OtherDestinationError(flow.id ?? '', flowSpec, flowSpecId, 'flowSpec');
}
