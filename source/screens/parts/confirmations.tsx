import { type ReactElement, useState } from 'react';
import { ConfirmByName, confirmByNameLines } from '../../components/confirm/confirm-by-name.tsx';
import { Confirm, confirmLines } from '../../components/confirm/confirm.tsx';
import type { Glyphs } from '../../components/theme/glyphs.ts';
import type { Text } from '../../locale/texts.ts';
import type { Confirmation } from '../../pages/ending/confirmation.ts';
import { letterText } from './list-texts.ts';
import { useWizard } from '../frame/wizard-context.tsx';

/** Lines that a question takes, with the empty one above it. */
export const linesOf = (one: Confirmation, text: Text, width: number, glyphs: Glyphs): number =>
  1 +
  (one.typed === undefined
    ? confirmLines(one.question, { ...one.answers, letter: letterText(text) }, width)
    : confirmByNameLines(
        { question: one.question, mismatch: text('review.confirmMismatch') },
        width,
        glyphs,
      ));

/** Questions one after another: nothing is written before all of them are answered. */
export function Confirmations(props: {
  readonly all: readonly [Confirmation, ...Confirmation[]];
  readonly onConfirmed: () => void;
  readonly onClose: () => void;
}): ReactElement {
  const { all, onConfirmed, onClose } = props;
  const { text, isActive, width } = useWizard();
  const [at, setAt] = useState(0);
  const asked = all[at] ?? all[0];
  const confirm = (): void => (at + 1 < all.length ? setAt(at + 1) : onConfirmed());
  return asked.typed === undefined ? (
    <Confirm
      question={asked.question}
      key={at}
      texts={{ ...asked.answers, letter: letterText(text) }}
      width={width}
      isActive={isActive}
      onAnswer={(isYes) => (isYes ? confirm() : onClose())}
      onBack={onClose}
    />
  ) : (
    <ConfirmByName
      key={at}
      name={asked.typed}
      question={asked.question}
      mismatch={text('review.confirmMismatch')}
      width={width}
      isActive={isActive}
      onConfirm={confirm}
      onBack={onClose}
    />
  );
}
