import type { Field } from '../../activation/spec/field.ts';
import { params } from '../../locale/en/params.ts';
import type { Text } from '../../locale/texts.ts';

/**
 * What a field is called. A title that the platform publishes stands as it is, unless it is the one that ferry
 * knows: then it is said in the person's language.
 */
export function fieldTitle(text: Text, { name, title }: Pick<Field, 'name' | 'title'>): string {
  const id = `param.${name}`;
  const known: Readonly<Record<string, string>> = params;
  return Object.hasOwn(known, id) && known[id] === title && text.has(id) ? text(id) : title;
}

/** What to put there, in our words; of a field that ferry does not know, what the platform says, as its words. */
export function fieldHelp(
  text: Text,
  { name, description }: Pick<Field, 'name' | 'description'>,
): string | undefined {
  const id = `help.${name}`;
  if (text.has(id)) return text(id);
  return description === undefined ? undefined : text('form.platformSays', { said: description.trim() });
}
