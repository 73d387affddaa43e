import { Readable } from 'node:stream';
import { createGzip, gzipSync } from 'node:zlib';
import { isObject } from '../rules/params.ts';
import type { JsonObject } from '../store.ts';
import type { Value } from './values.ts';

/** How files are written. */
export interface Format {
  readonly type: 'CSV' | 'JSON' | 'PARQUET';
  readonly isGzip: boolean;
  readonly csv: Csv;
}

interface Csv {
  readonly delimiter: string;
  readonly quote: string;
  readonly escape: string;
  readonly nullValue: string;
  readonly emptyValue: string;
}

/** Of older cards nobody says how; of cards of today these are the defaults. @see flow-service.md, section 4.3 */
const usualCsv: Csv = { delimiter: ',', quote: '"', escape: '\\', nullValue: '', emptyValue: '' };

/** @see cards.md, section 4.1 */
export function formatOf({ fileType, compression, csvOptions }: JsonObject): Format {
  const said = isObject(csvOptions) ? csvOptions : {};
  const csv = Object.fromEntries(
    Object.entries(usualCsv).map(([name, usual]) => {
      const value = said[name];
      return [name, typeof value === 'string' ? value : usual];
    }),
  ) as unknown as Csv;
  const type = fileType === 'JSON' || fileType === 'PARQUET' ? fileType : 'CSV';
  return { type, isGzip: compression === 'GZIP', csv };
}

/** What a file's name ends in; within Parquet pages are packed, not the file. */
export const endingOf = ({ type, isGzip }: Format): string =>
  `.${type.toLowerCase()}${isGzip && type !== 'PARQUET' ? '.gz' : ''}`;

const rowsPerChunk = 1000;

/** A file of rows, in pieces. */
export function encoded(
  format: Format,
  header: readonly string[],
  rows: Iterable<readonly Value[]>,
): AsyncIterable<Uint8Array> {
  if (format.type === 'PARQUET') return parquet(format, header, rows);
  const text = Readable.from(lines(format, header, rows));
  return format.isGzip ? text.compose(createGzip()) : text;
}

function* lines(
  { type, csv }: Format,
  header: readonly string[],
  rows: Iterable<readonly Value[]>,
): Generator<Buffer> {
  let said = type === 'CSV' ? `${csvLine(header, csv)}\n` : '';
  let count = 0;
  for (const row of rows) {
    said += type === 'CSV' ? `${csvLine(row, csv)}\n` : `${jsonLine(header, row)}\n`;
    count += 1;
    if (count % rowsPerChunk !== 0) continue;
    yield Buffer.from(said);
    said = '';
  }
  if (said !== '') yield Buffer.from(said);
}

const jsonLine = (header: readonly string[], row: readonly Value[]): string =>
  JSON.stringify(Object.fromEntries(header.map((name, at) => [name, row[at]])));

const csvLine = (row: readonly Value[], csv: Csv): string =>
  row.map((value) => csvField(value, csv)).join(csv.delimiter);

function csvField(value: Value, { delimiter, quote, escape, nullValue, emptyValue }: Csv): string {
  if (value === undefined) return nullValue;
  const text = String(value);
  if (text === '') return emptyValue;
  const isPlain = !text.includes(delimiter) && !/[\r\n]/.test(text);
  // Without quotes a delimiter can only be escaped.
  if (quote === '')
    return isPlain || escape === '' ? text : text.replaceAll(delimiter, `${escape}${delimiter}`);
  if (isPlain && !text.includes(quote)) return text;
  const signs = escape === '' || escape === quote ? text : text.replaceAll(escape, `${escape}${escape}`);
  return `${quote}${signs.replaceAll(quote, `${escape === '' ? quote : escape}${quote}`)}${quote}`;
}

async function* parquet(
  { isGzip }: Format,
  header: readonly string[],
  rows: Iterable<readonly Value[]>,
): AsyncGenerator<Uint8Array> {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const all = [...rows];
  const columnData = header.map((name, at) => {
    const data = all.map((row) => row[at]);
    const some = data.find((value) => value !== undefined);
    const type = typeof some === 'boolean' ? 'BOOLEAN' : typeof some === 'number' ? 'DOUBLE' : 'STRING';
    return { name, data, type, nullable: true } as const;
  });
  const compressors = { GZIP: (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes)) };
  const codec = isGzip ? ('GZIP' as const) : ('UNCOMPRESSED' as const);
  yield new Uint8Array(parquetWriteBuffer({ columnData, codec, compressors }));
}
