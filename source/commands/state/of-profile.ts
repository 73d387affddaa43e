import { configFolder } from '../../settings/profiles.ts';
import { holdsPassword, stateUrl } from '../../settings/state-url.ts';
import { StateAddressError } from '../../state/errors.ts';
import { chosenProfile } from '../connect/profile.ts';
import type { Flags } from '../console/arguments.ts';
import type { Streams } from '../console/streams.ts';

/**
 * With the state that the profile names, where the environment names none. Behind sshd only the wrapper names one.
 *
 * @throws StateAddressError for one that holds a password; as chosenProfile
 */
export function withStateOfProfile(flags: Flags, streams: Streams): Streams {
  const { env, restriction } = streams;
  if (restriction !== undefined || stateUrl(env) !== undefined) return streams;
  const url = chosenProfile(flags, env)?.profile.stateUrl;
  if (url === undefined) return streams;
  if (holdsPassword(url)) throw new StateAddressError('password', configFolder(env));
  return { ...streams, env: { ...env, FERRY_STATE_URL: url } };
}
