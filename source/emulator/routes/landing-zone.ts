import { createHash } from 'node:crypto';
import type { JsonObject, Scope } from '../store.ts';
import { problem } from '../wire-error.ts';
import type { World } from '../world.ts';
import { type App, type Call, queryOf } from './context.ts';

const path = '/data/foundation/connectors/landingzone/credentials';
const dayMs = 86_400_000;

/** Credentials of the landing zone, the source's without a type. None of them opens anything. @see cards.md, section 3.4 */
export function landingZoneRoutes(app: App, { settings }: World): void {
  /** How often those of a sandbox were renewed. */
  const renewals = new Map<string, number>();

  app.get(path, (call: Call) => call.json(credentials(call)));
  app.post(path, (call: Call) => {
    if (queryOf(call).get('action') !== 'refresh')
      throw problem(400, 'BadRequestError', 'action must be refresh');
    const key = keyOf(call);
    renewals.set(key, (renewals.get(key) ?? 0) + 1);
    return call.json(credentials(call));
  });

  function credentials(call: Call): JsonObject {
    const key = keyOf(call);
    const token = (word: string): string =>
      createHash('sha256')
        .update(`${key} ${renewals.get(key) ?? 0} ${word}`)
        .digest('base64url');
    const container = containerOf(call);
    if (settings.landingZone === 'aws')
      return {
        credentials: {
          awsAccessKeyId: `ASIA${token('key')
            .toUpperCase()
            .replaceAll(/[^A-Z2-7]/g, '')
            .slice(0, 16)
            .padEnd(16, 'A')}`,
          awsSecretAccessKey: token('secret').slice(0, 40),
          awsSessionToken: token('session'),
        },
        dlzPath: {
          bucketName: 'aep-landing-zone',
          dlzFolder: `${scopeName(call.get('scope'))}/${container}`,
        },
        dlzProvider: 'Amazon S3',
        expiryTime: Math.floor((settings.now() + dayMs) / 1000),
      };
    const account = 'aeplandingzone';
    const SASToken = `sv=2024-11-04&sr=c&sp=racwdlm&sig=${token('sas')}`;
    return {
      containerName: container,
      SASToken,
      storageAccountName: account,
      SASUri: `https://${account}.blob.core.windows.net/${container}?${SASToken}`,
    };
  }
}

const scopeName = ({ orgId, sandbox }: Scope): string => `${orgId.split('@')[0] ?? ''}-${sandbox}`;

const keyOf = (call: Call): string => `${scopeName(call.get('scope'))} ${containerOf(call)}`;

function containerOf(call: Call): string {
  const type = queryOf(call).get('type');
  if (type === 'dlz_destination') return 'dlz-destination';
  if (type === null || type === 'user_drop_zone') return 'dlz-user-container';
  throw problem(400, 'BadRequestError', `Unknown type [${type}]`);
}
