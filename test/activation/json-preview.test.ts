import { describe, expect, it } from 'vitest';
import { csvPreview } from '../../source/activation/content/csv-preview.ts';
import { usualCsvOptions } from '../../source/activation/content/csv-file.ts';
import { jsonPreview, previewColumns } from '../../source/activation/content/json-preview.ts';

describe('the beginning of a file of JSON', () => {
  it('is two rows, an object a line, with the columns that are chosen by their names', () => {
    expect(jsonPreview(['person.name.firstName', { path: 'personalEmail.address', column: 'MAIL' }])).toEqual(
      [
        '{"person_name_firstName":"Ann","MAIL":"ann@example.com"}',
        '{"person_name_firstName":"Ben","MAIL":"ann@example.com"}',
      ],
    );
    expect(Object.keys(JSON.parse(jsonPreview([])[0] ?? '') as object)).toHaveLength(3);
  });

  it('keeps the order of the file and any name', () => {
    const selected = [
      { path: 'b', column: '2' },
      { path: 'a', column: '1' },
      { path: 'c', column: 'say "x"' },
      { path: 'd', column: '__proto__' },
    ];
    const [line = ''] = jsonPreview(selected);
    expect(line).toBe('{"2":"b 1","1":"a 1","say \\"x\\"":"c 1","__proto__":"d 1"}');
    expect(JSON.parse(line)).toBeTypeOf('object');
    expect(previewColumns(selected)).toEqual(['2', '1', 'say "x"', '__proto__']);
  });

  it('has the columns that one of CSV has', () => {
    expect(previewColumns([]).join(',')).toBe(csvPreview([], usualCsvOptions)[0]);
  });
});
