import type { Sandbox } from '../flow-service/sandboxes.ts';
import type { Confirmation } from './ending/confirmation.ts';
import type { ExportSettings } from '../activation/content/schedule.ts';
import type { ChoiceOption } from '../components/choice/choice.tsx';
import type { FormField, FormValues } from '../components/form/form-field.ts';
import type { ListRow } from '../components/searchable-list/search.ts';
import type { Glyphs } from '../components/theme/glyphs.ts';
import type { Text } from '../locale/texts.ts';
import type { Answer } from '../wizard/answers.ts';
import type { WizardEvent, WizardState } from '../wizard/reducer.ts';
import type { SettingName } from '../activation/settings.ts';
import type { Remote, RemoteName, RemoteValues, StatusReading } from './remote-cache.ts';
import type { Brevity } from './schedule/settings-text.ts';
import type { Switch } from './schedule/switches.ts';
import type { Ending, WizardServices } from './services.ts';

/** What words are made with. */
export interface Words {
  readonly text: Text;
  readonly glyphs: Glyphs;
}

/** What a page is asked with: everything that a declaration may look at. */
export interface Asking extends Words {
  readonly state: WizardState;
  readonly services: WizardServices;
  /** Whether not even the end of a secret is shown. */
  readonly hidesSecrets: boolean;
  /** How the dataflows of the sandbox stand, on a page that says so. */
  readonly status?: Remote<StatusReading> | undefined;
}

/** What an answer does: something happens in the wizard, or it is over. */
export type Outcome = WizardEvent | { readonly type: 'ended'; readonly ending: Ending };

/** What has to be fetched before a page can ask. */
export interface Needs<Needed> {
  readonly remote: RemoteName;
  /** The id of what is meant, where there are several. */
  about?(asking: Asking): string;
  /** What does instead, after some errors. */
  standIn(error: unknown, asking: Asking): Needed | undefined;
}

/** Names what has to be fetched. @param standIn - What does instead, after some errors. */
export const needs = <Name extends RemoteName>(
  remote: Name,
  standIn: Needs<RemoteValues[Name]>['standIn'] = () => undefined,
): Needs<RemoteValues[Name]> => ({ remote, standIn });

interface Asked {
  /** The question, as it stands above the page. */
  question(asking: Asking): string;
  /** How it was answered, in one line; no secret, and not the end of one where those are hidden. */
  told?(asking: Asking): string;
}

interface AskedOf<Needed> extends Asked {
  readonly needs?: Needs<Needed>;
  /** Something to know before answering. */
  note?(asking: Asking, needed: Needed): string | undefined;
  /** Whether it says how dataflows stand: that comes in while it is used already. */
  watches?(asking: Asking): boolean;
  /** What is said where there is none to choose. */
  none?(asking: Asking): string;
}

/** One of a few, with a word about each. */
export interface ChoicePage<Needed = unknown, Value extends string = string> extends AskedOf<Needed> {
  readonly kind: 'choice';
  /** What it is all about, above the question. */
  intro?(asking: Asking): string;
  options(asking: Asking, needed: Needed): readonly ChoiceOption<Value>[];
  /** What it is about, part by part; as many as there is room for below the options. */
  parts?(
    asking: Asking,
    needed: Needed,
  ): { readonly title: string; readonly lines: readonly string[] } | undefined;
  /** What Enter alone means. */
  preferred(asking: Asking, needed: Needed): Value | undefined;
  /** Nothing for what is no answer. */
  chosen(value: Value, asking: Asking, needed: Needed): Outcome | undefined;
  /** What is asked before an option is an answer; nothing where it is one. */
  doubted?(value: string, asking: Asking): Confirmation | undefined;
  /**
   * What writes, where a page is drawn: what is asked first, and what it does then. Spoken, its command asks.
   *
   * @returns Nothing for what asks nothing.
   */
  confirmed?(
    value: Value,
    asking: Asking,
    sandboxes: readonly Sandbox[] | undefined,
  ): { readonly all: readonly [Confirmation, ...Confirmation[]]; readonly outcome: Outcome } | undefined;
}

/** One of many, which are searched. */
export interface PickPage<Needed = unknown> extends AskedOf<Needed> {
  readonly kind: 'pick';
  rows(asking: Asking, needed: Needed): readonly ListRow[];
  preferred(asking: Asking, needed: Needed): string | undefined;
  chosen(id: string | undefined, asking: Asking, needed: Needed): Outcome | undefined;
  /** What is asked before a row is an answer; nothing where it is one. */
  doubted?(id: string | undefined, asking: Asking): Confirmation | undefined;
}

/** Questions in a column. */
export interface FieldsPage extends Asked {
  readonly kind: 'fields';
  note?(asking: Asking): string | undefined;
  /** The fields as they are with these answers: an answer can bring others along. */
  fields(asking: Asking, values: FormValues): readonly FormField[];
  /** What has been answered so far. */
  given(asking: Asking): FormValues;
  /** What stands there before anything is answered. */
  defaults?(asking: Asking): FormValues;
  /** Whether a field has an answer to begin with: where all that follow have one, Enter goes on. */
  isProposed?(name: string): boolean;
  /** The field where the person is needed; @default the first without an answer */
  beginsAt?(asking: Asking): string | undefined;
  /** What these answers lead to, below them. */
  preview?(asking: Asking, values: FormValues): { title: string; lines: readonly string[] } | undefined;
  /** Keeps what has been changed; without it an answer that is not finished is lost. */
  kept?(changed: FormValues): Answer;
  answered(values: FormValues, asking: Asking): Answer;
}

/** Any number of many, which are searched. */
export interface SubsetPage<Needed = unknown> extends AskedOf<Needed> {
  readonly kind: 'subset';
  rows(asking: Asking, needed: Needed): readonly ListRow[];
  selected(asking: Asking, needed: Needed): readonly string[];
  /** What is good to know before one is selected. */
  hint?(asking: Asking, needed: Needed): string | undefined;
  /** More than these cannot be selected. */
  readonly most?: { readonly count: number; why(asking: Asking): string };
  /** A guardrail that is shown beside. */
  readonly limit?: 'segmentsPerFlow' | 'attributesPerFlow';
  /** Why going on is refused with this selection; nothing when it is not. */
  refusal?(ids: readonly string[], asking: Asking): string | undefined;
  answer(ids: readonly string[], asking: Asking, needed: Needed): Answer;
}

/** What is set for each segment, changed where it stands, or in a form for some of them. */
export interface SettingsPage extends Asked {
  readonly kind: 'settings';
  /** What the columns are called. */
  columns(asking: Asking): readonly string[];
  /** A few words a column. @param brevity - In how little room. @default the whole of it */
  describe(settings: ExportSettings, asking: Asking, brevity?: Brevity): readonly string[];
  /** Settings that a letter takes to their next value. */
  readonly switches: readonly (Switch & { readonly name: LetteredSetting })[];
  /** Settings that a letter opens the form at. */
  readonly fields: readonly LetteredSetting[];
}

/** Settings that a letter is about; which one, whoever draws the page says. */
export type LetteredSetting = Extract<
  SettingName,
  'exportMode' | 'frequency' | 'startDate' | 'filenameTemplate'
>;

/** The settings of a page that a letter is about, in the order they are offered. */
export const letteredOf = ({ switches, fields }: SettingsPage): readonly LetteredSetting[] => [
  ...switches.map(({ name }) => name),
  ...fields,
];

/** A page that is like no other: it has a drawing and a speaker of its own. */
export interface OwnPage extends Asked {
  readonly kind: 'own';
}

/** What is asked on one page, for who draws it and for who speaks it. */
export type Page = ChoicePage | PickPage | FieldsPage | SubsetPage | SettingsPage | OwnPage;

/** Parts side by side. */
export const joined = (glyphs: Glyphs, parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join(` ${glyphs.dot} `);

/** Shorthand for what nearly every answer does. */
export const answered = (answer: Answer): WizardEvent => ({ type: 'answered', answer });
