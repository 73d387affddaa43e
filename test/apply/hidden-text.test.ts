import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ofFlow } from '../../source/activation/of-flow.ts';
import { ofPlan } from '../../source/activation/of-plan.ts';
import { changesOf } from '../../source/activation/change/changes.ts';
import { aim } from '../../source/activation/change/aim.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { readPlan } from '../../source/activation/plan/read-plan.ts';
import { planOfFlow } from '../../source/activation/plan-of-flow.ts';
import { compare } from '../../source/activation/report.ts';
import { activationOf, readTarget } from '../../source/apply/live/live.ts';
import { courseOf, toDo } from '../../source/apply/live/course.ts';
import { parseMarked } from '../../source/flow-service/clean.ts';
import { answerWith, clientOf } from '../helpers/answers.ts';
import { mountainBiking, tutorialPlan } from '../helpers/plans.ts';
import { runs } from '../helpers/soak.ts';

const id = 'ca5c6e9a-8559-4a08-97a5-f15b756da600';
const plan: Plan = {
  ...tutorialPlan,
  flow: id,
  description: 'Every day',
  destination: {
    connectionSpecId: tutorialPlan.destination.connectionSpecId,
    baseConnectionId: 'cafe0000-0000-4000-8000-00000000cafe',
    location: tutorialPlan.destination.location,
  },
};

/** What a server says of a dataflow that holds the plan. */
const held = JSON.stringify([
  {
    id,
    etag: '"1"',
    state: 'enabled',
    name: plan.name,
    description: plan.description,
    targetConnectionIds: ['T1'],
    transformations: [
      {
        name: 'GeneralTransform',
        params: {
          segmentSelectors: {
            selectors: plan.segments.map((value) => ({ type: 'PLATFORM_SEGMENT', value })),
          },
          profileSelectors: {
            selectors: plan.attributes.selected.map((path) => ({ type: 'JSON_PATH', value: { path } })),
            mandatoryFields: plan.attributes.mandatory,
            primaryFields: plan.attributes.deduplication,
          },
        },
      },
    ],
  },
  {
    id: 'T1',
    etag: '"2"',
    connectionSpec: { id: plan.destination.connectionSpecId },
    baseConnectionId: plan.destination.baseConnectionId,
    params: plan.destination.location,
  },
]);

async function live(text: string) {
  const [flow, target] = JSON.parse(text) as [unknown, unknown];
  const server = await answerWith(({ url }) => ({
    json: { items: [url.includes('/flows/') ? flow : target] },
  }));
  const client = clientOf(server.url);
  const read = await client.getFlow(id);
  return { flow: read, target: await readTarget(client, read, {}) };
}

const signs = [
  '\u200b',
  '\u00ad',
  '\ufeff',
  '\u202e',
  '\u2060',
  '\u0007',
  '\u001b[31m',
  '\ud800',
  '\u0301'.repeat(9),
];

describe('a text in which something hides', () => {
  it('is told from the one that it looks like: the rig holds what the plan wants', async () => {
    const { flow, target } = await live(held);
    expect(compare(plan, flow, {}, { target }).rows.filter(({ mark }) => mark !== 'same')).toEqual([]);
  });

  it.each<[string, string]>([
    ['the name', `"name":"${plan.name}`],
    ['the description', '"description":"Every day'],
    ['the folder to store in', '"path":"daily'],
    ['a file name', '"filenameTemplate":"%DESTINATION_NAME%'],
    ['a column', '"value":{"path":"person.name.firstName'],
    ['a mandatory field', `"mandatoryFields":["${plan.attributes.mandatory[0]}`],
    ['a segment', `"id":"${mountainBiking}`],
    ['the name of a member', '"bucketName'],
  ])('is told from the one that it looks like: %s', async (_, place) => {
    expect(held).toContain(place);
    for (const sign of signs) {
      const { flow, target } = await live(held.replace(place, place + JSON.stringify(sign).slice(1, -1)));
      const [wanted, found] = [ofPlan(plan), ofFlow(flow, { target })];
      expect(changesOf(wanted, aim(wanted, found, 'prune'), found)).not.toEqual([]);
      expect(compare(plan, flow, {}, { target }).isVerified).toBe(false);
      const reading = planOfFlow({ flow, target }, 'dev');
      if (reading.kind !== 'plan') throw new Error(reading.why);
      const again = readPlan(JSON.stringify(reading.plan));
      if (again.kind !== 'plan') throw new Error(JSON.stringify(again.problems));
      const pulled = ofPlan(again.plan);
      expect(changesOf(pulled, aim(pulled, found, 'prune'), found)).toEqual([]);
    }
  });

  it('is put back as it was', async () => {
    const hidden = held
      .replace(`"name":"${plan.name}`, `"name":"\\u200b${plan.name}`)
      .replace('Every day', 'Every\\u0007day')
      .replace('"path":"daily', '"path":"dai\\u200bly');
    const before = await live(hidden);
    const wanted: Plan = {
      ...plan,
      destination: { ...plan.destination, location: { ...plan.destination.location, path: 'other' } },
    };
    const { aimed, found, todo } = courseOf({ plan: wanted, extras: 'keep' }, before);
    expect(todo.nextOfTarget(before.target ?? never())).toMatchObject([
      { path: '/params/path', value: 'other' },
    ]);
    const after = await live(held.replace('"path":"daily', '"path":"other'));
    const back = toDo(before, aimed, found);
    expect(back.nextOfFlow(after.flow)).toEqual([
      { op: 'replace', path: '/name', value: `\u200b${plan.name}` },
      { op: 'replace', path: '/description', value: 'Every\u0007day' },
    ]);
    expect(back.nextOfTarget(after.target ?? never())).toEqual([
      { op: 'replace', path: '/params/path', value: 'dai\u200bly' },
    ]);
    expect(activationOf(before).name).toEqual({ kind: 'known', value: `\ufffd${plan.name}` });
  });
});

function never(): never {
  throw new Error('no target');
}

describe('a plan with a text in which something hides', () => {
  const [first, ...others] = plan.segments;
  const withLocation = (more: object): object => ({
    ...plan,
    destination: { ...plan.destination, location: { ...plan.destination.location, ...more } },
  });
  it.each<[string, object, string, string]>([
    ['its name', { ...plan, name: 'My\u200b flow' }, '$.name', 'My flow'],
    ['its description', { ...plan, description: 'a\u202eb' }, '$.description', 'ab'],
    ['line ends of Windows', { ...plan, description: 'a\r\nb' }, '$.description', 'a\nb'],
    ['a bell', { ...plan, name: 'a\u0007b' }, '$.name', 'ab'],
    ['half a sign', { ...plan, name: 'a\ud800b' }, '$.name', 'ab'],
    [
      'the folder',
      withLocation({ path: 'exports/daily\u200b' }),
      '$.destination.location.path',
      'exports/daily',
    ],
    ['a bucket', withLocation({ bucketName: 'b\u00adc' }), '$.destination.location.bucketName', 'bc'],
    ['deeper', withLocation({ others: { some: ['a\ufeff'] } }), '$.destination.location.others.some[0]', 'a'],
    [
      'the name of a member',
      withLocation({ 'pa\u200bth': 'x' }),
      '$.destination.location["pa\u200bth"]',
      'path',
    ],
    [
      'a namespace',
      { ...plan, segments: [{ ...first, namespace: 'a\u200bb' }, ...others] },
      '$.segments[0].namespace',
      'ab',
    ],
    [
      'a file name',
      { ...plan, segments: [{ ...first, filenameTemplate: `\u200b${first?.filenameTemplate}` }, ...others] },
      '$.segments[0].filenameTemplate',
      first?.filenameTemplate ?? '',
    ],
    [
      'a column',
      { ...plan, attributes: { ...plan.attributes, selected: ['a\u200bb', ...plan.attributes.selected] } },
      '$.attributes.selected[0]',
      'ab',
    ],
  ])('is not sound, and says what it should read: %s', (_, document, path, better) => {
    const reading = readPlan(JSON.stringify(document));
    if (reading.kind === 'plan') throw new Error('sound');
    expect(reading.problems.map(({ id: of, path: at, values }) => [of, at, values['better']])).toEqual([
      ['field.invisible', path, better],
    ]);
  });

  it.each(['می‌خواهم', '👨‍👩‍👧', 'नमस्‍ते', '葛城', 'a\nb', 'e\u0301', '한국'])(
    'is sound where a script needs it: %j',
    (text) => {
      expect(readPlan(JSON.stringify({ ...plan, description: text })).kind).toBe('plan');
    },
  );

  it('is sound where a segment is called so: that is a copy', () => {
    const segments = [{ ...first, name: 'a\u200bb' }, ...others];
    expect(readPlan(JSON.stringify({ ...plan, segments })).kind).toBe('plan');
  });

  it('is sound exactly where an answer would say it as it is', () => {
    const sign = fc.oneof(
      fc.constantFrom(...signs, '\u200d', '\ufe0f', '👨', 'م', '\r', '\n', '\t'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 6 }), (some) => {
        const description = some.join('').slice(0, 255);
        const isSound = readPlan(JSON.stringify({ ...plan, description })).kind === 'plan';
        expect(isSound).toBe(parseMarked(JSON.stringify(description)) === description);
      }),
      { numRuns: runs(500) },
    );
  });
});
