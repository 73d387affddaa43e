import type { ResolvedParams } from '../../activation/requests.ts';
import type { ApplyEvent } from '../events.ts';
import type { Errand } from '../journal/journal.ts';
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
      await switchState(working, errand.flowId, errand.kind);
      break;
    case 'remove':
      await remove(working, errand);
      break;
    case 'credentials':
      if (credentials) await updateCredentials(working, errand.accountId, credentials);
      break;
    case 'encryption':
      await setPublicKey(working, errand.accountId, errand.encryption);
      break;
    case 'export':
      await exportSegments(working, errand);
      break;
  }
}
