import type { EncryptionMember } from '../options.ts';
import { isNewerCard } from '../specs/cards.ts';
import type { Json, JsonObject } from '../store.ts';
import { badRequest } from '../wire-error.ts';
import { checkParams, isObject } from './params.ts';

/** Published by the specs, and by samples and migrated connections. */
const algorithms = ['PGPGPG', 'NONE', 'PGP/GPG'];

/**
 * What a base connection keeps of the encryption that was asked for, always as `encryption`. A member that is not
 * taken is ignored, as the platform may do: only the read-back tells.
 *
 * @throws WireError (400) for a card that encrypts nothing, and for params that the spec does not allow.
 * @see cards.md, sections 3.3 and 11 (4)
 */
export function encryptionOf(body: JsonObject, spec: JsonObject, member: EncryptionMember): JsonObject {
  const taken = (name: 'encryption' | 'encryptionSpecs'): Json | undefined =>
    member === 'both' || member === name ? body[name] : undefined;
  const isNewer = isNewerCard(spec['id']);
  const asked = isNewer ? (taken('encryption') ?? taken('encryptionSpecs')) : body['encryption'];
  if (asked === undefined) return {};
  if (isNewer) checkEncryption(asked, spec);
  return { encryption: asked };
}

/** @throws WireError (400) */
function checkEncryption(asked: Json, spec: JsonObject): void {
  const [published] = Array.isArray(spec['encryptionSpecs']) ? spec['encryptionSpecs'] : [];
  if (!isObject(published)) throw badRequest('encryption is not supported for this connection spec');
  if (!isObject(asked) || typeof asked['specName'] !== 'string' || !isObject(asked['params']))
    throw badRequest('encryption must hold specName and params');
  const { encryptionAlgo, ...others } = asked['params'];
  if (!algorithms.some((one) => one === encryptionAlgo))
    throw badRequest('encryption.params.encryptionAlgo must be one of PGPGPG, NONE');
  checkParams({ ...others, encryptionAlgo: 'PGPGPG' }, published['spec'], 'encryption.params');
}
