import { Text } from 'ink';
import { type ReactElement, useState } from 'react';
import type { KeyPress } from '../../../components/keys/key-press.ts';
import { useKeys } from '../../../components/keys/use-keys.ts';
import { pageOf } from '../../../components/scroll/scroll.ts';
import { wrapText } from '../../../components/text/wrap.ts';
import { useWizard } from '../../frame/wizard-context.tsx';
import { FreshLine } from './fresh-line.tsx';
import type { Followed } from './use-followed.ts';

/** Columns before each line. */
const lead = 2;

/** All that there is to say of a row, in as many lines as it takes, scrolled; and when that was read. */
export function Details(props: {
  readonly lines: readonly string[];
  readonly followed: Followed;
  /** A letter that does not only read again. */
  readonly onLetter?: ((letter: string) => void) | undefined;
  readonly onBack: () => void;
}): ReactElement {
  const { lines, followed } = props;
  const wizard = useWizard();
  const { width } = wizard;
  const height = wizard.height - 1;
  const [wanted, setTop] = useState(0);
  const wrapped = lines.flatMap((line) => {
    const indent = /^ */.exec(line)?.[0] ?? '';
    return wrapText(line.trim(), width - lead - indent.length).map((part) => indent + part);
  });
  const last = Math.max(0, wrapped.length - height);
  const top = Math.min(wanted, last);
  const scroll = (by: number): void => setTop((before) => Math.max(0, Math.min(last, before + by)));
  function touched(press: KeyPress): void {
    followed.touch();
    if (press.kind !== 'text') return;
    if (press.text === 'r') followed.readNow();
    else props.onLetter?.(press.text);
  }
  useKeys((press) => {
    if (press.kind !== 'key') return touched(press);
    switch (press.name) {
      case 'up':
        return scroll(-1);
      case 'down':
        return scroll(1);
      case 'page-up':
        return scroll(-pageOf(height));
      case 'page-down':
        return scroll(pageOf(height));
      case 'home':
        return setTop(0);
      case 'end':
        return setTop(last);
      case 'escape':
      case 'enter':
      case 'left':
        return props.onBack();
      default:
        touched(press);
    }
  }, wizard.isActive);
  return (
    <>
      {Array.from({ length: height }, (_, slot) => (
        <Text key={slot} wrap="truncate">
          {' '.repeat(lead) + (wrapped[top + slot] ?? '')}
        </Text>
      ))}
      <FreshLine {...followed} />
    </>
  );
}
