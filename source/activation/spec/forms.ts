import type { ConnectionSpec } from '../../flow-service/specs.ts';
import { authMethods, publishesAuth } from './auth-spec.ts';
import { type AuthMethod, inCatalog, type LocationMode } from './catalog.ts';
import { newerForms } from './newer-forms.ts';
import { locationModes, publishesLocation } from './storage-location.ts';

/** What a destination asks for: the ways to sign in, and the kinds of storage. */
export interface Forms {
  readonly auth: readonly AuthMethod[];
  readonly modes: readonly LocationMode[];
  /** Where the spec publishes no form, so that ferry's own knowledge stands in. */
  readonly standsIn?: { readonly auth: boolean; readonly location: boolean } | undefined;
  /** Whether a new account can be given a public key, with which all of its files are encrypted. @see cards.md, section 3.3 */
  readonly encrypts?: boolean | undefined;
}

/** The forms that a spec publishes; where it publishes none, those of the catalog. @see section 2.1 */
export function formsOf(spec: ConnectionSpec): Forms {
  const [auth, modes] = [authMethods(spec), locationModes(spec)];
  return {
    auth,
    modes,
    standsIn: {
      auth: !publishesAuth(spec) && auth.length > 0,
      location: !publishesLocation(spec) && modes.length > 0,
    },
    encrypts: (spec.encryptionSpecs?.length ?? 0) > 0,
  };
}

/** The forms as the platform's documentation has them; nothing for a destination that it does not describe. */
export function documentedForms(connectionSpecId: string): Forms | undefined {
  const known = inCatalog(connectionSpecId);
  if (!known) return newerForms(connectionSpecId);
  return { auth: known.auth, modes: known.modes, standsIn: { auth: true, location: true } };
}
