import { isObject } from '../../activation/plan/json-path.ts';
import type { ResolvedParams } from '../../activation/requests.ts';
import type { FlowService } from '../../flow-service/client.ts';
import type { Connection } from '../../flow-service/connections.ts';
import { type FlowServiceError, isFlowServiceError } from '../../flow-service/errors.ts';
import type { PatchOperation } from '../../flow-service/flows.ts';
import type { CallOptions } from '../../flow-service/transport.ts';
import { isProvenUndone, whyOf } from '../once/doubt.ts';
import { patchOnce } from '../once/patch-once.ts';
import { lookThrough, mayBeAlike, standsOn } from '../once/single.ts';
import type { Working } from '../steps.ts';
import { Stopped } from '../stopped.ts';

/** Dataflows that are reached by what is changed of an account. */
interface Reach {
  readonly flows: readonly Connection[];
  /** They may be: they do not say by which account they store, or where. */
  readonly unknown: readonly Connection[];
}

/** The dataflows that stand on an account, on whatever way. @see manage.md, section 3.2 */
export async function reachOf(
  client: FlowService,
  account: Pick<Connection, 'id' | 'connectionSpec'>,
  options: CallOptions,
): Promise<Reach> {
  const { flows, targetConnections, sourceConnections } = await lookThrough(client, options);
  const between = [...targetConnections, ...sourceConnections];
  const surely = between.filter((one) => standsOn(one, account.id));
  const perhaps = between.filter(
    (one) => one.isUnsure === true && mayBeAlike(one.connectionSpec, account.connectionSpec),
  );
  const isReached = (flow: Connection): boolean => [account, ...surely].some(({ id }) => standsOn(flow, id));
  const mayBeReached = (flow: Connection): boolean =>
    flow.isUnsure === true || perhaps.some(({ id }) => standsOn(flow, id));
  return {
    flows: flows.filter(isReached),
    unknown: flows.filter((flow) => !isReached(flow) && mayBeReached(flow)),
  };
}

/** Credentials were sent, and nobody knows whether the account has them: secrets cannot be read back. */
class CredentialsUnknownError extends Error {
  override readonly name = 'CredentialsUnknownError';
  readonly kind = 'credentialsUnknown';
  readonly id: string;
  /** What was answered: a status, `lost`, `timeout` … */
  readonly found: readonly string[];
  /** What the account says since: `changed`, it has another version; `same`, it has the one that was sent over. */
  readonly seen: 'changed' | 'same' | 'unread';
  constructor(id: string, why: string, seen: CredentialsUnknownError['seen'], cause: unknown) {
    super(`account ${id}: ${why}, ${seen}`, { cause });
    this.id = id;
    this.found = [why];
    this.seen = seen;
  }
}

/**
 * Gives an account credentials anew, always the whole set: whatever was there before is replaced.
 *
 * What is sent twice is the same twice, so that a doubt is not waited for. That it was taken shows where the account
 * reads something back that it did not before; secrets are masked. Whatever was answered, it is looked at before it is
 * said that nothing was done.
 *
 * @throws CredentialsUnknownError; FlowServiceError of the last try; JournalError; Stopped
 * @see manage.md, section 3.2
 */
export async function updateCredentials(
  working: Working,
  accountId: string,
  { specName, params }: { specName: string; params: ResolvedParams },
): Promise<void> {
  const { client, step, journal, abort, stop } = working;
  const options = { signal: abort, stop };
  const look = (): Promise<Account> => client.getSignIn(accountId, options);
  const before = await step('read', look);
  const sent = leavesOf({ specName, params });
  const held = new Map(leavesOf(before.signIn));
  const isTaken = ({ signIn }: Account): boolean => {
    const now = new Map(leavesOf(signIn));
    return sent.some(([name, value]) => now.get(name) === value && held.get(name) !== value);
  };
  let sentOver = before.etag;
  let failure: FlowServiceError | undefined;
  const next = ({ auth }: Connection): PatchOperation[] => [
    auth?.specName === specName
      ? { op: 'add', path: '/auth/params', value: params }
      : { op: 'add', path: '/auth', value: { specName, params } },
  ];
  await step('credentials', () =>
    patchOnce<Account>({
      ...working,
      doubtMs: 0,
      step: 'credentials',
      before,
      look,
      next,
      isTaken,
      async send(etag, patch) {
        sentOver = etag;
        try {
          return await client.patchConnection('connections', accountId, etag, patch, options);
        } catch (error) {
          // What may have been done once stays so, whatever the next try is answered.
          if (isFlowServiceError(error) && (!failure || isProvenUndone(failure))) failure = error;
          throw error;
        }
      },
    }).catch(orUnknown),
  );
  await journal.note({ kind: 'ended', outcome: 'verified' });

  async function orUnknown(error: unknown): Promise<{ requestId?: string | undefined }> {
    if (!failure || error instanceof Stopped || abort?.aborted === true) throw error;
    const account = await look().catch(() => undefined);
    if (account && isTaken(account)) {
      await journal.note({ kind: 'patched', step: 'credentials' });
      return {};
    }
    const seen = account === undefined ? 'unread' : account.etag === sentOver ? 'same' : 'changed';
    // A refusal in words over a version that has stayed is one.
    if (isProvenUndone(failure) && (seen !== 'changed' || isStale(failure))) throw error;
    throw new CredentialsUnknownError(accountId, whyOf(failure), seen, error);
  }
}

type Account = Awaited<ReturnType<FlowService['getSignIn']>>;

/** Of a version that somebody else has changed it is known why it is another one. */
const isStale = (error: FlowServiceError): boolean => error.kind === 'refused' && error.status === 412;

/** Every value that is no object, by its place. */
function leavesOf(value: unknown, at = ''): [string, unknown][] {
  return isObject(value)
    ? Object.entries(value).flatMap(([name, one]) => leavesOf(one, `${at}/${name}`))
    : value === undefined
      ? []
      : [[at, typeof value === 'number' ? String(value) : value]];
}
