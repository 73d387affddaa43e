import { exportProblems } from '../activation/content/export-problems.ts';
import { own } from '../activation/own.ts';
import { isSettingName, type SettingName } from '../activation/settings.ts';
import type { Draft } from './draft.ts';

/** The segments whose settings are wrong, in the order of the draft, and of each the first setting that is. */
export function wrongSettings({
  segments,
  settings,
  destination,
}: Pick<Draft, 'segments' | 'settings' | 'destination'>): ReadonlyMap<string, SettingName> {
  return new Map(
    segments.flatMap(({ id }) => {
      const set = own(settings, id);
      const problems = set === undefined ? [] : exportProblems(set, destination?.connectionSpecId);
      const names = problems.map(({ path }) => path.slice(path.lastIndexOf('.') + 1));
      const [first] = names.filter(isSettingName);
      return first === undefined ? [] : [[id, first] as const];
    }),
  );
}
