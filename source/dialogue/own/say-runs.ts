import { byUrgency } from '../../activation/run-table.ts';
import type { RunList } from '../../pages/remote-cache.ts';
import { timeText } from '../../pages/watch/freshness.ts';
import { runCounts, runLine, runs } from '../../pages/watch/runs.ts';
import { explanationLines } from '../../pages/watch/run-words.ts';
import { askLine, type Dialogue, type Turn, turnOf } from '../dialogue.ts';
import { fetched } from '../fetched.ts';

/** Nothing is ever said again by itself: a reader would hear all of it at each round. @see living.md, L28 */
export async function sayRuns(dialogue: Dialogue): Promise<Turn> {
  const { io, text, glyphs, services } = dialogue;
  for (;;) {
    const read = await fetched(dialogue, runs.needs);
    if (read.kind !== 'value') return turnOf(read);
    say(read.value);
    const reply = await askLine(dialogue, text('runs.again'));
    if (reply.kind !== 'value') return turnOf(reply);
    await dialogue.again('runs', runs.needs.about?.(dialogue));
  }

  function say(list: RunList): void {
    const nowMs = services.now() + list.offsetMs;
    const saying = { text, glyphs, nowMs, zone: services.timeZone };
    const rows = list.rows.toSorted(byUrgency);
    if (list.isGone) io.say(text('runs.pageGone'));
    if (rows.length === 0) io.say(text('runs.nonePage'));
    for (const row of rows) io.say(runLine(row, saying));
    for (const line of explanationLines(rows, saying)) if (line !== '') io.say(line);
    io.say(runCounts(list, saying));
    io.say(text('living.asOf', { at: timeText(list.readMs) }));
  }
}
