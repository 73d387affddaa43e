import type { WizardEvent, WizardState } from '../../wizard/reducer.ts';
import { needs } from '../page.ts';
import type { OfferedDestinations } from '../remote-cache.ts';
import { chosenDestination } from './destination.ts';

/** Where the forms of a destination stand that came with a plan. */
export const formsNeeded = needs('destinations');

/** The forms of the draft's destination, as the platform publishes them. */
export function formsRead({ draft }: WizardState, offered: OfferedDestinations): WizardEvent {
  const spec = offered.specs.find(({ id }) => id === draft.destination?.connectionSpecId);
  return { type: 'formsRead', destination: spec && chosenDestination(spec, offered) };
}
