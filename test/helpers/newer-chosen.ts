import { formsOf } from '../../source/activation/spec/forms.ts';
import { newerDestinations } from '../../source/emulator/specs/newer-cards.ts';
import { connectionSpec } from '../../source/flow-service/specs.ts';
import type { ChosenDestination } from '../../source/wizard/draft.ts';

/** A card of today as it is published. */
export function newerChosen(name: string): ChosenDestination {
  const spec = newerDestinations()
    .map((one) => connectionSpec.parse(one))
    .find((one) => one.name === name);
  if (!spec) throw new Error(name);
  return { connectionSpecId: spec.id, name, ...formsOf(spec) };
}
