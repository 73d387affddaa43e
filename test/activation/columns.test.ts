import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attributesProblems,
  columnName,
  columnProblems,
  columnsOf,
  type FromList,
  fromList,
  mappingLine,
  pathOfList,
} from '../../source/activation/content/columns.ts';
import {
  columnsOfSet,
  inputSchemaBody,
  mappingSetBody,
  ofLine,
  outputSchemaBody,
  type StoredLine,
  sameLines,
} from '../../source/activation/content/mapping-set.ts';
import { sampleRows } from '../../source/activation/content/sample-rows.ts';
import type { Selected } from '../../source/activation/plan/plan.ts';
import { asked, type Json, readOne } from '../helpers/asked.ts';

const word = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,6}$/);
const dotted = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join('.'));
const path = fc.oneof(
  dotted,
  dotted.map((one) => `identityMap.${one}`),
  dotted.map((one) => `${one}[0]`),
  dotted.map((one) => `array_to_string('_', ${one})`),
);
const selected: fc.Arbitrary<Selected> = fc.oneof(
  path,
  fc.record({ path, column: fc.option(word, { nil: undefined }) }),
);

/** A line of a set as it is read. */
const storedAs = (source: string): StoredLine => {
  const line = { sourceType: 'text/x.aep-xl', source, destination: 'organizations' };
  return { ...line, raw: line };
};

describe('an array as one text that somebody has written with double quotes', () => {
  const [single, double] = ["array_to_string('_', organizations)", 'array_to_string("_", organizations)'];

  it('is the column that the contract writes with single ones, and its line stays as it came', () => {
    const [wanted, found] = [
      ofLine(mappingLine({ path: double, column: 'organizations' })),
      ofLine(storedAs(double)),
    ];
    expect(found).toMatchObject({ name: single, selected: single });
    expect(wanted).toMatchObject({ name: single, selected: single });
    const sent = mappingSetBody({ inputSchemaId: 'a', outputSchemaId: 'b' }, [found.value, wanted.value]);
    expect(sent).toMatchObject({ mappings: [{ source: double }, { source: single }] });
  });
});

describe('a column', () => {
  it.each([
    ['person.name.firstName', 'person_name_firstName'],
    ['identityMap.Email', 'Email'],
    ['identityMap.Phone_E.164', 'Phone_E_164'],
    ['segmentMembership.status', 'segmentMembership_status'],
    ['segmentMembership.ups.seg_id.status', 'segmentMembership_status'],
    [
      'segmentMembership.seg_namespace.seg_id.lastQualificationTime',
      'segmentMembership_lastQualificationTime',
    ],
    ['organizations[0]', 'organizations0'],
    ['_acme.visits[12].page', '_acme_visits12_page'],
    ["array_to_string('_', _acme.organizations)", '_acme_organizations'],
    ['size_of(organizations)', 'size_of'],
  ])('of %s is called %s', (one, wanted) => {
    expect(columnName(one)).toBe(wanted);
  });

  it.each([
    ['person.name.firstName', 'ATTRIBUTE', 'person.name.firstName'],
    ['identityMap.Phone_E.164', 'ATTRIBUTE', 'identityMap.Phone_E//.164'],
    ['segmentMembership.status', 'ATTRIBUTE', 'segmentMembership.seg_namespace.seg_id.status'],
    ['organizations[0]', 'ATTRIBUTE', 'organizations[0]'],
    ["array_to_string('_', organizations)", 'EXPRESSION', "array_to_string('_', organizations)"],
    ['array_to_string("_", organizations)', 'EXPRESSION', "array_to_string('_', organizations)"],
    ["array_to_string( ', ',organizations )", 'EXPRESSION', "array_to_string(', ', organizations)"],
    ['size_of("a")', 'EXPRESSION', 'size_of("a")'],
  ])('of %s is sent as %s %s', (one, sourceType, source) => {
    expect(mappingLine({ path: one, column: 'x' })).toEqual({ sourceType, source, destination: 'x' });
  });

  it('keeps the name it was given, and every other one has a name of its own, without a dot', () => {
    fc.assert(
      fc.property(fc.array(selected, { maxLength: 8 }), (all) => {
        const columns = columnsOf(all);
        const given = all.map((one) => (typeof one === 'string' ? undefined : one.column));
        expect(columns.map(({ path: of }) => of)).toEqual(
          all.map((one) => (typeof one === 'string' ? one : one.path)),
        );
        columns.forEach(({ column }, index) => {
          if (given[index] !== undefined) expect(column).toBe(given[index]);
          else {
            expect(column).not.toContain('.');
            expect(columns.filter((one) => one.column === column)).toHaveLength(1);
          }
        });
      }),
    );
  });

  it('is told from others by a number', () => {
    expect(
      columnsOf(['a.b', 'a_b', 'a_b', { path: 'x', column: 'a_b_2' }]).map(({ column }) => column),
    ).toEqual(['a_b', 'a_b_3', 'a_b_4', 'a_b_2']);
  });
});

describe('a mapping set', () => {
  const columns = columnsOf(['person.name.firstName', 'identityMap.Email']);

  it('is sent as the contract has it', () => {
    const ids = { inputSchemaId: '8f1c', outputSchemaId: '1b2e' };
    expect(JSON.stringify(mappingSetBody(ids, columns.map(mappingLine)))).toBe(
      '{"inputSchema":{"id":"8f1c"},"outputSchema":{"id":"1b2e"},"xdmVersion":"1.0","mappings":[{"sourceType":"ATTRIBUTE","source":"person.name.firstName","destination":"person_name_firstName"},{"sourceType":"ATTRIBUTE","source":"identityMap.Email","destination":"Email"}]}',
    );
  });

  it('declares its columns beside what the card has, each in its form', () => {
    const partner = {
      title: 'defaultschema',
      type: 'object',
      properties: { attributes: { type: 'object' } },
    };
    expect(JSON.stringify(outputSchemaBody('out', partner, columns.map(mappingLine)))).toBe(
      '{"name":"out","jsonSchema":{"title":"defaultschema","type":"object","properties":{"attributes":{"type":"object"},"person_name_firstName":{"title":"person_name_firstName","type":"string"},"Email":{"title":"Email","type":"array","items":{"type":"object","properties":{"id":{"title":"id","type":"string","meta:xdmType":"string"}}}}}}}',
    );
    const union = { title: 'union', unheardOf: [1] };
    expect(inputSchemaBody('in', union)).toEqual({ name: 'in', jsonSchema: union });
  });

  const stored = (all: readonly Selected[]): StoredLine[] =>
    columnsOf(all)
      .map(mappingLine)
      .map((line) => ({
        ...line,
        sourceType: line.sourceType === 'ATTRIBUTE' ? 'text/x.schema-path' : 'text/x.aep-xl',
      }));

  it('is known again when it is read, and is another with anything else', () => {
    fc.assert(
      fc.property(fc.array(selected, { minLength: 1, maxLength: 6 }), fc.nat(), (all, at) => {
        const lines = stored(all);
        expect(sameLines(lines, columnsOf(all).map(mappingLine))).toBe(true);
        expect(sameLines(lines, lines)).toBe(true);
        expect(sameLines(lines.slice(1), columnsOf(all).map(mappingLine))).toBe(false);
        const index = at % lines.length;
        for (const member of ['sourceType', 'source', 'destination'] as const) {
          const bent = lines.map((line, i) => (i === index ? { ...line, [member]: 'other' } : line));
          expect(sameLines(bent, columnsOf(all).map(mappingLine))).toBe(false);
        }
      }),
    );
  });

  it('tells its columns, as a plan would select them', () => {
    fc.assert(
      fc.property(fc.array(path, { minLength: 1, maxLength: 6 }), (paths) => {
        const all = columnsOf(paths);
        expect(columnsOfSet(stored(paths))).toEqual(all);
        expect(columnsOfSet([{ sourceType: 'text/plain', source: 'EU', destination: 'region' }])).toEqual([]);
      }),
    );
  });
});

describe('what is sent', () => {
  it('is taken by a platform that takes only what is published, and known again there', async () => {
    const { ask } = await asked({ strictCards: true });
    const base = '/data/foundation/conversion';
    const columns = columnsOf([
      'person.name.firstName',
      { path: 'personalEmail.address', column: 'MAIL' },
      'identityMap.Phone_E.164',
      'segmentMembership.status',
      'organizations[0]',
      "array_to_string('_', organizations)",
    ]);
    const union = (await ask('GET', '/data/core/ups/config/entityTypes/_xdm.context.profile')).body;
    const { targetSpec } = (await readOne(ask, '/connectionSpecs/4fce964d-3f37-408f-9778-e597338a21ee')) as {
      targetSpec: { attributes: { partnerSchema: { jsonSchema: Json } } };
    };
    const partner = targetSpec.attributes.partnerSchema.jsonSchema;
    const made = async (body: object): Promise<string> =>
      String((await ask('POST', `${base}/schemas`, body)).body['id']);
    const body = mappingSetBody(
      {
        inputSchemaId: await made(inputSchemaBody('in', union)),
        outputSchemaId: await made(outputSchemaBody('out', partner, columns.map(mappingLine))),
      },
      columns.map(mappingLine),
    );
    expect((await ask('POST', `${base}/mappingSets/validate`, body)).body['validationResponse']).toEqual(
      columns.map(() => ({ status: 'SUCCESS', errors: [] })),
    );
    const { status, body: set } = await ask('POST', `${base}/mappingSets`, body);
    expect(status).toBe(200);
    const read = await ask('GET', `${base}/mappingSets/${String(set['id'])}?version=0`);
    const stored = read.body['mappings'] as StoredLine[];
    expect(sameLines(stored, columns.map(mappingLine))).toBe(true);
    expect(sameLines(stored, columns.map(mappingLine).toReversed())).toBe(false);
  });
});

describe('a column of an array', () => {
  it.each<[string, FromList | undefined]>([
    ['a.list[12]', { kind: 'element', list: 'a.list', index: 12 }],
    ["array_to_string('_', a.list)", { kind: 'joined', list: 'a.list', separator: '_' }],
    ["array_to_string( ', ',list )", { kind: 'joined', list: 'list', separator: ', ' }],
    ["array_to_string('_', filterArray(list, x -> x.y > 1))", undefined],
    ['list[0].name', undefined],
    ['a.list', undefined],
  ])('%s', (path, wanted) => {
    expect(fromList(path)).toEqual(wanted);
  });

  it('is written as it was read', () => {
    const list = dotted;
    const made: fc.Arbitrary<FromList> = fc.oneof(
      fc.record({ kind: fc.constant('element' as const), list, index: fc.nat(99) }),
      fc.record({
        kind: fc.constant('joined' as const),
        list,
        separator: fc.constantFrom('', '_', ', ', '|', ')', '('),
      }),
    );
    fc.assert(
      fc.property(made, (one) => {
        expect(fromList(pathOfList(one))).toEqual(one);
      }),
    );
  });

  it('has made-up values', () => {
    const paths = ['a.list[0]', 'a.list[1]', "array_to_string(', ', a.list)", 'identityMap.ECID'];
    expect(sampleRows(paths, ['a.list[0]'])).toEqual([
      { values: ['list 1', 'list 2', 'list 1, list 2', 'ECID 1'] },
      { values: ['list 1', 'list 2', 'list 1, list 2', 'ECID 1'], sameAs: 1 },
      { values: ['list 2', 'list 3', 'list 2, list 3', 'ECID 2'] },
      { values: ['list 3', 'list 4', 'list 3, list 4', 'ECID 3'] },
    ]);
  });

  it('is taken by a card that keeps its columns in a mapping set, and by no other', () => {
    const attributes = {
      selected: ["array_to_string('_', a)"],
      mandatory: [],
      deduplication: [],
    };
    expect(attributesProblems(attributes, true)).toEqual([]);
    expect(attributesProblems(attributes, false).map(({ path, id }) => `${path} ${id}`)).toEqual([
      '$.attributes.selected[0] attributes.badPath',
    ]);
  });
});

describe('columns', () => {
  const told = (more: Partial<Parameters<typeof columnProblems>[0]>): string[] =>
    columnProblems({ selected: ['a', 'identityMap.Email'], mandatory: [], deduplication: [], ...more }).map(
      ({ id, path: at }) => `${at} ${id}`,
    );

  it.each<[string, Partial<Parameters<typeof columnProblems>[0]>, string[]]>([
    ['sound', {}, []],
    [
      'with a dot',
      { selected: ['a', { path: 'b', column: 'b.c' }] },
      ['$.attributes.selected[1].column columns.dot'],
    ],
    [
      'without a name',
      { selected: [{ path: 'b', column: ' ' }] },
      ['$.attributes.selected[0].column columns.empty'],
    ],
    [
      'of one name',
      { selected: [{ path: 'a', column: 'x' }, 'b', { path: 'c', column: 'x' }] },
      ['$.attributes.selected[2].column columns.duplicate'],
    ],
    ['of one path', { selected: ['a', 'a'] }, []],
    [
      'of two identities',
      { selected: ['identityMap.Email', 'b', 'identityMap.ECID'] },
      ['$.attributes.selected[2] columns.identities'],
    ],
    [
      'made of an array as is promised',
      {
        selected: ['a', 'b[0]', '_c.d[12]', "array_to_string('_', b)", 'array_to_string(",", _c.d)'].map(
          (of, index) => ({ path: of, column: `c${index}` }),
        ),
      },
      [],
    ],
    ...[
      'b[-1]',
      'b[]',
      'b[0][1]',
      'b[0].c',
      'b[x]',
      'b[0',
      'size_of(b)',
      "array_to_string(',', b[0])",
      "array_to_string(',', b..c)",
      "array_to_string(',', trim(b))",
      "array_to_string('\\'', b)",
    ].map((of): [string, Partial<Parameters<typeof columnProblems>[0]>, string[]] => [
      `made otherwise: ${of}`,
      { selected: ['a', { path: of, column: 'x' }] },
      ['$.attributes.selected[1] columns.otherwiseMade'],
    ]),
    ['with a mandatory path and namespace', { mandatory: ['a', 'Email'] }, []],
    [
      'with a mandatory name of a column',
      { selected: [{ path: 'a', column: 'A' }], mandatory: ['A'] },
      ['$.attributes.mandatory[0] attributes.mandatoryNotSelected'],
    ],
    [
      'with an identity as key',
      { deduplication: [{ fieldType: 'IDENTITY', identityNamespace: 'Email' }] },
      [],
    ],
    [
      'with a key that is none of them',
      { deduplication: [{ fieldType: 'IDENTITY', identityNamespace: 'ECID' }] },
      ['$.attributes.deduplication[0].identityNamespace attributes.keyNotSelected'],
    ],
    [
      'with what is computed as mandatory and as a key',
      {
        selected: ["array_to_string('_', a)"],
        mandatory: ["array_to_string('_', a)"],
        deduplication: [{ fieldType: 'ATTRIBUTE', attributePath: "array_to_string('_', a)" }],
      },
      [
        '$.attributes.mandatory[0] columns.computed',
        '$.attributes.deduplication[0].attributePath columns.computed',
      ],
    ],
    [
      'with an identity as an attribute key',
      { deduplication: [{ fieldType: 'ATTRIBUTE', attributePath: 'Email' }] },
      ['$.attributes.deduplication[0].attributePath columns.keyOfIdentity'],
    ],
    [
      'with the path of an identity as an attribute key',
      { deduplication: [{ fieldType: 'ATTRIBUTE', attributePath: 'identityMap.Email' }] },
      ['$.attributes.deduplication[0].attributePath columns.keyOfIdentity'],
    ],
    [
      'with an attribute called as an identity is, as a key',
      {
        selected: ['Email', { path: 'identityMap.Email', column: 'x' }],
        deduplication: [{ fieldType: 'ATTRIBUTE', attributePath: 'Email' }],
      },
      [],
    ],
    [
      'with a path that is none of them',
      { deduplication: [{ fieldType: 'ATTRIBUTE', attributePath: 'b' }] },
      ['$.attributes.deduplication[0].attributePath attributes.keyNotSelected'],
    ],
  ])('%s', (_, more, wanted) => {
    expect(told(more)).toEqual(wanted);
  });
});
