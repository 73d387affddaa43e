import type { RunState } from '../../apply/journal/journal.ts';
import { type Connected, placeOf } from '../connect/open-client.ts';
import { exitCode } from '../console/exit-codes.ts';
import { Stop } from '../console/stop.ts';

/** A run is bound to where it began. @throws Stop (2) */
export function requireSamePlace(state: RunState, connected: Connected): void {
  const here = placeOf(connected);
  const { apiUrl, orgId, sandbox } = state.place;
  if (here.apiUrl === apiUrl && here.orgId === orgId && here.sandbox === sandbox) return;
  throw new Stop(exitCode.usage, (text) =>
    text('command.otherPlace', { run: state.run, sandbox, org: orgId, host: apiUrl }),
  );
}
