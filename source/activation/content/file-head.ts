import { isObject } from '../plan/json-path.ts';
import type { CsvOptions } from './csv-file.ts';

/** How a file begins, read from its first bytes. */
export interface FileHead {
  readonly header: readonly string[];
  /** Rows of it, without the header; `isExact` where all of it was read. */
  readonly rows?: { readonly count: number; readonly isExact: boolean } | undefined;
}

/** More columns are not read, nor longer names: UTF-16 units. */
const mostColumns = 5000;
const longestColumn = 1000;

/**
 * Header and rows of a file by its beginning; nothing where it does not begin as its type does.
 *
 * @param text - The beginning, in clear. @param bytes - How long all of it is; nothing where that is not known.
 */
export function headOf(
  text: string,
  type: 'CSV' | 'JSON',
  options: CsvOptions,
  bytes: number | undefined,
): FileHead | undefined {
  const clear = text.replace(/^\ufeff/, '');
  const size = Buffer.byteLength(text);
  const isWhole = bytes !== undefined && size >= bytes;
  const header = type === 'JSON' ? keysOf(clear, isWhole) : csvHeader(clear, options, isWhole);
  // What was written in other signs, or is packed, says nothing of its columns.
  if (!header || header.some((column) => column.includes('\0') || column.includes('\ufffd')))
    return undefined;
  // A line break within quotes is counted as a row: nobody reads all of it for that.
  const lines = clear.split('\n').filter((line) => line.trim() !== '').length - (type === 'JSON' ? 0 : 1);
  if (isWhole) return { header, rows: { count: lines, isExact: true } };
  const isCountable = bytes !== undefined && lines > 0 && size > 0;
  return {
    header,
    rows: isCountable ? { count: Math.round((lines * bytes) / size), isExact: false } : undefined,
  };
}

function csvHeader(
  text: string,
  { delimiter, quote, escape }: CsvOptions,
  isWhole: boolean,
): string[] | undefined {
  const columns: string[] = [];
  let value = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? '';
    if (value.length > longestColumn || columns.length > mostColumns) return undefined;
    if (isQuoted) {
      if (escape !== '' && escape !== quote && sign === escape && at + 1 < text.length)
        value += text[++at] ?? '';
      else if (sign === quote && text[at + 1] === quote) value += text[++at] ?? '';
      else if (sign === quote) isQuoted = false;
      else value += sign;
    } else if (quote !== '' && sign === quote && value === '') isQuoted = true;
    else if (sign === '\n') return [...columns, value.replace(/\r$/, '')];
    else if (delimiter !== '' && text.startsWith(delimiter, at)) {
      columns.push(value);
      value = '';
      at += delimiter.length - 1;
    } else value += sign;
  }
  return isWhole && !isQuoted && text !== '' ? [...columns, value] : undefined;
}

/** What its objects have between them: nobody says that one has what it has no value for. */
function keysOf(text: string, isWhole: boolean): string[] | undefined {
  const lines = text.split('\n');
  // The last line may be cut in two.
  const [first, ...rest] = isWhole ? lines : lines.slice(0, -1);
  const keys = new Set(first === undefined ? undefined : keysIn(first));
  if (keys.size === 0) return undefined;
  for (const line of rest) for (const key of keysIn(line) ?? []) keys.add(key);
  return [...keys].slice(0, mostColumns);
}

function keysIn(line: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(line.replace(/^\[/, '').replace(/,\s*$|\]\s*$/, ''));
    return isObject(value) ? Object.keys(value) : undefined;
  } catch {
    return undefined;
  }
}
