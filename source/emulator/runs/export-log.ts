import type { Entity, JsonObject } from '../store.ts';
import { segmentValues } from '../rules/server-members.ts';

/** How a dataflow exported until somebody changed it. */
export type Era = {
  /** Epoch milliseconds; nothing while it lasts. */
  untilMs: number | null;
  isEnabled: boolean;
  /** Whether it can export at all. */
  isSound: boolean;
  /** What its segment selectors held. */
  values: JsonObject[];
};

/** What was exported at once, as somebody asked for it. */
export type Asked = { segment: string; atMs: number };

/** What became of an export that was really to be written. Moments are epoch milliseconds. */
export type Outcome = { endedMs: number; bytes: number; isFailed: boolean };

/** Where a dataflow keeps what it exported by; nobody is shown it. */
export const logMember = 'exportLog';

type ExportLog = { eras: Era[]; asked: Asked[]; outcomes: Record<string, Outcome> };

const logOf = (flow: JsonObject): ExportLog => {
  const kept = flow[logMember] as ExportLog | undefined;
  return { eras: kept?.eras ?? [], asked: kept?.asked ?? [], outcomes: kept?.outcomes ?? {} };
};

const eraNow = (flow: Entity, isSound: boolean): Era => ({
  untilMs: null,
  isEnabled: flow.state === 'enabled' || flow.state === 'updating',
  isSound,
  values: segmentValues(flow['transformations']),
});

/** All of them, the one that lasts last. */
export const erasOf = (flow: Entity, isSound: boolean): Era[] => [...logOf(flow).eras, eraNow(flow, isSound)];

export const askedOf = (flow: Entity): Asked[] => logOf(flow).asked;

/** Ends the era that lasts: what ran in it stays as it was. To be called before the change. */
export function endEra(flow: Entity, atMs: number, isSound: boolean): void {
  const log = logOf(flow);
  const ended = structuredClone({ ...eraNow(flow, isSound), untilMs: atMs });
  flow[logMember] = { ...log, eras: [...log.eras, ended] };
}

export function noteAsked(flow: Entity, more: readonly Asked[]): void {
  const log = logOf(flow);
  flow[logMember] = { ...log, asked: [...log.asked, ...more] };
}

/** What became of exports, by the ids of their runs. */
export const outcomesOf = (flow: Entity): Readonly<Record<string, Outcome>> => logOf(flow).outcomes;

export function noteOutcome(flow: Entity, run: string, outcome: Outcome): void {
  const log = logOf(flow);
  flow[logMember] = { ...log, outcomes: { ...log.outcomes, [run]: outcome } };
}
