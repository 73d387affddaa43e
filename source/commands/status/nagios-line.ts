import { type Finding, grouped, hasOf } from '../../activation/watch/finding.ts';
import { listText, type Text } from '../../locale/texts.ts';
import type { Status } from './read-status.ts';
import { countsOf, countsText, subjectOf } from '../../pages/watch/finding-words.ts';
import { findingLines, findingsOf, type Saying } from './status-lines.ts';
import { lengthText, momentHere } from '../../pages/watch/times.ts';

/** What a monitoring plugin may end with, and nothing else. */
export const pluginCode = { ok: 0, warning: 1, critical: 2, unknown: 3 } as const;
type PluginState = keyof typeof pluginCode;

/** Signs of the first line, at most, before its numbers. */
const longest = 200;

/** The worst counts: what is wrong, what nobody knows, what is to be looked at. @see living.md, M12 */
export function pluginState(findings: readonly Finding[]): PluginState {
  const has = hasOf(findings);
  return has('wrong') ? 'critical' : has('unknown') ? 'unknown' : has('look') ? 'warning' : 'ok';
}

/** In a name the first `|` would begin the numbers. @see living.md, M13 */
export const harmless = (words: string): string =>
  words.replaceAll('|', '/').replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');

/** The first line of what a monitoring plugin says. */
export const pluginLine = (state: PluginState, words: string): string =>
  `FERRY ${state.toUpperCase()} - ${harmless(words)}`;

/** One line with its numbers; further lines say more. @see living.md, M11 to M13 */
export function nagiosLines(status: Status, saying: Saying): string[] {
  const { text, sandbox } = saying;
  const { watched } = status;
  const findings = findingsOf(status);
  const state = pluginState(findings);
  const counts = countsOf(findings);
  const told = countsText(findings, text);
  const of = { flows: watched.length, sandbox };
  const head =
    told === undefined
      ? text('status.nagios.good', of)
      : text('status.nagios.counts', { ...of, counts: told });
  const names = grouped(findings).map((group) => shortly(group, saying));
  const more = findingLines(status, saying).map((line) => harmless(line));
  return [`${pluginLine(state, fitted(head, names, text))} | ${numbers(status, counts)}`, ...more];
}

/** As many as have room. */
function fitted(head: string, names: readonly string[], text: Text): string {
  for (let shown = names.length; shown > 0; shown--) {
    const left = names.length - shown;
    const list = listText(text, names.slice(0, shown));
    const all = left === 0 ? list : text('change.andMore', { names: list, count: left });
    const said = text('status.nagios.with', { head, names: all });
    if (said.length <= longest) return said;
  }
  return head.slice(0, longest);
}

function shortly(group: readonly [Finding, ...Finding[]], saying: Saying): string {
  const { text } = saying;
  const [{ kind, flowName, slotMs, sinceMs, overMs }] = group;
  const ms = sinceMs ?? slotMs;
  const what = text(`status.kind.${kind}`);
  const flow = group.length === 1 ? flowName : subjectOf(group, text);
  if (ms === undefined) return text('status.nagios.one', { flow, what });
  const at = momentHere(text, ms, { ...saying, zone: 'UTC' });
  return overMs === undefined || kind === 'failed'
    ? text('status.nagios.at', { flow, what, at })
    : text('status.nagios.for', { flow, what, at, length: lengthText(text, overMs) });
}

/** Only what is known: of what could not be read nobody knows how much is late. */
function numbers(status: Status, counts: ReturnType<typeof countsOf>): string {
  const { watched, calls, durationMs } = status;
  const wrong = (['late', 'missed', 'failed'] as const).map((kind) => `${kind}=${counts[kind]};;0;0`);
  const look = (['slow', 'skipped'] as const).map((kind) => `${kind}=${counts[kind]};0;;0`);
  return [
    ...(counts.unknown === 0 ? [...wrong, ...look] : []),
    `flows=${watched.length};;;0`,
    `calls=${calls};;;0`,
    `time=${(durationMs / 1000).toFixed(1)}s;;;0`,
  ].join(' ');
}
