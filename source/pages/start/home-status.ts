import { findingKinds } from '../../activation/watch/finding.ts';
import { sinceLast } from '../../activation/watch/since-last.ts';
import { explain } from '../../locale/explain.ts';
import { listText, type Text } from '../../locale/texts.ts';
import { type Asking, joined } from '../page.ts';
import type { Remote, StatusReading } from '../remote-cache.ts';
import { placeOf, sceneOf } from '../services.ts';
import { momentHere, toldMoment } from '../watch/times.ts';

const dayMs = 24 * 3_600_000;

/** Whether there is anything to watch: a rehearsal exports nothing. */
export const watchesHere = ({ state, services }: Pick<Asking, 'state' | 'services'>): boolean =>
  placeOf(state, services.organisation).platform === 'organisation';

/** The numbers of Home: what is known of the dataflows and their runs. Moments are epoch milliseconds. */
interface HomeFacts {
  readonly flows: number;
  readonly disabled: number;
  /** Dataflows with a failed export, and with one that is late or missed. */
  readonly failing: number;
  readonly late: number;
  /** Runs of the last 24 h that failed, as far as they were read. */
  readonly failedRuns: number;
  /** Exports that began today, UTC; nothing where the runs of a dataflow could not be read. */
  readonly today: number | undefined;
  readonly nextMs: number | undefined;
}

export function homeFacts({ watched, readMs }: StatusReading): HomeFacts {
  const todayMs = Math.floor(readMs / dayMs) * dayMs;
  const runs = watched.flatMap(({ seen }) => (seen.kind === 'read' ? seen.runs : []));
  const having = (...kinds: string[]): number =>
    watched.filter(({ findings }) => findings.some(({ kind }) => kinds.includes(kind))).length;
  const nexts = watched.flatMap(({ nextMs }) => nextMs ?? []);
  return {
    flows: watched.length,
    disabled: watched.filter(({ flow }) => flow.state === 'disabled').length,
    failing: having('failed'),
    late: having('late', 'missed'),
    failedRuns: runs.filter(({ state, beganMs = 0 }) => state === 'failed' && beganMs > readMs - dayMs)
      .length,
    today: watched.some(({ seen }) => seen.kind === 'unread')
      ? undefined
      : runs.filter(({ beganMs = 0 }) => beganMs >= todayMs).length,
    nextMs: nexts.length === 0 ? undefined : Math.min(...nexts),
  };
}

/** `41 dataflows · 3 failing · 1 late · 2 disabled`: what is none is not said. */
export function flowsHint(facts: HomeFacts, { text, glyphs }: Asking): string {
  const told = (id: 'failing' | 'late' | 'disabled'): string =>
    facts[id] === 0 ? '' : text(`home.${id}`, { count: facts[id] });
  return joined(glyphs, [
    text('home.flowCount', { count: facts.flows }),
    told('failing'),
    told('late'),
    told('disabled'),
  ]);
}

/** `3 failed in 24 h · next 14:00 UTC · 12 exports today`: what there may be no room for comes last. */
export function runsHint(facts: HomeFacts, readMs: number, { text, glyphs, services }: Asking): string {
  const { today, failedRuns, nextMs } = facts;
  return joined(glyphs, [
    failedRuns === 0 ? '' : text('home.failedRuns', { count: failedRuns }),
    nextMs === undefined
      ? ''
      : text('flows.next', { at: toldMoment(text, nextMs, { nowMs: readMs, zone: services.timeZone }) }),
    today === undefined ? '' : text('home.today', { count: today }),
  ]);
}

/** What happened since this person last looked; how things stand, where they never did. */
function sinceText(reading: StatusReading, { text, services }: Asking): string {
  const { watched, before, readMs, isCut } = reading;
  const findings = watched.flatMap((one) => one.findings);
  const counts = (of: (kind: (typeof findingKinds)[number]) => number): string[] =>
    findingKinds.flatMap((kind) =>
      of(kind) === 0 ? [] : [text('status.count', { count: of(kind), kind: text(`status.kind.${kind}`) })],
    );
  // Of what could not be read nobody can say that it is good.
  const withCut = (told: readonly string[], all: string, nothing: string): string =>
    [told.length > 0 ? all : isCut ? '' : nothing, isCut ? text('home.cut') : '']
      .filter((said) => said !== '')
      .join(' ');
  if (before === undefined) {
    const wrong = findings.filter(({ severity }) => severity === 'wrong');
    const now = counts((kind) => wrong.filter((one) => one.kind === kind).length);
    return withCut(now, text('home.now', { what: listText(text, now) }), text('home.good'));
  }
  const { sinceMs, fresh, mended } = sinceLast(before, findings);
  const told = [
    ...counts((kind) => fresh.get(kind) ?? 0),
    ...(mended === 0 ? [] : [text('home.mended', { count: mended })]),
  ];
  const at = momentHere(text, sinceMs, { nowMs: readMs, zone: services.timeZone });
  const since = text('home.since', { at, what: listText(text, told) });
  return withCut(told, since, text('home.sinceNothing', { at }));
}

/** The first line of Home, also while it is not known yet and where it cannot be. */
export function statusLine(status: Remote<StatusReading>, asking: Asking): string {
  const { text, state, services } = asking;
  switch (status.kind) {
    case 'loading':
      return text('home.reading');
    case 'failed':
      return unreadText(status.error, text, asking);
    case 'ready':
      return status.value.error === undefined
        ? sinceText(status.value, asking)
        : unreadText(status.value.error, text, { state, services });
  }
}

const unreadText = (error: unknown, text: Text, { state, services }: Pick<Asking, 'state' | 'services'>) =>
  text('home.unread', { why: explain(text, error, sceneOf(state, services.organisation, text)).what });
