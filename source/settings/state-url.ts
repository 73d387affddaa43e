import { undecorated } from './decoration.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The address of a state that several share, as it was given; nothing where this machine keeps its own. */
export function stateUrl(env: Environment): string | undefined {
  const given = undecorated(env['FERRY_STATE_URL'] ?? '');
  return given === '' ? undefined : given;
}

/**
 * What may be shown of such an address, without reading what reads it: no name, no password, no settings. Of one with a
 * sign of a password where none belongs nothing is.
 */
export const shownStateUrl = (url: string): string =>
  url.replace(
    /^(?:(\w+:\/\/)(?:[^/?#]*@)?([^/?#@]*(?:\/[^?#@]*)?)(?:[?#][^@]*)?|.*)$/s,
    (_, scheme = '', shown = '') => (scheme === '' ? 'FERRY_STATE_URL' : `${scheme}${shown}`),
  );

/** Whether an address says a password: where others may read it, it must not. */
export const holdsPassword = (url: string): boolean => /^\w+:\/\/[^/@]*:[^/]*@/.test(undecorated(url));
