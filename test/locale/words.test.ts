import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Guide, guide as enGuide } from '../../source/locale/en/guide.ts';
import { commonHelp as enCommon, help as enHelp } from '../../source/locale/en/help.ts';
import { en } from '../../source/locale/en.ts';
import { textsOf } from '../../source/locale/texts.ts';
import { guide as zhGuide } from '../../source/locale/zh-TW/guide.ts';
import { commonHelp as zhCommon, help as zhHelp } from '../../source/locale/zh-TW/help.ts';
import { zhTW } from '../../source/locale/zh-TW.ts';

const root = path.join(import.meta.dirname, '../../source');

const spoken = (guide: Guide): [string, string][] =>
  Object.entries(guide).flatMap(([page, parts]) =>
    Object.entries<string>({ ...parts }).map(([part, said]): [string, string] => [`${page}.${part}`, said]),
  );
const english: [string, string][] = [
  ...Object.entries(en),
  ...spoken(enGuide),
  ...Object.entries(enHelp),
  ['common', enCommon],
];
const chinese: [string, string][] = [
  ...Object.entries(zhTW),
  ...spoken(zhGuide),
  ...Object.entries(zhHelp),
  ['common', zhCommon],
];
/** The messages that hold a pattern, by their ids. */
const holding = (said: readonly [string, string][], pattern: RegExp): string[] =>
  said.filter(([, one]) => pattern.test(one)).map(([id]) => id);

describe('Chinese', () => {
  // What Adobe, AWS and Azure call it in Taiwan stands in each place.
  it.each([
    '受眾',
    '客群',
    '激活',
    '沙盒',
    '配置檔',
    '儲存桶',
    '秘密',
    '令牌',
    '憑據',
    '許可權',
    '名稱空間',
    '使用者端',
    '導覽',
    '導出',
    '連接埠',
    '金鑰儲存區',
    '出處',
    '保存',
    '傳送',
    '旗標',
    '不得',
    '本次',
    '正式環境',
  ])('does not say %s', (word) => {
    expect(holding(chinese, new RegExp(word))).toEqual([]);
  });

  it('has no half-width mark beside a Chinese character', () => {
    expect(holding(chinese, /[\u4e00-\u9fff][,;:!?()]|[,;:!?()][\u4e00-\u9fff]/)).toEqual([]);
  });

  it('has no straight quotes round a Chinese word, nor round a name', () => {
    // Straight ones are for what is typed letter for letter, as in a command.
    const quoted = (one: string): string[] =>
      one
        .replaceAll(/(--confirm|ferry (dis|en)able) "[^"]*"/g, '')
        .split('"')
        .filter((_, at) => at % 2 === 1);
    const isName = (one: string): boolean => /^\{[^}]*\}$|[\u3000-\uffef]/.test(one);
    expect(chinese.filter(([, one]) => quoted(one).some(isName)).map(([id]) => id)).toEqual([]);
  });

  it('has no blank beside a full-width mark', () => {
    expect(holding(Object.entries(zhTW), /[，。：；？！、「」（）] |[^ ] [，。：；？！、」（）]/)).toEqual(
      [],
    );
  });

  it('has a blank between a Chinese character and a letter or figure', () => {
    const glued = /[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]/;
    expect(holding(chinese, glued)).toEqual([]);
  });
});

describe('numbers', () => {
  it('decide the form of the noun behind them', () => {
    const text = textsOf(en, 'en');
    expect(text('review.segments', { count: 1 })).toBe('1 segment');
    expect(text('review.segments', { count: 0 })).toBe('0 segments');
    expect(text('review.segments', { count: 1204 })).toBe('1,204 segments');
  });

  it('stand before no fixed plural', () => {
    const counts =
      'count|total|most|least|lines|characters|minutes|hours|days|kept|rows|made|wanted|asked|shown|selected|runs|drafts|transcripts|segments|length|requests';
    const fixed = new RegExp(`\\{(${counts})\\} (?!(is|has)\\b)[a-z]+( [a-z]+)?(?<!s)s\\b`);
    expect(holding(english, fixed)).toEqual([]);
  });
});

describe('the heads of a table', () => {
  it('begin alike', () => {
    const heads = readFileSync(path.join(root, 'commands/history.ts'), 'utf8');
    const [, listed = ''] = /const header = \[([^\]]*)\]/.exec(heads) ?? [];
    const ids = [...listed.matchAll(/'([\w.]+)'/g)].map(([, id = '']) => id as keyof typeof en);
    expect(ids.length).toBeGreaterThan(5);
    expect(ids.map((id) => en[id]).filter((head) => !/^[A-Z]/.test(head))).toEqual([]);
  });
});

describe('nothing', () => {
  it('is said twice', () => {
    const twice = /\b([a-z]{2,}) \1\b|([\u4e00-\u9fff]{4,}[^|]*)\2|((?:\w+ ){3,})\3/;
    expect(holding([...english, ...chinese], twice)).toEqual([]);
  });
});
