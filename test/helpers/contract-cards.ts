/** A storage card of today, with the bodies of the contract (cards.md, sections 3.2 and 4.2), letter for letter. */
export interface ContractCard {
  readonly name: string;
  readonly id: string;
  readonly flowSpecId: string;
  readonly datasetFlowSpecId: string;
  readonly account: string;
  /** `<B>` is the base connection. */
  readonly target: string;
}

const secretKey = 'A1b2/C3d4+'.repeat(4);

export const contractCards: readonly ContractCard[] = [
  {
    name: 'Amazon S3',
    id: '4fce964d-3f37-408f-9778-e597338a21ee',
    flowSpecId: '1a0514a6-33d4-4c7f-aff8-594799c47549',
    datasetFlowSpecId: '269ba276-16fc-47db-92b0-c1049a3c131f',
    account: `{"name":"S3 key","connectionSpec":{"id":"4fce964d-3f37-408f-9778-e597338a21ee","version":"1.0"},"auth":{"specName":"Access Key","params":{"s3AccessKey":"AKIA2345ABCD2345ABCD","s3SecretKey":"${secretKey}"}}}`,
    target: String.raw`{"name":"S3 CSV","baseConnectionId":"<B>","connectionSpec":{"id":"4fce964d-3f37-408f-9778-e597338a21ee","version":"1.0"},"params":{"mode":"Server-to-server","bucketName":"acme-exports","path":"daily/%SEGMENT_NAME%","fileType":"CSV","compression":"GZIP","csvOptions":{"delimiter":",","quote":"\"","escape":"\\","nullValue":"null","emptyValue":""},"includeFileManifest":true}}`,
  },
  {
    name: 'Azure Blob Storage',
    id: '6d6b59bf-fb58-4107-9064-4d246c0e5bb2',
    flowSpecId: '752d422f-b16f-4f0d-b1c6-26e448e3b388',
    datasetFlowSpecId: '95bd8965-fc8a-4119-b9c3-944c2c2df6d2',
    account:
      '{"name":"Blob","connectionSpec":{"id":"6d6b59bf-fb58-4107-9064-4d246c0e5bb2","version":"1.0"},"auth":{"specName":"ConnectionString","params":{"connectionString":"DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=..."}}}',
    target:
      '{"name":"Blob JSON","baseConnectionId":"<B>","connectionSpec":{"id":"6d6b59bf-fb58-4107-9064-4d246c0e5bb2","version":"1.0"},"params":{"mode":"Server-to-server","container":"exports","path":"daily","fileType":"JSON","compression":"NONE"}}',
  },
  {
    name: 'Azure Data Lake Gen2',
    id: 'be2c3209-53bc-47e7-ab25-145db8b873e1',
    flowSpecId: 'db060570-a155-418a-a6d3-b4d97698e5dc',
    datasetFlowSpecId: '17be2013-2549-41ce-96e7-a70363bec293',
    account:
      '{"name":"Lake","connectionSpec":{"id":"be2c3209-53bc-47e7-ab25-145db8b873e1","version":"1.0"},"auth":{"specName":"Azure Service Principal Auth","params":{"url":"abfss://exports@acme.dfs.core.windows.net","tenant":"acme.onmicrosoft.com","servicePrincipalId":"0b1c6a52-2c7e-4f7f-9c5d-5a2d8f4f7b10","servicePrincipalKey":"secret"}}}',
    target:
      '{"name":"ADLS","baseConnectionId":"<B>","connectionSpec":{"id":"be2c3209-53bc-47e7-ab25-145db8b873e1","version":"1.0"},"params":{"mode":"Server-to-server","path":"daily","fileType":"PARQUET","compression":"NONE"}}',
  },
  {
    name: 'Data Landing Zone',
    id: '10440537-2a7b-4583-ac39-ed38d4b848e8',
    flowSpecId: '7e635b9f-e59b-4546-8ba8-fce6496693c8',
    datasetFlowSpecId: 'cd2fc47e-e838-4f38-a581-8fff2f99b63a',
    account: '{"name":"DLZ","connectionSpec":{"id":"10440537-2a7b-4583-ac39-ed38d4b848e8","version":"1.0"}}',
    target:
      '{"name":"DLZ","baseConnectionId":"<B>","connectionSpec":{"id":"10440537-2a7b-4583-ac39-ed38d4b848e8","version":"1.0"},"params":{"mode":"Server-to-server","path":"daily","fileType":"PARQUET","compression":"GZIP"}}',
  },
  {
    name: 'Google Cloud Storage',
    id: 'c5d93acb-ea8b-4b14-8f53-02138444ae99',
    flowSpecId: '976d663b-80b4-4193-be6b-2d0487516623',
    datasetFlowSpecId: '585c15c4-6cbf-4126-8f87-e26bff78b657',
    account:
      '{"name":"GCS","connectionSpec":{"id":"c5d93acb-ea8b-4b14-8f53-02138444ae99","version":"1.0"},"auth":{"specName":"Google Cloud Storage authentication credentials","params":{"accessKeyId":"GOOG1E...","secretAccessKey":"..."}}}',
    target:
      '{"name":"GCS","baseConnectionId":"<B>","connectionSpec":{"id":"c5d93acb-ea8b-4b14-8f53-02138444ae99","version":"1.0"},"params":{"mode":"Server-to-server","bucketName":"acme-exports","path":"daily","fileType":"CSV","compression":"NONE"}}',
  },
  {
    name: 'SFTP',
    id: '36965a81-b1c6-401b-99f8-22508f1e6a26',
    flowSpecId: 'fd36aaa4-bf2b-43fb-9387-43785eeeb799',
    datasetFlowSpecId: '354d6aad-4754-46e4-a576-1b384561c440',
    account:
      '{"name":"SFTP","connectionSpec":{"id":"36965a81-b1c6-401b-99f8-22508f1e6a26","version":"1.0"},"auth":{"specName":"SFTP with Password","params":{"domain":"files.example.com","username":"aep","password":"..."}}}',
    target:
      '{"name":"SFTP","baseConnectionId":"<B>","connectionSpec":{"id":"36965a81-b1c6-401b-99f8-22508f1e6a26","version":"1.0"},"params":{"mode":"Server-to-server","remotePath":"/in/aep","fileType":"CSV","compression":"NONE"}}',
  },
];

/** The other sign-ins of section 3.1, beside those of `contractCards`. */
export const otherAccounts: readonly (readonly [string, string])[] = [
  [
    'S3 by role',
    '{"name":"S3 role","connectionSpec":{"id":"4fce964d-3f37-408f-9778-e597338a21ee","version":"1.0"},"auth":{"specName":"Assumed Role","params":{"s3Role":"arn:aws:iam::123456789012:role/aep-export"}}}',
  ],
  [
    'SFTP by key',
    '{"name":"SFTP","connectionSpec":{"id":"36965a81-b1c6-401b-99f8-22508f1e6a26","version":"1.0"},"auth":{"specName":"SFTP with SSH Key","params":{"domain":"files.example.com","username":"aep","sshKey":"LS0tLS1CRUdJTg=="}}}',
  ],
];
