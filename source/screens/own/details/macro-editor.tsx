import { type ReactElement, useMemo, useState } from 'react';
import { type Macro, withMacros } from '../../../activation/content/filename-template.ts';
import type { CardKind } from '../../../activation/spec/catalog.ts';
import { OrderList } from '../../../components/order-list/order-list.tsx';
import { useWizard } from '../../frame/wizard-context.tsx';
import { macroItems } from './macro-items.ts';

/** Which macros a file name has, and in which order; text at its end stays. */
export function MacroEditor(props: {
  readonly template: string;
  /** Of the card that the files go to. */
  readonly kind: CardKind;
  readonly onChange: (template: string) => void;
  readonly onClose: () => void;
}): ReactElement {
  const { text, isActive } = useWizard();
  const [begun] = useState(props.template);
  const items = useMemo(() => macroItems(begun, text, props.kind), [begun, text, props.kind]);
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
