/** A whole control sequence (`ESC [`) or key of a keypad (`ESC O`). */
export interface ControlSequence {
  readonly introducer: string;
  /** What follows the introducer: `1;5A`. */
  readonly body: string;
  /** Where it ends in the input that it was read from. */
  readonly end: number;
}

/** Nothing that a terminal sends is longer. */
const longestBody = 256;

/**
 * The control sequence whose introducer ends at `from`.
 *
 * @returns `pending` where its end has not come yet; nothing for what is none.
 */
export function readControlSequence(
  input: string,
  from: number,
  introducer: string,
): ControlSequence | 'pending' | undefined {
  const isKeypad = introducer === 'O';
  for (let at = from; at < input.length; at++) {
    const code = input.charCodeAt(at);
    if (at - from > longestBody) return undefined;
    // Function keys of the Linux console: `ESC [ [ A`.
    if (code === 0x5b && at === from && !isKeypad) {
      if (input[at + 1] === undefined) return 'pending';
      continue;
    }
    // Shifted editing keys of rxvt end in a sign that is none of the ends: `ESC [ 3 $`.
    const isShifted = code === 0x24 && /^[235678]$/.test(input.slice(from, at));
    if (isShifted || (code >= 0x40 && code <= 0x7e)) {
      const body = input.slice(from, at + 1);
      // The oldest mouse reports carry three bytes behind their end.
      if (!isKeypad && body === 'M') {
        const rest = [...input.slice(at + 1, at + 7)].slice(0, 3);
        return rest.length < 3 ? 'pending' : { introducer, body, end: at + 1 + rest.join('').length };
      }
      return { introducer, body, end: at + 1 };
    }
    if (code < 0x20 || code > 0x3f || (isKeypad && !/[\d;]/.test(input[at] ?? ''))) return undefined;
  }
  return 'pending';
}

/** An answer of the terminal: positions, attributes, modes, sizes, focus, mouse. No key looks like one. */
export function isReply({ introducer, body }: ControlSequence): boolean {
  if (introducer !== '[') return false;
  return (
    // Private ones, and F3 with modifiers, which looks like a position and is nobody's key.
    /^[<=>?]/.test(body) ||
    /^\d+;\d+R$/.test(body) ||
    /^[\d;]*[nty]$/.test(body) ||
    /^[\d;]+[xcM]$/.test(body) ||
    /[ -/][@-~]$/.test(body) ||
    /^[IOM]$/.test(body)
  );
}

/** That the terminal came into focus (`ESC [ I`), or left it (`ESC [ O`). */
export const isFocusReport = ({ introducer, body }: ControlSequence): boolean =>
  introducer === '[' && /^[IO]$/.test(body);

/** xterm's `modifyOtherKeys`, as `ESC [ 27 ; modifiers ; sign ~`. */
const otherKey = /^27;(\d+);(\d+)~$/;
/** The protocol of kitty: sign, its shifted and its base form; modifiers and kind of event; text. */
const kittyKey = /^(\d+)(?::(\d*))?(?::(\d+))?(?:;(\d*)(?::(\d+))?(?:;[\d:]*)?)?u$/;
/** Caps lock and num lock change no key. */
const locks = 64 | 128;
const control = 4;
const released = '3';

/** Ctrl+C as kitty's protocol and `modifyOtherKeys` send it. */
export function isInterrupt({ introducer, body }: ControlSequence): boolean {
  if (introducer !== '[') return false;
  const other = otherKey.exec(body);
  const kitty = other ? undefined : kittyKey.exec(body);
  const [sign, base, modifiers] = other
    ? [other[2], undefined, other[1]]
    : [kitty?.[1], kitty?.[3], kitty?.[4]];
  if (sign === undefined || kitty?.[5] === released) return false;
  // On a keyboard of another script the key is known by where it lies.
  const isC = [sign, base].some((code) => code !== undefined && [99, 67].includes(Number(code)));
  return isC && ((Number(modifiers) - 1) & ~locks) === control;
}

/** The sequence as one reader understands it: `modifyOtherKeys` in kitty's words, 8-bit forms in 7 bits. */
export function plainForm({ introducer, body }: ControlSequence): string {
  const other = otherKey.exec(body);
  return other ? `\u001b[${other[2]};${other[1]}u` : `\u001b${introducer}${body}`;
}
