import { previewOf } from '../../pages/schedule/export-lines.ts';
import { detailsEditor } from '../../pages/schedule/schedule.ts';
import { scopeOf } from '../../pages/schedule/scope.ts';
import { reduce } from '../../wizard/reducer.ts';
import type { Dialogue, Turn } from '../dialogue.ts';
import { fill } from '../kinds/fill.ts';

/** Dates, time and file name, and what they lead to. */
export function fillDetails(dialogue: Dialogue): Promise<Turn> {
  const { text, io } = dialogue;
  return fill(dialogue, detailsEditor, (values) => {
    const answer = detailsEditor.answered(values, dialogue);
    const state = reduce(dialogue.state, { type: 'kept', answer });
    const preview = previewOf(scopeOf(state, text), { ...dialogue, state });
    if (!preview) return;
    io.say(text('settings.nextRuns', { runs: preview.wrong ? [preview.wrong.why] : preview.next }));
    const [name] = preview.names;
    if (name !== undefined) io.say(text('settings.preview', { name }));
    if (preview.makesFolders) io.say(text('settings.makesFolders'));
    if (preview.overwrites) io.say(text('settings.overwrites'));
  });
}
