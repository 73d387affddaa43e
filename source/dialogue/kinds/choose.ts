import { listText } from '../../locale/texts.ts';
import type { ChoicePage, PickPage } from '../../pages/page.ts';
import type { Remote, StatusReading } from '../../pages/remote-cache.ts';
import { areConfirmed } from '../ask/ask-confirmations.ts';
import { askOne } from '../ask/ask-one.ts';
import { askLine, type Dialogue, type Turn, turnOf } from '../dialogue.ts';
import { fetched, sayNote } from '../fetched.ts';

/** One of a few, by its number or a part of its name. */
export async function choose(dialogue: Dialogue, page: ChoicePage): Promise<Turn> {
  const needed = await fetched(dialogue, page.needs);
  if (needed.kind !== 'value') return turnOf(needed);
  const told = page.watches?.(dialogue) ? { ...dialogue, status: await statusNow(dialogue) } : dialogue;
  sayNote(told, page, needed.value);
  const parts = page.parts?.(dialogue, needed.value);
  if (parts) dialogue.io.say(parts.title);
  for (const line of parts?.lines ?? []) dialogue.io.say(`  ${line}`);
  const options = page.options(told, needed.value);
  if (options.length === 0) return turnBack(dialogue, page.none?.(dialogue));
  for (;;) {
    const reply = await askOne(dialogue, options, page.preferred(dialogue, needed.value));
    if (reply.kind !== 'value') return turnOf(reply);
    const doubt = page.doubted?.(reply.value, dialogue);
    const isSure = doubt ? await areConfirmed(dialogue, [doubt]) : true;
    if (typeof isSure !== 'boolean') return isSure;
    if (!isSure) continue;
    const outcome = reply.value === '' ? undefined : page.chosen(reply.value, dialogue, needed.value);
    if (outcome) return { kind: 'outcome', outcome };
  }
}

/** How dataflows stand; a page that says so does without where that cannot be read. */
async function statusNow({ fetch }: Dialogue): Promise<Remote<StatusReading>> {
  try {
    return { kind: 'ready', value: (await fetch('status')) as StatusReading };
  } catch (error) {
    return { kind: 'failed', error, retry: () => undefined };
  }
}

/** Where there is none to choose, nobody is asked for one. */
async function turnBack(dialogue: Dialogue, none = dialogue.text('dialogue.none')): Promise<Turn> {
  dialogue.io.say(none);
  const reply = await askLine(dialogue, dialogue.text('dialogue.turnBack'));
  return turnOf(reply.kind === 'leave' ? reply : { kind: 'back' });
}

/** One of many: a choice as well, where nothing is drawn. */
export const pick = (dialogue: Dialogue, page: PickPage): Promise<Turn> =>
  choose(dialogue, {
    ...page,
    kind: 'choice',
    options: (asking, needed) =>
      page.rows(asking, needed).map(({ id, label, cells = [], disabled }) => ({
        value: id,
        label,
        hint: listText(dialogue.text, cells),
        disabled,
      })),
  });
