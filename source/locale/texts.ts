import type { Catalog, en, MessageId } from './en.ts';
import { bringsRoom, dateText, type Language, momentText, numberText } from './format.ts';

export type { MessageId } from './en.ts';
export { type Language, languages } from './format.ts';
/** What a message is filled with; several texts are written as a list. */
export type Values = Readonly<Record<string, string | number | readonly string[]>>;

/** The names of what stands in braces in a message. */
type Wanted<Words extends string> = Words extends `${string}{${infer Place}}${infer Rest}`
  ? NameOf<Place> | Wanted<Rest>
  : never;
type NameOf<Place extends string> = Place extends `${infer Name}:${string}` | `${infer Name}|${string}`
  ? Name
  : Exclude<Place, 'ferry'>;

/** What a message has to be told: all that any of the ids wants; nothing is asked of one that may be any. */
type Filling<Id extends MessageId> = MessageId extends Id
  ? [values?: Values]
  : [Wanted<(typeof en)[Id]>] extends [never]
    ? [values?: Values]
    : [values: Values & Readonly<Record<Wanted<(typeof en)[Id]>, Values[string]>>];

/** Says a message with its values. */
export interface Text {
  <Id extends MessageId>(id: Id, ...values: Filling<Id>): string;
  /** Of what a problem was found with: its names come with it, and are held to its id where it is found. */
  <Open extends Values>(id: MessageId, values: string extends keyof Open ? Open : never): string;
  readonly language: Language;
  /** A command as it is typed where the program was started: `npm start -- apply crm.plan.json`. */
  readonly command: (args: string) => string;
  /** What is typed to start the wizard again: `npm start`. */
  readonly alone: string;
  /** Our own words, with the commands in them as they are typed where the program was started. */
  readonly withCommands: (words: string) => string;
  /** Whether there is a message of this id. */
  readonly has: (id: string) => id is MessageId;
}

/** How the words of a language are said. */
export interface Saying {
  /** For a terminal that knows ASCII only: our words use nothing else, values stay as they are. */
  readonly isAscii?: boolean | undefined;
  /** What is typed in the place of `ferry`, alone and before a command. @default `ferry` */
  readonly startedAs?: { readonly alone: string; readonly before: string } | undefined;
}

/**
 * The words of a language; a `{name}` without a value stays as it is. `{count|segment|segments}` is a number with the
 * noun in the form it takes behind it. A command that a message names (`ferry
 * login`), and `{ferry}` where it stands alone, is said as it was started.
 */
export function textsOf(catalog: Catalog, language: Language, saying: Saying = {}): Text {
  const { isAscii = false, startedAs = { alone: 'ferry', before: 'ferry' } } = saying;
  const valueIn = (value: Values[string], how: string | undefined, before: string | undefined): string => {
    if (typeof value === 'number') return numberText(language, value);
    if (typeof value !== 'string') return listText(said, value, before);
    switch (how) {
      case 'date':
        return dateText(language, value);
      case 'moment':
        return momentText(language, value);
      case 'word':
        return valueText(said, value);
      default:
        return value;
    }
  };
  const withCommands = (words: string): string =>
    words.includes('ferry') ? words.replaceAll(commands, () => `${startedAs.before} `) : words;
  const text = (id: MessageId, values: Values = {}): string =>
    withCommands(isAscii ? inAscii(catalog[id]) : catalog[id]).replaceAll(
      /\{(\w+)(?::(date|moment|word)|\|([^|}]*)\|([^|}]*))?\}( (?=\p{Script=Han}))?/gu,
      (whole, name: string, how: string | undefined, one: string | undefined, ...rest) => {
        const [many, blank = '', at, words] = rest as [
          string | undefined,
          string | undefined,
          number,
          string,
        ];
        if (name === 'ferry') return startedAs.alone + blank;
        const value = Object.hasOwn(values, name) ? values[name] : undefined;
        if (value === undefined) return whole;
        const said = unbroken(valueIn(value, how, words[at - 1]));
        if (one !== undefined) return `${said} ${value === 1 ? one : (many ?? one)}${blank}`;
        return bringsRoom(language, said) ? said : said + blank;
      },
    );
  const said: Text = Object.assign(text, {
    language,
    command: (args: string) => `${startedAs.before} ${args}`,
    alone: startedAs.alone,
    withCommands,
    has: (id: string): id is MessageId => Object.hasOwn(catalog, id),
  });
  return said;
}

/** A command in our own words; what else is called ferry is the program. */
const commands =
  /\bferry (?=(?:account|apply|completion|delete|diff|disable|emulator|enable|export|history|list|login|logout|plan|pull|resume|rollback|runs|state|status|storage|validate|whoami|work|PLAN|FLOW|COMMAND|\{command\} PLAN|--\w+)(?!\w))/g;

/** A line end in a value must not begin a line that looks like one of ours. */
const unbroken = (value: string): string =>
  value.includes('\n') ? value.replaceAll(/\s*\n\s*/g, ' ') : value;

/** The signs in our words that are not ASCII, and their twins. */
const plainTwins: Readonly<Record<string, string>> = {
  '←→↑↓': 'arrows',
  '↑↓': 'up/down',
  '←→': 'left/right',
  '…': '...',
  '·': '-',
  '–': '-',
  '×': 'x',
  '→': '->',
  '←': '<-',
  '›': '>',
  '␠': '_',
};

/** Our own words as a terminal shows them that knows ASCII only. */
export const inAscii = (words: string): string =>
  words.replaceAll(/←→↑↓|↑↓|←→|[…·–×→←›␠]/g, (sign) => plainTwins[sign] ?? sign);

/** The platform's own word where we have no better one. */
export function valueText(text: Text, value: string): string {
  const id = `value.${value}`;
  return text.has(id) ? text(id) : value;
}

/** What closes a quotation, by what opens it. */
const closing: ReadonlyMap<string | undefined, string> = new Map([
  ['"', '"'],
  ['「', '」'],
]);

/**
 * Several things side by side, as the language parts them.
 *
 * @param open - What stands before the first of them: where it is a quote, each has its own.
 */
export function listText(text: Text, parts: readonly string[], open?: string): string {
  const close = closing.get(open);
  const comma = text('list.comma');
  return parts.join(close === undefined ? comma : `${close}${comma}${open ?? ''}`);
}

/** Sentences one after another, as the language parts them. */
export const sentencesText = (text: Text, parts: readonly string[]): string =>
  parts.reduce((first, then) => (first === '' ? then : text('text.sentences', { first, then })), '');

/** A sentence with a mark behind it: those that come from many hands end with one, or do not. */
export const endedText = (text: Text, said: string): string =>
  /[.!?…:。！？：）」%]$/.test(said) ? said : text('text.ended', { said });
