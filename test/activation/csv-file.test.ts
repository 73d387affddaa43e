import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine, type CsvOptions, usualCsvOptions } from '../../source/activation/content/csv-file.ts';

/** Reads a line back as a reader with the same options would. */
function readLine(line: string, { delimiter, quote, escape }: CsvOptions): string[] {
  const values: string[] = [];
  let value = '';
  let isQuoted = false;
  for (let at = 0; at < line.length; at++) {
    const here = line[at] ?? '';
    if (isQuoted && here === escape) value += line[++at] ?? '';
    else if (here === quote) isQuoted = !isQuoted;
    else if (!isQuoted && here === delimiter) {
      values.push(value);
      value = '';
    } else value += here;
  }
  return [...values, value];
}

describe('a line of CSV', () => {
  it.each<[string, (string | undefined)[], Partial<CsvOptions>, string]>([
    ['plain values', ['Ann', 'Lee'], {}, 'Ann,Lee'],
    ['a comma', ['Lee, Ann', 'x'], {}, '"Lee, Ann",x'],
    ['a quote', ['5" disk'], {}, String.raw`"5\" disk"`],
    ['a quote, escaped in the other way', ['5" disk'], { escape: "'" }, `"5'" disk"`],
    ['an apostrophe', ["O'Neil"], { escape: "'" }, "O'Neil"],
    ['nothing and nothing known', ['', undefined], {}, ',null'],
    ['the same as two quotes', ['', undefined], { emptyValue: '""', nullValue: '' }, '"",'],
    ['a tab between', ['a', 'b,c'], { delimiter: '\t' }, 'a\tb,c'],
    ['no quotes: nothing protects', ['a,b', 'c'], { quote: '' }, 'a,b,c'],
    ['a line in it', ['a\nb'], {}, '"a\nb"'],
  ])('with %s', (_, values, more, wanted) => {
    expect(csvLine(values, { ...usualCsvOptions, ...more })).toBe(wanted);
  });

  it('is read as it was meant, whatever stands in it', () => {
    const options = fc.record({
      delimiter: fc.constantFrom(',', '\t', '|', ';', ':'),
      escape: fc.constantFrom('\\', "'"),
    });
    const value = fc.string({ unit: fc.constantFrom('a', ',', '"', '\\', "'", ';', '\n', ' ') });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), options, (values, more) => {
        const all = { ...usualCsvOptions, ...more };
        expect(readLine(csvLine(values, all), all)).toEqual(values);
      }),
    );
  });
});
