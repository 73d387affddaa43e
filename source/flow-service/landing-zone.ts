import * as z from 'zod';
import { knowSecret, withoutSecrets } from './secrets/known-secrets.ts';
import { inMs } from './moment.ts';
import type { CallOptions, Transport } from './transport.ts';

/** The sandbox's own container for Data Landing Zone: where it is, and what opens it. */
export interface LandingZone {
  /** By the platform's names. */
  readonly place: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** When they end, epoch milliseconds, where the platform says it. */
  readonly endMs?: number | undefined;
}

const azure = z
  .object({
    containerName: z.string(),
    storageAccountName: z.string(),
    SASToken: z.string(),
    SASUri: z.string(),
  })
  .transform(({ SASToken, SASUri, ...place }): LandingZone => ({ place, secrets: { SASToken, SASUri } }));

const aws = z
  .object({
    credentials: z.object({
      awsAccessKeyId: z.string(),
      awsSecretAccessKey: z.string(),
      awsSessionToken: z.string(),
    }),
    dlzPath: z.object({ bucketName: z.string(), dlzFolder: z.string() }),
    dlzProvider: z.string().optional().catch(undefined),
    /** Seconds, as documented. */
    expiryTime: z.number().optional().catch(undefined),
  })
  .transform(({ credentials, dlzPath, dlzProvider, expiryTime }): LandingZone => ({
    place: { ...dlzPath, ...(dlzProvider === undefined ? {} : { dlzProvider }) },
    secrets: credentials,
    endMs: inMs(expiryTime),
  }));

/**
 * The credentials of the destination's landing zone, in either shape. What opens it is said by nothing any more from
 * here on; without the type the call would be about the zone of sources.
 *
 * @throws FlowServiceError
 * @see cards.md, section 3.4
 */
export async function readLandingZone(transport: Transport, options?: CallOptions): Promise<LandingZone> {
  const { value } = await transport.call({
    method: 'GET',
    path: '/data/foundation/connectors/landingzone/credentials?type=dlz_destination',
    shape: z.union([azure, aws]),
    ...options,
  });
  for (const secret of Object.values(value.secrets)) knowSecret(opening(secret));
  const place = Object.entries(value.place).map(([name, one]) => [name, withoutSecrets(one)] as const);
  return { ...value, place: Object.fromEntries(place) };
}

/** What of a secret opens something: an address says first where, and that is said beside it. */
const opening = (secret: string): string => /^https?:\/\/[^?]*\?(.+)$/s.exec(secret)?.[1] ?? secret;
