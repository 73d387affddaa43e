import { describe, expect, it } from 'vitest';
import { planFindings } from '../../source/activation/findings/findings.ts';
import {
  attributeProblems,
  attributeTree,
  exportablePaths,
  listPaths,
} from '../../source/activation/content/profile-attributes.ts';
import { tutorialPlan } from '../helpers/plans.ts';

const text = { type: 'string' };

describe('attributeTree', () => {
  const tree = attributeTree({
    properties: {
      person: {
        type: 'object',
        properties: { name: { type: 'object', properties: { firstName: { ...text, title: 'First name' } } } },
      },
      orders: { type: 'array', items: text },
      preferences: { type: 'object', additionalProperties: text },
      timeSeriesEvents: { type: 'array' },
      old: { ...text, 'meta:status': 'deprecated' },
      birthDate: { ...text, 'meta:xdmType': 'date' },
      empty: { type: 'object', properties: {} },
    },
  });
  const find = (path: string) => tree.find((node) => node.path === path);

  it('has the dot path of every attribute that can be exported', () => {
    expect(exportablePaths(tree)).toEqual(['person.name.firstName', 'birthDate', 'segmentMembership.status']);
  });

  it.each([
    ['orders', 'array'],
    ['preferences', 'map'],
    ['timeSeriesEvents', 'event'],
    ['old', 'deprecated'],
  ])('says why %s cannot be exported: %s', (path, why) => {
    expect(find(path)?.notExportable).toBe(why);
  });

  it('names the type as the platform does', () => {
    expect(find('birthDate')?.type).toBe('date');
  });

  it('leaves out groups with nothing in them', () => {
    expect(find('empty')).toBeUndefined();
  });

  it('offers the status of the membership, where the schema has a map', () => {
    const [membership] = attributeTree({
      properties: { segmentMembership: { type: 'object', additionalProperties: { type: 'object' } } },
    });
    expect(membership?.children.map(({ path }) => path)).toEqual(['segmentMembership.status']);
  });

  it('tells arrays of scalars from others', () => {
    const array = (type: string, more: object = {}) => ({ type: 'array', items: { type }, ...more });
    const tree = attributeTree({
      properties: {
        words: array('string'),
        objects: array('object'),
        old: array('string', { 'meta:status': 'deprecated' }),
        timeSeriesEvents: array('string'),
        group: { type: 'object', properties: { numbers: array('number') } },
      },
    });
    expect(listPaths(tree)).toEqual(['words', 'group.numbers']);
    expect(exportablePaths(tree)).toEqual(['segmentMembership.status']);
  });

  it('ends on a schema that goes on for ever', () => {
    const endless: { properties?: Record<string, object>; type: string } = { type: 'object' };
    endless.properties = { again: endless };
    expect(exportablePaths(attributeTree(endless))).toEqual(['segmentMembership.status']);
  });
});

describe('attributeProblems', () => {
  const selected = ['a.b', 'c', 'd'];
  const key = (attributePath: string) => ({ fieldType: 'ATTRIBUTE' as const, attributePath });
  const identity = { fieldType: 'IDENTITY' as const, identityNamespace: 'Email' };

  it.each([
    ['nothing is wrong', { selected, mandatory: ['c'], deduplication: [key('c'), key('d')] }, []],
    ['one identity', { selected, mandatory: [], deduplication: [identity] }, []],
    [
      'an attribute twice',
      { selected: ['c', 'c'], mandatory: [], deduplication: [] },
      ['$.attributes.selected[1] attributes.duplicate'],
    ],
    [
      'no path',
      { selected: ['/a', 'a..b', 'a b'], mandatory: [], deduplication: [] },
      [0, 1, 2].map((at) => `$.attributes.selected[${at}] attributes.badPath`),
    ],
    [
      'what is made of an array',
      {
        selected: ['list[0]', 'a.list[12]', 'list[0].b', 'list[-1]', "array_to_string('_',list)"],
        mandatory: [],
        deduplication: [],
      },
      [0, 1, 2, 3, 4].map((at) => `$.attributes.selected[${at}] attributes.badPath`),
    ],
    [
      'one thing after the other, told in that order',
      { selected: ['/a', 'c', 'c', 'b b'], mandatory: ['d'], deduplication: [key('e')] },
      [
        '$.attributes.selected[0] attributes.badPath',
        '$.attributes.selected[2] attributes.duplicate',
        '$.attributes.selected[3] attributes.badPath',
        '$.attributes.mandatory[0] attributes.mandatoryNotSelected',
        '$.attributes.deduplication[0].attributePath attributes.keyNotSelected',
      ],
    ],
    [
      'mandatory twice',
      { selected, mandatory: ['c', 'c'], deduplication: [] },
      ['$.attributes.mandatory[1] attributes.mandatoryDuplicate'],
    ],
    [
      'three keys',
      { selected, mandatory: [], deduplication: [key('a.b'), key('c'), key('d')] },
      ['$.attributes.deduplication attributes.keysTooMany'],
    ],
    [
      'two identities',
      { selected, mandatory: [], deduplication: [identity, { ...identity, identityNamespace: 'ECID' }] },
      ['$.attributes.deduplication attributes.keysTooMany'],
    ],
    [
      'a key that is not selected',
      { selected, mandatory: [], deduplication: [key('e')] },
      ['$.attributes.deduplication[0].attributePath attributes.keyNotSelected'],
    ],
    [
      'a key twice',
      { selected, mandatory: [], deduplication: [key('c'), key('c')] },
      ['$.attributes.deduplication[1] attributes.keyDuplicate'],
    ],
  ])('%s', (_, attributes, wanted) => {
    expect(attributeProblems(attributes).map(({ path, id }) => `${path} ${id}`)).toEqual(wanted);
  });
});

describe('planFindings', () => {
  const before = Date.parse('2021-12-20T12:00:00Z');
  const ids = (plan: typeof tutorialPlan, nowMs = before): string[] =>
    planFindings(plan, nowMs).map(({ id }) => id);

  it('tells of a plan in good time only that the end is exclusive', () => {
    expect(ids(tutorialPlan)).toEqual(['finding.lastDay']);
  });

  it.each([
    ['2021-12-20T16:30:00Z', 'finding.startSoon'],
    ['2021-12-23T00:00:00Z', 'finding.startPast'],
    ['2022-01-01T00:00:00Z', 'finding.noExportLeft'],
  ])('at %s tells %s', (at, wanted) => {
    expect(ids(tutorialPlan, Date.parse(at))).toContain(wanted);
  });

  it('tells that files are overwritten, that rows may be double, and what is production', () => {
    const segments = tutorialPlan.segments.map((one) => ({
      ...one,
      filenameTemplate: '%DESTINATION_NAME%_%SEGMENT_ID%',
    }));
    const attributes = { ...tutorialPlan.attributes, deduplication: [] };
    const found = ids({ ...tutorialPlan, sandbox: 'prod', segments, attributes });
    for (const id of ['finding.overwrites', 'finding.noDeduplication', 'finding.production'])
      expect(found).toContain(id);
  });

  it('tells what is more than the platform advises', () => {
    const [first] = tutorialPlan.segments;
    if (!first) throw new Error('no segment');
    const segments = Array.from({ length: 251 }, (_, at) => ({
      ...first,
      id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    }));
    const attributes = {
      ...tutorialPlan.attributes,
      selected: Array.from({ length: 51 }, (_, at) => `a${at}`),
    };
    const found = ids({ ...tutorialPlan, segments, attributes });
    for (const id of ['finding.tooManySegments', 'finding.tooManyAttributes', 'finding.sameHour'])
      expect(found).toContain(id);
  });
});
