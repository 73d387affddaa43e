/** How a CSV file is written; all five are always sent. @see cards.md, section 4.1 */
export interface CsvOptions {
  readonly delimiter: string;
  /** Empty for none: then nothing protects a delimiter inside of a value. */
  readonly quote: string;
  readonly escape: string;
  readonly nullValue: string;
  readonly emptyValue: string;
}

/** What the specs publish, but for `quote`, of which two sources say two things: that one protects. */
export const usualCsvOptions: CsvOptions = {
  delimiter: ',',
  quote: '"',
  escape: '\\',
  nullValue: 'null',
  emptyValue: '',
};

/**
 * A line of a CSV file as these options write it: a value is quoted where it has to be.
 *
 * @param values - Nothing for an attribute that a person has not.
 * @see cards.md, section 4.1; formatting options of the platform
 */
export const csvLine = (values: readonly (string | undefined)[], options: CsvOptions): string =>
  values.map((value) => written(value, options)).join(options.delimiter);

function written(value: string | undefined, options: CsvOptions): string {
  const { delimiter, quote, escape, nullValue, emptyValue } = options;
  if (value === undefined) return nullValue;
  if (value === '') return emptyValue;
  if (quote === '') return value;
  const hasToBe = [delimiter, quote, '\n', '\r'].some((one) => value.includes(one));
  if (!hasToBe) return value;
  const escaped = value.replaceAll(escape, escape + escape).replaceAll(quote, escape + quote);
  return quote + escaped + quote;
}
