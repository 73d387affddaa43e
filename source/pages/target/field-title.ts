import type { Field } from '../../activation/spec/field.ts';
import { params } from '../../locale/en/params.ts';
import { modeTitle } from '../../locale/plan-words.ts';
import type { MessageId, Text } from '../../locale/texts.ts';

/** Titles that cards of today publish for what ferry has words of its own. @see cards.md, section 4.1 */
const sameTitles: ReadonlyMap<string, string> = new Map([
  ['remotePath', 'Folder path'],
  ['fileType', 'File Type'],
  ['compression', 'Compression format'],
  ['csvOptions.delimiter', 'CSV Options / Delimiter'],
  ['csvOptions.quote', 'CSV Options / Quote Character'],
  ['csvOptions.escape', 'CSV Options / Escape Character'],
  ['csvOptions.nullValue', 'CSV Options / Null Value'],
  ['csvOptions.emptyValue', 'CSV Options / Empty Value'],
]);

/**
 * What a field is called. A title that the platform publishes stands as it is, unless it is the one that ferry
 * knows: then it is said in the person's language.
 */
export function fieldTitle(text: Text, { name, title }: Pick<Field, 'name' | 'title'>): string {
  const id = `param.${name}`;
  const known: Readonly<Record<string, string>> = params;
  // A title that nobody has given is a name.
  const isKnown = title === name || known[id] === title || sameTitles.get(name) === title;
  return isKnown && Object.hasOwn(known, id) && text.has(id) ? text(id) : title;
}

/** Words for what a choice writes; each field has its own for what is empty. */
const written: ReadonlyMap<string, MessageId> = new Map<string, MessageId>([
  [',', 'csv.comma'],
  ['\t', 'csv.tab'],
  ['|', 'csv.pipe'],
  [';', 'csv.semicolon'],
  [':', 'csv.colon'],
  ['"', 'csv.doubleQuote'],
  ["'", 'csv.singleQuote'],
  ['\\', 'csv.backslash'],
]);

/** What one of the choices of a field is called; of a field that ferry does not know, as the platform calls it. */
export function choiceTitle(
  text: Text,
  { name, kind }: Pick<Field, 'name' | 'kind'>,
  value: string,
  title: string,
): string {
  if (kind === 'boolean') return text(value === 'true' ? 'form.yes' : 'form.no');
  if (name.startsWith('csvOptions.')) {
    const id =
      value === '' ? (name === 'csvOptions.quote' ? 'csv.noQuotes' : 'csv.nothing') : written.get(value);
    return id === undefined ? title : text(id);
  }
  const choice = [name, value].join('.');
  const id = `choice.${choice}`;
  return text.has(id) ? text(id) : title;
}

/** What a param is called, by the way that leads to it: `csvOptions.quote`. */
export function paramTitle(text: Text, way: string): string {
  const id = `param.${way}`;
  return text.has(id) ? text(id) : way;
}

/** A value of a location as it was read. */
export const locationValue = (text: Text, name: string, value: string): string =>
  name === 'mode'
    ? modeTitle(text, value)
    : choiceTitle(
        text,
        { name, kind: value === 'true' || value === 'false' ? 'boolean' : 'text' },
        value,
        value,
      );

/** What to put there, in our words; of a field that ferry does not know, what the platform says, as its words. */
export function fieldHelp(
  text: Text,
  { name, description }: Pick<Field, 'name' | 'description'>,
): string | undefined {
  const id = `help.${name}`;
  if (text.has(id)) return text(id);
  return description === undefined ? undefined : text('form.platformSays', { said: description.trim() });
}
