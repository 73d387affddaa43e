import { type Catalog, en, type MessageId } from './en.ts';

export type { MessageId } from './en.ts';
export type Values = Readonly<Record<string, string | number>>;

/** Says a message with its values. */
export type Text = (id: MessageId, values?: Values) => string;

/** The words of a language; a `{name}` without a value stays as it is. */
export function textsOf(catalog: Catalog): Text {
  return (id, values = {}) =>
    catalog[id].replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      return value === undefined ? whole : String(value);
    });
}

export const english: Text = textsOf(en);

/** The platform's own word where we have no better one. */
export function valueText(text: Text, value: string): string {
  return Object.hasOwn(en, `value.${value}`) ? text(`value.${value}` as MessageId) : value;
}
