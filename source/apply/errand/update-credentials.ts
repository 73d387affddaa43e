import type { ResolvedParams } from '../../activation/requests.ts';
import type { FlowService } from '../../flow-service/client.ts';
import type { Connection } from '../../flow-service/connections.ts';
import type { PatchOperation } from '../../flow-service/flows.ts';
import type { CallOptions } from '../../flow-service/transport.ts';
import { patchOnce } from '../once/patch-once.ts';
import { lookThrough, mayBeAlike, standsOn } from '../once/single.ts';
import type { Working } from '../steps.ts';

/** Dataflows that are reached by what is changed of an account. */
export interface Reach {
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

/**
 * Gives an account credentials anew, always the whole set: whatever was there before is replaced.
 *
 * What is sent twice is the same twice, so that a doubt is not waited for. That it was taken cannot be read back:
 * secrets are masked.
 *
 * @throws FlowServiceError of the last try, JournalError, Stopped
 * @see manage.md, section 3.2
 */
export async function updateCredentials(
  working: Working,
  accountId: string,
  { specName, params }: { specName: string; params: ResolvedParams },
): Promise<void> {
  const { client, step, journal, abort, stop } = working;
  const options = { signal: abort, stop };
  const look = (): Promise<Connection> => client.getConnection('connections', accountId, options);
  const before = await step('read', look);
  const next = ({ auth }: Connection): PatchOperation[] => [
    auth?.specName === specName
      ? { op: 'add', path: '/auth/params', value: params }
      : { op: 'add', path: '/auth', value: { specName, params } },
  ];
  await step('credentials', () =>
    patchOnce<Connection>({
      ...working,
      doubtMs: 0,
      step: 'credentials',
      before,
      look,
      next,
      isTaken: () => false,
      send: (etag, patch) => client.patchConnection('connections', accountId, etag, patch, options),
    }),
  );
  await journal.note({ kind: 'ended', outcome: 'verified' });
}
