import { type RunFlow, runFlowOf } from '../../activation/run-table.ts';
import { FlowMissingError } from '../../apply/live/live.ts';
import { type ListedFlow, listedFlow } from '../../flow-service/flows.ts';
import { inOne } from '../../flow-service/paging.ts';
import type { Connected } from '../connect/open-client.ts';
import { isId } from '../console/arguments.ts';
import { findFlow } from './find-flow.ts';

/** Dataflows whose runs are looked at. */
interface FlowsMeant {
  readonly flows: readonly RunFlow[];
  /** The same as the platform lists them; nothing of one that is not there any more. */
  readonly listed: readonly ListedFlow[];
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
    const listed = await inOne(connected.client.listFlows());
    return { flows: listed.map(runFlowOf), listed, isGone: false };
  }
  try {
    const { raw } = await findFlow(given, 'alike', connected);
    const listed = listedFlow.parse(raw);
    return { flows: [runFlowOf(listed)], listed: [listed], isGone: false };
  } catch (error) {
    if (!(error instanceof FlowMissingError) || !isId(given)) throw error;
    const gone = { id: given, name: given, segments: [], mandatoryFields: [] };
    return { flows: [gone], listed: [], isGone: true };
  }
}
