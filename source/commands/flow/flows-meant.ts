import type { RunFlow } from '../../activation/run-table.ts';
import { FlowMissingError } from '../../apply/live.ts';
import type { ListedFlow } from '../../flow-service/flows.ts';
import type { Connected } from '../connect/open-client.ts';
import { isId } from '../console/arguments.ts';
import { findFlow } from './find-flow.ts';

/** Dataflows whose runs are looked at. */
export interface FlowsMeant {
  readonly flows: readonly RunFlow[];
  /** One that is not there any more; its runs may still be. */
  readonly isGone: boolean;
}

const ofListed = ({ id, name, segments, mandatoryFields }: ListedFlow): RunFlow => ({
  id,
  name: name === '' ? id : name,
  segments: segments.map((one) => ({ id: one.systemId ?? one.id, name: one.name })),
  mandatoryFields,
});

/**
 * The dataflow that a person means, or all of the sandbox.
 *
 * @throws Stop (2) for a name that none or several have; FlowServiceError
 */
export async function flowsMeant(given: string | undefined, connected: Connected): Promise<FlowsMeant> {
  if (given === undefined) {
    const flows: RunFlow[] = [];
    for await (const page of connected.client.listFlows()) flows.push(...page.map(ofListed));
    return { flows, isGone: false };
  }
  try {
    const { id, name = id, transformations } = await findFlow(given, 'alike', connected);
    const params = transformations.flatMap((one) => one.params ?? []);
    const segments = params.flatMap(({ segmentSelectors }) =>
      (segmentSelectors?.selectors ?? []).map(({ value }) => ({
        id: value.systemSegmentId ?? value.id,
        name: value.name,
      })),
    );
    const mandatoryFields = params.flatMap(
      ({ profileSelectors, mandatoryFields: own }) => profileSelectors?.mandatoryFields ?? own ?? [],
    );
    return { flows: [{ id, name, segments, mandatoryFields }], isGone: false };
  } catch (error) {
    if (!(error instanceof FlowMissingError) || !isId(given)) throw error;
    return { flows: [{ id: given, name: given, segments: [], mandatoryFields: [] }], isGone: true };
  }
}
