import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRare } from '../../source/activation/content/schedule.ts';
import { documentedForms } from '../../source/activation/spec/forms.ts';
import { catalog, newerCard, newerCards } from '../../source/activation/spec/catalog.ts';
import { jsonPath } from '../../source/activation/plan/json-path.ts';
import { attributeOf, type Plan } from '../../source/activation/plan/plan.ts';
import { readPlan } from '../../source/activation/plan/read-plan.ts';
import { english } from '../../source/locale/catalogs.ts';
import { mountainBiking, soundPlan, tutorialPlan } from '../helpers/plans.ts';
import type { ProblemId } from '../../source/activation/plan/problem.ts';
import { meeting, some } from '../helpers/some.ts';

const examples = path.join(import.meta.dirname, '..', '..', 'examples', 'plans');

/** `path id`, in the order in which they are told. */
function problemsOf(source: string): string[] {
  const reading = readPlan(source);
  return reading.kind === 'plan' ? [] : reading.problems.map((one) => `${one.path} ${one.id}`);
}

type Json = Record<string, unknown>;
/** The tutorial's plan as JSON that may be bent. */
function bent(
  bend: (plan: {
    [key: string]: unknown;
    destination: { [key: string]: unknown; auth: { specName: string; params: Json }; location: Json };
    segments: (Json & { schedule: Json })[];
    attributes: { [key: string]: unknown; selected: string[]; mandatory: string[]; deduplication: Json[] };
  }) => unknown,
): string {
  const plan = structuredClone(tutorialPlan) as never;
  bend(plan);
  return JSON.stringify(plan);
}

describe('readPlan', () => {
  it.each<[string, string, object]>([
    ['no JSON', '{\n  "a": ?', { line: 2, column: 8 }],
    ['too deep', `{\n"a": ${'['.repeat(200)}`, { line: 2, most: expect.any(Number) as number }],
  ])('says where a document is %s', (_, source, wanted) => {
    const reading = readPlan(source);
    expect(reading).toMatchObject({ kind: 'problems', problems: [{ path: '$', values: wanted }] });
  });

  it('shows what stands there, from its beginning, and no more than fits', () => {
    const given = `yesterday ${'x'.repeat(100)}`;
    const source = bent((plan) => Object.assign(plan.segments[0] ?? {}, { id: given }));
    const reading = readPlan(source);
    const problems = reading.kind === 'plan' ? [] : reading.problems;
    expect(problems.map(({ values }) => values['value'])).toContain(given.slice(0, 80));
  });

  it('reads the plan of the tutorial', () => {
    expect(problemsOf(JSON.stringify(tutorialPlan))).toEqual([]);
  });

  it.each([{ namespace: 'aamSegments' }, { systemSegmentId: '979558ae-a8ba-4e6e-b6ba-95c0a523b44b' }])(
    'reads an audience from outside by the id of its maker: %j',
    (outside) => {
      const segments = tutorialPlan.segments.map((one, at) =>
        at === 0 ? { ...one, id: 'ext-77', ...outside } : one,
      );
      expect(problemsOf(JSON.stringify({ ...tutorialPlan, segments }))).toEqual([]);
    },
  );

  it('reads a plan that begins with a byte order mark', () => {
    expect(problemsOf(`\uFEFF${JSON.stringify(tutorialPlan)}`)).toEqual([]);
  });

  it.each<[string, (plan: Parameters<Parameters<typeof bent>[0]>[0]) => unknown, string[]]>([
    ['an unknown key', (plan) => (plan['titel'] = 'x'), ['$.titel plan.unknownKey']],
    [
      'an unknown key with a strange name',
      (plan) => (plan.segments[0] = { ...plan.segments[0], schedule: {}, 'a b': 1 }),
      [
        '$.segments[0].schedule.frequency plan.missing',
        '$.segments[0].schedule.startDate plan.missing',
        '$.segments[0]["a b"] plan.unknownKey',
      ],
    ],
    ['nothing of an id in capitals', (plan) => (plan['flow'] = '9F7D37FD-7039-4454-94EF-2B0CD6C3206A'), []],
    [
      'nothing of a param that only ends like one',
      (plan) => (plan.destination.location['oldbucket'] = 'a b'),
      [],
    ],
    ['a dataflow without an id', (plan) => (plan['flow'] = 'CRM weekly'), ['$.flow plan.notUuid']],
    [
      'an id that is none',
      (plan) => Object.assign(plan.segments[0] ?? {}, { id: '9f7d37fd' }),
      ['$.segments[0].id plan.notUuid'],
    ],
    [
      'an id of an audience from outside that could not be told from what stands around it',
      (plan) => Object.assign(plan.segments[0] ?? {}, { id: 'ext 77', namespace: 'aamSegments' }),
      ['$.segments[0].id plan.notUuid'],
    ],
    [
      'a destination id that is none',
      (plan) => (plan.destination['connectionSpecId'] = 'x'),
      ['$.destination.connectionSpecId plan.notUuid'],
    ],
    [
      'a secret in clear',
      (plan) => (plan.destination.auth.params['secretKey'] = 'in clear'),
      ['$.destination.auth.params.secretKey auth.secretInClear'],
    ],
    [
      'a secret from nowhere',
      (plan) => (plan.destination.auth.params['secretKey'] = { $secret: 'vault:x' }),
      ['$.destination.auth.params.secretKey.$secret plan.secretReference'],
    ],
    [
      'a secret in clear under a sign-in that nobody documented',
      (plan) => (plan.destination.auth = { specName: 'Vault', params: { tls: { clientSecret: 'x' } } }),
      ['$.destination.auth.params.tls.clientSecret auth.secretInClear'],
    ],
    [
      'a secret that is a number',
      (plan) => (plan.destination.auth.params['secretKey'] = 12345678),
      ['$.destination.auth.params.secretKey auth.secretInClear'],
    ],
    [
      'a private key where it is shown',
      (plan) => (plan.destination.location['path'] = '-----BEGIN RSA PRIVATE KEY-----'),
      ['$.destination.location.path field.privateKey'],
    ],
    [
      'a control character in a param of any depth',
      (plan) => (plan.destination.location['csvOptions'] = { delimiter: '\u0007' }),
      ['$.destination.location.csvOptions.delimiter field.controlCharacters'],
    ],
    [
      'a column name for a card that names its columns itself',
      (plan) => {
        const selected = [{ path: 'a.b', column: 'A' }, { path: 'a.c' }];
        Object.assign(plan.attributes, { selected, mandatory: [], deduplication: [] });
      },
      ['$.attributes.selected[0].column columns.notHere'],
    ],
    [
      'a column that is no text, and one with a member too much',
      (plan) => Object.assign(plan.attributes, { selected: [7, { path: 'a.b', name: 'A' }] }),
      ['$.attributes.selected[0] plan.wrongType', '$.attributes.selected[1].name plan.unknownKey'],
    ],
    [
      'an id in capitals, and a param that is only called like a bucket',
      (plan) => {
        Object.assign(plan.segments[0] ?? {}, { id: mountainBiking.toUpperCase() });
        plan.destination.location['ourBucket'] = 'CRM exports';
      },
      [],
    ],
    [
      'a secret where none may be, and something else that is wrong',
      (plan) => {
        plan['name'] = { $secret: 'env:S' };
        plan['sandbox'] = 5;
      },
      ['$.name.$secret plan.secretElsewhere', '$.sandbox plan.wrongType'],
    ],
    [
      'a bucket that cannot be',
      (plan) => (plan.destination.location['bucketName'] = 'CRM exports'),
      ['$.destination.location.bucketName field.pattern'],
    ],
    [
      'no segment and no attribute of a dataflow that is there',
      (plan) => {
        plan['flow'] = '8256cfb4-17e6-432c-a469-6aedafb16cd5';
        plan.segments = [];
        plan.attributes = { selected: [], mandatory: [], deduplication: [] };
      },
      [],
    ],
    ['no segment', (plan) => (plan.segments = []), ['$.segments segments.none']],
    [
      'a segment twice, in other letters',
      (plan) => Object.assign(plan.segments[1] ?? {}, { id: mountainBiking.toUpperCase() }),
      ['$.segments[1].id segments.duplicate'],
    ],
    [
      'an end before its start',
      (plan) => Object.assign(plan.segments[1]?.schedule ?? {}, { endDate: '2021-12-21' }),
      ['$.segments[1].schedule.endDate schedule.endNotAfterStart'],
    ],
    [
      'a single export with an end',
      (plan) => Object.assign(plan.segments[0]?.schedule ?? {}, { endDate: '2021-12-31' }),
      ['$.segments[0].schedule.endDate schedule.endDateNotAllowed'],
    ],
    [
      'a frequency of the other export mode',
      (plan) => Object.assign(plan.segments[0]?.schedule ?? {}, { frequency: 'EVERY_3_HOURS' }),
      ['$.segments[0].schedule.frequency schedule.frequencyNotForMode'],
    ],
    [
      'a word for a frequency',
      (plan) => Object.assign(plan.segments[0]?.schedule ?? {}, { frequency: 'HOURLY' }),
      ['$.segments[0].schedule.frequency plan.notOneOf'],
    ],
    [
      'a template without the segment',
      (plan) => Object.assign(plan.segments[0] ?? {}, { filenameTemplate: '%DESTINATION_NAME%' }),
      ['$.segments[0].filenameTemplate template.macroMissing'],
    ],
    [
      'no attribute',
      (plan) => (plan.attributes = { selected: [], mandatory: [], deduplication: [] }),
      ['$.attributes.selected attributes.none'],
    ],
    [
      'a mandatory field that is not selected',
      (plan) => plan.attributes.mandatory.push('person.gender'),
      ['$.attributes.mandatory[2] attributes.mandatoryNotSelected'],
    ],
    [
      'keys of both kinds',
      (plan) => plan.attributes.deduplication.push({ fieldType: 'IDENTITY', identityNamespace: 'Email' }),
      ['$.attributes.deduplication attributes.keysMixed'],
    ],
    [
      'a key of no kind',
      (plan) => (plan.attributes.deduplication = [{ fieldType: 'OTHER' }]),
      ['$.attributes.deduplication[0].fieldType plan.notOneOf'],
    ],
    ['another version', (plan) => (plan['version'] = 2), ['$.version plan.version']],
    ['no name', (plan) => (plan['name'] = ''), ['$.name plan.empty']],
    ['a name that is too long', (plan) => (plan['name'] = 'x'.repeat(256)), ['$.name plan.tooLong']],
    ['a sandbox in capitals', (plan) => (plan['sandbox'] = 'Dev'), ['$.sandbox plan.sandboxName']],
    ['a number for a text', (plan) => (plan['name'] = 7), ['$.name plan.wrongType']],
    [
      'Profile Store as a destination',
      (plan) => (plan.destination['connectionSpecId'] = '8a9c3494-9708-43d7-ae3f-cda01e5030e1'),
      ['$.destination.connectionSpecId plan.notOneOf'],
    ],
  ])('finds %s', (_, bend, wanted) => {
    expect(problemsOf(bent(bend)).sort()).toEqual(wanted.sort());
  });

  it.each([
    ['{', 'plan.notJson'],
    ['[]', 'plan.notAnObject'],
    ['null', 'plan.notAnObject'],
    ['"plan"', 'plan.notAnObject'],
  ])('says that %j is no plan', (source, id) => {
    expect(problemsOf(source)).toEqual([`$ ${id}`]);
  });

  it.each<[string, (plan: Parameters<Parameters<typeof bent>[0]>[0]) => unknown, string[]]>([
    ['for the plan', (plan) => (plan['$secret'] = 'env:A'), ['$.$secret']],
    ['for a name', (plan) => (plan['name'] = { $secret: 'env:A' }), ['$.name.$secret']],
    [
      'for an account',
      (plan) => (plan.destination['baseConnectionId'] = { $secret: 7 }),
      ['$.destination.baseConnectionId.$secret'],
    ],
    [
      'for the sign-in',
      (plan) => Object.assign(plan.destination.auth, { params: { $secret: 'env:A' } }),
      ['$.destination.auth.params.$secret'],
    ],
    [
      'for a value of the location',
      (plan) => (plan.destination.location['path'] = { $secret: 'wJalrXUtnFEMI' }),
      ['$.destination.location.path.$secret'],
    ],
    [
      'deep in the location, twice',
      (plan) => (plan.destination.location['csvOptions'] = { a: [{ $secret: {} }], b: { $secret: 'env:A' } }),
      ['$.destination.location.csvOptions.a[0].$secret', '$.destination.location.csvOptions.b.$secret'],
    ],
    [
      'for a segment',
      (plan) => Object.assign(plan.segments[0] ?? {}, { filenameTemplate: { $secret: 'env:A' } }),
      ['$.segments[0].filenameTemplate.$secret'],
    ],
    [
      'for a column',
      (plan) => plan.attributes.selected.push({ $secret: 'env:A' } as never),
      [`$.attributes.selected[${tutorialPlan.attributes.selected.length}].$secret`],
    ],
  ])(
    'refuses a reference to a secret where none is fetched, and says nothing of it: %s',
    (_, bend, places) => {
      const reading = readPlan(bent(bend));
      if (reading.kind === 'plan') throw new Error('sound');
      expect(reading.problems).toEqual(
        places.map((at) => ({ id: 'plan.secretElsewhere', path: at, values: {} })),
      );
    },
  );

  it.each(
    catalog.flatMap(({ auth }) =>
      auth.flatMap(({ fields }) => fields.flatMap(({ name, isSecret }) => (isSecret ? [name] : []))),
    ),
  )('refuses what any destination calls a secret as a value of the location: %s', (name) => {
    const place = `$.destination.location.${name}`;
    for (const value of ['wJalrXUtnFEMI', 7, ['wJalrXUtnFEMI']]) {
      const source = bent((plan) => (plan.destination.location[name] = value));
      expect(problemsOf(source)).toEqual([`${place} plan.secretElsewhere`]);
    }
  });

  // What only a platform publishes has no form here that says which of its fields are secret.
  it.each(['accessToken', 'token', 'apiKey', 'sharedAccessSignature', 'sasToken'])(
    'refuses what is named like a secret as a value of the location: %s',
    (name) => {
      const source = bent((plan) => (plan.destination.location[name] = 'wJalrXUtnFEMI'));
      expect(problemsOf(source)).toEqual([`$.destination.location.${name} plan.secretElsewhere`]);
    },
  );

  it('looks into the lists of a location', () => {
    const source = bent((plan) => (plan.destination.location['more'] = { list: ['a', 'b\u0000'] }));
    expect(problemsOf(source)).toEqual(['$.destination.location.more.list[1] field.controlCharacters']);
  });

  it('finds everything that is wrong at once', () => {
    const found = problemsOf(
      bent((plan) => {
        plan.segments[1] = { ...plan.segments[0], schedule: plan.segments[1]?.schedule ?? {} };
        plan.attributes.mandatory.push('person.gender');
        plan.destination.auth.params['secretKey'] = 'in clear';
      }),
    );
    expect(found).toHaveLength(4);
  });

  it('has a sentence for every problem, with its values', () => {
    meeting<ProblemId>(['plan.version', 'plan.wrongType', 'plan.missing', 'plan.unknownKey'], (meet) =>
      fc.assert(
        fc.property(soundPlan, fc.jsonValue(), fc.nat(), (plan, junk, where) => {
          const json = structuredClone(plan) as unknown as Json;
          const keys = Object.keys(json);
          json[keys[where % keys.length] ?? 'name'] = junk;
          const reading = readPlan(JSON.stringify(json));
          if (reading.kind === 'plan') return;
          for (const { id, path: place, values } of some(reading.problems)) {
            meet(id);
            expect(place).toMatch(/^\$/);
            expect(english(id, values)).not.toMatch(/\{\w+\}(?!.*")/);
          }
        }),
      ),
    );
  });

  it('reads every sound plan as it was written', () => {
    fc.assert(
      fc.property(soundPlan, (plan) => {
        expect(readPlan(JSON.stringify(plan))).toEqual({ kind: 'plan', plan });
      }),
    );
  });
});

describe('the example plans', () => {
  const files = readdirSync(examples).filter((name) => name.endsWith('.plan.json'));

  it.each(some(files))('%s is sound and activates what the tutorial does', (file) => {
    const reading = readPlan(readFileSync(path.join(examples, file), 'utf8'));
    if (reading.kind !== 'plan') throw new Error(JSON.stringify(reading.problems));
    const { segments, attributes, destination } = reading.plan;
    // Cards of today export every week and every month too, and name their columns.
    const isNewer = newerCard(destination.connectionSpecId) !== undefined;
    const shape = ({ id, name, exportMode, schedule }: Plan['segments'][number]) => [
      ...[id, name, exportMode],
      isRare(schedule.frequency) && isNewer ? 'ONCE' : schedule.frequency,
    ];
    expect(segments.map(shape)).toEqual(tutorialPlan.segments.map(shape));
    expect(segments.map(({ schedule }) => schedule.endDate !== undefined)).toEqual([false, true]);
    const selected = isNewer ? attributes.selected.map(attributeOf) : attributes.selected;
    expect({ ...attributes, selected }).toEqual(tutorialPlan.attributes);
  });

  it('are there for every newer card, every sign-in, every type of file and what only these cards have', () => {
    const plans = files.map((file) => JSON.parse(readFileSync(path.join(examples, file), 'utf8')) as Plan);
    for (const { connectionSpecId, name } of newerCards) {
      const ofCard = plans.filter(({ destination }) => destination.connectionSpecId === connectionSpecId);
      const signIns = documentedForms(connectionSpecId)?.auth.map(({ specName }) => specName) ?? [];
      const covered = new Set(ofCard.map(({ destination }) => destination.auth?.specName));
      expect(covered, name).toEqual(new Set(signIns.length > 0 ? signIns : [undefined]));
    }
    const told = JSON.stringify(plans);
    for (const one of [
      'CSV',
      'JSON',
      'PARQUET',
      'GZIP',
      'WEEKLY',
      'MONTHLY',
      'column',
      'includeFileManifest',
    ])
      expect(told).toContain(`"${one}"`);
  });

  it('are there for every destination, every sign-in and every mode', () => {
    const covered = files.map((file) => {
      const { destination } = JSON.parse(readFileSync(path.join(examples, file), 'utf8')) as Plan;
      return `${destination.connectionSpecId} ${destination.auth?.specName} ${destination.location.mode}`;
    });
    for (const { connectionSpecId, auth, modes } of some(catalog)) {
      for (const { specName } of some(auth)) {
        expect(
          covered.some((one) => one.startsWith(`${connectionSpecId} ${specName} `)),
          specName,
        ).toBe(true);
      }
      for (const { mode } of some(modes)) {
        expect(
          covered.some((one) => one.startsWith(connectionSpecId) && one.endsWith(` ${mode}`)),
          `${connectionSpecId} ${mode}`,
        ).toBe(true);
      }
    }
  });
});

describe('jsonPath', () => {
  it.each([
    [[], '$'],
    [['segments', 0, 'id'], '$.segments[0].id'],
    [['a b'], '$["a b"]'],
    [['a"b'], String.raw`$["a\"b"]`],
  ])('%j is %s', (keys, wanted) => {
    expect(jsonPath(keys)).toBe(wanted);
  });
});
