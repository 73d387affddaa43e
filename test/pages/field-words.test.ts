import { describe, expect, it } from 'vitest';
import { authMethods } from '../../source/activation/spec/auth-spec.ts';
import { locationModes } from '../../source/activation/spec/storage-location.ts';
import { catalog } from '../../source/activation/spec/catalog.ts';
import { legacyDestinations } from '../../source/emulator/specs/legacy-destinations.ts';
import { newerDestinations } from '../../source/emulator/specs/newer-cards.ts';
import { connectionSpec } from '../../source/flow-service/specs.ts';
import { english } from '../../source/locale/catalogs.ts';
import { textsOf } from '../../source/locale/texts.ts';
import { zhTW } from '../../source/locale/zh-TW.ts';
import { choiceTitle, fieldHelp, fieldTitle } from '../../source/pages/target/field-title.ts';
import { some } from '../helpers/some.ts';

const chinese = textsOf(zhTW, 'zh-TW');

describe('the help of a field', () => {
  it('is ours for every field that the catalog or a card of the emulator has', () => {
    const fields = [
      ...catalog.flatMap(({ auth, modes }) => [...auth, ...modes].flatMap((form) => form.fields)),
      ...[...legacyDestinations(true), ...newerDestinations()]
        .map((spec) => connectionSpec.parse(spec))
        .flatMap((spec) => [...authMethods(spec), ...locationModes(spec)].flatMap(({ fields }) => fields)),
    ];
    for (const field of some(fields)) {
      expect(fieldHelp(chinese, field), field.name).toMatch(/[\u4e00-\u9fff].*。$/);
      expect(fieldHelp(english, field), field.name).toMatch(/\.$/);
      expect(fieldHelp(chinese, field), field.name).not.toContain('平台的說明');
      expect(fieldHelp(english, field), field.name).not.toContain('platform says');
    }
  });

  it('comes with titles and choices in words for every card of today', () => {
    const fields = newerDestinations()
      .map((spec) => connectionSpec.parse(spec))
      .flatMap((spec) => [...authMethods(spec), ...locationModes(spec)].flatMap((form) => form.fields));
    const own = ['CSV', 'JSON', 'Parquet', 'GZIP', 'null', '""'];
    for (const field of some(fields)) {
      expect(fieldTitle(chinese, field), field.name).toMatch(/[\u4e00-\u9fff]/);
      expect(fieldTitle(english, field)).not.toBe(field.name);
      for (const { value, title } of field.choices ?? []) {
        const said = choiceTitle(chinese, field, value, title);
        if (!own.includes(said)) expect(said, `${field.name} ${value}`).toMatch(/[\u4e00-\u9fff]/);
      }
    }
  });

  it.each<[string, string | undefined, string | undefined, string | undefined]>([
    [
      'workspaceId',
      ' Id of the app. ',
      'The platform says: "Id of the app."',
      '平台的說明：「Id of the app.」',
    ],
    ['toString', undefined, undefined, undefined],
    ['platformSays', 'x', 'The platform says: "x"', '平台的說明：「x」'],
  ])('%s is what the platform says of it, as its words', (name, description, inEnglish, inChinese) => {
    expect(fieldHelp(english, { name, description })).toBe(inEnglish);
    expect(fieldHelp(chinese, { name, description })).toBe(inChinese);
  });
});
