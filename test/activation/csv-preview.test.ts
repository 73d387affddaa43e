import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usualCsvOptions } from '../../source/activation/content/csv-file.ts';
import { csvPreview } from '../../source/activation/content/csv-preview.ts';

describe('the beginning of a file', () => {
  it.each([
    ['as usual', {}, ['Ann,"Lee, \\"A\\"",ann@example.com', 'Ben,,null']],
    ['with another delimiter', { delimiter: ';' }, ['Ann;"Lee; \\"A\\"";ann@example.com', 'Ben;;null']],
    ['without quotes', { quote: '' }, ['Ann,Lee, "A",ann@example.com', 'Ben,,null']],
    ['with another escape', { escape: "'" }, [`Ann,"Lee, '"A'"",ann@example.com`, 'Ben,,null']],
    [
      'with other blanks',
      { nullValue: '', emptyValue: '""' },
      ['Ann,"Lee, \\"A\\"",ann@example.com', 'Ben,"",'],
    ],
  ])('is two rows below their header, %s', (_, said, rows) => {
    const options = { ...usualCsvOptions, ...said };
    const names = ['person_name_firstName', 'person_name_lastName', 'personalEmail_address'];
    expect(csvPreview([], options)).toEqual([names.join(options.delimiter), ...rows]);
  });

  it('has the columns that are chosen, by their names', () => {
    const selected = [{ path: 'personalEmail.address', column: 'MAIL' }, 'person.name.firstName'];
    expect(csvPreview(selected, usualCsvOptions)).toEqual([
      'MAIL,person_name_firstName',
      'ann@example.com,"Ann, \\"A\\""',
      ',null',
    ]);
  });

  it('shows what each option does, whatever is chosen', () => {
    const paths = fc.uniqueArray(fc.constantFrom('a.first', 'b.last', 'c.mail', 'd.e', 'f'), {
      minLength: 1,
    });
    fc.assert(
      fc.property(paths, (selected) => {
        const usual = csvPreview(selected, usualCsvOptions);
        expect(usual).toHaveLength(3);
        const changes = [{ quote: '' }, { escape: "'" }, { nullValue: '""' }];
        for (const change of changes)
          expect(csvPreview(selected, { ...usualCsvOptions, ...change })).not.toEqual(usual);
      }),
    );
  });
});
