import {
  isRequiredMacro,
  type Macro,
  macros,
  macrosOf,
} from '../../../activation/content/filename-template.ts';
import type { OrderItem } from '../../../components/order-list/order-list.tsx';
import type { Text } from '../../../locale/texts.ts';

/** The macros of a file name in their order, and those that it could have. */
export function macroItems(template: string, text: Text): OrderItem[] {
  const used = macrosOf(template);
  const all: Macro[] = [...used, ...macros.filter((macro) => !used.includes(macro))];
  return all.map((macro) => {
    const isIn = used.includes(macro);
    const isRequired = isRequiredMacro(macro);
    return {
      id: macro,
      label: `%${macro}%`,
      hint: isRequired
        ? text(isIn ? 'macro.required' : 'macro.missing')
        : text(macro === 'SEGMENT_NAME' ? 'macro.name' : 'macro.moment'),
      isIn,
      // One that is there stays; one that is missing has to be put in by the person.
      isLocked: isRequired && isIn,
    };
  });
}
