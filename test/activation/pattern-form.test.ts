import { describe, expect, it } from 'vitest';
import { catalog } from '../../source/activation/spec/catalog.ts';
import { fieldProblem } from '../../source/activation/spec/field.ts';
import { formOf, type PatternForm } from '../../source/activation/spec/pattern-form.ts';
import { legacyDestinations } from '../../source/emulator/specs/legacy-destinations.ts';
import { en } from '../../source/locale/en.ts';
import { textsOf } from '../../source/locale/texts.ts';
import { zhTW } from '../../source/locale/zh-TW.ts';
import { some } from '../helpers/some.ts';

// As the cards publish them.
const googleBucket = String.raw`(?!^goog.*$)(?!^.*g(o|0)(o|0)gle.*$)(((?=^.{3,63}$)(^([a-z0-9]|[a-z0-9][a-z0-9\-_]*)[a-z0-9]$))|((?=^.{3,222}$)(?!^(\d+\.)+\d+$)(^(([a-z0-9]{1,63}|[a-z0-9][a-z0-9\-_]{1,61}[a-z0-9])\.)*([a-z0-9]{1,63}|[a-z0-9][a-z0-9\-_]{1,61}[a-z0-9])$)))`;

const published = (specs: unknown): string[] =>
  [...JSON.stringify(specs).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(
    ([, one = '']) => JSON.parse(one) as string,
  );

describe('a pattern', () => {
  it.each<[string, PatternForm]>([
    ['^[A-Z2-7]{20}$', 'form.accessKeyId'],
    [String.raw`^[A-Za-z0-9\/\+]{40}$`, 'form.secretAccessKey'],
    ['^[A-Za-z0-9/+]{40}$', 'form.secretAccessKey'],
    ['^[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]$', 'form.container'],
    [googleBucket, 'form.googleBucket'],
    [String.raw`^[0-9a-zA-Z\/\!\-_\.\*\'\(\)]+$`, 'form.folder'],
    [String.raw`^[0-9a-zA-Z\/\!\-_\.\*\''\(\)]*((\%SEGMENT_(NAME|ID)\%)?\/?)+$`, 'form.folderWithMacros'],
    [String.raw`^[A-Z2-7]{21}$`, 'form.other'],
    [String.raw`^\.{20}$`, 'form.other'],
    ['(?<x', 'form.other'],
  ])('%s is %s', (pattern, form) => {
    expect(formOf(pattern)).toBe(form);
  });

  it('of the catalog and of each card has words of its own', () => {
    for (const pattern of some([...published(catalog), ...published(legacyDestinations(true))]))
      expect(formOf(pattern), pattern).not.toBe('form.other');
  });

  it.each([
    ['en', textsOf(en, 'en')],
    ['zh-TW', textsOf(zhTW, 'zh-TW')],
  ] as const)('is never shown (%s)', (_, text) => {
    for (const pattern of some([...published(catalog), googleBucket, '^[a-z]{3}\\d+$'])) {
      const said = text('field.pattern', { field: 'X', form: formOf(pattern) });
      expect(said).not.toContain(pattern);
      expect(said).not.toMatch(/[{}[\]^$]|form\./);
    }
  });

  it('comes with the problem that it is', () => {
    const field = {
      name: 'x',
      title: 'X',
      kind: 'text' as const,
      isSecret: true,
      isMultiline: false,
      isRequired: true,
      isBase64: false,
      pattern: '^[A-Z2-7]{20}$',
    };
    expect(fieldProblem(field, 'abc')?.values).toMatchObject({ field: 'X', form: 'form.accessKeyId' });
  });
});
