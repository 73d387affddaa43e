import { newerCard } from '../../activation/spec/catalog.ts';
import { type AskedEncryption, readEncryption } from '../../activation/content/encryption.ts';
import type { Connection } from '../../flow-service/connections.ts';
import type { PatchOperation } from '../../flow-service/flows.ts';
import { patchOnce } from '../once/patch-once.ts';
import type { Working } from '../steps.ts';
import { Stopped } from '../stopped.ts';

/** An account took a public key, and does not read it back: its files would leave unencrypted, or with another key. */
class NotEncryptedError extends Error {
  override readonly name = 'NotEncryptedError';
  readonly kind = 'notEncrypted';
  readonly id: string;
  constructor(id: string) {
    super(`account ${id} does not read the public key back`);
    this.id = id;
  }
}

/**
 * Gives an account a public key, by which every file that is stored with it is encrypted from then on.
 *
 * Which of its two published names the member has here only the read-back tells: a service ignores what it does not
 * know. The key is no secret, and what is sent twice is the same twice, so that a doubt is not waited for.
 *
 * @throws NotEncryptedError, FlowServiceError of the last try, JournalError, Stopped
 * @see manage.md, section 3.2; cards.md, sections 3.3 and 10 (16)
 */
export async function setPublicKey(
  working: Working,
  accountId: string,
  encryption: AskedEncryption,
): Promise<void> {
  // What an earlier attempt has done is seen in the account.
  const anew: Working = { ...working };
  delete anew.earlier;
  const { client, step, journal, abort, stop } = working;
  const options = { signal: abort, stop };
  const look = (): Promise<Connection> => client.getConnection('connections', accountId, options);
  const wanted = readEncryption({ encryption })?.key;
  const hasIt = (account: Connection): boolean => readEncryption(account)?.key === wanted;
  const setAs = (name: 'encryption' | 'encryptionSpecs', before: Connection): Promise<unknown> =>
    step('encryption', () =>
      patchOnce<Connection>({
        ...anew,
        doubtMs: 0,
        step: 'encryption',
        before,
        look,
        next: (account): PatchOperation[] =>
          hasIt(account) ? [] : [{ op: 'add', path: `/${name}`, value: encryption }],
        isTaken: hasIt,
        send: (etag, patch) => client.patchConnection('connections', accountId, etag, patch, options),
      }).catch(async (error: unknown) => {
        // It may have been done and refused.
        if (error instanceof Stopped || !(await look().then(hasIt, () => false))) throw error;
        await journal.note({ kind: 'patched', step: 'encryption' });
        return {};
      }),
    );
  const before = await step('read', look);
  if (hasIt(before) && working.earlier === undefined) return;
  await setAs('encryption', before);
  let account = await step('read', look);
  if (!isTaken(account) && newerCard(account.connectionSpec?.id ?? '')) {
    await setAs('encryptionSpecs', account);
    account = await step('read', look);
  }
  const isVerified = isTaken(account);
  await journal.note({ kind: 'ended', outcome: isVerified ? 'verified' : 'mismatch' });
  if (!isVerified) throw new NotEncryptedError(accountId);

  /** A key that is masked when it is read is taken for the one that was sent. */
  function isTaken(read: Connection): boolean {
    const found = readEncryption(read);
    return found !== undefined && (found.key === undefined || found.key === wanted);
  }
}
