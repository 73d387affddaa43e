import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../../source/components/text/width.ts';
import { firstLines, wrapBeside, wrapText } from '../../../source/components/text/wrap.ts';

const id = '71f46ccf-2f96-4fb5-94b8-394c7435d0af';

describe('a text in lines', () => {
  it.each<[string, string, number, string[]]>([
    ['is broken at spaces', 'the order of the columns', 10, ['the order', 'of the', 'columns']],
    ['keeps a word that has its own line', `dataflow ${id}`, 36, ['dataflow', id]],
    [
      'breaks a word that has none, at its signs',
      'exports/daily/loyalty',
      10,
      ['exports/', 'daily/', 'loyalty'],
    ],
    ['keeps an id in a file name', `Campaign_${id}_20270101.csv`, 36, ['Campaign_', id, '_20270101.csv']],
    [
      'breaks an id that has no line of its own at its signs',
      `file_${id}`,
      30,
      ['file_71f46ccf-2f96-4fb5-94b8-', '394c7435d0af'],
    ],
    ['keeps a number with its unit', 'it took about 1,200 ms', 21, ['it took about', '1,200 ms']],
    ['keeps an hour with its zone', 'on Monday 12:00 UTC', 16, ['on Monday', '12:00 UTC']],
    ['keeps a day', 'the last on 24 Dec 2036, then none', 16, ['the last on', '24 Dec 2036,', 'then none']],
    ['breaks before what is no unit', 'with 12 segments', 9, ['with 12', 'segments']],
    ['takes a sign between macros for no number', '%A%, %B%, %C%', 9, ['%A%, %B%,', '%C%']],
    ['keeps a separator with what it ends', 'Amazon S3 · dev', 11, ['Amazon S3 ·', 'dev']],
    ['begins no line with what ends something', '套用計畫，再核對。', 8, ['套用', '計畫，再', '核對。']],
    ['ends no line with what begins something', '名稱是「沙箱」', 8, ['名稱是', '「沙箱」']],
    ['keeps a number with its counter', '已經等待 12 秒', 13, ['已經等待', '12 秒']],
    ['keeps signs of both scripts', '請執行 (ferry login)。', 13, ['請執行 (ferry', 'login)。']],
    ['keeps what follows a full stop', '共 147 個屬性', 10, ['共 147 個', '屬性']],
    ['keeps a term', '欄位來自對應集。', 12, ['欄位來自', '對應集。']],
    ['keeps the moment of a file name', 'Files_20261127_120000.csv', 20, ['Files_', '20261127_120000.csv']],
    [
      'keeps a file name that has its own line',
      '超過 500 萬列：…0101_120000_2.csv、…0101_120000_3.csv',
      22,
      ['超過 500 萬列：', '…0101_120000_2.csv、', '…0101_120000_3.csv'],
    ],
    [
      'keeps a file name that is Chinese',
      '計畫已儲存至 啟用區段到-s3.plan.json。',
      26,
      ['計畫已儲存至', '啟用區段到-s3.plan.json。'],
    ],
    [
      'keeps the ending of a file name that has none',
      'loyalty_members_daily.csv',
      22,
      ['loyalty_members_', 'daily.csv'],
    ],
    ['leaves no sign alone', 'Escape: backslash \\', 17, ['Escape:', 'backslash \\']],
    ['parts a word for what ends it', 'exports/daily ·', 14, ['exports/', 'daily ·']],
    ['parts a command for what ends it', '（ferry login） 000 ms ·', 23, ['（ferry login）', '000 ms ·']],
    ['keeps paragraphs', 'one\ntwo three', 5, ['one', 'two', 'three']],
  ])('%s', (_, text, width, wanted) => {
    expect(wrapText(text, width)).toEqual(wanted);
  });

  it('has less room, or more, in its first line', () => {
    expect(wrapText('one two three', 7, 3)).toEqual(['one', 'two', 'three']);
    expect(wrapText('one two three', 5, 7)).toEqual(['one two', 'three']);
  });

  it('goes on below its words where a sign stands before them', () => {
    expect(wrapBeside('▲ ', 'two three', 7)).toEqual(['▲ two', '  three']);
  });

  it('gives an id the columns of the sign, where it has a line of its own only so', () => {
    expect(wrapBeside('▲ ', `dataflow ${id} is busy`, 36)).toEqual(['▲ dataflow', id, 'is busy']);
    expect(wrapBeside('▲ ', `dataflow ${id}`, 38)).toEqual(['▲ dataflow', `  ${id}`]);
  });

  const word = fc.oneof(
    // A unit without its number is none.
    fc.stringMatching(/^[a-z]{1,9}$/).filter((one) => !/^m?s$/.test(one)),
    fc.stringMatching(/^[中文字列欄的區段]{1,6}[，。、：！？]?$/),
    fc.stringMatching(/^「[中文字列]{1,3}」[，。]?$/),
    fc.stringMatching(/^\d{1,3} (?:ms|s|秒|個)$/),
    fc.constantFrom(id, 'exports/daily', '（ferry login）', '(503)', '·'),
  );

  it('fits, loses nothing, breaks no word that has room, and keeps what belongs together', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), fc.integer({ min: 14, max: 90 }), (parts, width) => {
        const text = parts.join(' ');
        const lines = wrapText(text, width);
        expect(lines.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
        for (const [at, line] of lines.entries()) {
          expect(displayWidth(line)).toBeLessThanOrEqual(width);
          if (lines.length > 1) expect(line).not.toBe('');
          if (at > 0 && text.trim() !== '')
            expect(line).not.toMatch(/^(?:[，。、：！？」）·]|(?:ms|s)\b|[秒個]$)/);
          expect(line).not.toMatch(/[「（(]$/);
        }
        // Every word of Latin letters stands in some line as a whole.
        for (const latin of text.match(/[a-z0-9/-]+/gi) ?? [])
          if (displayWidth(latin) <= width - 4) expect(lines.some((line) => line.includes(latin))).toBe(true);
      }),
    );
  });
});

it.each([
  [3, ['one', 'two', 'three']],
  [2, ['one', 'two …']],
  [1, ['one …']],
  [0, []],
  [-1, []],
])('keeps at most %d of some lines, and says where some are left out', (most, lines) => {
  expect(firstLines(['one', 'two', 'three'], most, 5, '…')).toEqual(lines);
});

it('has room for the sign that lines are left out', () => {
  expect(firstLines(['one two', 'three'], 1, 7, '…')).toEqual(['one …']);
});
