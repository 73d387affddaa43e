import { placeOf } from '../../pages/services.ts';
import { timeText } from '../../pages/watch/freshness.ts';
import { foundLines, why, whyLines } from '../../pages/watch/why.ts';
import { askLine, type Dialogue, type Turn, turnOf } from '../dialogue.ts';
import { fetched } from '../fetched.ts';

/** Why a dataflow stands as it does, and the same anew for as long as somebody asks. */
export async function sayWhy(dialogue: Dialogue): Promise<Turn> {
  const { io, text, services, state } = dialogue;
  const { sandbox } = placeOf(state, services.organisation);
  for (;;) {
    const read = await fetched(dialogue, why.needs);
    if (read.kind !== 'value') return turnOf(read);
    const { readMs } = read.value;
    const saying = { text, sandbox, nowMs: readMs, zone: services.timeZone };
    const lines =
      state.watched === undefined
        ? foundLines(read.value, { ...saying, glyphs: dialogue.glyphs })
        : whyLines(read.value, saying);
    for (const line of lines) io.say(line);
    io.say(text('living.asOf', { at: timeText(readMs) }));
    const reply = await askLine(dialogue, text('runs.again'));
    if (reply.kind !== 'value') return turnOf(reply);
    await dialogue.again('status', why.needs.about?.(dialogue));
  }
}
