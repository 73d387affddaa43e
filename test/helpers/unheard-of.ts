/** A destination of an organisation's own, whose forms use everything that a form can. */
export const unheardOfSpec = {
  id: '00000000-0000-4000-8000-00000000beef',
  name: 'acme-drop',
  providerId: '14e34fac-d307-11e9-bb65-2a2ae2dbcce4',
  version: '1.0',
  attributes: { isDestination: true, category: 'cloudStorage', frequency: 'batch' },
  authSpec: [
    {
      name: 'Acme Key',
      type: 'Key',
      spec: {
        type: 'object',
        properties: {
          region: {
            title: 'Region',
            type: 'string',
            oneOf: [
              { const: 'eu-1', title: 'Europe' },
              { const: 'us-1', title: 'America' },
            ],
          },
          server: {
            title: 'Server',
            type: 'object',
            properties: {
              host: { title: 'Host', type: 'string', pattern: '^[a-z.]+$' },
              port: { title: 'Port', type: 'integer', default: 22 },
              verify: { title: 'Verify', type: 'boolean', default: true },
            },
            required: ['host'],
          },
          keyType: { title: 'Key type', type: 'string', enum: ['RSA', 'ED25519'] },
          bits: {
            title: 'Bits',
            type: 'integer',
            enum: [2048, 4096],
            conditional: { field: 'params.keyType', operator: 'EQUALS', value: 'RSA' },
          },
          privateKey: {
            title: 'Private key',
            type: 'string',
            format: 'password',
            contentEncoding: 'base64',
          },
        },
        required: ['region', 'server', 'keyType', 'bits', 'privateKey'],
      },
    },
  ],
  targetSpec: {
    name: 'User based target',
    type: 'UserNamespace',
    spec: {
      type: 'object',
      properties: {
        vault: { title: 'Vault', type: 'string', pattern: '^[a-z]+$' },
        csvOptions: {
          title: 'CSV options',
          type: 'object',
          properties: {
            delimiter: { title: 'Delimiter', type: 'string', enum: [';', ','], default: ';' },
          },
        },
      },
      required: ['vault'],
    },
    attributes: { uiAttributes: { apiFeatures: {}, label: 'Acme Drop' } },
  },
};

export const unheardOfFlowSpec = {
  id: '00000000-0000-4000-8000-00000000f10e',
  name: 'UPStoAcmeDrop',
  providerId: '14e34fac-d307-11e9-bb65-2a2ae2dbcce4',
  version: '1.0',
  sourceConnectionSpecIds: ['8a9c3494-9708-43d7-ae3f-cda01e5030e1'],
  targetConnectionSpecIds: [unheardOfSpec.id],
  attributes: { _workflow: ['SEGMENTS'], frequency: 'batch' },
  transformationSpecs: [{ name: 'GeneralTransform', spec: {} }],
};
