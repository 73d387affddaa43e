import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { apart } from '../scripts/string-width.mjs';
import { escapedJson } from '../source/activation/plan/escaped-json.ts';
import { replaceInvisible } from '../source/ground/invisible.ts';
import { curlScript } from '../source/commands/plan/curl-script.ts';
import { visible, visibleLines } from '../source/commands/console/visible.ts';
import * as typed from '../source/components/text/clean.ts';
import * as answered from '../source/flow-service/clean.ts';
import { slimStream } from '../source/terminal/slim-output.ts';
import { plannedRequests } from '../source/activation/requests.ts';
import { tutorialPlan } from './helpers/plans.ts';

const drawn = (text: string): string => {
  let written = '';
  const stream = { write: (chunk: string) => ((written += chunk), true) } as unknown as NodeJS.WriteStream;
  slimStream(stream, { cleaned: (chunk) => replaceInvisible(chunk, '') }).write(text);
  return written;
};

/** Every road on which somebody else's text comes to the terminal. */
const roads: Readonly<Record<string, (text: string) => string>> = {
  'an answer': answered.cleanText,
  'a name in an answer': (text) =>
    Object.keys(answered.parseClean(JSON.stringify({ [text]: 1 })) as object).join(''),
  'a paste': typed.cleanText,
  'a line': visible,
  'some lines': visibleLines,
  'a document': (text) => escapedJson({ text }),
  'a frame': drawn,
};

const code = (point: number): string => `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
const everyPoint = Array.from({ length: 0x11_00_00 }, (_, point) => point).filter(
  (point) => point < 0xd8_00 || point > 0xdf_ff,
);
const hidden = everyPoint.filter((point) =>
  /[\u007f-\u009f\u2028\u2029\ufff9-\ufffb\p{Default_Ignorable_Code_Point}]/u.test(
    String.fromCodePoint(point),
  ),
);

describe('what is drawn as nothing', () => {
  it('is all of it', () => {
    expect(hidden.length).toBeGreaterThan(4000);
    for (const point of [0x2_06a, 0x20_6f, 0xe_01_00, 0xe_01_ef, 0x31_64, 0x3_4f, 0xe_00_41])
      expect(hidden).toContain(point);
  });

  it.each(Object.entries(roads))('does not come through by %s', (_, road) => {
    const through = hidden.filter((point) => {
      const sign = String.fromCodePoint(point);
      return road(`a${sign}b`).includes(sign) || road(`台${sign}${sign}北`).includes(sign);
    });
    expect(through.map(code)).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['a family', '👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦'],
    ['a kiss with skins and a variation', '👩🏽‍❤️‍💋‍👨🏻', '👩🏽‍❤️‍💋‍👨🏻'],
    ['a heart as an emoji', '❤\ufe0f', '❤\ufe0f'],
    ['a watch as text', '⌚\ufe0e', '⌚\ufe0e'],
    ['a keycap', '1\ufe0f\u20e3', '1\ufe0f\u20e3'],
    ['a digit with a variation and no cap', '1\ufe0f2', '12'],
    ['a letter with a variation', 'a\ufe0f', 'a'],
    ['a variation twice', '❤\ufe0f\ufe0f', '❤\ufe0f'],
    ['a flag', '🇹🇼', '🇹🇼'],
    ['signs joined without end', Array(7).fill('😀').join('\u200d'), '😀\u200d😀\u200d😀\u200d😀😀😀😀'],
    ['a joiner after an emoji', '😀\u200dx', '😀x'],
    ['a joiner twice', '😀\u200d\u200d😀', '😀😀'],
    ['a joiner between Latin letters', 'pay\u200dpal\u200c', 'paypal'],
    ['Persian', 'می\u200cخواهم', 'می\u200cخواهم'],
    ['Persian with one joiner too many', 'می\u200c\u200cخواهم', 'میخواهم'],
    ['a non-joiner at the end of Persian', 'می\u200c', 'می'],
    ['a Persian sign of the era', 'ه\u200d.ش', 'ه\u200d.ش'],
    ['Hindi', 'क्\u200dष', 'क्\u200dष'],
    ['Bengali', 'র\u200d্য', 'র\u200d্য'],
    ['Malayalam', 'ന്\u200d', 'ന്\u200d'],
    ['Mongolian', 'ᠠ\u180bᠮ\u180eᠠ', 'ᠠ\u180bᠮ\u180eᠠ'],
    ['a Mongolian variation without Mongolian', 'a\u180b', 'a'],
    ['an old Hangul syllable', '\u115f\u1161ᄀ\u1160', '\u115f\u1161ᄀ\u1160'],
    ['Hangul fillers alone', 'a\u115f\u1160\u3164\uffa0', 'a'],
    ['an ideographic variation', '葛\u{e0100}', '葛'],
    ['tags behind a flag', '🏴\u{e0067}\u{e0062}\u{e007f}', '🏴'],
    ['a musical beam', 'a\u{1d173}b', 'ab'],
    ['a shorthand control', 'a\u{1bca0}b', 'ab'],
    ['a direction', 'a\u202egpj.exe\u202c', 'agpj.exe'],
    ['deprecated controls', 'a\u206a\u206b\u206c\u206d\u206e\u206fb', 'ab'],
  ])('stays where a script or an emoji needs it: %s', (_, text, wanted) => {
    expect(answered.cleanText(text)).toBe(wanted);
    expect(typed.cleanText(text)).toBe(wanted);
    expect(drawn(text)).toBe(wanted);
    expect(visible(text).replaceAll('?', '')).toBe(wanted.replaceAll('?', ''));
    const document = escapedJson(text);
    expect(JSON.parse(document)).toBe(text);
    expect(document.replaceAll(/\\u[\da-f]{4}/g, '')).toBe(`"${wanted}"`);
  });

  it('is gone after once, whatever stands beside it', () => {
    const sign = fc.constantFrom(
      ...'a1#台❤😀👩🏽क्षمی',
      ...hidden.slice(0, 60).map((one) => String.fromCodePoint(one)),
      '\u{e0100}',
    );
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 12 }), (signs) => {
        const once = answered.cleanText(signs.join(''));
        expect(answered.cleanText(once)).toBe(once);
      }),
    );
  });

  it('stays when it is a key of its own, as the joiner of a Persian keyboard', () => {
    expect(typed.cleanText('\u200c')).toBe('\u200c');
    expect(typed.cleanText('\u202e')).toBe('');
  });
});

describe('plan show --curl', () => {
  const turned = 'person.\u202eeman\u202c\u206a\u{e0100}';
  const plan = {
    ...tutorialPlan,
    name: 'a\u202eb\nrm -rf',
    attributes: { ...tutorialPlan.attributes, selected: [turned] },
  };
  const script = curlScript(plan, plannedRequests(plan, { authorization: 'x', apiKey: 'k', orgId: 'o' }));

  it('holds nothing that turns or hides, and no line of a name', () => {
    expect(script).not.toMatch(/[\u202a-\u202e\u206a-\u206f\u{e0100}]/u);
    expect(script).not.toMatch(/^rm/m);
  });

  it('means the same', () => {
    const path = /"([^"]*person\.\\u202e[^"]*)"/.exec(script)?.[0] ?? '""';
    expect(JSON.parse(path)).toContain(turned);
  });

  it('is a script that a shell can read', () => {
    expect(() => execFileSync('sh', ['-n'], { input: script })).not.toThrow();
  });
});

describe('the width of what terminals join or do not', () => {
  const measured = (text: string): number => stringWidth(apart(text));
  it.each<[string, string, number]>([
    ['300 joined emoji', Array(300).fill('😀').join('\u200d'), 600],
    ['a family', '👨‍👩‍👧‍👦', 8],
    ['skins', '👍🏽'.repeat(10), 40],
    ['leading consonants without end', 'ᄀ'.repeat(300), 600],
    ['a consonant before a syllable', 'ᄀ가', 4],
    ['a syllable that is not composed', '\u1112\u1161\u11ab', 2],
    ['a watch as text', '⌚\ufe0e', 2],
    ['vowels in a row', '\u{16d63}'.repeat(5), 5],
    ['Hindi with a joiner', 'क्\u200dष', 2],
    ['Chinese', '台北', 4],
    ['accents', 'e\u0301', 1],
  ])('%s', (_, text, wanted) => {
    expect(measured(text)).toBe(wanted);
  });

  it('is never less than what its signs take one by one', () => {
    const sign = fc.constantFrom(
      '😀',
      '👩',
      '🏽',
      '\u200d',
      '❤',
      '\ufe0f',
      '\ufe0e',
      'ᄀ',
      '가',
      '⌚',
      '1',
      '\u20e3',
      'क',
      '्',
      'ष',
      'ی',
      '\u200c',
    );
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 10 }), (signs) => {
        const alone = signs.reduce((sum, one) => sum + stringWidth(one), 0);
        expect(measured(signs.join(''))).toBeGreaterThanOrEqual(alone);
      }),
    );
  });
});
