import { sameId } from '../same-id.ts';
import type { Connection } from '../../flow-service/connections.ts';
import type { ConnectionSpec } from '../../flow-service/specs.ts';
import { profileStoreSpecId } from './catalog.ts';

/** Something that is there already and can be used again. */
export interface Account {
  readonly id: string;
  /** Its name on the platform, or its id where it has none. */
  readonly name: string;
  /** Of an account at a destination: how it signs in, where it says so. */
  readonly specName?: string | undefined;
}

/** A way in from Profile Store that is there already. */
export interface OfferedSource extends Account {
  /** A base connection wants a new source connection above it. */
  readonly kind: 'baseConnection' | 'sourceConnection';
  /** Of a source connection: the base connection below it, where it says so. */
  readonly baseConnectionId?: string | undefined;
}

/** Base connections of one destination that can be used. @see flow-service.md, section 2.3 */
export function accountsOf(
  { id }: Pick<ConnectionSpec, 'id'>,
  connections: readonly Connection[],
): Account[] {
  return usable(connections, id).map(toAccount);
}

/**
 * What can be used again on the side of Profile Store: whole source connections first.
 *
 * @see flow-service.md, section 2.4
 */
export function sourcesOf(
  connections: readonly Connection[],
  sourceConnections: readonly Connection[],
): OfferedSource[] {
  return [
    ...usable(sourceConnections, profileStoreSpecId).map((one) => ({
      ...toAccount(one),
      kind: 'sourceConnection' as const,
      baseConnectionId: one.baseConnectionId,
    })),
    ...usable(connections, profileStoreSpecId).map((one) => ({
      ...toAccount(one),
      kind: 'baseConnection' as const,
    })),
  ];
}

/** Each once, as pages may shift while they are read; a service that ignores the filter offers nothing wrong. */
function usable(connections: readonly Connection[], connectionSpecId: string): Connection[] {
  const seen = new Set<string>();
  return connections.filter(({ id, state, connectionSpec }) => {
    if (seen.has(id)) return false;
    seen.add(id);
    const isEnabled = state === undefined || state.toLowerCase() === 'enabled';
    return isEnabled && connectionSpec !== undefined && sameId(connectionSpec.id, connectionSpecId);
  });
}

function toAccount({ id, name, auth }: Connection): Account {
  return {
    id,
    name: name === undefined || name.trim() === '' ? id : name,
    ...(auth ? { specName: auth.specName } : {}),
  };
}
