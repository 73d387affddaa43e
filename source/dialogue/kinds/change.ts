import type { ExportSettings } from '../../activation/content/schedule.ts';
import { own } from '../../activation/own.ts';
import { listText } from '../../locale/texts.ts';
import type { SettingsPage } from '../../pages/page.ts';
import { numbersOf } from '../ask/ask-many.ts';
import { askLine, type Dialogue, happened, type Turn, turnOf } from '../dialogue.ts';

/** What is set for each segment; numbers change one or several of them. */
export async function change(dialogue: Dialogue, page: SettingsPage): Promise<Turn> {
  const { io, text, state } = dialogue;
  const { segments, settings } = state.draft;
  const said = (label: string, set: ExportSettings): string =>
    text('text.labelled', {
      label,
      value: listText(text, [...page.describe(set, dialogue), set.filenameTemplate]),
    });
  segments.forEach(({ id, name }, at) => {
    const set = own(settings, id);
    io.say(`  ${at + 1}. ${set ? said(name, set) : name}`);
  });
  for (;;) {
    const reply = await askLine(dialogue, text('dialogue.settings'));
    if (reply.kind !== 'value') return turnOf(reply);
    if (reply.value.trim() === '') return happened({ type: 'continued' });
    const numbers = numbersOf(reply.value);
    const scope = (numbers ?? []).flatMap((number) => segments[number - 1]?.id ?? []);
    if (numbers && numbers.length > 0 && scope.length === numbers.length)
      return happened({ type: 'opened', editor: 'detailsEditor', scope });
    io.say(text('dialogue.noLine', { most: segments.length }));
  }
}
