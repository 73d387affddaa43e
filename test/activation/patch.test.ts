import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activation } from '../../source/activation/activation.ts';
import { ofFlow } from '../../source/activation/of-flow.ts';
import { ofPlan } from '../../source/activation/of-plan.ts';
import { type Compared, difference } from '../../source/activation/difference.ts';
import { isObject } from '../../source/activation/plan/json-path.ts';
import { type Extras, patchOf } from '../../source/activation/change/patch.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { activationPatch } from '../../source/activation/requests.ts';
import { settingNames, withSettings } from '../../source/activation/settings.ts';
import type { PatchOperation } from '../../source/flow-service/flows.ts';
import { flowOf, type Json, patchedWith, read, twoPlans } from '../helpers/flows.ts';
import { loyalty, mountainBiking, tutorialPlan } from '../helpers/plans.ts';
import { meeting } from '../helpers/some.ts';
import { runs } from '../helpers/soak.ts';

const params = '/transformations/0/params';
const selectors = `${params}/segmentSelectors/selectors`;
const columns = `${params}/profileSelectors/selectors`;

/** What is not as it is wanted; what a patch never touches is left out. */
const open = (wanted: Activation, held: Json): Compared[] =>
  difference(wanted, ofFlow(read(held))).filter(
    (one) =>
      one.kind !== 'same' &&
      one.part !== 'state' &&
      !(one.part === 'segment' && ['name', 'namespace', 'systemSegmentId'].includes(one.member ?? '')),
  );

type Members = { [name: string]: Json };
const members = (value: Json | undefined): Members => (isObject(value) ? (value as Members) : {});
const listOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
const generalOf = (held: Json): Members =>
  members(
    listOf(members(held)['transformations']).find((one) => members(one)['name'] === 'GeneralTransform'),
  );
const selectorsIn = (held: Json, which: string): Json[] =>
  listOf(members(members(generalOf(held)['params'])[which])['selectors']);
const text = (value: Json): string => JSON.stringify(value);

/** Everything that is no setting, as texts that can be counted. */
const unsettled = (held: Json): string[] =>
  selectorsIn(held, 'segmentSelectors').map((one) =>
    text({ ...members(one), value: withSettings(members(members(one)['value']), {}) }),
  );

const without = (held: Members, ...names: string[]): Members =>
  Object.fromEntries(Object.entries(held).filter(([name]) => !names.includes(name)));

/** What a dataflow holds besides everything that an activation is about. */
function around(held: Json): Json {
  return {
    ...without(members(held), 'name', 'description'),
    transformations: listOf(members(held)['transformations']).map((one) => {
      if (members(one)['name'] !== 'GeneralTransform') return one;
      const all = members(members(one)['params']);
      const segmentSelectors = without(members(all['segmentSelectors']), 'selectors');
      const rest = without(all, 'profileSelectors', 'mandatoryFields', 'primaryFields');
      return { ...members(one), params: { ...rest, segmentSelectors } };
    }),
  };
}

const anyChange = twoPlans.chain(([before, wanted]) =>
  fc.record({ held: flowOf(before), wanted: fc.constant(wanted), before: fc.constant(before) }),
);

describe('the patch from any dataflow to any activation', () => {
  it('gives what is wanted and nothing else, and the way back gives what there was', () => {
    fc.assert(
      fc.property(anyChange, ({ held, wanted }) => {
        const after = patchedWith(held, patchOf(ofPlan(wanted), read(held), 'prune'));
        expect(open(ofPlan(wanted), after)).toEqual([]);
        expect(patchOf(ofPlan(wanted), read(after), 'prune')).toEqual([]);

        const back = patchedWith(after, patchOf(ofFlow(read(held)), read(after), 'prune'));
        expect(open(ofFlow(read(held)), back)).toEqual([]);
        expect(unsettled(back).sort()).toEqual(unsettled(held).sort());
        expect(selectorsIn(back, 'profileSelectors')).toEqual(selectorsIn(held, 'profileSelectors'));
        expect(around(back)).toEqual(around(held));
      }),
      { numRuns: runs(300, 38) },
    );
  });

  it('takes nothing away when extras are kept', () => {
    fc.assert(
      fc.property(anyChange, ({ held, wanted }) => {
        const after = patchedWith(held, patchOf(ofPlan(wanted), read(held)));
        const kinds = open(ofPlan(wanted), after).map(({ kind }) => kind);
        expect(kinds.filter((kind) => kind !== 'extra')).toEqual([]);
        const left = difference(ofFlow(read(held)), ofFlow(read(after))).filter(
          ({ kind, part }) => kind === 'missing' && part !== 'segment' && part !== 'description',
        );
        expect(left).toEqual([]);
        expect(unsettled(after)).toEqual(expect.arrayContaining(unsettled(held)));
        expect(selectorsIn(after, 'profileSelectors').map(text)).toEqual(
          expect.arrayContaining(selectorsIn(held, 'profileSelectors').map(text)),
        );
      }),
      { numRuns: runs(300, 38) },
    );
  });

  it.each<Extras>(['keep', 'prune'])('leaves alone whatever it knows nothing of (%s)', (extras) => {
    meeting(['a selector that stays'], (meet) =>
      fc.assert(
        fc.property(anyChange, ({ held, wanted }) => {
          const after = patchedWith(held, patchOf(ofPlan(wanted), read(held), extras));
          expect(around(after)).toEqual(around(held));
          // What stays of the selectors stays with everything in it.
          const there = new Map(unsettled(held).map((one) => [one, true]));
          const ids = new Set(wanted.segments.map(({ id }) => id));
          for (const one of selectorsIn(held, 'segmentSelectors')) {
            const value = members(members(one)['value']);
            if (!ids.has(String(value['id']).toLowerCase())) continue;
            meet('a selector that stays');
            const id = String(value['id']).toLowerCase();
            const same = unsettled(after).filter((other) => other.toLowerCase().includes(id));
            expect(same.some((other) => there.has(other))).toBe(true);
          }
        }),
      ),
    );
  });

  it('replaces first, then removes from behind, then adds', () => {
    const lists = ['segmentSelectors', 'profileSelectors'] as const;
    meeting(['all three', ...lists], (meet) =>
      fc.assert(
        fc.property(anyChange, ({ held, wanted }) => {
          const patch = patchOf(ofPlan(wanted), read(held), 'prune');
          const rank = { replace: 0, remove: 1, add: 2 };
          const ranks = patch.map(({ op }) => rank[op]);
          expect(ranks).toEqual([...ranks].sort());
          if (new Set(ranks).size === 3) meet('all three');
          for (const list of lists) {
            const indexes = patch
              .filter(({ op, path }) => op === 'remove' && path.includes(list))
              .map(({ path }) => Number(path.split('/').at(-1)));
            expect(indexes).toEqual([...indexes].sort((a, b) => b - a));
            if (indexes.length > 1) meet(list);
          }
        }),
      ),
    );
  });

  it('is empty for a dataflow that is as it should be', () => {
    fc.assert(
      fc.property(anyChange, ({ held }) => {
        expect(patchOf(ofFlow(read(held)), read(held), 'prune')).toEqual([]);
      }),
    );
  });
});

const template = '%DESTINATION_NAME%_%SEGMENT_ID%_%DATETIME(YYYYMMdd_HHmmss)%';

describe('the worked example of the contract', () => {
  const [a, b, c, d] = [
    'aaaaaaaa-0000-4000-8000-000000000001',
    '0b1c6a52-2c7e-4f7f-9c5d-5a2d8f4f7b10',
    'cccccccc-0000-4000-8000-000000000003',
    'dddddddd-0000-4000-8000-000000000004',
  ];
  const selector = (id: string, name: string, frequency: string): Json => ({
    type: 'PLATFORM_SEGMENT',
    value: {
      id,
      name,
      description: '',
      filenameTemplate: template,
      exportMode: 'FIRST_FULL_THEN_INCREMENTAL',
      schedule: {
        frequency,
        triggerType: 'SCHEDULED',
        startDate: '2026-12-01',
        endDate: '2027-01-31',
        startTime: '06:00',
      },
      createTime: '1764543600',
      updateTime: '1764543600',
    },
  });
  const held: Json = {
    name: tutorialPlan.name,
    transformations: [
      {
        name: 'GeneralTransform',
        params: {
          segmentSelectors: {
            selectors: [
              selector(a, 'A', 'DAILY'),
              selector(b, 'Lapsed buyers', 'EVERY_6_HOURS'),
              selector(c, 'C', 'DAILY'),
            ],
          },
          profileSelectors: { selectors: [{ type: 'JSON_PATH', value: { path: 'Email' } }] },
        },
      },
    ],
  };
  const segment = (id: string, name: string): Plan['segments'][number] => ({
    id,
    name,
    filenameTemplate: template,
    exportMode: 'FIRST_FULL_THEN_INCREMENTAL',
    schedule: {
      frequency: 'EVERY_12_HOURS',
      startDate: '2026-12-01',
      endDate: '2027-01-31',
      startTime: '06:00',
    },
  });
  const plan: Plan = {
    ...tutorialPlan,
    segments: [segment(b, 'Lapsed buyers'), segment(d, 'New')],
    attributes: { selected: ['Email'], mandatory: [], deduplication: [] },
  };

  it('drops two, changes one and adds one in one request', () => {
    expect(JSON.stringify(patchOf(ofPlan(plan), read(held), 'prune'))).toBe(
      '[{"op":"replace","path":"/transformations/0/params/segmentSelectors/selectors/1","value":{"type":"PLATFORM_SEGMENT","value":{' +
        '"id":"0b1c6a52-2c7e-4f7f-9c5d-5a2d8f4f7b10","name":"Lapsed buyers","description":"",' +
        '"filenameTemplate":"%DESTINATION_NAME%_%SEGMENT_ID%_%DATETIME(YYYYMMdd_HHmmss)%","exportMode":"FIRST_FULL_THEN_INCREMENTAL",' +
        '"schedule":{"frequency":"EVERY_12_HOURS","triggerType":"SCHEDULED","startDate":"2026-12-01","endDate":"2027-01-31","startTime":"06:00"},' +
        '"createTime":"1764543600","updateTime":"1764543600"}}},' +
        '{"op":"remove","path":"/transformations/0/params/segmentSelectors/selectors/2"},' +
        '{"op":"remove","path":"/transformations/0/params/segmentSelectors/selectors/0"},' +
        '{"op":"add","path":"/transformations/0/params/segmentSelectors/selectors/-","value":{"type":"PLATFORM_SEGMENT","value":{' +
        `"id":"${d}","name":"New","filenameTemplate":"${template}","exportMode":"FIRST_FULL_THEN_INCREMENTAL",` +
        '"schedule":{"frequency":"EVERY_12_HOURS","triggerType":"SCHEDULED","startDate":"2026-12-01","endDate":"2027-01-31","startTime":"06:00"}}}}]',
    );
  });

  it('leaves a setting that is the same as the platform wrote it', () => {
    const written = JSON.parse(
      JSON.stringify(selector(b, 'Lapsed buyers', 'DAILY')).replace('06:00', '06:00:00'),
    ) as Json;
    const [one] = patchOf(
      ofPlan(plan),
      read(
        JSON.parse(
          JSON.stringify(held).replace(JSON.stringify(selector(a, 'A', 'DAILY')), JSON.stringify(written)),
        ) as Json,
      ),
    );
    expect(one).toMatchObject({ op: 'replace', path: `${selectors}/0` });
    expect(JSON.stringify(one?.value)).toBe(JSON.stringify(written).replace('DAILY', 'EVERY_12_HOURS'));
  });

  it('leaves the two where they are when extras are kept', () => {
    expect(patchOf(ofPlan(plan), read(held)).map(({ op, path }) => `${op} ${path}`)).toEqual([
      `replace ${selectors}/1`,
      `add ${selectors}/-`,
    ]);
  });
});

describe('who a segment is', () => {
  const [segment] = tutorialPlan.segments;
  const external = { id: mountainBiking, namespace: 'CustomerAudienceUpload', systemSegmentId: 'sys' };
  const selector = (value: Members, type = 'PLATFORM_SEGMENT'): Json => ({
    type,
    value: { ...(JSON.parse(JSON.stringify(segment)) as Members), ...value },
  });
  const flowWith = (one: Json): Json => ({
    name: tutorialPlan.name,
    transformations: [{ name: 'GeneralTransform', params: { segmentSelectors: { selectors: [one] } } }],
  });
  const plan = (more: object): Activation =>
    ofPlan({
      ...tutorialPlan,
      segments: segment ? [{ ...segment, ...more }] : [],
      attributes: { selected: [], mandatory: [], deduplication: [] },
    });

  it('is set right as a whole selector', () => {
    const held = flowWith(selector({ x: 1 }, 'LIST'));
    const patch = patchOf(plan(external), read(held));
    expect(patch).toEqual([
      { op: 'replace', path: `${selectors}/0`, value: selector({ x: 1, ...external }) },
    ]);
    const after = patchedWith(held, patch);
    expect(patchOf(plan(external), read(after))).toEqual([]);
    expect(patchedWith(after, patchOf(ofFlow(read(held)), read(after), 'prune'))).toEqual(held);
  });

  it('is left to the platform where nobody says', () => {
    expect(patchOf(plan({}), read(flowWith(selector({ namespace: 'ups', name: 'Old' }))), 'prune')).toEqual(
      [],
    );
  });
});

describe('what is null in a dataflow', () => {
  it.each<[string, Json]>([
    ['params', null],
    ['both selectors', { segmentSelectors: null, profileSelectors: null }],
  ])('%s, is made anew', (_, params) => {
    const held: Json = { name: tutorialPlan.name, transformations: [{ name: 'GeneralTransform', params }] };
    const after = patchedWith(held, patchOf(ofPlan(tutorialPlan), read(held)));
    expect(open(ofPlan(tutorialPlan), after)).toEqual([]);
  });
});

/** A dataflow with these params of its only transformation. */
const withParams = (held: Json): Json => ({
  name: tutorialPlan.name,
  transformations: [{ name: 'GeneralTransform', params: held }],
});
const column = (path: string, more: Members = {}): Json => ({ ...more, type: 'JSON_PATH', value: { path } });
const small = (attributes: Partial<Plan['attributes']>, segments: Plan['segments'] = []): Activation =>
  ofPlan({
    ...tutorialPlan,
    segments,
    attributes: { selected: [], mandatory: [], deduplication: [], ...attributes },
  });
const said = (patch: readonly PatchOperation[]): string[] =>
  patch.map(({ op, path, value }) =>
    [op, path, ...(value === undefined ? [] : [JSON.stringify(value)])].join(' '),
  );

describe('columns', () => {
  const [a, b, c] = [column('a', { x: 1 }), column('b', { x: 2 }), column('c', { x: 3 })];
  const held = withParams({
    segmentSelectors: { selectors: [] },
    profileSelectors: { selectors: [a, b, c] },
  });
  it.each<[string, string[], Extras, string[]]>([
    ['one more at the end', ['a', 'b', 'c', 'd'], 'prune', [`add ${columns}/- ${text(column('d'))}`]],
    ['two less', ['b'], 'prune', [`remove ${columns}/2`, `remove ${columns}/0`]],
    ['two less, kept', ['b'], 'keep', []],
    [
      'one less and one more',
      ['a', 'c', 'd'],
      'prune',
      [`remove ${columns}/1`, `add ${columns}/- ${text(column('d'))}`],
    ],
    ['another order', ['c', 'a', 'b'], 'prune', [`replace ${columns} ${text([c, a, b])}`]],
    [
      'one more in between',
      ['a', 'd', 'b', 'c'],
      'prune',
      [`replace ${columns} ${text([a, column('d'), b, c])}`],
    ],
    [
      'another order of some, the rest kept behind',
      ['c', 'a'],
      'keep',
      [`replace ${columns} ${text([c, a, b])}`],
    ],
    ['another order of some, the rest gone', ['c', 'a'], 'prune', [`replace ${columns} ${text([c, a])}`]],
  ])('%s', (_, selected, extras, wanted) => {
    expect(said(patchOf(small({ selected }), read(held), extras))).toEqual(wanted);
  });
});

describe('mandatory fields and keys', () => {
  const email = { fieldType: 'ATTRIBUTE', attributePath: 'a' } as const;
  const inside = { selectors: [column('a')], mandatoryFields: ['a'], primaryFields: [{ ...email, x: 1 }] };
  const beside = { mandatoryFields: ['a'], primaryFields: [{ ...email, x: 1 }] };
  it.each<[string, Json, Partial<Plan['attributes']>, Extras, string[]]>([
    [
      'stand with the columns',
      { profileSelectors: inside },
      { mandatory: ['a', 'b'] },
      'keep',
      [`add ${params}/profileSelectors/mandatoryFields ["a","b"]`],
    ],
    [
      'stand beside them in newer cards',
      { ...beside, profileSelectors: { selectors: [column('a')] } },
      { mandatory: ['b'], deduplication: [] },
      'prune',
      [`add ${params}/mandatoryFields ["b"]`, `add ${params}/primaryFields []`],
    ],
    [
      'keep what was in a key',
      { profileSelectors: inside },
      { mandatory: ['a'], deduplication: [email, { fieldType: 'ATTRIBUTE', attributePath: 'b' }] },
      'prune',
      [
        `add ${params}/profileSelectors/primaryFields [{"fieldType":"ATTRIBUTE","attributePath":"a","x":1},{"fieldType":"ATTRIBUTE","attributePath":"b"}]`,
      ],
    ],
    [
      'are sets',
      { profileSelectors: { ...inside, mandatoryFields: ['b', 'a'] } },
      { mandatory: ['a', 'b'] },
      'keep',
      [],
    ],
    [
      'come where a newer card that is empty has them',
      { mandatoryFields: [], primaryFields: [], profileMapping: {} },
      { mandatory: ['a'], deduplication: [email] },
      'keep',
      [`add ${params}/mandatoryFields ["a"]`, `add ${params}/primaryFields ${text([email])}`],
    ],
    [
      'come with the columns where the dataflow has none yet',
      { profileSelectors: { selectors: [column('a')], mandatoryFields: null } },
      { mandatory: ['a'] },
      'keep',
      [`add ${params}/profileSelectors/mandatoryFields ["a"]`],
    ],
  ])('%s', (_, more, attributes, extras, wanted) => {
    const held = withParams({ segmentSelectors: { selectors: [] }, ...members(more) });
    const patch = patchOf(
      small({ selected: extras === 'keep' ? [] : ['a'], ...attributes }),
      read(held),
      extras,
    );
    expect(said(patch).filter((line) => !line.includes(`${columns}/`))).toEqual(wanted);
    expect(() => patchedWith(held, patch)).not.toThrow();
  });
});

describe('a dataflow that lacks the structure', () => {
  const whole = { segmentSelectors: { selectors: [] }, profileSelectors: { selectors: [] } };
  it.each<[string, Json | undefined, string]>([
    ['has no transformation', [], '/transformations'],
    ['has null instead', null, '/transformations'],
    ['has no such member', undefined, '/transformations'],
    ['has only one of another kind', [{ name: 'Other', params: { x: 1 } }], '/transformations/-'],
    ['has one without params', [{ name: 'General Transform' }], params],
    [
      'has params without lists',
      [{ name: 'GeneralTransform', params: { x: 1 } }],
      `${params}/segmentSelectors`,
    ],
    [
      'has lists that are null',
      [
        {
          name: 'GeneralTransform',
          params: { segmentSelectors: { selectors: null }, profileSelectors: { selectors: null } },
        },
      ],
      selectors,
    ],
    ['has all of it', [{ name: 'GeneralTransform', params: whole }], `${selectors}/-`],
  ])('%s', (_, transformations, first) => {
    const held: Json = { name: 'N', x: 1, ...(transformations === undefined ? {} : { transformations }) };
    const wanted = ofPlan({ ...tutorialPlan, name: 'N' });
    const patch = patchOf(wanted, read(held));
    expect(patch[0]).toMatchObject({ op: 'add', path: first });
    const after = patchedWith(held, patch);
    expect(open(wanted, after)).toEqual([]);
    const ofAnotherKind = (one: Json | undefined): Json[] =>
      listOf(one).filter((other) => members(other)['name'] === 'Other');
    expect(ofAnotherKind(members(after)['transformations'])).toEqual(ofAnotherKind(transformations));
  });

  it('is given none of it when nothing is to be added', () => {
    expect(patchOf(small({}), read({ name: tutorialPlan.name, transformations: [] }))).toEqual([]);
  });

  it('of two transformations with segments each keeps its own', () => {
    const [first, second] = tutorialPlan.segments;
    if (!first || !second) throw new Error('no segments');
    const one = (id: string, paths: string[]): Json => ({
      name: 'GeneralTransform',
      params: {
        segmentSelectors: {
          selectors: [{ type: 'PLATFORM_SEGMENT', value: { id } }],
        },
        profileSelectors: { selectors: paths.map((path) => column(path)), mandatoryFields: paths },
      },
    });
    const held: Json = {
      name: tutorialPlan.name,
      transformations: [one(first.id, ['a', 'b']), one(second.id, ['c', 'd'])],
    };
    const wanted = small({ selected: ['d', 'a', 'e'], mandatory: ['d'] }, [first, second]);
    const patch = patchOf(wanted, read(held), 'prune');
    const pathOf = (index: number, rest: string): string => `/transformations/${index}/params/${rest}`;
    expect(patch.map(({ op, path }) => `${op} ${path}`)).toEqual([
      `replace ${pathOf(0, 'segmentSelectors/selectors/0')}`,
      `replace ${pathOf(1, 'segmentSelectors/selectors/0')}`,
      `remove ${pathOf(1, 'profileSelectors/selectors/0')}`,
      `remove ${pathOf(0, 'profileSelectors/selectors/1')}`,
      `add ${pathOf(0, 'profileSelectors/selectors/-')}`,
      `add ${pathOf(0, 'profileSelectors/mandatoryFields')}`,
      `add ${pathOf(1, 'profileSelectors/mandatoryFields')}`,
    ]);
    // Order across two lists means nothing to anybody, so it is left as it is.
    expect(open(wanted, patchedWith(held, patch))).toEqual([]);
  });
});

describe('name and description', () => {
  const marked = 'ferry run 40fcb632';
  it.each<[string, Json, Partial<Plan>, Extras, string[]]>([
    ['another name', { name: 'A' }, { name: 'B' }, 'keep', ['replace /name "B"']],
    [
      'another description keeps the marker',
      { name: 'A', description: `old · ${marked}` },
      { name: 'A', description: 'new' },
      'keep',
      [`replace /description "new · ${marked}"`],
    ],
    [
      'a first description',
      { name: 'A' },
      { name: 'A', description: 'new' },
      'keep',
      ['add /description "new"'],
    ],
    ['one that nobody wants', { name: 'A', description: 'old' }, { name: 'A' }, 'keep', []],
    [
      'one that nobody wants, gone',
      { name: 'A', description: 'old' },
      { name: 'A' },
      'prune',
      ['remove /description'],
    ],
    [
      'one that nobody wants, gone but for the marker',
      { name: 'A', description: `old · ${marked}` },
      { name: 'A' },
      'prune',
      [`replace /description "${marked}"`],
    ],
    [
      'one that was cut for the marker is as it should be',
      { name: 'A', description: `${'x'.repeat(255 - marked.length - 3)} · ${marked}` },
      { name: 'A', description: 'x'.repeat(255) },
      'prune',
      [],
    ],
  ])('%s', (_, held, plan, extras, wanted) => {
    const nothing = { selected: [], mandatory: [], deduplication: [] };
    const activation = ofPlan({ ...tutorialPlan, segments: [], attributes: nothing, ...plan });
    expect(said(patchOf(activation, read({ ...members(held), transformations: [] }), extras))).toEqual(
      wanted,
    );
  });
});

describe('what a server calls by a dangerous name', () => {
  it('is written back as it came, also what may not be shown', () => {
    const [first] = tutorialPlan.segments;
    if (!first) throw new Error('no segment');
    const raw =
      '{"__proto__":{"polluted":1},"type":"PLATFORM_SEGMENT","value":{"id":"ID","constructor":7,' +
      '"description":"\\u001b[31mred\\u0007","exportMode":"FIRST_FULL_THEN_INCREMENTAL","schedule":{"toString":null,"__proto__":0}}}';
    const held = JSON.parse(
      `{"transformations":[{"params":{"segmentSelectors":{"selectors":[${raw.replace('ID', mountainBiking)}]}}}]}`,
    ) as Json;
    const [replace] = patchOf(small({}, [first]), read(held));
    const value = JSON.stringify(replace?.value);
    for (const kept of [
      '"__proto__":{"polluted":1}',
      '"constructor":7',
      '\\u001b[31mred\\u0007',
      '"toString":null',
      '"__proto__":0',
    ])
      expect(value).toContain(kept);
    expect(value).toContain('"exportMode":"DAILY_FULL_EXPORT"');
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('making something new', () => {
  it('is the difference to nothing', () => {
    const held = withParams({ segmentSelectors: { selectors: [] }, profileSelectors: { selectors: [] } });
    const patch = activationPatch(tutorialPlan);
    expect(patch).toEqual(patchOf(ofPlan(tutorialPlan), read(held)));
    expect(patch.map(({ op }) => op)).toEqual(Array(9).fill('add'));
    expect(open(ofPlan(tutorialPlan), patchedWith(held, patch))).toEqual([]);
  });

  it('writes each segment once, with every setting', () => {
    const values = activationPatch(tutorialPlan)
      .slice(0, 2)
      .map(({ value }) => members(value as Json)['value']);
    expect(values.map((value) => members(value)['id'])).toEqual([mountainBiking, loyalty]);
    const second = members(values[1]);
    const written = Object.keys({ ...second, ...members(second['schedule']) });
    expect(written).toEqual(expect.arrayContaining([...settingNames]));
  });
});
