import type { RunPlace } from '../../apply/journal/journal.ts';
import type { RunState } from '../../apply/journal/run-state.ts';
import { type Connected, placeOf } from '../connect/open-client.ts';
import { exitCode } from '../console/exit-codes.ts';
import { Stop } from '../console/stop.ts';

/** Whether a run was begun on that platform, and for that organisation. */
export const isSamePlatform = (
  { place }: Pick<RunState, 'place'>,
  { apiUrl, orgId }: Pick<RunPlace, 'apiUrl' | 'orgId'>,
): boolean => place.apiUrl === apiUrl && place.orgId === orgId;

/** Whether a run was begun where we are. */
export function isSamePlace(state: Pick<RunState, 'place'>, connected: Connected): boolean {
  const here = placeOf(connected);
  return isSamePlatform(state, here) && here.sandbox === state.place.sandbox;
}

/** A run is bound to where it began. @throws Stop (2) */
export function requireSamePlace(state: RunState, connected: Connected): void {
  if (isSamePlace(state, connected)) return;
  const { apiUrl, orgId, sandbox } = state.place;
  throw new Stop(exitCode.usage, (text) =>
    text('command.otherPlace', { run: state.run, sandbox, org: orgId, host: apiUrl }),
  );
}
