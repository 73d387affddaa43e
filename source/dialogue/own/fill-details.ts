import { previewOf } from '../../pages/schedule/export-lines.ts';
import { detailsEditor } from '../../pages/schedule/when.ts';
import { scopeOf } from '../../pages/schedule/scope.ts';
import { reduce } from '../../wizard/reducer.ts';
import type { Dialogue, Turn } from '../dialogue.ts';
import { fill } from '../kinds/fill.ts';

/** Dates, time and file name, and what they lead to. */
export function fillDetails(dialogue: Dialogue): Promise<Turn> {
  const { text, io, services } = dialogue;
  return fill(dialogue, detailsEditor, (values) => {
    const answer = detailsEditor.answered(values, dialogue);
    const state = reduce(dialogue.state, { type: 'kept', answer });
    const preview = previewOf(scopeOf(state, text), state.draft, text, services);
    if (!preview) return;
    io.say(
      preview.isAfterEvaluation
        ? text('settings.afterEvaluation')
        : text('settings.nextRuns', { runs: preview.moments || text('review.none') }),
    );
    io.say(text('settings.preview', { name: preview.names[0] ?? '' }));
    if (preview.overwrites) io.say(text('settings.overwrites'));
  });
}
