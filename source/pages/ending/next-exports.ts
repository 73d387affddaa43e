import type { Rescheduled } from '../../activation/change/changes.ts';
import { firstExport, nextRuns, saysWhen, type Schedule } from '../../activation/content/schedule.ts';
import { listText, type Text } from '../../locale/texts.ts';
import { exportTimeText, zonedText } from '../schedule/export-time.ts';

/** From when on, epoch milliseconds, and on which clocks, an IANA name. */
export interface Clocks {
  readonly nowMs: number;
  readonly zone: string;
}

/** How many exports are named. */
const named = 3;
/** Names of segments that are told one by one. */
const mostNamed = 3;

/** What other schedules lead to, after a sign as each difference has one: `> next exports of "Loyalty": before …; then …`, once for those that go alike. */
export function nextExports(schedules: readonly Rescheduled[], text: Text, clocks: Clocks): string[] {
  const alike = Map.groupBy(schedules, ({ before, after }) => JSON.stringify([before, after]));
  return [...alike.values()].flatMap((all) => {
    const [first] = all;
    if (!first) return [];
    const names = all.slice(0, mostNamed).map(({ segment }) => segment);
    const left = all.length - names.length;
    const said = text('text.quoted', { names });
    const segments = left > 0 ? text('change.andMore', { names: said, count: left }) : said;
    const [before, after] = [first.before, first.after].map((one) => exportsText(one, text, clocks));
    return [`> ${text('change.exports', { segments, before: before ?? '', after: after ?? '' })}`];
  });
}

function exportsText(schedule: Schedule, text: Text, { nowMs, zone }: Clocks): string {
  if (!saysWhen(schedule)) return text('change.exportsUnknown');
  const first = firstExport(schedule, nowMs);
  if (first === undefined) return text('change.noExports');
  if (first.kind === 'after') return text('change.evaluated', { day: exportTimeText(text, first, zone) });
  return listText(
    text,
    nextRuns(schedule, nowMs, named).map((ms) => zonedText(text, ms, zone)),
  );
}
