import { describe, expect, it } from 'vitest';
import type { LandingZone } from '../../source/flow-service/landing-zone.ts';
import { forgetSecrets, withoutSecrets } from '../../source/flow-service/secrets/known-secrets.ts';
import { hidden } from '../../source/flow-service/secrets/ranges.ts';
import { answerWith, clientOf, type Written } from '../helpers/answers.ts';

const SASToken = 'sv=2024-11-04&sr=c&sp=racwdlm&sig=abcdefghijkl';
const SASUri = `https://acme.blob.core.windows.net/dlz-destination?${SASToken}`;
const credentials = {
  awsAccessKeyId: 'ASIA2345ABCD2345ABCD',
  awsSecretAccessKey: 'A1b2/C3d4+'.repeat(4),
  awsSessionToken: 'IQoJb3JpZ2luX2VjEXAMPLE',
};
const place = { containerName: 'dlz-destination', storageAccountName: 'acme' };
const dlzPath = { bucketName: 'zone', dlzFolder: 'org/dlz-destination' };

async function read(answer: Written) {
  const { url, seen } = await answerWith(() => answer);
  return { landing: await clientOf(url).readLandingZone(), seen };
}

describe('credentials of the landing zone', () => {
  it.each([
    ['Azure', { ...place, SASToken, SASUri }, { place, secrets: { SASToken, SASUri } }],
    [
      'AWS',
      { credentials, dlzPath, dlzProvider: 'Amazon S3', expiryTime: 1735689600 },
      {
        place: { ...dlzPath, dlzProvider: 'Amazon S3' },
        secrets: credentials,
        endMs: Date.UTC(2025, 0, 1),
      },
    ],
    ...[1e20, -1].map((expiryTime): [string, object, LandingZone] => [
      `AWS, with an end that no calendar has (${expiryTime})`,
      { credentials, dlzPath, expiryTime },
      { place: dlzPath, secrets: credentials, endMs: undefined },
    ]),
    [
      'AWS, with an end in microseconds',
      { credentials, dlzPath, expiryTime: 1735689600e6 },
      { place: dlzPath, secrets: credentials, endMs: Date.UTC(2025, 0, 1) },
    ],
    [
      'Azure, with a secret in a name',
      { SASToken, SASUri, containerName: `https://a/b?${SASToken}`, storageAccountName: `a ${SASUri}` },
      {
        place: {
          containerName: `https://a/b?${hidden}`,
          storageAccountName: `a https://acme.blob.core.windows.net/dlz-destination?${hidden}`,
        },
        secrets: { SASToken, SASUri },
      },
    ],
    [
      'AWS, with a secret in a name',
      { credentials, dlzPath: { ...dlzPath, dlzFolder: credentials.awsSessionToken } },
      { place: { ...dlzPath, dlzFolder: hidden }, secrets: credentials, endMs: undefined },
    ],
    [
      'AWS, without an end',
      { credentials, dlzPath },
      { place: dlzPath, secrets: credentials, endMs: undefined },
    ],
  ])(
    'are read as %s gives them, of the destination’s zone, and said by nobody after',
    async (_, json, wanted) => {
      forgetSecrets();
      const { landing, seen } = await read({ json });
      expect(landing).toEqual(wanted);
      expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
        'GET /data/foundation/connectors/landingzone/credentials?type=dlz_destination',
      ]);
      for (const secret of Object.values(wanted.secrets)) {
        expect(withoutSecrets(`x ${secret} x`)).not.toContain(secret);
      }
      forgetSecrets();
    },
  );

  it('are hidden whole where they only contain an address', async () => {
    forgetSecrets();
    const awsSessionToken = 'A1b2C3d4-https://a/b?E5f6G7h8I9j0';
    await read({ json: { credentials: { ...credentials, awsSessionToken }, dlzPath } });
    expect(withoutSecrets(`x ${awsSessionToken} x`)).toBe(`x ${hidden} x`);
    forgetSecrets();
  });

  it.each([[{}], [{ ...place, SASUri }], [{ credentials, dlzProvider: 'Amazon S3' }]])(
    'are none where a part of them is missing: %j',
    async (json) => {
      await expect(read({ json })).rejects.toMatchObject({ kind: 'unreadable' });
    },
  );
});
