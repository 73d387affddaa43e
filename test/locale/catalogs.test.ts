import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { inAscii, textsOf } from '../../source/locale/texts.ts';
import { banners as enBanners } from '../../source/locale/en/banners.ts';
import { guide as enGuide } from '../../source/locale/en/guide.ts';
import { commonHelp as enCommon, help as enHelp } from '../../source/locale/en/help.ts';
import { en, type MessageId } from '../../source/locale/en.ts';
import { banners as zhBanners } from '../../source/locale/zh-TW/banners.ts';
import { guide as zhGuide } from '../../source/locale/zh-TW/guide.ts';
import { commonHelp as zhCommon, help as zhHelp } from '../../source/locale/zh-TW/help.ts';
import { zhTW } from '../../source/locale/zh-TW.ts';
import { displayWidth } from '../../source/components/text/width.ts';
import { some } from '../helpers/some.ts';

const ids = Object.keys(en) as MessageId[];
const placeholders = (said: string): string[] => (said.match(/\{\w+(?::\w+)?(?=[|}])/g) ?? []).sort();
const root = path.join(import.meta.dirname, '..', '..', 'source');

describe('messages', () => {
  it.each(ids)('%s has the same values in both languages', (id) => {
    expect(placeholders(zhTW[id])).toEqual(placeholders(en[id]));
  });

  it.each<[string, MessageId, Record<string, string | readonly string[]>]>([
    ['a value', 'command.unknown', { name: 'a\n  FORGED' }],
    ['a list', 'plan.notOneOf', { allowed: ['a\nFORGED', 'b'] }],
    ['a word of the platform', 'plan.wrongType', { expected: 'a \n FORGED' }],
  ])('stay on one line, whatever %s holds', (_, id, values) => {
    expect(textsOf(en, 'en')(id, values)).toMatch(/^[^\n]*a FORGED[^\n]*$/);
  });

  it.each(ids)('%s has a noun behind its number, and no sentence', (id) => {
    const [, forms = ''] = /\{\w+\|([^}]*)\}/.exec(en[id]) ?? [];
    expect(forms).not.toMatch(/(^|\|)([A-Z][a-z]|(an?|the|one) )/);
  });

  it('are all said by somebody', () => {
    const code = globSync('**/*.{ts,tsx}', { cwd: root })
      .filter((file) => !file.startsWith('locale/en') && !file.startsWith('locale/zh'))
      .map((file) => readFileSync(path.join(root, file), 'utf8'))
      .join('\n');
    const written = new Set(code.match(/[\w.+-]+/g) ?? []);
    // `value.${…}`: what is put together by its beginning, its end, or both.
    const made = [...code.matchAll(/`([\w.-]*)\$\{[^}`]*\}([\w.-]*)`/g)].filter(([, before = '']) =>
      before.includes('.'),
    );
    const unsaid = ids.filter(
      (id) =>
        !written.has(id) &&
        !made.some(([, before = '', after = '']) => id.startsWith(before) && id.endsWith(after)) &&
        !/^(param|value|keyName)\./.test(id),
    );
    expect(unsaid).toEqual([]);
  });

  it('are Chinese where they are said to a person, with Chinese signs', () => {
    // Names of systems and units, and messages that are nothing but values and signs.
    const same = ids.filter(
      (id) => zhTW[id] === en[id] && /[a-z]{2}/i.test(en[id].replaceAll(/\{[^}]*\}/g, '')),
    );
    expect(same).toMatchInlineSnapshot(`
      [
        "value.S3",
        "value.GCS",
        "value.AUDIENCE_MANAGER",
        "keyName.enter",
        "keyName.esc",
        "keyName.tab",
        "keyName.shift",
        "keyName.ctrl",
        "keyName.pages",
        "choice.fileType.PARQUET",
      ]
    `);
    expect(ids.filter((id) => /[\u4e00-\u9fff][,;:!?][\u4e00-\u9fff]/.test(zhTW[id]))).toEqual([]);
  });

  it('know no sign but ASCII where a terminal knows no other', () => {
    const text = textsOf(en, 'en', { isAscii: true });
    expect(ids.filter((id) => !/^[\x20-\x7e\n]*$/.test(text(id)))).toEqual([]);
    for (const said of [...Object.values(enHelp), enCommon])
      expect(inAscii(said)).toMatch(/^[\x20-\x7e\n]*$/);
    for (const { what, why, where } of some(Object.values(enGuide)))
      expect(what + why + where).toMatch(/^[\x20-\x7e]*$/);
  });
});

describe('help', () => {
  const flags = (said: string): string[] => [...new Set(said.match(/--[a-z-]+/g) ?? [])].sort();

  it.each(Object.keys(enHelp) as (keyof typeof enHelp)[])(
    'of %s names the same options and examples',
    (name) => {
      expect(flags(zhHelp[name])).toEqual(flags(enHelp[name]));
      const examples = (said: string): string[] => said.match(/^ {2}\S*(ferry|eval) .*$/gm) ?? [];
      expect(examples(zhHelp[name]).length).toBe(examples(enHelp[name]).length);
      expect(enHelp[name]).toMatch(/Examples\n {2}/);
    },
  );

  it('fits a terminal of 120 columns', () => {
    for (const said of [...Object.values(enHelp), ...Object.values(zhHelp), enCommon, zhCommon])
      for (const line of said.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(120);
    expect(flags(zhCommon)).toEqual(flags(enCommon));
  });
});

describe('a guided session', () => {
  it.each(Object.keys(enGuide) as (keyof typeof enGuide)[])(
    'explains %s in three short sentences',
    (page) => {
      for (const { what, why, where } of [enGuide[page], zhGuide[page]])
        for (const said of [what, why, where]) {
          expect(said.length).toBeGreaterThan(6);
          expect(displayWidth(said)).toBeLessThanOrEqual(130);
        }
    },
  );

  it('has large names that fit 80 columns', () => {
    for (const lines of [...Object.values(enBanners), ...Object.values(zhBanners)]) {
      expect(lines.length).toBeGreaterThan(3);
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(80);
    }
  });
});

describe('what languages put between texts', () => {
  const english = textsOf(en, 'en');
  const chinese = textsOf(zhTW, 'zh-TW');

  it.each<[MessageId, Record<string, string>, string, string]>([
    ['text.labelled', { label: 'a', value: 'b' }, 'a: b', 'a：b'],
    ['text.aside', { value: 'a', aside: 'b' }, 'a (b)', 'a（b）'],
    ['text.sentences', { first: 'A.', then: 'B.' }, 'A. B.', 'A.B.'],
    ['list.comma', {}, ', ', '、'],
    ['list.clause', {}, '; ', '；'],
  ])('%s', (id, values, inEnglish, inChinese) => {
    expect(english(id, values)).toBe(inEnglish);
    expect(chinese(id, values)).toBe(inChinese);
  });

  it('are quotes round each name of a list, where the message quotes it', () => {
    const segment = ['A', 'B'];
    expect(english('finding.overwrites', { segment })).toMatch(/^"A", "B": /);
    expect(chinese('finding.overwrites', { segment })).toMatch(/^「A」、「B」：/);
    expect(english('plan.notOneOf', { allowed: segment })).toContain('A, B');
  });

  /** A comma, a colon, brackets or quotes beside a value. */
  const gluing = /join\('(, |; |: )'\)|`[^`]*\} \(\$\{|(\}|`): (\$\{|`)|[`. ]"\$\{[^`]*\}"/;

  it('are put there by messages, and not by code', () => {
    const glued = globSync('{commands,dialogue,pages,screens,locale}/**/*.{ts,tsx}', { cwd: root })
      .filter((file) => !/^locale\/(en|zh-TW)\b|completion|curl-script|man-page|english/.test(file))
      .flatMap((file) =>
        readFileSync(path.join(root, file), 'utf8')
          .split('\n')
          .flatMap((line, at) => (gluing.test(line) ? [`${file}:${at + 1}`] : [])),
      );
    expect(glued).toEqual([]);
  });
});
