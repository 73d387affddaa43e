import { own } from '../../activation/own.ts';
import type { SettingsPage } from '../../pages/page.ts';
import { numbersOf } from '../ask/ask-many.ts';
import { askLine, type Dialogue, happened, type Turn, turnOf } from '../dialogue.ts';

/** What is set for each segment; numbers change one or several of them. */
export async function change(dialogue: Dialogue, page: SettingsPage): Promise<Turn> {
  const { io, text, state } = dialogue;
  const { segments, settings } = state.draft;
  segments.forEach(({ id, name }, at) => {
    const set = own(settings, id);
    io.say(`  ${at + 1}. ${name}${set ? `: ${page.describe(set, dialogue).join(', ')}` : ''}`);
  });
  for (;;) {
    const reply = await askLine(dialogue, text('dialogue.settings'));
    if (reply.kind !== 'value') return turnOf(reply);
    if (reply.value.trim() === '') return happened({ type: 'continued' });
    const numbers = numbersOf(reply.value);
    const scope = (numbers ?? []).flatMap((number) => segments[number - 1]?.id ?? []);
    if (numbers && numbers.length > 0 && scope.length === numbers.length)
      return happened({ type: 'opened', editor: page.editor, scope });
    io.say(text('dialogue.noLine', { most: segments.length }));
  }
}
