import { emptyScreen } from './resizing.ts';

/*
What Ink writes for a frame, in fewer bytes: over a slow line every byte of every key is felt. Nothing is
drawn otherwise; the same cells end up on the screen.
*/

/** Steps down one after another. Before one to a line that stays as it is, a line feed has nothing to scroll. */
const nextLines = /\n?(?:\u001b\[\d*E)+/g;
/** To the last line of the frame, to its first, and down again to the first that changed: on the whole a few lines. */
const roundabout = /\u001b\[\d*B\u001b\[1G\u001b\[\d*A(?:\u001b\[\d*E)?|\u001b\[\d*A\u001b\[\d*E/g;
/** Who has come to another line is at its beginning. */
const atBeginning = /(\n|\u001b\[\d*[EF])\r(?!\n)/g;
/** Tones that end where they began, at the beginning of what is written anew: what Ink leaves of a cut. */
const emptyTones =
  /(\u001b\[K)(?:\u001b\[[12]m\u001b\[22m|\u001b\[4m\u001b\[24m|\u001b\[7m\u001b\[27m|\u001b\[[39]\dm\u001b\[39m)+/g;
/** The end of a line after it was erased: spaces there are what is there already. */
const erasedTails = /\u001b\[K(?:(?!\u001b\[\d*[A-H])[^\r\n])*/g;
/** Going forward costs four bytes or five. */
const gaps = / {5,}/g;
/** Spaces after a gap are part of it, whatever tone lies between. */
const gapsOfTwo = /\u001b\[(\d+)C((?:\u001b\[\d+m)+)( +)/g;
/** Tones in a row. Those of more than one number are left alone: old terminals count them. */
const tonesInARow = /(?:\u001b\[\d+m){2,}/g;
/** Tones that a space shows: underline, inverse and backgrounds. */
const visibleOnSpaces = /\u001b\[(?:4|7|4\d|10\d)m/;

/** The same as `frame`, shorter. */
export function slim(frame: string): string {
  return frame
    .replace(nextLines, toBeginning)
    .replace(roundabout, toBeginning)
    .replace(atBeginning, '$1')
    .replace(emptyTones, '$1')
    .replace(erasedTails, (tail) => (visibleOnSpaces.test(tail) ? skipAround(tail) : skipAll(tail)))
    .replace(tonesInARow, (tones) => tones.replaceAll('m\u001b[', ';'));
}

/** To the beginning of the line that all these steps up and down lead to, in one. */
function toBeginning(way: string): string {
  const lines = [...way.matchAll(/\n|\[(\d*)([ABE])/g)]
    .map(([, digits = '', to]) => Number(digits === '' ? 1 : digits) * (to === 'A' ? -1 : 1))
    .reduce((sum, steps) => sum + steps, 0);
  const steps = Math.abs(lines);
  return steps === 0 ? '\r' : `\u001b[${steps === 1 ? '' : steps}${lines > 0 ? 'E' : 'F'}`;
}

const skip = (text: string): string => text.replace(gaps, (gap) => `\u001b[${gap.length}C`);

const skipAll = (text: string): string =>
  skip(text).replace(
    gapsOfTwo,
    (_, cells: string, tones: string, spaces: string) => `\u001b[${Number(cells) + spaces.length}C${tones}`,
  );

/** Gaps of the parts that are neither underlined nor inverse. */
function skipAround(tail: string): string {
  return tail.replace(
    /(\u001b\[(?:4|7|4\d|10\d)m[\s\S]*?\u001b\[(?:24|27|49)m)|([^\u001b]+)/g,
    (part, toned?: string) => (toned === undefined ? skip(part) : toned),
  );
}

/** How a cut is shown in ASCII: Ink marks every cut with an ellipsis, and takes no other sign. One cell, as that is. */
const asciiCut = '~';

/** A terminal that has no other screen goes on with the first, and with what was echoed there. */
const otherScreen = '\u001b[?1049h';

/**
 * The same stream, with every text that is written to it made shorter; without an ellipsis where that is not known.
 *
 * @param options.cleaned - Without what is not written at all, wherever it came from: it takes no cell, so nothing moves.
 */
export function slimStream<Stream extends NodeJS.WriteStream>(
  stream: Stream,
  {
    isAscii = false,
    cleaned = (chunk) => chunk,
  }: { isAscii?: boolean; cleaned?: (chunk: string) => string } = {},
): Stream {
  const written = (chunk: string): string => {
    const seen = cleaned(chunk).replace(otherScreen, otherScreen + emptyScreen);
    return slim(isAscii ? seen.replaceAll('…', asciiCut) : seen);
  };
  const write = (chunk: unknown, ...rest: unknown[]): boolean =>
    Reflect.apply(stream.write, stream, [typeof chunk === 'string' ? written(chunk) : chunk, ...rest]);
  return new Proxy(stream, {
    get(target, name) {
      if (name === 'write') return write;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
