import type { Field } from '../activation/field.ts';
import { english, hasMessage, type Text } from '../locale/texts.ts';

/**
 * What a field is called. A title that the platform publishes stands as it is, unless it is the one that ferry
 * knows: then it is said in the person's language.
 */
export function fieldTitle(text: Text, { name, title }: Pick<Field, 'name' | 'title'>): string {
  const id = `param.${name}`;
  return hasMessage(id) && english(id) === title ? text(id) : title;
}
