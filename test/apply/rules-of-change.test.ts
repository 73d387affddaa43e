import { describe, expect, it, test } from 'vitest';
import type { Activation, Item } from '../../source/activation/activation.ts';
import type { Compared } from '../../source/activation/difference.ts';
import { change } from '../../source/apply/change.ts';
import { changeRequests } from '../../source/apply/live/change-requests.ts';
import { problemsOfKeys, problemsOfNew } from '../../source/apply/check/change-check.ts';
import { exportingOf } from '../../source/apply/check/under-way.ts';
import type { SetCourse } from '../../source/apply/mapping-set.ts';
import { RefusedError } from '../../source/flow-service/errors.ts';
import { readAgain } from '../../source/flow-service/flows.ts';
import { exportRun } from '../helpers/export-runs.ts';
import { newerPlan } from '../helpers/newer-plan.ts';
import { applyingWith, clientThat, nothingToDo } from '../helpers/shelves.ts';

const place = { before: '$', after: '$' };
interface Loose {
  part?: Compared['part'];
  kind?: Compared['kind'];
  member?: string;
  of?: object;
}
const compared = (more: Loose): Compared =>
  ({ part: 'segment', kind: 'missing', subject: 'x', place, of: {}, ...more }) as unknown as Compared;
const flowOf = (more: object = {}) => readAgain({ id: 'F', etag: '"1"', transformations: [], ...more });

describe('what is about to be sent', () => {
  const line = { sourceType: 'ATTRIBUTE', source: 'a.b', destination: 'A' };
  const added = { sourceType: 'ATTRIBUTE', source: 'c', destination: 'C' };
  const held = { id: 's', version: 2, lines: [line], inputSchemaId: 'in', outputSchemaId: 'out' };
  const sent = (course: SetCourse | undefined, lines = [line, added]) =>
    changeRequests(newerPlan, 'F', { flow: flowOf() }, { ...nothingToDo, lines }, course).map(
      ({ step, method, path, body }) => ({ line: `${step} ${method} ${path}`, body }),
    );
  const linesOf = (course: SetCourse | undefined, lines = [line, added]): string[] =>
    sent(course, lines).map((one) => one.line);
  const conversion = '/data/foundation/conversion';
  const schemas = [`input-schema POST ${conversion}/schemas`, `output-schema POST ${conversion}/schemas`];
  const next = `columns PUT ${conversion}/mappingSets/s`;
  const own = `mapping-set POST ${conversion}/mappingSets`;

  it.each<[string, SetCourse | undefined, typeof held.lines, string[]]>([
    ['no columns', undefined, [line, added], []],
    ['a version that is there', { kind: 'next', set: held, version: 3, found: held }, [line, added], []],
    [
      'a next version that brings a column',
      { kind: 'next', set: held, version: 3 },
      [line, added],
      [...schemas, next],
    ],
    ['a next version that brings none', { kind: 'next', set: held, version: 3 }, [line], [next]],
    [
      'a next version without a schema',
      { kind: 'next', set: { ...held, inputSchemaId: undefined }, version: 3 },
      [line],
      [...schemas, next],
    ],
    ['a set of its own', { kind: 'new' }, [line], [...schemas, own]],
    ['a set of its own for one that is shared', { kind: 'new', set: held }, [line], [...schemas, own]],
  ])('of columns is, for %s, what it needs', (_, course, lines, wanted) => {
    expect(linesOf(course, lines)).toEqual(wanted);
  });

  it('says of the output what its columns are, and of the input nothing that is copied', () => {
    const [input, output, set] = sent({ kind: 'new' });
    expect(input?.body).toHaveProperty('jsonSchema', {});
    expect(output?.body).toMatchObject({
      jsonSchema: { properties: { A: { title: 'A' }, C: { title: 'C' } } },
    });
    expect(set?.body).toMatchObject({
      inputSchema: { id: '{inputSchemaId}' },
      outputSchema: { id: '{outputSchemaId}' },
      mappings: [line, added],
    });
  });

  it('names the schemas that a next version keeps', () => {
    expect(sent({ kind: 'next', set: held, version: 3 }, [line])[0]?.body).toMatchObject({
      inputSchema: { id: 'in' },
      outputSchema: { id: 'out' },
    });
  });
});

describe('a change of a new dataflow', () => {
  it('tells each of its calls before, while and after', async () => {
    const points: string[] = [];
    let isPatched = false;
    const client = clientThat({
      getFlow: () => Promise.resolve(flowOf({ name: isPatched ? 'patched' : 'new' })),
      patchFlow: () => {
        isPatched = true;
        return Promise.resolve({ etag: '"2"', requestId: 'r' });
      },
    });
    const checkpoint = (point: string, step: string): Promise<void> => {
      points.push(`${point} ${step}`);
      return Promise.resolve();
    };
    const { applying } = applyingWith({ client, checkpoint, settleMs: 1 });
    const after = await change(applying, 'F', ({ name }) => name === 'patched');
    expect(after.name).toBe('patched');
    const steps = ['read', 'activate', 'settle'];
    expect(points).toEqual(
      steps.flatMap((step) => ['intended', 'sent', 'answered'].map((one) => `${one} ${step}`)),
    );
  });
});

describe('what is held against the platform', () => {
  const asked = async (flow: readonly Compared[], columns: readonly Compared[] = []): Promise<string[]> => {
    const calls: string[] = [];
    const missing = new RefusedError({ method: 'GET', path: '/x' }, 404, {});
    const client = clientThat({
      getSegment: (id) => {
        calls.push(`segment ${id}`);
        return Promise.reject(missing);
      },
      async *listSegments() {
        await Promise.resolve();
        yield { segments: [], total: 0 };
      },
      getUnionSchema: () => {
        calls.push('attributes');
        return Promise.resolve({ properties: {} });
      },
    });
    const [segment] = newerPlan.segments;
    const plan = {
      ...newerPlan,
      segments: [
        { ...segment, id: 'first' },
        { ...segment, id: 'second' },
      ],
    };
    const { applying } = applyingWith({ client, plan: plan as typeof newerPlan });
    const problems = await problemsOfNew(applying, { ...nothingToDo, flow, columns });
    return [...calls, ...problems.map(({ path }) => path)];
  };
  const at = (...path: (string | number)[]): object => ({ after: { at: path } });

  test.each<[string, Compared[], Compared[], string[]]>([
    ['nothing that stays', [], [], []],
    [
      'a segment that comes',
      [compared({ of: at('segments', 1) })],
      [],
      ['segment second', '$.segments[1].id'],
    ],
    ['no segment that becomes another', [compared({ kind: 'changed', of: at('segments', 1) })], [], []],
    ['no member of a segment', [compared({ member: 'schedule', of: at('segments', 1) })], [], []],
    ['no segment that goes', [compared({ kind: 'missing' })], [], []],
    [
      'a column that comes',
      [compared({ part: 'column', of: at('attributes', 'selected', 0) })],
      [],
      ['attributes', '$.attributes.selected[0]'],
    ],
    [
      'a column of a set that comes',
      [],
      [compared({ part: 'column', of: at('attributes', 'selected', 1) })],
      ['attributes', '$.attributes.selected[1]'],
    ],
    ['no key', [compared({ part: 'key', of: at('attributes', 'deduplication', 0) })], [], []],
  ])('is %s', async (_, flow, columns, wanted) => {
    expect(await asked(flow, columns)).toEqual(wanted);
  });
});

describe('keys that a dataflow would have', () => {
  const keys = (...names: string[]): Activation =>
    ({ keys: { items: names.map((name): Partial<Item> => ({ name })) } }) as unknown as Activation;
  const comes = [compared({ part: 'key' })];

  test.each<[string, Compared[], string[], string[], string | undefined]>([
    ['are one that comes', comes, ['IDENTITY A'], ['IDENTITY A'], undefined],
    ['are two attributes', comes, ['ATTRIBUTE a'], ['ATTRIBUTE a', 'ATTRIBUTE b'], undefined],
    ['are three', comes, ['ATTRIBUTE a'], ['ATTRIBUTE a', 'ATTRIBUTE b', 'ATTRIBUTE c'], 'b, c'],
    [
      'are three, all asked for',
      comes,
      ['ATTRIBUTE a', 'ATTRIBUTE b', 'ATTRIBUTE c'],
      ['ATTRIBUTE a', 'ATTRIBUTE b', 'ATTRIBUTE c'],
      undefined,
    ],
    ['are two namespaces, one kept', comes, ['IDENTITY A'], ['IDENTITY A', 'IDENTITY B'], 'B'],
    ['are of both kinds, one kept', comes, ['IDENTITY A'], ['IDENTITY A', 'ATTRIBUTE a.b'], 'a.b'],
    [
      'are of both kinds, all asked for',
      comes,
      ['IDENTITY A', 'ATTRIBUTE b'],
      ['IDENTITY A', 'ATTRIBUTE b'],
      undefined,
    ],
    ['were against it before', [], ['IDENTITY A'], ['IDENTITY A', 'ATTRIBUTE a.b'], undefined],
    [
      'were against it before, and another part comes',
      [compared({ part: 'segment' }), compared({ part: 'key', kind: 'extra' })],
      ['IDENTITY A'],
      ['IDENTITY A', 'ATTRIBUTE a.b'],
      undefined,
    ],
  ])('%s', (_, flow, wanted, aimed, names) => {
    const problems = problemsOfKeys({ flow }, { wanted: keys(...wanted), aimed: keys(...aimed) });
    expect(problems.map(({ id, values }) => [id, [values?.['names']].flat().join(', ')])).toEqual(
      names === undefined ? [] : [['attributes.keysHeld', names]],
    );
  });
});

describe('dataflows that are exporting', () => {
  const wire = (id: string, beganMs?: number, endedMs?: number) => exportRun({ id, beganMs, endedMs });
  const ended = wire('e', 1, 2);

  test.each<[string, ReturnType<typeof wire>[], object[]]>([
    ['none has run', [], []],
    ['all have ended', [ended], []],
    ['one is under way', [ended, wire('a', 5)], [{ id: 'F', sinceMs: 5 }]],
    ['two are, the one that began first counts', [wire('a', 9), wire('b', 7)], [{ id: 'F', sinceMs: 7 }]],
    ['one is that says not since when', [wire('a')], [{ id: 'F' }]],
    ['two are, of which one says since when', [wire('a'), wire('b', 7)], [{ id: 'F', sinceMs: 7 }]],
  ])('%s', async (_, runs, wanted) => {
    const client = clientThat({ newestRuns: () => Promise.resolve(runs) });
    expect(await exportingOf(client, ['F'], {})).toEqual(wanted);
  });

  it('are each named, and nothing is known where they may not be read', async () => {
    const client = clientThat({ newestRuns: (id) => Promise.resolve(id === 'B' ? [] : [wire('a', 5)]) });
    expect(await exportingOf(client, ['A', 'B', 'C'], {})).toEqual([
      { id: 'A', sinceMs: 5 },
      { id: 'C', sinceMs: 5 },
    ]);
    const refused = new RefusedError({ method: 'GET', path: '/runs' }, 403, {});
    expect(
      await exportingOf(clientThat({ newestRuns: () => Promise.reject(refused) }), ['A'], {}),
    ).toBeUndefined();
    const broken = clientThat({ newestRuns: () => Promise.reject(new TypeError('ours')) });
    await expect(exportingOf(broken, ['A'], {})).rejects.toThrow('ours');
  });
});
