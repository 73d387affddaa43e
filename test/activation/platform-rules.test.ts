import { describe, expect, it } from 'vitest';
import {
  attributeProblems,
  flowSpecProblems,
  reusedProblems,
  sandboxProblems,
  secretProblems,
  segmentNameFindings,
  segmentProblems,
} from '../../source/activation/findings/platform-rules.ts';
import { attributeTree } from '../../source/activation/content/profile-attributes.ts';
import { jsonSchema } from '../../source/flow-service/json-schema.ts';
import { segment } from '../../source/flow-service/segments.ts';
import { connectionSpec } from '../../source/flow-service/specs.ts';
import { loyalty, mountainBiking, tutorialPlan } from '../helpers/plans.ts';
import { newerPlan } from '../helpers/newer-plan.ts';

const ids = (found: readonly { id: string; path: string }[]): string[] =>
  found.map(({ id, path }) => `${id} ${path}`);

describe('a plan held against the platform', () => {
  const sandbox = (name: string, state: string) => ({
    name,
    title: name,
    state,
    isProduction: false,
    isDefault: false,
  });
  it.each<[string, ReturnType<typeof sandbox>[], string[]]>([
    ['an active sandbox', [sandbox('prod', 'active'), sandbox('dev', 'active')], []],
    ['no such sandbox', [sandbox('prod', 'active')], ['platform.sandboxUnknown $.sandbox']],
    ['one that is going', [sandbox('dev', 'deleting')], ['platform.sandboxState $.sandbox']],
  ])('%s', (_, sandboxes, wanted) => {
    expect(ids(sandboxProblems(tutorialPlan, sandboxes))).toEqual(wanted);
  });

  const known = (id: string, more: object = {}) => segment.parse({ id, name: 'x', ...more });
  it.each<[string, ReturnType<typeof known>[], string[]]>([
    ['both segments', [known(mountainBiking.toUpperCase()), known(loyalty)], []],
    ['one that is not there', [known(loyalty)], ['platform.segmentUnknown $.segments[0].id']],
    [
      'a draft',
      [known(mountainBiking), known(loyalty, { lifecycleState: 'Draft' })],
      ['platform.segmentState $.segments[1].id'],
    ],
    [
      'an inactive one',
      [known(mountainBiking, { lifecycleState: 'inactive' }), known(loyalty)],
      ['platform.segmentState $.segments[0].id'],
    ],
    ['a published one', [known(mountainBiking, { lifecycleState: 'published' }), known(loyalty)], []],
  ])('%s', (_, segments, wanted) => {
    expect(ids(segmentProblems(tutorialPlan, segments))).toEqual(wanted);
  });

  it('one from outside is listed by the id of the platform, not by that of its maker', () => {
    const [first, ...others] = tutorialPlan.segments;
    const outside = {
      ...first,
      id: 'ext-77',
      systemSegmentId: mountainBiking,
    } as (typeof tutorialPlan.segments)[0];
    const plan = { ...tutorialPlan, segments: [outside, ...others] };
    expect(ids(segmentProblems(plan, [known(mountainBiking), known(loyalty)]))).toEqual([]);
    expect(ids(segmentProblems(plan, [known('ext-77'), known(loyalty)]))).toEqual([
      'platform.segmentUnknown $.segments[0].id',
    ]);
  });

  it('a name that is not the platform’s is a finding', () => {
    const segments = [
      known(mountainBiking, { name: 'Interested in Mountain Biking' }),
      known(loyalty, { name: 'Other' }),
    ];
    expect(segmentNameFindings(tutorialPlan, segments)).toMatchObject([
      {
        id: 'finding.segmentName',
        path: '$.segments[1].name',
        values: { segment: 'Loyalty Segment', found: 'Other' },
      },
    ]);
  });

  const leaf = { type: 'string' };
  const group = (properties: object) => ({ type: 'object', properties });
  const tree = attributeTree(
    jsonSchema.parse(
      group({
        person: group({
          name: group({ firstName: leaf }),
          hobbies: { type: 'array', items: leaf },
          taxId: { ...leaf, 'meta:status': 'deprecated' },
        }),
        settings: { type: 'object', 'meta:xdmType': 'map', additionalProperties: leaf },
        timeSeriesEvents: { type: 'array', items: leaf },
        strange: {},
      }),
    ),
  );
  it.each<[string, string | undefined]>([
    ['person.name.firstName', undefined],
    ['segmentMembership.status', undefined],
    ['segmentMembership.ups.seg_id.status', undefined],
    ['identityMap.ECID', undefined],
    ['Email', undefined],
    ['strange', undefined],
    ['person.name.lastName', 'platform.attributeUnknown'],
    ['person.name.firstName.x', 'platform.attributeUnknown'],
    ['nobody.name', 'platform.attributeUnknown'],
    ['person.name', 'platform.attributeNotExportable'],
    ['person.hobbies', 'platform.attributeNotExportable'],
    ['person.hobbies.first', 'platform.attributeNotExportable'],
    ['person.taxId', 'platform.attributeNotExportable'],
    ['settings.x', 'platform.attributeNotExportable'],
    ['timeSeriesEvents', 'platform.attributeNotExportable'],
  ])('attribute %s: %s', (attribute, wanted) => {
    const plan = { ...tutorialPlan, attributes: { ...tutorialPlan.attributes, selected: [attribute] } };
    expect(attributeProblems(plan, tree).map(({ id }) => id)).toEqual(wanted === undefined ? [] : [wanted]);
  });

  it.each<[string, string | undefined]>([
    ['person.hobbies[0]', undefined],
    ["array_to_string('_', person.hobbies)", undefined],
    ["array_to_string('_', filterArray(person.pets, pet -> pet.age > 2))", undefined],
    ['person.pets[0]', 'platform.attributeUnknown'],
    ["array_to_string('_', person.pets)", 'platform.attributeUnknown'],
    ['person.name.firstName[0]', 'platform.attributeNotExportable'],
    ['person.hobbies', 'platform.attributeNotExportable'],
  ])('column %s of a newer card: %s', (attribute, wanted) => {
    const plan = { ...newerPlan, attributes: { ...newerPlan.attributes, selected: [attribute] } };
    expect(attributeProblems(plan, tree).map(({ id }) => id)).toEqual(wanted === undefined ? [] : [wanted]);
  });

  it.each<[string | undefined, number]>([
    [undefined, 0],
    ['F', 0],
    ['G', 1],
  ])('flow spec %s has %i problems', (flowSpecId, count) => {
    const destination = { ...tutorialPlan.destination, ...(flowSpecId === undefined ? {} : { flowSpecId }) };
    const listed = [{ id: 'f', name: '', sourceConnectionSpecIds: [], targetConnectionSpecIds: [] }];
    expect(flowSpecProblems({ ...tutorialPlan, destination }, listed)).toHaveLength(count);
  });

  const spec = connectionSpec.parse({
    id: tutorialPlan.destination.connectionSpecId,
    name: 'x',
    authSpec: [
      {
        name: 'S3',
        spec: {
          type: 'object',
          required: ['accessId', 'secretKey'],
          properties: {
            accessId: leaf,
            secretKey: { ...leaf, format: 'password', minLength: 10, pattern: '^[A-Z]+$' },
          },
        },
      },
    ],
  });
  it.each<[string, string[]]>([
    ['ABCDEFGHIJ', []],
    ['SHORT', ['field.tooShort']],
    ['lower-case-secret', ['field.pattern']],
    ['', ['field.required']],
  ])('the secret %j', (secretKey, wanted) => {
    const found = secretProblems(tutorialPlan, { accessId: 'x', secretKey }, spec);
    expect(found.map(({ id }) => id)).toEqual(wanted);
    if (secretKey !== '') expect(JSON.stringify(found)).not.toContain(secretKey);
  });

  it('nothing but secrets is judged by what a spec says of secrets, and none that is encoded on its way', () => {
    const pattern = '^[A-Z]+$';
    const others = connectionSpec.parse({
      id: tutorialPlan.destination.connectionSpecId,
      name: 'x',
      authSpec: [
        {
          name: 'S3',
          spec: {
            type: 'object',
            properties: {
              accessId: { ...leaf, pattern },
              encoded: { ...leaf, format: 'password', contentEncoding: 'base64', pattern },
              secretKey: { ...leaf, format: 'password', pattern },
            },
          },
        },
      ],
    });
    const params = { accessId: 'low', encoded: 'low', secretKey: 'low' };
    expect(ids(secretProblems(tutorialPlan, params, others))).toEqual([
      'field.pattern $.destination.auth.params.secretKey',
    ]);
    expect(secretProblems(tutorialPlan, { secretKey: { low: 'low' } }, others)).toEqual([]);
  });

  it.each<[string | undefined, number]>([
    [undefined, 0],
    ['Enabled', 0],
    ['disabled', 1],
    ['initializing', 1],
  ])('a connection that is %s has %i problems', (state, count) => {
    expect(reusedProblems({ id: 'C', state }, '$')).toHaveLength(count);
  });
});
