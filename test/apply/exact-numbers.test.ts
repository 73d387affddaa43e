import { describe, expect, it } from 'vitest';
import { ofFlow } from '../../source/activation/of-flow.ts';
import { ofPlan } from '../../source/activation/of-plan.ts';
import { changesOf } from '../../source/activation/change/changes.ts';
import { aim } from '../../source/activation/change/aim.ts';
import { patchOf } from '../../source/activation/change/patch.ts';
import { readPlan } from '../../source/activation/plan/read-plan.ts';
import { planOfFlow } from '../../source/activation/plan-of-flow.ts';
import { targetPatchOf } from '../../source/activation/change/target-patch.ts';
import { readTarget } from '../../source/apply/live/live.ts';
import { decodeJournal, encodeEntry } from '../../source/apply/journal/lines.ts';
import { answerWith, clientOf } from '../helpers/answers.ts';
import { tutorialPlan } from '../helpers/plans.ts';

const id = 'ca5c6e9a-8559-4a08-97a5-f15b756da600';
const account = 'cafe0000-0000-4000-8000-00000000cafe';
const selectors = tutorialPlan.segments.map((value) => ({ type: 'PLATFORM_SEGMENT', value }));

/** What a server writes of JSON with numbers that JavaScript has not. */
const said = (value: unknown): string =>
  JSON.stringify(value).replaceAll(/"#([^"]+)"/g, (_, number: string) => number);

const flow = {
  id,
  name: tutorialPlan.name,
  etag: '"1"',
  state: 'enabled',
  targetConnectionIds: ['T1'],
  transformations: [
    {
      name: 'GeneralTransform',
      params: {
        segmentSelectors: {
          selectors: selectors.map((one, at) => ({
            ...one,
            value: { ...one.value, big: at === 0 ? '#9007199254740993' : '#1e400' },
          })),
        },
        profileSelectors: {
          selectors: tutorialPlan.attributes.selected.map((path) => ({
            type: 'JSON_PATH',
            value: { path, weight: '#0.1234567890123456789' },
          })),
        },
      },
    },
  ],
};
const target = (params: object) => ({
  id: 'T1',
  etag: '"2"',
  connectionSpec: { id: tutorialPlan.destination.connectionSpecId },
  baseConnectionId: account,
  params: { ...tutorialPlan.destination.location, ...params },
});

async function live(params: object) {
  const server = await answerWith(({ url }) => ({
    text: said({ items: [url.includes('/flows/') ? flow : target(params)] }),
  }));
  const client = clientOf(server.url);
  const read = await client.getFlow(id);
  return { client, server, read, place: await readTarget(client, read, {}) };
}

describe('a number that JavaScript has not', () => {
  it('survives a change of what it stands in', async () => {
    const { read, client, server } = await live({});
    const plan = {
      ...tutorialPlan,
      flow: id,
      segments: tutorialPlan.segments.map((one) => ({
        ...one,
        filenameTemplate: '%SEGMENT_ID%_%DESTINATION_NAME%',
      })),
      attributes: { ...tutorialPlan.attributes, selected: tutorialPlan.attributes.selected.toReversed() },
    };
    await client.patchFlow(id, '"1"', patchOf(aim(ofPlan(plan), ofFlow(read), 'keep'), read, 'prune'));
    const { body = '' } = server.seen.at(-1) ?? {};
    expect(body.match(/"big":9007199254740993\b/g)).toHaveLength(1);
    expect(body.match(/"big":1e400\b/g)).toHaveLength(1);
    expect(body.match(/"weight":0\.1234567890123456789\b/g)).toHaveLength(
      tutorialPlan.attributes.selected.length,
    );
  });

  it('is pulled as it is, and there is no difference afterwards', async () => {
    const { read, place } = await live({ n: '#12345678901234567890', more: { m: '#1e400' } });
    const reading = planOfFlow({ flow: read, target: place }, 'dev');
    if (reading.kind !== 'plan') throw new Error(reading.why);
    const text = JSON.stringify(reading.plan);
    expect(text).toContain('"n":12345678901234567890');
    expect(text).toContain('"m":1e400');
    const again = readPlan(text);
    if (again.kind !== 'plan') throw new Error(JSON.stringify(again.problems));
    expect(JSON.stringify(again.plan)).toBe(text);
    const [wanted, found] = [ofPlan(again.plan), ofFlow(read, { target: place })];
    expect(changesOf(wanted, aim(wanted, found, 'prune'), found)).toEqual([]);
  });

  it.each<[string, string, string, string[]]>([
    ['the next one', '12345678901234567890', '12345678901234567891', ['12345678901234567891']],
    ['one that JavaScript has', '9007199254740993', '9007199254740992', ['9007199254740992']],
    ['one beyond all', '1e308', '1e309', ['1e309']],
    ['its digits as a text', '9007199254740993', '"9007199254740993"', ['"9007199254740993"']],
    ['itself', '9007199254740993', '9007199254740993', []],
    ['one, written otherwise', '1.0', '1', []],
  ])('is sent as the plan says it, in place of %s', async (_, held, asked, wanted) => {
    const { place, client, server } = await live({ n: `#${held}` });
    const text = JSON.stringify({ ...tutorialPlan, flow: id }).replace('"mode"', `"n":${asked},"mode"`);
    const reading = readPlan(text);
    if (reading.kind !== 'plan') throw new Error(JSON.stringify(reading.problems));
    const found = ofFlow({ transformations: [] }, { target: place });
    const patch = targetPatchOf(aim(ofPlan(reading.plan), found, 'keep'), found);
    await client.patchConnection('targetConnections', 'T1', '"2"', patch);
    const body = server.seen.at(-1)?.body ?? '';
    expect(body).toBe(
      said(wanted.map(() => ({ op: 'replace', path: '/params/n', value: '#@' }))).replace(
        '@',
        wanted[0] ?? '',
      ),
    );
  });

  it('is kept in the journal', async () => {
    const { read } = await live({});
    const note = { kind: 'found', flow: read.raw, at: '2026-11-26T00:00:00.000Z' } as unknown as Parameters<
      typeof encodeEntry
    >[0];
    const line = encodeEntry(note);
    const { entries, isTorn } = decodeJournal(line, 'x');
    expect(isTorn).toBe(false);
    expect(entries.map(encodeEntry)).toEqual([line]);
    expect(line).toContain('9007199254740993');
  });

  it('is no value of a sign-in, and says so', () => {
    const text = JSON.stringify(tutorialPlan).replace(
      '"accessId":',
      '"port":9007199254740993,"more":{"deep":1e400},"accessId":',
    );
    const reading = readPlan(text);
    expect(reading.kind === 'problems' && reading.problems.map(({ path }) => path)).toEqual([
      '$.destination.auth.params.port',
      '$.destination.auth.params.more.deep',
    ]);
  });
});
