import { own } from '../../activation/own.ts';
import { kindOf } from '../../activation/spec/catalog.ts';
import { cardAge } from '../../activation/spec/destinations.ts';
import { activeFields, isGiven } from '../../activation/spec/field.ts';
import { holdsPrivateKey, secretTail } from '../../activation/spec/value-form.ts';
import { modeTitle, signInTitle } from '../../locale/plan-words.ts';
import type { Text } from '../../locale/texts.ts';
import { chosenMethod, chosenMode, type Draft, locationParts } from '../../wizard/draft.ts';
import { type Asking, joined } from '../page.ts';
import { choiceTitle, fieldTitle } from './field-title.ts';

/** `newer card`; nothing where there is only one of its kind. */
export function ageText(text: Text, connectionSpecId: string): string {
  const age = cardAge(connectionSpecId);
  return age === undefined ? '' : text(`destination.${age}`);
}

/** `Amazon S3 · newer card`: of two cards of one kind, which one. */
export const destinationText = (
  { destination }: Pick<Draft, 'destination'>,
  { text, glyphs }: Pick<Asking, 'text' | 'glyphs'>,
): string =>
  destination ? joined(glyphs, [destination.name, ageText(text, destination.connectionSpecId)]) : '';

/** What may be told of a key file: `RSA · 1,675 characters`. */
function keyText(key: string, { text, glyphs }: Pick<Asking, 'text' | 'glyphs'>): string {
  const kind = /-----BEGIN (?:(OPENSSH|RSA|EC|DSA|ENCRYPTED) )?PRIVATE KEY-----/.exec(key)?.[1] ?? '';
  return joined(glyphs, [kind, text('signIn.keySize', { count: key.length })]);
}

/**
 * `S3 access key · AKIA… · ••••KEY7`: of a secret the last four characters at most, where those say anything, and of a
 * key its kind and length.
 */
export function signInText(
  draft: Draft,
  { text, glyphs, hidesSecrets }: Pick<Asking, 'text' | 'glyphs' | 'hidesSecrets'>,
): string {
  if (draft.account) return text('account.reuses', { name: draft.account.name });
  const method = chosenMethod(draft);
  if (!method) return draft.destination?.auth.length === 0 ? text('signIn.none') : '';
  const shown = activeFields(method.fields, draft.signIn.params).flatMap((field) => {
    const value = own(draft.signIn.params, field.name);
    if (value === undefined || value === '') return [];
    if (!field.isSecret) return [value];
    const variable = own(draft.variables ?? {}, field.name);
    if (variable !== undefined) return [text('signIn.fromVariable', { variable })];
    const mask = glyphs.mask.repeat(4);
    if (hidesSecrets) return [mask];
    if (field.isMultiline || holdsPrivateKey(value)) return [`${mask} ${keyText(value, { text, glyphs })}`];
    return [mask + secretTail(value)];
  });
  return joined(glyphs, [signInTitle(text, method.specName), ...shown]);
}

/** `S3 bucket · crm-exports/daily` */
export function locationText(draft: Draft, { text, glyphs }: Pick<Asking, 'text' | 'glyphs'>): string {
  const mode = chosenMode(draft);
  if (!mode) return '';
  const values = locationParts(draft)
    .place.filter((field) => !field.choices)
    .map((field) => {
      const value = own(draft.location.params, field.name) ?? field.defaultValue ?? '';
      return field.isSecret && value !== '' ? glyphs.mask.repeat(4) : value;
    })
    .filter((value) => value !== '');
  return joined(glyphs, [modeTitle(text, mode.mode ?? ''), inOnePath(values)]);
}

/** One sign between two of them; what is within one stays as it is sent. */
const inOnePath = (values: readonly string[]): string =>
  values.reduce(
    (path, value) => (path === '' ? value : `${path.replace(/\/$/, '')}/${value.replace(/^\//, '')}`),
    '',
  );

/** `CSV · GZIP`, and how CSV is written; empty where a card does not ask for it. */
export function filesText(
  draft: Draft,
  { text, glyphs }: Pick<Asking, 'text' | 'glyphs'>,
): readonly string[] {
  const said = locationParts(draft).file.flatMap((field) => {
    const value = own(draft.location.params, field.name) ?? field.defaultValue;
    if (!isGiven(field, value)) return [];
    const choice = field.choices?.find((one) => one.value === value);
    const word = choiceTitle(text, field, value, choice?.title ?? value);
    const isCsv = field.path?.[0] === 'csvOptions';
    const hasWord = field.name === 'fileType' || field.name === 'compression';
    if (field.name === 'includeFileManifest')
      return [{ isCsv, said: text(value === 'true' ? 'files.manifest' : 'files.noManifest') }];
    return [
      { isCsv, said: hasWord ? word : text('files.option', { label: fieldTitle(text, field), value: word }) },
    ];
  });
  const saidOf = (isCsv: boolean): string[] =>
    said.filter((one) => one.isCsv === isCsv).map((one) => one.said);
  const csv = saidOf(true);
  return [saidOf(false), csv.slice(0, 3), csv.slice(3)]
    .map((parts) => joined(glyphs, parts))
    .filter((line) => line !== '');
}

/** The connections to Profile Store. */
export function sourceText({ source, destination }: Draft, text: Text): string {
  if (source === undefined)
    return text(kindOf(destination?.connectionSpecId) === 'newer' ? 'source.newOne' : 'source.new');
  const isWhole = source.sourceConnectionId !== undefined;
  return text(isWhole ? 'source.reusesConnection' : 'source.reusesAccount', { name: source.name });
}
