import type { ExportSettings } from '../activation/schedule.ts';
import { valueText } from '../locale/texts.ts';
import { whenText } from '../screens/settings-text.ts';
import { numbersOf } from './ask-many.ts';
import { askLine, type Dialogue, happened, type Turn, turnOf } from './dialogue.ts';

type Editor = 'exportModeEditor' | 'frequencyEditor';

export const exportModePage = (dialogue: Dialogue): Promise<Turn> =>
  settingsPage(dialogue, 'exportModeEditor', ({ exportMode }) => valueText(dialogue.text, exportMode));

export const schedulePage = (dialogue: Dialogue): Promise<Turn> =>
  settingsPage(
    dialogue,
    'frequencyEditor',
    (settings) => `${whenText(dialogue.text, settings)}, ${settings.filenameTemplate}`,
  );

/** What is set for each segment; numbers change one or several of them. */
async function settingsPage(
  dialogue: Dialogue,
  editor: Editor,
  describe: (settings: ExportSettings) => string,
): Promise<Turn> {
  const { io, text, state } = dialogue;
  const { segments, settings } = state.draft;
  segments.forEach(({ id, name }, at) => {
    const own = settings[id];
    io.say(`  ${at + 1}. ${name}${own ? `: ${describe(own)}` : ''}`);
  });
  for (;;) {
    const reply = await askLine(dialogue, text('dialogue.settings'));
    if (reply.kind !== 'value') return turnOf(reply);
    if (reply.value.trim() === '') return happened({ type: 'continued' });
    const numbers = numbersOf(reply.value);
    const scope = (numbers ?? []).flatMap((number) => segments[number - 1]?.id ?? []);
    if (numbers && numbers.length > 0 && scope.length === numbers.length)
      return happened({ type: 'opened', editor, scope });
    io.say(text('dialogue.noLine', { most: segments.length }));
  }
}
