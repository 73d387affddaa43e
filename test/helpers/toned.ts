import type { Terminal } from './pseudo-terminal.ts';

type Cell = NonNullable<
  ReturnType<NonNullable<ReturnType<ReturnType<Terminal['buffer']>['getLine']>>['getCell']>
>;

const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

function toneOf(cell: Cell): string {
  const colour = cell.getFgColor();
  const front = cell.isFgDefault()
    ? undefined
    : cell.isFgRGB()
      ? `#${colour.toString(16).padStart(6, '0')}`
      : colour < 8
        ? names[colour]
        : String(colour);
  return [
    front,
    cell.isBold() ? 'bold' : undefined,
    cell.isDim() ? 'dim' : undefined,
    cell.isInverse() ? 'inverse' : undefined,
    cell.isUnderline() ? 'underline' : undefined,
  ]
    .filter((one) => one !== undefined)
    .join(' ');
}

/** What a person sees with its tones: `‹cyan bold›❯‹› dev`. */
export function toned(terminal: Terminal): string {
  const buffer = terminal.buffer();
  const lines: string[] = [];
  for (let row = 0; row < terminal.screen().split('\n').length; row++) {
    const line = buffer.getLine(buffer.viewportY + row);
    let said = '';
    let tone = '';
    for (let column = 0; column < (line?.length ?? 0); column++) {
      const cell = line?.getCell(column);
      if (!cell || cell.getWidth() === 0) continue;
      const text = cell.getChars() || ' ';
      // A space without a ground of its own has no colour that anybody sees.
      const now = text === ' ' && !cell.isInverse() && !cell.isUnderline() ? '' : toneOf(cell);
      if (now !== tone) said += `‹${now}›`;
      tone = now;
      said += text;
    }
    lines.push(tone === '' ? said.replace(/ +$/, '') : `${said}‹›`);
  }
  return lines.join('\n');
}
