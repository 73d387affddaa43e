import { answerOf, type FormField, type FormValues, problemOf } from '../../components/form/form-field.ts';
import { cleanLines, cleanText } from '../../components/text/clean.ts';
import { answered, askLine, type Dialogue } from '../dialogue.ts';
import { askOne } from './ask-one.ts';
import { commandIn, type Reply } from '../io.ts';

export interface Fields {
  /** The fields as they are with these answers: an answer can bring others along. */
  readonly fieldsOf: (values: FormValues) => readonly FormField[];
  readonly values: FormValues;
  /** Every answer as it is given, so that going back loses nothing. */
  readonly onChange?: ((name: string, value: string) => void) | undefined;
}

/** A form, one field after the other. Going back goes to the field before, and from the first one to the page before. */
export async function askFields(dialogue: Dialogue, form: Fields): Promise<Reply<FormValues>> {
  let values = form.values;
  let at = 0;
  for (;;) {
    const fields = form.fieldsOf(values);
    const field = fields[at];
    if (!field) return answered(Object.fromEntries(fields.map(({ name }) => [name, answerOf(values, name)])));
    const reply = await askField(dialogue, field, answerOf(values, field.name));
    if (reply.kind === 'leave') return reply;
    if (reply.kind === 'back') {
      if (at === 0) return reply;
      at--;
      continue;
    }
    const isChanged = reply.value !== answerOf(values, field.name);
    values = { ...values, [field.name]: reply.value };
    if (isChanged) form.onChange?.(field.name, reply.value);
    at++;
  }
}

async function askField(dialogue: Dialogue, field: FormField, before: string): Promise<Reply<string>> {
  const { io, text } = dialogue;
  if (field.kind === 'choice') {
    const isWanted = field.required || field.unanswered !== undefined;
    io.say(isWanted ? field.label : text('dialogue.optional', { label: field.label }));
    for (const note of notesOf(dialogue, field, before)) io.say(`  ${note}`);
    // Of none and an empty one the latter is an answer.
    const hasEmpty = field.choices?.some(({ value }) => value === '') === true;
    const preferred = before === '' && !hasEmpty ? undefined : before;
    return askOne(dialogue, field.choices ?? [], preferred, { mayBeEmpty: !field.required && !hasEmpty });
  }
  const isSecret = field.kind !== 'text';
  for (const note of notesOf(dialogue, field, before)) io.say(`  ${note}`);
  for (;;) {
    const reply = await askLine(dialogue, promptOf(dialogue, field, before), askerOf(dialogue, field));
    if (reply.kind !== 'value') return reply;
    const said = isSecret ? cleanLines(reply.value) : cleanText(reply.value).trim();
    const command = isSecret ? undefined : commandIn(said);
    if (command !== undefined && /^:[a-z]$/.test(command) && command !== ':c') {
      io.say(text('dialogue.commands'));
      continue;
    }
    const completed = command === ':+' || said === ':+' ? field.complete?.(before) : undefined;
    const value = completed ?? (command === ':c' || said === ':c' ? '' : said === '' ? before : said);
    const wrong = problemOf(field, value, {
      required: (label) => text('form.required', { label }),
    });
    if (wrong === undefined) {
      const lines = value.split('\n').length;
      const characters = value.length;
      if (field.kind === 'multiline-secret') io.say(text('dialogue.linesTaken', { lines, characters }));
      else if (isSecret) io.say(text('dialogue.secretTaken', { characters }));
      else for (const doubt of value === '' ? [] : (field.doubts?.(value) ?? [])) io.say(doubt);
      return answered(value);
    }
    io.say(wrong);
    // The lines behind a line that is refused are no answers to what comes next.
    if (field.refuse?.(value) !== undefined) io.forgetTyped();
    if (field.example !== undefined && !wrong.includes(field.example))
      io.say(text('form.example', { example: field.example }));
  }
}

function notesOf({ text }: Dialogue, field: FormField, before: string): string[] {
  const completed = field.complete?.(before);
  return [
    ...(field.unanswered === undefined || before !== '' ? [] : [field.unanswered]),
    ...(field.help === undefined ? [] : [field.help]),
    ...(field.example === undefined ? [] : [text('form.example', { example: field.example })]),
    ...(completed === undefined ? [] : [text('dialogue.completion', { completed })]),
    ...(field.kind === 'multiline-secret' ? [text('dialogue.linesEnd')] : []),
    ...(field.required || before === '' ? [] : [text('dialogue.fieldClear')]),
  ];
}

function promptOf({ text }: Dialogue, { kind, label, required }: FormField, before: string): string {
  if (kind !== 'text' && before !== '') return text('dialogue.secretKept', { label });
  if (kind !== 'text') return text('dialogue.secret', { label });
  if (before !== '') return text('dialogue.fieldDefault', { label, value: before });
  return text(required ? 'dialogue.field' : 'dialogue.fieldOptional', { label });
}

function askerOf({ io }: Dialogue, { kind }: FormField): (prompt: string) => ReturnType<typeof io.ask> {
  if (kind === 'multiline-secret') return (prompt) => io.askHiddenLines(prompt);
  return kind === 'secret' ? (prompt) => io.askHidden(prompt) : (prompt) => io.ask(prompt);
}
