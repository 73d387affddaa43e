import { type ReactElement, useMemo, useState } from 'react';
import {
  isRequiredMacro,
  type Macro,
  macros,
  macrosOf,
  withMacros,
} from '../../../activation/content/filename-template.ts';
import { type OrderItem, OrderList } from '../../../components/order-list/order-list.tsx';
import { useWizard } from '../../frame/wizard-context.tsx';

/** Which macros a file name has, and in which order; text at its end stays. */
export function MacroEditor(props: {
  readonly template: string;
  readonly onChange: (template: string) => void;
  readonly onClose: () => void;
}): ReactElement {
  const { text, isActive } = useWizard();
  const [begun] = useState(props.template);
  const items = useMemo((): OrderItem[] => {
    const used = macrosOf(begun);
    const all: Macro[] = [...used, ...macros.filter((macro) => !used.includes(macro))];
    return all.map((macro) => ({
      id: macro,
      label: `%${macro}%`,
      hint: isRequiredMacro(macro)
        ? text(used.includes(macro) ? 'macro.required' : 'macro.missing')
        : text(macro === 'SEGMENT_NAME' ? 'macro.name' : 'macro.moment'),
      isIn: used.includes(macro),
      // One that is there stays; one that is missing has to be put in by the person.
      isLocked: isRequiredMacro(macro) && used.includes(macro),
    }));
  }, [begun, text]);
  return (
    <OrderList
      items={items}
      isActive={isActive}
      onChange={(ids) => props.onChange(withMacros(begun, ids as Macro[]))}
      onSubmit={props.onClose}
      onBack={props.onClose}
    />
  );
}
