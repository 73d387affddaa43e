import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { planFindings } from '../../source/activation/findings/findings.ts';
import { keyName, type Plan } from '../../source/activation/plan/plan.ts';
import { readPlan } from '../../source/activation/plan/read-plan.ts';
import { hasSecret } from '../../source/activation/plan/secret-reference.ts';
import { catalog, newerCards } from '../../source/activation/spec/catalog.ts';
import { documentedForms } from '../../source/activation/spec/forms.ts';
import type { Flags } from '../../source/commands/console/arguments.ts';
import type { Streams } from '../../source/commands/console/streams.ts';
import { newPlan } from '../../source/commands/plan/new-plan.ts';
import { planNew } from '../../source/commands/plan/new.ts';
import { unicodeGlyphs } from '../../source/components/theme/glyphs.ts';
import { english } from '../../source/locale/catalogs.ts';
import { some } from '../helpers/some.ts';
import { projectRoot } from '../helpers/terminal.ts';

const now = Date.parse('2026-12-01T10:00:00Z');
const segment = ['9f7d37fd-7039-4454-94ef-2b0cd6c3206a=Bikes'];

const folder = path.join(projectRoot, 'examples', 'plans');
const examples = some(
  readdirSync(folder).map((file): [string, Plan] => [
    file,
    JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Plan,
  ]),
);

/** `name=value` of everything that params hold, also below. */
const pairsOf = (params: object, above = ''): string[] =>
  Object.entries(params).flatMap(([name, value]: [string, unknown]) => {
    if (hasSecret(value)) return [`${above}${name}=${value.$secret}`];
    return typeof value === 'object' && value !== null
      ? pairsOf(value, `${above}${name}.`)
      : [`${above}${name}=${String(value)}`];
  });

describe('newPlan', () => {
  it.each(examples)('makes %s of what it says', (_, { destination, attributes }) => {
    const { auth, encryption, location } = destination;
    const { mode, ...params } = location;
    const made = newPlan(
      {
        destination: destination.connectionSpecId,
        segment,
        ...(auth ? { auth: auth.specName, param: pairsOf(auth.params) } : {}),
        ...(encryption ? { 'public-key': String(encryption.publicKey) } : {}),
        ...(mode === undefined ? {} : { mode }),
        location: pairsOf(params),
        attribute: attributes.selected.map((one) =>
          typeof one === 'string' ? one : `${one.path}=${one.column ?? ''}`,
        ),
        mandatory: attributes.mandatory,
        key: attributes.deduplication.map(keyName),
      },
      now,
    );
    expect(made).toMatchObject({ destination, attributes });
    expect(readPlan(JSON.stringify(made))).toMatchObject({ kind: 'plan' });
  });

  it.each(
    some([...newerCards, ...catalog]).flatMap(({ name, connectionSpecId }): [string, string, string][] => {
      const { auth = [] } = documentedForms(connectionSpecId) ?? {};
      const age = newerCards.some((one) => one.connectionSpecId === connectionSpecId) ? 'newer' : 'older';
      return [...(auth.length > 0 ? auth : [{ specName: '' }])].map(({ specName }) => [
        `${age} ${name}`,
        specName,
        connectionSpecId,
      ]);
    }),
  )('of %s (%s) is sound, and what is missing is found', (_, specName, destination) => {
    const forms = documentedForms(destination);
    const method = forms?.auth.find((one) => one.specName === specName);
    const made = newPlan({ destination, segment, ...(specName === '' ? {} : { auth: specName }) }, now);
    expect(readPlan(JSON.stringify(made))).toMatchObject({ kind: 'plan' });
    const mode = forms?.modes.find((one) => one.mode === made.destination.location.mode) ?? forms?.modes[0];
    const asked = [...(method?.fields ?? []), ...(mode?.fields ?? [])].filter(
      ({ isRequired, isSecret, defaultValue, name }) =>
        isRequired && !isSecret && defaultValue === undefined && !/^(fileType|compression)$/.test(name),
    );
    expect(planFindings(made, now).filter(({ severity }) => severity === 'warning')).toEqual(
      asked.map(({ name }) =>
        expect.objectContaining({ id: 'finding.paramMissing', path: expect.stringContaining(name) }),
      ),
    );
  });

  it.each([
    ['s3', '4fce964d-3f37-408f-9778-e597338a21ee'],
    ['Azure Blob', '6d6b59bf-fb58-4107-9064-4d246c0e5bb2'],
    ['sftp', '36965a81-b1c6-401b-99f8-22508f1e6a26'],
    ['data lake', 'be2c3209-53bc-47e7-ab25-145db8b873e1'],
    ['4890FC95-5a1f-4983-94bb-e060c08e3f81', '4890fc95-5a1f-4983-94bb-e060c08e3f81'],
  ])('takes %s for the newer card of its kind, and an id for what it is', (destination, id) => {
    expect(newPlan({ destination, segment }, now).destination.connectionSpecId).toBe(id);
  });

  it('names columns, tells identities from paths, and has a separator that is an equals sign', () => {
    const { attributes } = newPlan(
      {
        destination: 'google',
        segment,
        attribute: [
          'person.name.firstName=FIRST',
          'identityMap.Email',
          "array_to_string('=', organizations)",
        ],
        mandatory: ['identityMap.Email'],
        key: ['identityMap.Email'],
      },
      now,
    );
    expect(attributes).toEqual({
      selected: [
        { path: 'person.name.firstName', column: 'FIRST' },
        'identityMap.Email',
        "array_to_string('=', organizations)",
      ],
      mandatory: ['Email'],
      deduplication: [{ fieldType: 'IDENTITY', identityNamespace: 'Email' }],
    });
  });

  it.each<[string, string[], object]>([
    ['a namespace', ['identityMap.Email=MAIL'], { fieldType: 'IDENTITY', identityNamespace: 'Email' }],
    [
      'an attribute of that name',
      ['identityMap.Email', 'Email=x'],
      { fieldType: 'ATTRIBUTE', attributePath: 'Email' },
    ],
    ['neither', ['person.gender'], { fieldType: 'ATTRIBUTE', attributePath: 'Email' }],
  ])('takes the key Email for %s where that is a column', (_, attribute, wanted) => {
    const { attributes } = newPlan({ destination: 'google', segment, attribute, key: ['Email'] }, now);
    expect(attributes.deduplication).toEqual([wanted]);
  });

  it.each<[string, Parameters<typeof newPlan>[0], string]>([
    ['a sign-in where none is asked for', { destination: 'landing', auth: 'Key' }, '$.destination.auth'],
    [
      'a key where nothing is encrypted',
      { destination: 'landing', 'public-key': 'env:KEY' },
      '$.destination.encryption',
    ],
    [
      'how CSV is written with JSON',
      { destination: 's3', location: ['fileType=json', 'csvOptions.quote='] },
      '$.destination.location.csvOptions',
    ],
    [
      'every week on the data lake',
      { destination: 'data lake', every: 'week' },
      '$.segments[0].schedule.frequency',
    ],
    [
      'every month with increments',
      { destination: 's3', every: 'month', 'export-mode': 'incremental' },
      '$.segments[0].schedule.frequency',
    ],
    [
      'a column twice',
      { destination: 's3', attribute: ['person.name.firstName=A', 'personalEmail.address=A'] },
      '$.attributes.selected[1].column',
    ],
  ])('has %s found', (_, flags, at) => {
    expect(readPlan(JSON.stringify(newPlan({ segment, ...flags }, now)))).toMatchObject({
      kind: 'problems',
      problems: [{ path: at }],
    });
  });
});

/** What `ferry plan new` says of so many answers. */
function planned(flags: Flags): { code: number; said: string } {
  const written = { stdout: '', stderr: '' };
  const into = (name: keyof typeof written): NodeJS.WriteStream =>
    ({ write: (text: string) => (written[name] += text) }) as unknown as NodeJS.WriteStream;
  const streams = {
    stdout: into('stdout'),
    stderr: into('stderr'),
    text: english,
    english,
    glyphs: unicodeGlyphs,
  };
  const code = planNew(undefined, flags, streams as unknown as Streams);
  return { code, said: written.stderr };
}

describe('ferry plan new', () => {
  it.each(some(newerCards))('names the options that $name still needs, and is not done before', (card) => {
    const flags: Flags = { destination: card.connectionSpecId, segment };
    const first = planned(flags);
    const options = [...first.said.matchAll(/Give --(param|location) ([\w.]+)=…/g)];
    expect(first.code).toBe(options.length > 0 ? 2 : 0);
    const { auth = [], modes = [] } = documentedForms(card.connectionSpecId) ?? {};
    const fields = [...auth, ...modes].flatMap((one) => one.fields);
    const given = (flag: 'param' | 'location'): Flags => {
      const all = options
        .filter(([, one]) => one === flag)
        .map(([, , name]) => `${name}=${fields.find((one) => one.name === name)?.example ?? 'x'}`);
      return all.length > 0 ? { [flag]: all } : {};
    };
    // What is given so is what was missing.
    const { code, said } = planned({ ...flags, ...given('param'), ...given('location') });
    expect([code, said]).toEqual([0, expect.not.stringContaining('Still missing')]);
  });

  it('makes no plan of a value that the card refuses', () => {
    const location = ['bucketName=crm-exports', 'path=daily files'];
    const param = ['s3AccessKey=AKIAIOSFODNN7EXAMPLE'];
    const { code, said } = planned({ destination: 'Amazon S3', segment, location, param });
    expect([code, said]).toEqual([2, expect.stringContaining('$.destination.location.path')]);
    expect(
      planned({ destination: 'Amazon S3', segment, param, location: [location[0] ?? '', 'path=daily'] }).code,
    ).toBe(0);
  });

  it('names bucket, path and key of Amazon S3', () => {
    const { code, said } = planned({ destination: 'Amazon S3', segment });
    expect(code).toBe(2);
    for (const option of ['--param s3AccessKey=…', '--location bucketName=…', '--location path=…'])
      expect(said).toContain(option);
  });
});
