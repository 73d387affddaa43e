import { Text } from 'ink';
import { type ReactElement, useState } from 'react';
import type { KeyPress } from '../../../components/keys/key-press.ts';
import { useKeys } from '../../../components/keys/use-keys.ts';
import { pageOf } from '../../../components/scroll/scroll.ts';
import { wrapText } from '../../../components/text/wrap.ts';

/** Columns before each line. */
const lead = 2;

/** All that there is to say of a row, in as many lines as it takes; it is scrolled. */
export function Details(props: {
  readonly lines: readonly string[];
  readonly height: number;
  readonly width: number;
  readonly isActive: boolean;
  readonly onKey: (press: KeyPress) => void;
  readonly onBack: () => void;
}): ReactElement {
  const { lines, height, width } = props;
  const [wanted, setTop] = useState(0);
  const wrapped = lines.flatMap((line) => {
    const indent = /^ */.exec(line)?.[0] ?? '';
    return wrapText(line.trim(), width - lead - indent.length).map((part) => indent + part);
  });
  const last = Math.max(0, wrapped.length - height);
  const top = Math.min(wanted, last);
  const scroll = (by: number): void => setTop((before) => Math.max(0, Math.min(last, before + by)));
  useKeys((press) => {
    if (press.kind !== 'key') return props.onKey(press);
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
        props.onKey(press);
    }
  }, props.isActive);
  return (
    <>
      {Array.from({ length: height }, (_, slot) => (
        <Text key={slot} wrap="truncate">
          {' '.repeat(lead) + (wrapped[top + slot] ?? '')}
        </Text>
      ))}
    </>
  );
}
