import type { JsonObject } from '../store.ts';
import { newerDestinations } from './newer-cards.ts';
import { authSpec, objectSchema, secret, text } from './schema.ts';

/** Profile Store, the source side of every activation. */
export const profileStoreId = '8a9c3494-9708-43d7-ae3f-cda01e5030e1';

/** The source side of dataflows of datasets. @see cards.md, section 7 */
export const dataLakeId = '23598e46-f560-407b-88d5-ea6207e49db0';

/** What an organisation has besides the seven: newer cards, sources and streaming destinations. */
export function otherSpecs(): JsonObject[] {
  return [
    {
      id: profileStoreId,
      name: 'UPS',
      providerId: '0ed90a81-07f4-4586-8190-b40eccef1c5a',
      version: '1.0',
      authSpec: [],
      attributes: { isSource: true, uiAttributes: { isSource: true } },
    },
    {
      id: dataLakeId,
      name: 'Data Lake',
      providerId: '0ed90a81-07f4-4586-8190-b40eccef1c5a',
      version: '1.0',
      authSpec: [],
      attributes: { isSource: true, uiAttributes: { isSource: true } },
    },
    ...newerDestinations(),
    ...sources.map(([id, name]) => ({
      id,
      name,
      providerId: '521eee4d-8cbe-4906-bb48-fb6bd4450033',
      version: '1.0',
      authSpec: [
        authSpec(
          'Basic Authentication',
          'BasicAuth',
          { username: text('Username'), password: secret('Password') },
          ['username', 'password'],
        ),
      ],
      attributes: { isSource: true, category: 'crm' },
    })),
    ...streaming.map(([id, name, label]) => ({
      id,
      name,
      providerId: 'c1b4ae91-6f12-4d64-8ea3-2cbbde5d7d0a',
      version: '1.0',
      authSpec: [authSpec('OAuth2', 'OAuth2', { accessToken: secret('Access token') }, ['accessToken'])],
      targetSpec: {
        name: 'Streaming target',
        type: 'UserNamespace',
        spec: objectSchema({ accountId: text('Account ID') }, ['accountId']),
        attributes: {
          uiAttributes: { isDestination: true, category: 'social', label, frequency: { key: 'streaming' } },
        },
      },
      attributes: { isDestination: true, category: 'social', frequency: 'streaming' },
    })),
  ];
}

const sources: [string, string][] = [
  ['cfc0fee1-7dc0-40ef-b73e-d8b134c436f5', 'salesforce'],
  ['b2e08744-4f1a-40ce-af30-7abac3e23cf3', 'snowflake'],
  ['ecadc60c-7455-4d87-84dc-2a0e293d997b', 'amazon-s3-source'],
  ['d771e9c1-4f26-40dc-8617-ce58c4b53702', 'google-adwords'],
  ['1f372ff9-38a4-4492-96f5-b9a4e4bd00ec', 'google-bigquery'],
  ['3c9b37f8-13a6-43d8-bad3-b863b941fedd', 'google-big-query-source'],
  ['86043421-563b-46ec-8e6c-e23184711bf6', 'http-streaming-source'],
  ['26d738e0-8963-47ea-aadf-c60de735468a', 'mysql'],
  ['74a1c565-4e59-48d7-9d67-7c03b8a13137', 'postgresql'],
  ['6360f136-5980-4111-8bdf-15d29eab3b5a', 'sftp-source'],
];

const streaming: [string, string, string][] = [
  ['5d8a8a3e-58d5-4a2b-b0c9-7f8a7c3cd1b1', 'facebook-custom-audience', 'Facebook'],
  ['9b7ad3d4-8b6e-4b0f-8a0e-2a0f0a2e4f11', 'braze', 'Braze'],
  ['86043421-0000-4aaa-9c59-7f0b1a5c6d22', 'http-api', 'HTTP API'],
  ['86f9c4d1-6a17-4c44-9f5f-2f5b0ed2a333', 'amazon-kinesis', 'Amazon Kinesis'],
  ['bf9f5905-92b7-48bf-bf20-455bc6b60a4e', 'azure-event-hubs', 'Azure Event Hubs'],
];
