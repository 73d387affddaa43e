import { rmSync } from 'node:fs';
import { openKeyStore } from '../settings/key-store.ts';
import { configFolder, secretFile, writeProfiles } from '../settings/profiles.ts';
import { shownReference } from '../settings/secrets.ts';
import type { Arguments } from './console/arguments.ts';
import { savedProfiles } from './connect/profile.ts';
import { exitCode } from './console/exit-codes.ts';
import { Stop } from './console/stop.ts';
import { withStop } from './console/with-stop.ts';
import { json, type Streams } from './console/streams.ts';
import { tell } from './console/wrap-said.ts';

/** `ferry logout [PROFILE]`: forgets a profile, and its secret where ferry kept it. */
export function runLogout({ rest, flags }: Arguments, streams: Streams): Promise<number> {
  return withStop(streams, flags.json === true, async () => {
    const { stdout, env, text } = streams;
    const folder = configFolder(env);
    const known = savedProfiles(env);
    const name = rest[0] ?? flags.profile ?? known.current;
    const profile =
      name !== undefined && Object.hasOwn(known.profiles, name) ? known.profiles[name] : undefined;
    if (name === undefined || !profile) {
      const names = Object.keys(known.profiles);
      throw new Stop(exitCode.usage, (words) =>
        names.length === 0 ? words('logout.none') : words('command.noProfile', { name: name ?? '', names }),
      );
    }
    const forgotten = await forgetSecret(profile.secret, folder, name);
    const profiles = Object.fromEntries(Object.entries(known.profiles).filter(([other]) => other !== name));
    const [other] = Object.keys(profiles);
    const current = known.current === name ? other : known.current;
    await writeProfiles(folder, { version: 1, ...(current === undefined ? {} : { current }), profiles });
    if (flags.json === true) {
      json(stdout, {
        profile: name,
        current,
        secret: shownReference(profile.secret),
        isSecretRemoved: forgotten,
      });
      return exitCode.done;
    }
    tell(stdout, text('logout.done', { name }));
    tell(
      stdout,
      text(forgotten ? 'logout.secretGone' : 'logout.secretLeft', {
        reference: shownReference(profile.secret),
      }),
    );
    if (current !== undefined) tell(stdout, text('logout.current', { name: current }));
    return exitCode.done;
  });
}

/** Only what ferry wrote itself is removed: other files, variables and helpers are the person's own. */
async function forgetSecret(reference: string, folder: string, profile: string): Promise<boolean> {
  if (reference === `file:${secretFile(folder, profile)}`) {
    rmSync(secretFile(folder, profile), { force: true });
    return true;
  }
  if (!reference.startsWith('keystore:')) return false;
  const store = await openKeyStore();
  return store !== undefined && (await store.remove(reference.slice('keystore:'.length)));
}
