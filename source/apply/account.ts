import { encryptionMember, offeredEncryption, readEncryption } from '../activation/content/encryption.ts';
import { targetBaseConnectionBody } from '../activation/requests.ts';
import { reusedIds } from '../activation/steps.ts';
import { sameId } from '../activation/same-id.ts';
import { newerCard } from '../activation/spec/catalog.ts';
import type { Connection } from '../flow-service/connections.ts';
import { problem } from '../activation/plan/problem.ts';
import { PlanRefusedError } from './check/plan-refused.ts';
import { makeObject } from './once/make.ts';
import { readMade } from './once/read-made.ts';
import { type Applying, untold } from './steps.ts';
import { removeObject } from './undo/remove.ts';

/**
 * The account that files are stored with: one that is there, or a new one. Where files are to be encrypted it is read
 * back, for a member that a service does not know is ignored, and its files would not be: then the account is made once
 * more, with the member's other name.
 *
 * @returns `account`: as it was read back, where files are to be encrypted.
 * @throws FlowServiceError, UnmarkedError, JournalError, Stopped
 * @see cards.md, sections 3.3 and 10 (16)
 */
export async function accountFor(
  applying: Applying,
): Promise<{ id: string; account?: Connection | undefined }> {
  const { plan, client, made, marker, authParams, abort, stop } = applying;
  const { connectionSpecId, encryption } = plan.destination;
  const reused = reusedIds(plan).targetBaseConnectionId;
  const read = (id: string): Promise<Connection> =>
    readMade(
      'target-base-connection',
      () => client.getConnection('connections', id, { signal: abort, stop }),
      applying,
    );
  if (typeof encryption?.publicKey === 'object')
    throw new PlanRefusedError([
      problem('publicKey.unread', '$.destination.encryption.publicKey', {
        reference: encryption.publicKey.$secret,
      }),
    ]);
  if (!encryption) return { id: reused ?? (await makeIt({})) };
  if (reused !== undefined) return { id: reused, account: await read(reused) };
  const specs = await untold(applying, () =>
    client.getConnectionSpecs([connectionSpecId], { signal: abort, stop }),
  );
  const spec = specs.find(({ id }) => sameId(id, connectionSpecId));
  const offered = offeredEncryption(connectionSpecId, spec);
  // Whoever goes on with a run may not have been asked for its secrets again.
  const isEarlier = made.targetBaseConnectionId !== undefined;
  const id = await makeIt(encryptionMember(plan, offered));
  const account = await read(id);
  const isTaken = readEncryption(account) !== undefined;
  if (isTaken || isEarlier || !newerCard(connectionSpecId)) return { id, account };
  await removeIt(id);
  const again = await makeIt(encryptionMember(plan, offered, 'encryptionSpecs'));
  return { id: again, account: await read(again) };

  function makeIt(member: object): Promise<string> {
    const body = targetBaseConnectionBody(plan, authParams, marker, member);
    return makeObject(applying, 'target-base-connection', connectionSpecId, () =>
      client.createConnection(body, { signal: abort }),
    );
  }

  /** One that encrypts nothing, before anything stores with it. */
  async function removeIt(unfit: string): Promise<void> {
    const step = 'target-base-connection';
    await removeObject({
      ...applying,
      collection: 'connections',
      id: unfit,
      isYoung: true,
      tell: () => undefined,
    });
    await applying.journal.note({ kind: 'removed', step, id: unfit });
    Reflect.deleteProperty(made, 'targetBaseConnectionId');
  }
}
