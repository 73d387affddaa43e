import type { Terminal } from './pseudo-terminal.ts';
import type { Answers } from './walk.ts';
import { english } from '../../source/locale/catalogs.ts';
import type { MessageId, Text } from '../../source/locale/texts.ts';

/** A conversation with a program that speaks in lines: what it says after the last answer, and the next answer. */
export class Talk {
  readonly #terminal: Terminal;
  #heard = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Waits until something is said that was not said before the last answer. @returns what was said since */
  async hear(wanted: string | RegExp): Promise<string> {
    const since = (): string => unwrapped(this.#terminal.bytes().slice(this.#heard));
    await this.#terminal.waitFor(() =>
      typeof wanted === 'string' ? since().includes(wanted) : wanted.test(since()),
    );
    return since();
  }

  /** Waits for a prompt and answers it. @returns what was said before */
  async answer(prompt: string | RegExp, said: string): Promise<string> {
    const heard = await this.hear(prompt);
    this.#heard = this.#terminal.bytes().length;
    this.#terminal.write(`${said}\r`);
    return heard;
  }
}

/** What was said, with the lines in one that were broken between words: those that go on are indented and unnumbered. */
export const unwrapped = (said: string): string => said.replaceAll(broken, ' ').replaceAll(broken, ' ');

/** Looked for from the line end back: forward, every sign of a line would be tried as its first. */
const broken = /(?<=[^\r\n]{40})\r?\n {2,}(?=[^\s\d])/g;

/** How every prompt ends, in English and in Chinese. */
export const promptEnd = /(: |：)$/;

/** What the prompts of a dialogue end with, in one language. */
export function promptsIn(say: Text) {
  const end = (id: MessageId): string => say(id).split('}').at(-1) ?? '';
  return {
    number: new RegExp(
      `^${escaped(say('dialogue.number').replace(promptEnd, ''))}[^\n]*${promptEnd.source}`,
      'm',
    ),
    search: say('dialogue.search'),
    many: say('dialogue.many'),
    columns: say('dialogue.columns'),
    settings: say('dialogue.settings'),
    review: say('dialogue.review'),
    finish: say('dialogue.finish'),
    yesNo: end('dialogue.yesNo'),
    field: (label: string): RegExp => new RegExp(`^${escaped(label)}[^\n]*${promptEnd.source}`, 'm'),
  };
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** More than any form of these talks has fields. */
const mostSteps = 60;

type Prompts = ReturnType<typeof promptsIn>;

/** From the first question to the segments, with the same answers as on the screen. */
export async function talkToSegments(
  talk: Talk,
  answers: Answers,
  prompts: Prompts = promptsIn(english),
): Promise<void> {
  await talk.answer(prompts.number, 'dev');
  await talk.answer(prompts.number, '1');
  await talk.answer(prompts.number, answers.destination);
  if (answers.signIn !== undefined) await talk.answer(prompts.number, answers.signIn);
  const { signInFields, locationFields, fileFields, mode } = answers;
  // Where no kind of storage is asked for, one form follows the other.
  const first = mode === undefined ? { ...signInFields, ...locationFields } : signInFields;
  if (Object.keys(first).length > 0) await fillIn(talk, first, prompts);
  if (mode !== undefined) {
    await talk.answer(prompts.number, mode);
    await fillIn(talk, locationFields, prompts);
  }
  if (fileFields) await chooseIn(talk, fileFields, prompts);
}

type Values = Readonly<Record<string, string>>;

/** Answers the choices of a form as they are asked for, Enter for those that stay as they are, until something is searched. */
const chooseIn = (talk: Talk, values: Values, prompts: Prompts): Promise<void> =>
  answerAll(
    talk,
    values,
    (heard) => heard.endsWith(prompts.search),
    (heard) => heard.split(/\r?\n/),
  );

/** Answers the fields of a form as they are asked for, Enter for those without an answer, until something is chosen or searched. */
export const fillIn = (talk: Talk, values: Values, prompts: Prompts): Promise<void> =>
  answerAll(
    talk,
    values,
    (heard) => prompts.number.test(heard) || heard.endsWith(prompts.search),
    (heard) => heard.split('\n').slice(-1),
  );

/** @param labelsIn - The lines of what is heard that may say what is asked for. */
async function answerAll(
  talk: Talk,
  values: Values,
  isOver: (heard: string) => boolean,
  labelsIn: (heard: string) => readonly string[],
): Promise<void> {
  for (let step = 0; step < mostSteps; step++) {
    const heard = await talk.hear(promptEnd);
    if (isOver(heard)) return;
    const lines = labelsIn(heard);
    const [, value = ''] =
      Object.entries(values).find(([label]) => lines.some((line) => line.startsWith(label))) ?? [];
    await talk.answer(promptEnd, value.replaceAll('\n', '\r'));
  }
  throw new Error(`The form does not end. What was said last:\n${await talk.hear('')}`);
}

/** The two segments of the tutorial, five attributes, two mandatory fields, one key, and the schedules of the walk. */
export async function talkFromSegments(
  talk: Talk,
  attribute: string,
  prompts: Prompts = promptsIn(english),
): Promise<void> {
  await talk.answer(prompts.search, 'mountain biking');
  await talk.answer(prompts.many, '1');
  await talk.answer(prompts.many, 'loyalty seg');
  await talk.answer(prompts.many, '1');
  await talk.answer(prompts.many, '');
  await talk.answer(prompts.search, attribute);
  await talk.answer(prompts.many, '1');
  await talk.answer(prompts.many, '');
  await talk.answer(prompts.many, '1 2');
  await talk.answer(prompts.many, '');
  await talk.answer(prompts.many, '3');
  await talk.answer(prompts.many, '');
  // A card of today asks what they are called, too.
  const next = await talk.hear(promptEnd);
  if (next.endsWith(prompts.columns)) await talk.answer(prompts.columns, '');
  // Full, once, at a set time; start, time and file name stay as they are proposed.
  await talk.answer(prompts.settings, '1');
  for (const said of ['', '1', '1']) await talk.answer(prompts.number, said);
  for (let field = 0; field < 3; field++) await talk.answer(promptEnd, '');
  // Incremental, every six hours, with an end.
  await talk.answer(prompts.settings, '2');
  for (const said of ['2', '3']) await talk.answer(prompts.number, said);
  for (const said of ['', '', '2035-12-31', '']) await talk.answer(promptEnd, said);
  await talk.answer(prompts.settings, '');
  await talk.hear(prompts.review);
}

/** Signs a plan for Adobe Campaign in, and chooses to apply it. */
export async function talkToApply(talk: Talk): Promise<void> {
  await talk.answer(/Number or name/, 'Your organisation');
  await talk.answer(/Access ID/, '');
  await talk.answer(/Secret key/, 'PLANTEDsecret');
  await talk.answer('"1" to apply: ', '1');
}

/** From the review to the end. */
export async function talkToEnd(talk: Talk, prompts: Prompts = promptsIn(english)): Promise<string> {
  await talk.answer(prompts.review, '1');
  await talk.answer(prompts.yesNo, 'y');
  return talk.answer(prompts.finish, '');
}
