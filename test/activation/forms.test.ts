import { describe, expect, it } from 'vitest';
import { accountsOf, sourcesOf } from '../../source/activation/spec/accounts.ts';
import { authMethods, fieldsOf } from '../../source/activation/spec/auth-spec.ts';
import { conditionOf, holds } from '../../source/activation/spec/condition.ts';
import { catalog, newerCards } from '../../source/activation/spec/catalog.ts';
import { batchDestinations, destinationTitle } from '../../source/activation/spec/destinations.ts';
import { activeFields, type Field, fieldProblem, putAt } from '../../source/activation/spec/field.ts';
import { documentedForms, formsOf } from '../../source/activation/spec/forms.ts';
import { newerForms } from '../../source/activation/spec/newer-forms.ts';
import { lookUp } from '../../source/activation/plan/json-path.ts';
import { matchesPattern } from '../../source/activation/spec/pattern.ts';
import {
  encoded,
  hasSecret,
  isSecretReference,
  secretVariable,
} from '../../source/activation/plan/secret-reference.ts';
import { modeFor } from '../../source/activation/spec/storage-kind.ts';
import { locationModes } from '../../source/activation/spec/storage-location.ts';
import type { JsonSchema } from '../../source/flow-service/json-schema.ts';
import { connectionIn } from '../../source/flow-service/connections.ts';
import { connectionSpec, flowSpec } from '../../source/flow-service/specs.ts';
import { some } from '../helpers/some.ts';

/** The published card of Amazon S3. @see flow-service.md, section 2.1 */
const amazonS3 = {
  id: '4890fc95-5a1f-4983-94bb-e060c08e3f81',
  name: 'amazon-s3',
  authSpec: [
    {
      name: 'Access Key',
      type: 'KeyBased',
      spec: {
        type: 'object',
        properties: {
          s3AccessKey: { description: 'Access key id', type: 'string', pattern: '^[A-Z2-7]{20}$' },
          s3SecretKey: { type: 'string', format: 'password', pattern: '^[A-Za-z0-9\\/\\+]{40}$' },
        },
        required: ['s3SecretKey', 's3AccessKey'],
      },
    },
    {
      name: 'Assumed Role',
      spec: {
        properties: { s3Role: { title: 'Role', type: 'string', format: 'password' } },
        required: ['s3Role'],
      },
    },
  ],
};

const names = (fields: readonly Field[]): string[] => fields.map(({ name }) => name);

describe('authMethods', () => {
  it('makes a form of every published sign-in', () => {
    const [key, role] = authMethods(connectionSpec.parse(amazonS3));
    expect(key).toMatchObject({
      specName: 'Access Key',
      fields: [
        { name: 's3AccessKey', isRequired: true, isSecret: false, pattern: '^[A-Z2-7]{20}$' },
        { name: 's3SecretKey', isRequired: true, isSecret: true },
      ],
    });
    expect(role).toMatchObject({ specName: 'Assumed Role', fields: [{ title: 'Role', isSecret: false }] });
  });

  it('falls back on the catalog where the API publishes no sign-in', () => {
    for (const { connectionSpecId, auth } of some(catalog)) {
      expect(authMethods(connectionSpec.parse({ id: connectionSpecId, name: 'x' }))).toEqual(auth);
    }
  });

  it('falls back on what is documented of a card of today, sign-ins and location', () => {
    for (const { connectionSpecId } of some(newerCards)) {
      const silent = connectionSpec.parse({ id: connectionSpecId, name: 'x' });
      const { auth, modes } = formsOf(silent);
      expect({ auth, modes }).toEqual({
        auth: newerForms(connectionSpecId)?.auth,
        modes: newerForms(connectionSpecId)?.modes,
      });
    }
  });

  it('falls back on the catalog for a sign-in without fields', () => {
    const spec = connectionSpec.parse({ ...amazonS3, authSpec: [{ name: 'Access Key' }] });
    expect(names(authMethods(spec)[0]?.fields ?? [])).toEqual(['s3AccessKey', 's3SecretKey']);
  });

  it('makes a form for a destination that nobody has heard of', () => {
    const spec = connectionSpec.parse({
      id: '00000000-0000-4000-8000-000000000001',
      name: 'x',
      authSpec: [
        { name: 'Token', spec: { properties: { apiToken: { type: 'string', format: 'password' } } } },
      ],
    });
    expect(authMethods(spec)).toMatchObject([
      { specName: 'Token', fields: [{ name: 'apiToken', isSecret: true }] },
    ]);
  });
});

describe('fieldsOf', () => {
  it('puts what is required first', () => {
    const schema = { properties: { a: {}, b: {}, c: {} }, required: ['c'] };
    expect(names(fieldsOf(schema, {}, []))).toEqual(['c', 'a', 'b']);
  });

  it.each<[string, object, Partial<Field>]>([
    [
      'an enum',
      { enum: ['CSV', 'JSON'] },
      {
        kind: 'text',
        choices: [
          { value: 'CSV', title: 'CSV' },
          { value: 'JSON', title: 'JSON' },
        ],
      },
    ],
    [
      'a single choice',
      { enum: ['CSV'] },
      { kind: 'text', choices: [{ value: 'CSV', title: 'CSV' }], defaultValue: 'CSV' },
    ],
    [
      'named choices',
      { oneOf: [{ const: 1, title: 'One' }] },
      { kind: 'number', choices: [{ value: '1', title: 'One' }] },
    ],
    ['a number', { type: 'integer', default: 22 }, { kind: 'number', defaultValue: '22' }],
    [
      'a switch',
      { type: 'boolean' },
      {
        kind: 'boolean',
        choices: [
          { value: 'true', title: 'true' },
          { value: 'false', title: 'false' },
        ],
      },
    ],
    ['a secret by its name', { type: 'string' }, { isSecret: true }],
    [
      'a key of many lines',
      { contentEncoding: 'base64', format: 'password' },
      { isMultiline: true, isBase64: true },
    ],
  ])('makes %s', (_, schema, wanted) => {
    expect(fieldsOf({ properties: { clientSecret: schema } }, {}, [])).toMatchObject([wanted]);
  });

  it('leaves out what its condition rules out, and what is not one value', () => {
    const schema = {
      properties: {
        mode: { enum: ['S3', 'FTP'] },
        bucketName: { conditional: { field: 'mode', operator: 'EQUALS', value: 'S3' } },
        nested: { type: 'object' },
        list: { type: 'array' },
      },
    };
    expect(names(fieldsOf(schema, { mode: 'S3' }, []))).toEqual(['mode', 'bucketName']);
    expect(names(fieldsOf(schema, { mode: 'FTP' }, []))).toEqual(['mode']);
  });
});

describe('members of objects', () => {
  const schema = {
    properties: {
      server: {
        type: 'object',
        title: 'Server',
        properties: {
          host: { type: 'string', title: 'Host' },
          tls: { type: 'object', properties: { verify: { type: 'boolean' } } },
        },
        required: ['host'],
      },
      keyType: { enum: ['RSA', 'ED25519'] },
      bits: { type: 'integer', conditional: { field: 'params.keyType', operator: 'EQUALS', value: 'RSA' } },
    },
    required: ['server', 'keyType', 'bits'],
  };
  const fields = fieldsOf(schema, {}, []);

  it('are fields of their own, with the way to them', () => {
    expect(fields.map(({ name, title, path, isRequired }) => ({ name, title, path, isRequired }))).toEqual([
      { name: 'server.host', title: 'Server / Host', path: ['server', 'host'], isRequired: true },
      { name: 'keyType', title: 'keyType', path: undefined, isRequired: true },
      { name: 'bits', title: 'bits', path: undefined, isRequired: true },
      {
        name: 'server.tls.verify',
        title: 'Server / tls / verify',
        path: ['server', 'tls', 'verify'],
        isRequired: false,
      },
    ]);
  });

  it('apply only while their condition holds', () => {
    const shown = (keyType: string) => names(activeFields(fields, { keyType }));
    expect(shown('RSA')).toContain('bits');
    expect(shown('ED25519')).not.toContain('bits');
    expect(names(activeFields(fields, {}))).toContain('bits');
  });
});

describe('a condition', () => {
  it.each([
    ['EQUALS', 'S3', true],
    ['EQUALS', ['S3', 'FTP'], true],
    ['EQUALS', 'FTP', false],
    ['NOT_EQUALS', 'FTP', true],
    ['CONTAINS', 'S', true],
    ['NOT_CONTAINS', 'S', false],
    ['SOMETHING_NEW', 'FTP', true],
  ])('%s %j of S3 is %s', (operator, value, wanted) => {
    const condition = conditionOf({ conditional: { field: 'params.mode', operator, value } });
    expect(condition && holds(condition, { mode: 'S3' })).toBe(wanted);
  });

  it('never takes the fields of dataset exports', () => {
    const conditional = { field: 'flowSpec.attributes._workflow', operator: 'CONTAINS', value: 'DATASETS' };
    const condition = conditionOf({ conditional });
    expect(condition && holds(condition, {})).toBe(false);
  });
});

describe('locationModes', () => {
  const withModes = (id: string, modes: unknown[], properties: object = {}) =>
    connectionSpec.parse({
      id,
      name: 'x',
      targetSpec: { spec: { properties: { mode: { enum: modes }, ...properties } } },
    });

  it('offers the published modes with the params of each', () => {
    const id = catalog[0]?.connectionSpecId ?? '';
    const properties = { bucketName: {}, container: {}, remotePath: {}, path: {}, format: { enum: ['CSV'] } };
    const modes = locationModes(withModes(id, ['S3', 'FTP'], properties));
    expect(modes.map(({ mode, fields }) => [mode, names(fields).sort()])).toEqual([
      ['S3', ['bucketName', 'format', 'path']],
      ['FTP', ['format', 'remotePath']],
    ]);
  });

  it.each([
    ['Amazon S3', 'S3'],
    ['Azure Blob', 'AZURE_BLOB'],
    ['SFTP', 'FTP'],
  ])('%s starts from the corrected mode and accepts the older one', (name, wanted) => {
    const id = catalog.find((one) => one.name === name)?.connectionSpecId ?? '';
    const published = withModes(id, ['Cloud Storage', wanted]);
    expect(modeFor(id, locationModes(published), undefined)).toBe(wanted);
    expect(locationModes(published).map(({ mode }) => mode)).toContain('Cloud Storage');
  });

  it('has the documented fields where nothing but modes is published, and may hold more', () => {
    const { connectionSpecId, modes } = catalog[0] ?? { connectionSpecId: '', modes: [] };
    const [first] = locationModes(withModes(connectionSpecId, [modes[0]?.mode]));
    expect(first).toEqual({ mode: modes[0]?.mode, fields: modes[0]?.fields, isOpen: true });
  });

  it('makes one form where no mode is published', () => {
    const spec = connectionSpec.parse({
      id: '00000000-0000-4000-8000-000000000001',
      name: 'x',
      targetSpec: { spec: { properties: { folder: { type: 'string' } }, required: ['folder'] } },
    });
    expect(locationModes(spec)).toMatchObject([{ fields: [{ name: 'folder', isRequired: true }] }]);
  });
});

describe('a form of objects in objects', () => {
  const leaf = { type: 'string' };
  const within = (path: string[], type: string | undefined): JsonSchema =>
    path.reduceRight<JsonSchema>((inner, name) => ({ type, properties: { [name]: inner } }), leaf);
  const pathsOf = (schema: JsonSchema): string[] => fieldsOf(schema, {}, []).map(({ name }) => name);

  it.each(['object', undefined])('asks for what is in them, to the fourth level (%s)', (type) => {
    expect(pathsOf(within(['a'], type))).toEqual(['a']);
    expect(pathsOf(within(['a', 'b', 'c', 'd'], type))).toHaveLength(1);
    expect(pathsOf(within(['a', 'b', 'c', 'd', 'e'], type))).toEqual([]);
  });

  it('says in its titles what they are in, and by their own title where they have one', () => {
    const titled = {
      type: 'object',
      properties: { a: { type: 'object', title: 'A', properties: { b: { ...leaf, title: 'B' } } } },
    };
    const plain = {
      type: 'object',
      properties: { a: { type: 'object', properties: { b: { ...leaf, title: 'B' } } } },
    };
    expect(fieldsOf(titled, {}, []).map(({ title }) => title)).toEqual(['A / B']);
    expect(fieldsOf(plain, {}, []).map(({ title }) => title)).toEqual(['a / B']);
  });

  it('asks for nothing in lists, and for no prototype', () => {
    const schema = JSON.parse(
      '{"properties":{"a":{"type":"array"},"__proto__":{"type":"string"},"b":{"type":"string"}}}',
    ) as JsonSchema;
    expect(pathsOf(schema)).toEqual(['b']);
  });
});

describe('fieldProblem', () => {
  const field = fieldsOf({ properties: { x: { type: 'string' } }, required: ['x'] }, {}, [])[0] as Field;

  it.each<[string, Partial<Field>, string, object]>([
    ['a text without an end', {}, 'x'.repeat(100_000), { field: field.title }],
    ['too much', { maxLength: 1 }, 'ab', { field: field.title, most: 1 }],
    ['too little', { minLength: 3 }, 'ab', { field: field.title, least: 3 }],
    [
      'no choice of it',
      { choices: [{ value: 'a', title: 'A' }] },
      'b',
      { field: field.title, allowed: ['a'] },
    ],
    ['nothing', { example: 'like this' }, '', { field: field.title, example: 'like this' }],
  ])('names the field and what it takes: %s', (_, facts, value, wanted) => {
    const found = fieldProblem({ ...field, ...facts }, value);
    expect(found?.path).toBe('');
    expect(found?.values).toMatchObject(wanted);
  });

  it.each<[string, Partial<Field>, string | undefined, string | undefined]>([
    ['nothing', {}, '', 'field.required'],
    ['nothing that is not needed', { isRequired: false }, undefined, undefined],
    ['a control character', {}, 'a\u0007', 'field.controlCharacters'],
    ['several lines in one', {}, 'a\nb', 'field.lines'],
    ['several lines of a secret', { isSecret: true, isMultiline: true }, 'a\nb', undefined],
    ['no choice of it', { choices: [{ value: 'a', title: 'A' }] }, 'b', 'field.notOneOf'],
    ['too little', { minLength: 3 }, 'ab', 'field.tooShort'],
    ['too much', { maxLength: 1 }, 'ab', 'field.tooLong'],
    ['a key in a place that shows it', {}, '-----BEGIN OPENSSH PRIVATE KEY-----', 'field.privateKey'],
    [
      'a key where a password belongs',
      { isSecret: true },
      '-----BEGIN PRIVATE KEY-----',
      'field.keyElsewhere',
    ],
    ...['1', '-1', '12.5'].map((value): [string, Partial<Field>, string, undefined] => [
      `a number in ${value}`,
      { kind: 'number' },
      value,
      undefined,
    ]),
    ...['1a', 'a1', '1.', '.5', '1e3', '--1'].map((value): [string, Partial<Field>, string, string] => [
      `no number in ${value}`,
      { kind: 'number' },
      value,
      'field.notANumber',
    ]),
    ['the wrong form', { pattern: '^[a-z]+$' }, 'A', 'field.pattern'],
    ['a form that JavaScript cannot read', { pattern: '(?<x' }, 'A', undefined],
  ])('finds %s', (_, facts, value, wanted) => {
    expect(fieldProblem({ ...field, ...facts }, value)?.id).toBe(wanted);
  });
});

describe('batchDestinations', () => {
  it('are the seven, in the order of the catalog, whatever stands around them', () => {
    const specs = [...catalog]
      .reverse()
      .flatMap(({ connectionSpecId, name }) => [
        connectionSpec.parse({ id: connectionSpecId.toUpperCase(), name }),
        connectionSpec.parse({ id: crypto.randomUUID(), name: 'streaming' }),
      ]);
    expect(batchDestinations(specs, []).map(destinationTitle)).toEqual(catalog.map(({ name }) => name));
  });

  describe('that nobody has heard of', () => {
    const id = '00000000-0000-4000-8000-00000000beef';
    const batch = { isDestination: true, category: 'cloudStorage', frequency: 'batch' };
    const leads = flowSpec.parse({
      id: 'f',
      name: 'to it',
      targetConnectionSpecIds: [id.toUpperCase()],
      sourceConnectionSpecIds: ['8a9c3494-9708-43d7-ae3f-cda01e5030e1'],
    });
    const offered = (attributes: object, flowSpecs = [leads]): string[] =>
      batchDestinations([connectionSpec.parse({ id, name: 'acme-drop', attributes })], flowSpecs).map(
        destinationTitle,
      );

    it.each<[string, object, string[]]>([
      ['says so itself', batch, ['acme-drop']],
      ['says so by its category', { isDestination: true, category: 'Email Marketing' }, ['acme-drop']],
      ['is storage by its category', { isDestination: true, category: 'Cloud-Storage' }, ['acme-drop']],
      ['is of another category', { isDestination: true, category: 'advertising' }, []],
      ['streams', { ...batch, frequency: 'streaming' }, []],
      ['is a source', { category: 'cloudStorage', frequency: 'batch' }, []],
      ['says nothing', {}, []],
    ])('one that %s', (_, attributes, wanted) => {
      expect(offered(attributes)).toEqual(wanted);
    });

    it('are not offered where no flow spec leads to them, or only one for datasets', () => {
      expect(offered(batch, [])).toEqual([]);
      expect(offered(batch, [{ ...leads, attributes: { _workflow: 'DATASETS' } }])).toEqual([]);
      expect(offered(batch, [{ ...leads, sourceConnectionSpecIds: ['another'] }])).toEqual([]);
    });
  });
});

describe('a pattern of a spec', () => {
  it('that would take for ever ends, and finds nothing wrong', () => {
    expect(matchesPattern('^(a+)+$', `${'a'.repeat(60)}!`)).toBeUndefined();
    expect(matchesPattern('^(a+)+$', 'aaa')).toBe(true);
    expect(matchesPattern('^(a+)+$', 'b')).toBe(false);
    expect(matchesPattern(`^${'a*'.repeat(20)}b$`, 'a'.repeat(200))).toBeUndefined();
  });

  it('is asked at once where it cannot be slow', () => {
    expect(matchesPattern('a*b$', 'a'.repeat(4096))).toBe(false);
    expect(matchesPattern('^[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]$', 'crm-exports')).toBe(true);
    expect(matchesPattern('^[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]$', 'crm--exports')).toBe(false);
  });
});

describe('base64', () => {
  it.each([
    ['a plain key', 'secret', undefined, 'secret'],
    ['a key that the platform wants encoded', 'secret', 'base64' as const, 'c2VjcmV0'],
    [
      'a key that was encoded already',
      'LS0tLS1CRUdJTiBLRVktLS0tLQo=\n',
      'base64' as const,
      'LS0tLS1CRUdJTiBLRVktLS0tLQo=',
    ],
    [
      'a key that was encoded, with something that does not belong there',
      'LS0tLS1CRUdJTiBLRVktLS0tLQo=!',
      'base64' as const,
      Buffer.from('LS0tLS1CRUdJTiBLRVktLS0tLQo=!').toString('base64'),
    ],
    ['text that only looks encoded', 'abcd', 'base64' as const, 'YWJjZA=='],
  ])('%s', (_, value, encoding, wanted) => {
    expect(encoded(value, encoding)).toBe(wanted);
  });
});

it.each([
  [{ $secret: 'env:S' }, true],
  [{ $secret: 'prompt', encoding: 'base64' }, true],
  [{ $secret: 0 }, false],
  [{ secret: 'env:S' }, false],
  ['env:S', false],
  [null, false],
])('whether it is a reference to a secret: %j', (value, is) => {
  expect(hasSecret(value)).toBe(is);
});

describe('accounts', () => {
  const one = (id: string, more: object = {}) =>
    connectionIn.targetConnections.parse({
      id,
      name: `name of ${id}`,
      connectionSpec: { id: 'SPEC' },
      state: 'enabled',
      ...more,
    });

  it('are the enabled ones of the destination, each once', () => {
    const found = accountsOf({ id: 'spec' }, [
      one('a'),
      one('a'),
      one('b', { state: 'disabled' }),
      one('c', { connectionSpec: { id: 'other' } }),
      one('d', { name: ' ', state: undefined }),
    ]);
    expect(found).toEqual([
      { id: 'a', name: 'name of a' },
      { id: 'd', name: 'd' },
    ]);
  });

  it('of Profile Store: whole source connections first', () => {
    const spec = { connectionSpec: { id: '8a9c3494-9708-43d7-ae3f-cda01e5030e1' } };
    const found = sourcesOf([one('a', spec), one('x')], [one('s', { ...spec, baseConnectionId: 'a' })]);
    expect(found).toEqual([
      { id: 's', name: 'name of s', kind: 'sourceConnection', baseConnectionId: 'a' },
      { id: 'a', name: 'name of a', kind: 'baseConnection' },
    ]);
  });
});

describe('secrets', () => {
  it.each([
    ['env:NAME', true],
    ['env:', false],
    ['env:1A', false],
    ['file:/run/secret', true],
    ['file:', false],
    ['command:pass show x', true],
    ['prompt', true],
    ['hunter2', false],
  ])('"%s" is a reference: %s', (text, wanted) => {
    expect(isSecretReference(text)).toBe(wanted);
  });

  it.each([
    [['Adobe Campaign', 'S3', 'secretKey'], 'ADOBE_CAMPAIGN_S3_SECRET_KEY'],
    [['SFTP', 'Basic Authentication for sftp', 'password'], 'SFTP_BASIC_AUTHENTICATION_FOR_PASSWORD'],
    [['Amazon S3', 'Access Key', 's3SecretKey'], 'AMAZON_S3_SECRET_KEY'],
    [['SFTP', 'SFTP with SSH Key', 'sshKey'], 'SFTP_SSH_KEY'],
    [['Azure Blob', 'ConnectionString', 'connectionString'], 'AZURE_BLOB_CONNECTION_STRING'],
    [['Oracle Eloqua', 'SFTP with Password', 'password'], 'ORACLE_ELOQUA_PASSWORD'],
    [['3M', 'x', 'y'], 'FERRY_3M_X_Y'],
  ])('of %j is read from %s', ([destination = '', specName = '', field = ''], wanted) => {
    expect(secretVariable(destination, specName, field)).toBe(wanted);
  });
});

describe('what a form does not ask for', () => {
  const parse = (spec: object) =>
    connectionSpec.parse({ id: '00000000-0000-4000-8000-000000000001', name: 'x', ...spec });

  it('is named, and only where there is something', () => {
    const properties = { plain: { type: 'string' }, list: { type: 'array' }, any: { type: 'object' } };
    const [method] = authMethods(parse({ authSpec: [{ name: 'M', spec: { properties } }] }));
    expect(method?.unasked).toEqual(['list', 'any']);
    const [whole] = authMethods(
      parse({ authSpec: [{ name: 'M', spec: { properties: { plain: { type: 'string' } } } }] }),
    );
    expect(whole).not.toHaveProperty('unasked');
    expect(whole).not.toHaveProperty('isOpen');
  });

  it('is anything where nothing is published', () => {
    const [method] = authMethods(parse({ authSpec: [{ name: 'M' }] }));
    expect(method).toEqual({ specName: 'M', fields: [], isOpen: true });
  });

  it.each<[string, object, object]>([
    ['of a stranger that publishes nothing', {}, { auth: false, location: false }],
    [
      'of one that publishes both',
      { authSpec: [{ name: 'M' }], targetSpec: { spec: { properties: { folder: { type: 'string' } } } } },
      { auth: false, location: false },
    ],
    ...catalog.map(({ connectionSpecId: id, name }): [string, object, object] => [
      `of ${name}, which ferry knows`,
      { id },
      { auth: true, location: true },
    ]),
  ])('is known for the forms %s', (_, spec, standsIn) => {
    expect(formsOf(parse(spec)).standsIn).toEqual(standsIn);
  });
});

it('a condition without an operator is one that nobody can read', () => {
  const condition = conditionOf({ conditional: { field: 'a.mode', value: 'x' } });
  expect(condition).toEqual({ field: 'mode', operator: '', values: ['x'] });
  expect(condition && holds(condition, { mode: 'y' })).toBe(true);
});

describe.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf', '__proto__', 'plain'])(
  'a value put at a member called %s',
  (name) => {
    it.each<[string, string[][]]>([
      ['at the top', [[name]]],
      ['below another', [['above', name]]],
      [
        'above two others',
        [
          [name, 'one'],
          [name, 'two'],
        ],
      ],
      ['below one of its name', [[name, name, name]]],
    ])('stands %s, and nowhere else', (_, paths) => {
      const params = {};
      for (const [at, way] of paths.entries()) putAt(params, way, at);
      for (const [at, way] of paths.entries()) expect(lookUp(params, way)).toBe(at);
      expect(Object.keys(params)).toEqual([paths[0]?.[0]]);
      expect(JSON.stringify(params).match(/\d/g)).toHaveLength(paths.length);
      expect(Object.keys(Object.prototype)).toEqual([]);
      expect('one' in Object || 'one' in {}).toBe(false);
    });
  },
);

describe('examples', () => {
  const ids = [...catalog, ...newerCards].map(({ connectionSpecId }) => connectionSpecId);
  const fields = ids.flatMap((id) => {
    const forms = documentedForms(id);
    return [...(forms?.auth ?? []), ...(forms?.modes ?? [])].flatMap((form) => form.fields);
  });
  const shown = fields.filter(({ example }) => example !== undefined);

  it('would be taken where they are typed', () => {
    expect(shown).not.toHaveLength(0);
    for (const field of shown)
      expect([field.name, fieldProblem(field, field.example)]).toEqual([field.name, undefined]);
  });

  it('of a key say that they are one', () => {
    const keys = shown.filter(({ name, isSecret }) => isSecret || /key/i.test(name));
    expect(keys.map(({ name }) => name)).toContain('connectionString');
    for (const { name, example } of keys)
      expect([name, example]).toEqual([name, expect.stringContaining('EXAMPLE')]);
  });
});
