import { type DOMElement, measureElement, useCursor } from 'ink';
import { type RefObject, useCallback, useLayoutEffect, useState } from 'react';
import { graphemes } from '../text/graphemes.ts';
import { displayWidth } from '../text/width.ts';

type TextCursorProps = {
  /** The box that the text begins in. It must come before this component, so that it is laid out. */
  readonly anchor: RefObject<DOMElement | null>;
  /** The text between the beginning of the box and the cursor. */
  readonly before: string;
  /** The text is cut, not broken, when it is too long. */
  readonly isOneLine?: boolean | undefined;
};

/**
The terminal's own cursor, at the end of `before`. It draws nothing.

A drawn block would be easier, but it is lost without colours, and an input method shows what is
being composed at the real cursor: for Chinese that must be the place where the text goes.

Mount it only while keys arrive here: two of them would fight over one cursor.
*/
export function TextCursor({ anchor, before, isOneLine = false }: TextCursorProps): null {
  const { setCursorPosition } = useCursor();
  const [origin, setOrigin] = useState<Origin>();

  const measure = useCallback(() => {
    if (anchor.current === null) {
      return;
    }
    const { x, y, width } = measureElement(anchor.current);
    setOrigin((last) =>
      last !== undefined && last.x === x && last.y === y && last.width === width ? last : { x, y, width },
    );
  }, [anchor]);
  // After every drawing, since whatever stands above may have grown; the same place draws nothing new.
  useLayoutEffect(measure);

  if (origin !== undefined) {
    const { column, line } = isOneLine
      ? { column: Math.min(displayWidth(before), origin.width - 1), line: 0 }
      : endOfText(before, origin.width);
    setCursorPosition({ x: origin.x + column, y: origin.y + line });
  }
  return null;
}

type Origin = { readonly x: number; readonly y: number; readonly width: number };

/** Where text ends that is broken into lines of `width` columns wherever they are full. */
export function endOfText(text: string, width: number): { readonly column: number; readonly line: number } {
  let column = 0;
  let line = 0;
  for (const grapheme of graphemes(text)) {
    const next = displayWidth(grapheme);
    if (column + next > width) {
      line++;
      column = 0;
    }
    column += next;
  }
  return column >= width && width > 0 ? { column: 0, line: line + 1 } : { column, line };
}
