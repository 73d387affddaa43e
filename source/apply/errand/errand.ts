import type { ResolvedParams } from '../../activation/requests.ts';
import type { ApplyEvent } from '../events.ts';
import type { Errand } from '../journal/errands.ts';
import { perform } from '../perform.ts';
import type { ApplyServices } from '../services.ts';
import type { Working } from '../steps.ts';
import { exportSegments } from './export-segments.ts';
import { remove } from './remove-flow.ts';
import { setPublicKey } from './set-public-key.ts';
import { switchState } from './switch-state.ts';
import { updateCredentials } from './update-credentials.ts';

/** What an account signs in with, the secrets in clear. */
export interface Credentials {
  readonly specName: string;
  readonly params: ResolvedParams;
}

/**
 * Does something with what is there that takes no plan, and tells of it as an apply does.
 *
 * @param credentials - Where they are to be set.
 */
export const runErrand = (
  errand: Errand,
  services: ApplyServices,
  credentials?: Credentials,
): AsyncGenerator<ApplyEvent> =>
  perform(services, 'flowId' in errand ? errand.flowId : undefined, async (working) => {
    await act(working, errand, credentials);
    return undefined;
  });

async function act(working: Working, errand: Errand, credentials: Credentials | undefined): Promise<void> {
  switch (errand.kind) {
    case 'enable':
    case 'disable':
      return switchState(working, errand.flowId, errand.kind);
    case 'remove':
      return remove(working, errand);
    case 'credentials':
      return credentials && updateCredentials(working, errand.accountId, credentials);
    case 'encryption':
      return setPublicKey(working, errand.accountId, errand.encryption);
    case 'export':
      return exportSegments(working, errand);
  }
}
