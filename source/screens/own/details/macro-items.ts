import {
  isRequiredMacro,
  type Macro,
  macrosFor,
  macrosOf,
} from '../../../activation/content/filename-template.ts';
import type { CardKind } from '../../../activation/spec/catalog.ts';
import type { OrderItem } from '../../../components/order-list/order-list.tsx';
import type { Text } from '../../../locale/texts.ts';

const isMoment = (macro: Macro): macro is Extract<Macro, `DATETIME${string}` | 'TIMESTAMP'> =>
  macro === 'TIMESTAMP' || macro.startsWith('DATETIME');

/** The macros of a file name in their order, and those that it could have. */
export function macroItems(template: string, text: Text, kind: CardKind): OrderItem[] {
  const used = macrosOf(template);
  const all: Macro[] = [...used, ...macrosFor(kind).filter((macro) => !used.includes(macro))];
  return all.map((macro) => {
    const isIn = used.includes(macro);
    const isRequired = isRequiredMacro(macro, kind);
    return {
      id: macro,
      label: `%${macro}%`,
      hint: isRequired
        ? text(isIn ? 'macro.required' : 'macro.missing')
        : text(isMoment(macro) ? 'macro.moment' : `macro.${macro}`),
      isIn,
      // One that is there stays; one that is missing has to be put in by the person.
      isLocked: isRequired && isIn,
    };
  });
}
