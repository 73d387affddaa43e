import { parseStrictly } from '../../activation/plan/json-text.ts';
import { orNothing } from '../../state/folder/kept-files.ts';
import { type PlatformReading, readPlatform } from '../../settings/platform.ts';
import { configFolder, type Profile, type Profiles, readProfiles } from '../../settings/profiles.ts';
import type { Flags } from '../console/arguments.ts';
import { exitCode } from '../console/exit-codes.ts';
import { Stop } from '../console/stop.ts';

type Environment = Readonly<Record<string, string | undefined>>;

interface NamedProfile {
  name: string;
  profile: Profile;
}

/**
 * The profiles of this account, read as strictly as a plan.
 *
 * @throws ProfilesDamagedError, ProfilesUnsafeError, StateUnreadableError
 */
export const savedProfiles = (env: Environment): Profiles =>
  readProfiles(configFolder(env), { orNothing, parse: parseStrictly });

/**
 * The profile of this run: the one that `--profile` names, else the current one.
 *
 * @throws Stop (2) when there is none of that name; as savedProfiles.
 */
export function chosenProfile(flags: Flags, env: Environment): NamedProfile | undefined {
  const { current, profiles } = savedProfiles(env);
  const name = flags.profile ?? current;
  if (name === undefined) return undefined;
  const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (profile) return { name, profile };
  if (flags.profile === undefined) return undefined;
  const names = Object.keys(profiles);
  throw new Stop(exitCode.usage, (text) =>
    names.length === 0
      ? text('command.noProfiles', { name })
      : text('command.noProfile', { name, names: names }),
  );
}

/** The platform that flags, environment and profile name. @throws as chosenProfile */
export function platformReading(flags: Flags, env: Environment, fallbackSandbox?: string): PlatformReading {
  const profile = chosenProfile(flags, env)?.profile;
  return readPlatform({ apiUrl: flags['api-url'], sandbox: flags.sandbox }, env, {
    fallbackSandbox,
    profile,
  });
}
