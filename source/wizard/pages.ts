import { own } from '../activation/own.ts';
import { activeFields, askedFields, fieldProblem } from '../activation/spec/field.ts';
import type { Field, FieldValues } from '../activation/spec/field.ts';
import { attributeProblems, namesColumns } from './columns.ts';
import { chosenMethod, chosenMode, type Draft, fieldsOfLocation } from './draft.ts';
import { wrongSettings } from './wrong-settings.ts';

/** What the surroundings have settled before the first question. */
export interface Given {
  /** The platform was given on the command line: no question. */
  readonly isPlatformGiven: boolean;
  /** The profile keeps its client secret nowhere: it is asked for at each start. */
  readonly asksSecret: boolean;
  /** The storage may be looked at from here. */
  readonly looksAtStorage?: boolean | undefined;
}

interface Question {
  readonly id: string;
  /** Several pages can make one step: choosing a sign-in and filling it in are one to a person. */
  readonly step: number;
  /** Id of what the step is called. */
  readonly name: `page.${string}`;
  /** Whether it is a question at all for this draft: a choice of one is made, not asked. @default always */
  applies?(draft: Draft, given: Given): boolean;
  /** Whether it has all the answers it needs. @default always */
  isAnswered?(draft: Draft): boolean;
  /** Its answers are never kept. */
  readonly isSecret?: true;
  /** Nothing is asked that anything hangs on: whoever corrects something is not led there. */
  readonly isOffer?: true;
}

/** The questions of the wizard in their order. */
const questions = [
  {
    id: 'platform',
    step: 1,
    name: 'page.platform',
    applies: (_, given) => !given.isPlatformGiven,
    isAnswered: (draft) => draft.platform !== undefined,
  },
  {
    id: 'platformSecret',
    step: 1,
    name: 'page.platform',
    applies: (draft, given) => given.asksSecret && draft.platform === 'organisation',
    isAnswered: (draft) => draft.isSignedIn === true,
    isSecret: true,
  },
  // Only from the first page, where somebody wants to go on with a plan.
  { id: 'plans', step: 1, name: 'page.platform', applies: () => false },
  { id: 'sandbox', step: 1, name: 'page.sandbox', isAnswered: (draft) => draft.sandbox !== undefined },
  {
    id: 'destination',
    step: 2,
    name: 'page.destination',
    isAnswered: (draft) => draft.destination !== undefined,
  },
  {
    id: 'account',
    step: 3,
    name: 'page.signIn',
    applies: ({ destination }) => (destination?.accounts?.length ?? 0) > 0,
  },
  {
    id: 'signIn',
    step: 3,
    name: 'page.signIn',
    applies: ({ account, destination }) =>
      account === undefined && (destination === undefined || destination.auth.length > 1),
    isAnswered: (draft) =>
      draft.account !== undefined ||
      draft.destination?.auth.length === 0 ||
      chosenMethod(draft) !== undefined,
  },
  {
    id: 'signInFields',
    step: 3,
    name: 'page.signIn',
    applies: (draft) => isAsked(chosenMethod(draft)?.fields ?? [], draft.signIn.params),
    isAnswered: (draft) => isFilled(chosenMethod(draft)?.fields ?? [], draft.signIn.params),
    isSecret: true,
  },
  {
    id: 'location',
    step: 4,
    name: 'page.location',
    applies: ({ destination }) => destination === undefined || destination.modes.length > 1,
    isAnswered: (draft) => draft.destination?.modes.length === 0 || chosenMode(draft) !== undefined,
  },
  {
    id: 'locationFields',
    step: 4,
    name: 'page.location',
    applies: (draft) => isAsked(fieldsOfLocation(draft), draft.location.params),
    isAnswered: (draft) => isFilled(fieldsOfLocation(draft), draft.location.params),
  },
  {
    id: 'storage',
    step: 4,
    name: 'page.location',
    applies: (draft, given) => given.looksAtStorage === true && canBeLookedAt(draft),
    isOffer: true,
  },
  { id: 'segments', step: 5, name: 'page.segments', isAnswered: (draft) => draft.segments.length > 0 },
  { id: 'attributes', step: 6, name: 'page.attributes', isAnswered: (draft) => draft.attributes.length > 0 },
  // Each has a name already: whoever wants another goes there from the attributes.
  {
    id: 'columns',
    step: 6,
    name: 'page.attributes',
    applies: (draft) => namesColumns(draft) && attributeProblems(draft).length > 0,
    isAnswered: (draft) => attributeProblems(draft).length === 0,
  },
  {
    id: 'schedule',
    step: 7,
    name: 'page.schedule',
    isAnswered: (draft) =>
      draft.segments.every(({ id }) => own(draft.settings, id)) && wrongSettings(draft).size === 0,
  },
  { id: 'review', step: 8, name: 'page.review' },
  // Only by a jump from the review: hardly anybody has to think of it.
  { id: 'source', step: 8, name: 'page.source', applies: () => false },
] as const satisfies readonly Question[];

export type QuestionPage = (typeof questions)[number]['id'];

/** The ids of the names of the steps that have a question. */
export type QuestionStep = (typeof questions)[number]['name'];

/** Pages behind a list, for some of it or for one more; they are part of the page they came from. */
const editors = {
  detailsEditor: 'schedule',
  identityColumn: 'columns',
  arrayColumn: 'columns',
} as const satisfies Record<string, QuestionPage>;

export type EditorPage = keyof typeof editors;

/** What comes after the questions, and what stands before them: what there is, rather than what is asked. */
const others = {
  welcome: 'page.welcome',
  home: 'page.home',
  flows: 'page.flows',
  flow: 'page.flows',
  runs: 'page.flows',
  why: 'page.flows',
  apply: 'page.apply',
  validation: 'page.validation',
} as const;

export type PageId = QuestionPage | EditorPage | keyof typeof others;

/** The ids of the names of all steps. */
export type StepName = QuestionStep | (typeof others)[keyof typeof others];

const lastStep = Math.max(...questions.map(({ step }) => step));

/** The questions by id, in their order. */
const table: ReadonlyMap<string, Question & (typeof questions)[number]> = new Map(
  questions.map((one) => [one.id, one]),
);

/** The ids of the questions in their order. */
export const questionPages: readonly QuestionPage[] = questions.map(({ id }) => id);

export const isQuestion = (page: string): page is QuestionPage => table.has(page);

/** Questions of earlier versions, and the one that asks for it now. */
const successors: ReadonlyMap<string, QuestionPage> = new Map([
  ['mandatory', 'attributes'],
  ['deduplication', 'attributes'],
  ['exportMode', 'schedule'],
  ['fileFields', 'locationFields'],
]);

/** The question that a kept page is, also one that an earlier version kept. */
export const keptQuestion = (page: string): QuestionPage | undefined =>
  isQuestion(page) ? page : successors.get(page);

export const isEditor = (page: PageId): page is EditorPage => Object.hasOwn(editors, page);

/** The place among the questions; less than 0 for editors and acts. */
export const orderOf = (page: PageId): number => (questionPages as readonly PageId[]).indexOf(page);

/** The question that a page is part of; nothing before and after the questions. */
export function questionBehind(page: PageId): QuestionPage | undefined {
  if (isQuestion(page)) return page;
  return isEditor(page) ? editors[page] : undefined;
}

/** The step a page belongs to, whether or not the steps before it are asked: what comes after it is larger. */
export function stepOf(page: PageId): number {
  const question = questionBehind(page);
  if (question === undefined) return page === 'apply' || page === 'validation' ? lastStep : 1;
  return table.get(question)?.step ?? lastStep;
}

/** The number of a step. */
export const stepNamed = (name: QuestionStep): number =>
  questions.find((one) => one.name === name)?.step ?? lastStep;

/** Id of what the step of a page is called. */
export function stepNameOf(page: PageId): StepName {
  const question = questionBehind(page);
  const own = question === undefined ? undefined : table.get(question);
  return own?.name ?? others[page as keyof typeof others];
}

/** Whether a page is a question at all for this draft. */
export function applies(page: QuestionPage, draft: Draft, given: Given): boolean {
  return table.get(page)?.applies?.(draft, given) ?? true;
}

/** Whether a page has all the answers it needs. */
export function isAnswered(page: QuestionPage, draft: Draft): boolean {
  return table.get(page)?.isAnswered?.(draft) ?? true;
}

/** Whether a page asks for what a spec publishes. */
export const showsForms = (page: PageId): boolean =>
  ['page.signIn', 'page.location'].includes(stepNameOf(page));

/** Whether a page asks for what was chosen or listed on the page before it, of the same step. */
export const isForm = (page: PageId): boolean =>
  (['platformSecret', 'signInFields', 'locationFields', 'detailsEditor'] as PageId[]).includes(page);

/** Whether the answers of a page are never kept. */
export const isSecretPage = (page: QuestionPage): boolean => table.get(page)?.isSecret ?? false;

/** What nobody but the platform can open is not offered; nor is what a rehearsal makes up. */
const canBeLookedAt = (draft: Draft): boolean =>
  draft.platform === 'organisation' &&
  !(chosenMethod(draft)?.fields ?? []).some(({ name }) => opensElsewhere.test(name));
const opensElsewhere = /^(s3Role|servicePrincipal(Id|Key))$/;

/** Whether a page only offers something. */
export const isOffer = (page: QuestionPage): boolean => table.get(page)?.isOffer ?? false;

const isAsked = (fields: readonly Field[], values: FieldValues): boolean =>
  askedFields(fields, values).length > 0;

function isFilled(fields: readonly Field[], values: FieldValues): boolean {
  return activeFields(fields, values).every(
    (field) => fieldProblem(field, own(values, field.name) ?? field.defaultValue) === undefined,
  );
}
