import { useLayoutEffect } from 'react';
import { type KeyPress } from '../keys/key-press.ts';
import { useMachine } from '../machine/use-machine.ts';
import { type FormField, type FormTexts, type FormValues } from './form-field.ts';
import {
  activeIndex,
  checked,
  type FormState,
  hasProblems,
  isOnLast,
  reduceForm,
  startForm,
  valueOf,
} from './form-state.ts';

type FormCallbacks = {
  readonly fields: readonly FormField[];
  readonly initialValues: FormValues;
  readonly initialField: string | undefined;
  readonly texts: FormTexts;
  readonly isChecked: boolean;
  readonly goesOn: ((name: string) => boolean) | undefined;
  readonly onSubmit: (values: FormValues) => void;
  readonly onActive: ((name: string) => void) | undefined;
  readonly onBack: (() => void) | undefined;
  readonly onChange: ((name: string, value: string) => void) | undefined;
  readonly onKey: ((press: KeyPress, field: string) => void) | undefined;
};

type FormControl = {
  readonly state: FormState;
  readonly change: (name: string, value: string) => void;
  /** Whether a paste is refused; then the form says why. */
  readonly refuses: (field: FormField, pasted: string) => boolean;
  /** Enter in the active field. */
  readonly enter: () => void;
  /** A key that the active field has no use for. */
  readonly press: (press: KeyPress) => void;
};

/** The keys of a form: between the fields, and out of it. Inside a field they belong to the field. */
export function useForm(callbacks: FormCallbacks): FormControl {
  const { fields, texts } = callbacks;
  const [state, tell, peek] = useMachine(reduceForm, () => {
    const begun = startForm(fields, callbacks.initialValues, callbacks.initialField);
    return callbacks.isChecked ? checked(begun, texts) : begun;
  });
  const send: typeof tell = (event) => {
    const before = peek().active;
    const after = tell(event);
    if (after.active !== before) callbacks.onActive?.(after.active);
    return after;
  };
  useLayoutEffect(() => {
    tell({ type: 'fields-given', fields });
  }, [tell, fields]);

  function change(name: string, value: string): void {
    send({ type: 'changed', name, value });
    callbacks.onChange?.(name, value);
  }

  return {
    state,
    change,
    refuses(field, pasted) {
      const problem = field.refuse?.(pasted);
      if (problem !== undefined) send({ type: 'refused', name: field.name, problem });
      return problem !== undefined;
    },
    enter() {
      if (!isOnLast(peek()) && callbacks.goesOn?.(peek().active) !== true) {
        send({ type: 'went-on', texts });
        return;
      }
      const sent = send({ type: 'submitted', texts });
      if (!hasProblems(sent)) {
        callbacks.onSubmit(Object.fromEntries(sent.fields.map(({ name }) => [name, valueOf(sent, name)])));
      }
    },
    press(press) {
      const active = peek().fields[activeIndex(peek())];
      const completed =
        press.kind === 'key' && press.name === 'tab' && active
          ? active.complete?.(valueOf(peek(), active.name))
          : undefined;
      if (active && completed !== undefined) {
        change(active.name, completed);
        return;
      }
      if (press.kind === 'key' && (press.name === 'up' || press.name === 'shift-tab')) {
        send({ type: 'moved', by: -1, texts });
      } else if (press.kind === 'key' && (press.name === 'down' || press.name === 'tab')) {
        send({ type: 'moved', by: 1, texts });
      } else if (press.kind === 'key' && press.name === 'escape') {
        callbacks.onBack?.();
      } else {
        callbacks.onKey?.(press, active?.name ?? '');
      }
    },
  };
}
