import { type RunFlow, runFlowOf } from '../../activation/run-table.ts';
import { FlowMissingError } from '../../apply/live.ts';
import { listedFlow } from '../../flow-service/flows.ts';
import { inOne } from '../../flow-service/paging.ts';
import type { Connected } from '../connect/open-client.ts';
import { isId } from '../console/arguments.ts';
import { findFlow } from './find-flow.ts';

/** Dataflows whose runs are looked at. */
export interface FlowsMeant {
  readonly flows: readonly RunFlow[];
  /** One that is not there any more; its runs may still be. */
  readonly isGone: boolean;
}

/**
 * The dataflow that a person means, or all of the sandbox.
 *
 * @throws Stop (2) for a name that none or several have; FlowServiceError
 */
export async function flowsMeant(given: string | undefined, connected: Connected): Promise<FlowsMeant> {
  if (given === undefined) {
    const flows = await inOne(connected.client.listFlows());
    return { flows: flows.map(runFlowOf), isGone: false };
  }
  try {
    const { raw } = await findFlow(given, 'alike', connected);
    return { flows: [runFlowOf(listedFlow.parse(raw))], isGone: false };
  } catch (error) {
    if (!(error instanceof FlowMissingError) || !isId(given)) throw error;
    return { flows: [{ id: given, name: given, segments: [], mandatoryFields: [] }], isGone: true };
  }
}
