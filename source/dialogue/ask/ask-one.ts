import type { ChoiceOption } from '../../components/choice/choice.tsx';
import { indexRows, search } from '../../components/searchable-list/search.ts';
import { listText } from '../../locale/texts.ts';
import { answered, askLine, type Dialogue, withHint } from '../dialogue.ts';
import { plain, type Reply } from '../io.ts';

/** Longer lists are cut: a part of a name finds the rest. */
const mostListed = 30;

/**
 * One of several, by its number or a part of its name.
 *
 * @param preferred - What Enter alone means.
 * @param mayBeEmpty - Whether none of them is an answer too, said with Enter or `:c`.
 */
export async function askOne<Value extends string>(
  dialogue: Dialogue,
  options: readonly ChoiceOption<Value>[],
  preferred: Value | undefined,
  { mayBeEmpty = false }: { mayBeEmpty?: boolean } = {},
): Promise<Reply<Value | ''>> {
  const { io, text } = dialogue;
  options.slice(0, mostListed).forEach((one, at) => {
    const label =
      one.disabled === undefined ? one.label : text('dialogue.notChoosable', { label: one.label });
    const said = [one.danger, one.hint].filter((part) => part !== undefined && part !== '');
    io.say(`  ${at + 1}. ${withHint(text, label, listText(text, said as string[]))}`);
  });
  if (options.length > mostListed)
    io.say(`  ${text('dialogue.shown', { first: 1, last: mostListed, total: options.length })}`);
  const enter = options.find(({ value, disabled }) => value === preferred && disabled === undefined);
  const prompt = enter ? text('dialogue.numberDefault', { label: enter.label }) : text('dialogue.number');
  for (;;) {
    const reply = await askLine(dialogue, prompt);
    if (reply.kind !== 'value') return reply;
    const said = plain(reply.value);
    if (said === '' && enter) return answered(enter.value);
    if (mayBeEmpty && (said === '' || said === ':c')) return answered('');
    const { meant, isGuess } = meantBy(said, options);
    const [only, another] = meant;
    const names = meant.slice(0, 5).map(({ label }) => label);
    if (!only) io.say(text('dialogue.notOneOf', { most: options.length }));
    // What is only like a name is never taken for it: nobody sees what a list would show.
    else if (isGuess) io.say(text('dialogue.similar', { said, names }));
    else if (another) io.say(text('dialogue.ambiguous', { said, names }));
    else if (only.disabled !== undefined)
      io.say(text('dialogue.cannot', { label: only.label, why: only.disabled }));
    else return answered(only.value);
  }
}

const folded = (text: string): string => plain(text).toLowerCase();

/**
 * The options that a number, a name, the beginning of a name, a part of one, or what a list would find means; the first
 * of these that fits.
 */
function meantBy<Value extends string>(
  said: string,
  options: readonly ChoiceOption<Value>[],
): { meant: readonly ChoiceOption<Value>[]; isGuess: boolean } {
  if (said === '') return { meant: [], isGuess: false };
  if (/^\d+$/.test(said)) {
    const numbered = options[Number(said) - 1];
    if (numbered) return { meant: [numbered], isGuess: false };
  }
  const wanted = folded(said);
  const labels = options.map((one) => ({
    one,
    label: folded(one.label),
    value: folded(one.value),
  }));
  const ways = [
    labels.filter(({ label, value }) => label === wanted || value === wanted),
    labels.filter(({ label }) => label.startsWith(wanted)),
    labels.filter(({ label }) => label.includes(wanted)),
  ];
  const named = ways.find((found) => found.length > 0);
  if (named) return { meant: named.map(({ one }) => one), isGuess: false };
  const rows = options.map(({ label, hint }, at) => ({ id: String(at), label, hint }));
  const { shown, exact } = search(indexRows(rows), wanted);
  const found = shown?.flatMap((at) => options[at] ?? []) ?? [];
  return exact > 0 ? { meant: found.slice(0, exact), isGuess: false } : { meant: found, isGuess: true };
}
