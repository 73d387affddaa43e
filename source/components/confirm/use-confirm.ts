import { useIsUnseen } from '../keys/keyboard.tsx';
import { useKeys } from '../keys/use-keys.ts';
import { useMachine } from '../machine/use-machine.ts';

type ConfirmCallbacks = {
  readonly isActive: boolean;
  readonly onAnswer: (isYes: boolean) => void;
  readonly onBack: (() => void) | undefined;
};

function reduceConfirm(_: boolean, chosen: boolean): boolean {
  return chosen;
}

/** The keys of a question with two answers. Pasted text never answers, and what came with the key that asked says no yes. */
export function useConfirm({ isActive, onAnswer, onBack }: ConfirmCallbacks): boolean {
  const [isYes, choose, peek] = useMachine(reduceConfirm, () => false);

  const isUnseen = useIsUnseen();
  // What nobody has seen is not moved to either: Enter would say it next.
  const isHeard = (isWanted: boolean): boolean => !isWanted || !isUnseen();
  const turn = (isWanted: boolean): void => {
    if (isHeard(isWanted)) choose(isWanted);
  };
  const answer = (isWanted: boolean): void => {
    if (isHeard(isWanted)) onAnswer(isWanted);
  };

  useKeys((press) => {
    if (press.kind === 'text') {
      const letter = press.text.toLowerCase();
      if (letter === 'y' || letter === 'n') {
        turn(letter === 'y');
        answer(letter === 'y');
      }
    } else if (press.kind === 'key') {
      switch (press.name) {
        case 'left':
        case 'up':
        case 'right':
        case 'down':
        case 'tab':
        case 'shift-tab':
          turn(!peek());
          return;
        case 'enter':
          answer(peek());
          return;
        case 'escape':
          if (onBack === undefined) {
            onAnswer(false);
          } else {
            onBack();
          }
          return;
        default:
          return;
      }
    }
  }, isActive);

  return isYes;
}
