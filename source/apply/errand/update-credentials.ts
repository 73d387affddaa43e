import type { ResolvedParams } from '../../activation/requests.ts';
import { sameId } from '../../activation/same-id.ts';
import type { FlowService } from '../../flow-service/client.ts';
import type { Connection } from '../../flow-service/connections.ts';
import type { PatchOperation } from '../../flow-service/flows.ts';
import type { CallOptions } from '../../flow-service/transport.ts';
import { patchOnce } from '../once/patch-once.ts';
import { lookThrough } from '../once/single.ts';
import type { Working } from '../steps.ts';

/** The dataflows that store by an account: what is changed of it reaches all of them. @see manage.md, section 3.2 */
export async function reachOf(
  client: FlowService,
  accountId: string,
  options: CallOptions,
): Promise<Connection[]> {
  const { flows, targetConnections } = await lookThrough(client, options);
  const targets = targetConnections.filter(({ baseConnectionId = '' }) =>
    sameId(baseConnectionId, accountId),
  );
  return flows.filter(({ targetConnectionIds = [] }) =>
    targetConnectionIds.some((id) => targets.some((one) => sameId(one.id, id))),
  );
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
