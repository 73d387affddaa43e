/** A number that is none of JavaScript's, as it was written. `JSON.stringify` writes it so again. */
interface ExactNumber {
  readonly rawJSON: string;
}

declare global {
  interface JSON {
    rawJSON(text: string): ExactNumber;
    isRawJSON(value: unknown): value is ExactNumber;
  }
}

/** Whether a value is a number that is kept as it was written. */
export const isExactNumber = (value: unknown): value is ExactNumber => JSON.isRawJSON(value);

/**
 * Reads JSON so that writing it again says the same: a number that would become another one (`9007199254740993`,
 * `1e400`) is kept as it was written.
 *
 * @throws SyntaxError for what is no JSON, RangeError for what is nested too deeply.
 */
export function parseExactly(text: string): unknown {
  return mayChange.test(text)
    ? JSON.parse(text, keep as (name: string, value: unknown) => unknown)
    : JSON.parse(text);
}

/**
 * Numbers of many digits or with an exponent; looking at each of the others would cost five times the reading. To where
 * they end, or the ids of segments (`segment:1ef7dfcf-…`) would look like them.
 */
const mayChange = /(?:^|[:,[\s])-?\d(?:[\d.]{15,}|[\d.]*[eE][-+]?\d+)(?=[\s,\]}]|$)/;

function keep(_name: string, value: unknown, { source }: { readonly source?: string }): unknown {
  const isOther =
    typeof value === 'number' && source !== undefined && decimal(source) !== decimal(String(value));
  return isOther ? JSON.rawJSON(source) : value;
}

/** `-12.50e3` as `-125e2`: the same for whatever is written for one number. */
function decimal(number: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(number) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const short = digits.replace(/0+$/, '');
  if (short === '') return whole === '' ? number : '0';
  return `${sign}${short}e${BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - short.length)}`;
}
