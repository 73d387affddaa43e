import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { run } from '../../source/flow-service/runs.ts';
import { answerWith, clientOf } from '../helpers/answers.ts';

const flowId = 'df8d079d-11eb-466a-9731-6b5948a009e4';
const segment = 'b1cbaff7-e7c6-417e-ab54-71d302595785';

/** As the contract prints it. */
const succeeded = {
  id: 'e80e24c1-82de-48de-8352-b2d0fca1c392',
  flowId,
  flowSpec: { id: '71471eba-b620-49e4-90fd-23f1fa0174d8', version: '1.0' },
  providerRefId: 'fd3319ed56fdf9417d63d364a07b0105',
  createdAt: 1659018528378,
  updatedAt: 1659019046995,
  etag: '"b500a099-0000-0200-0000-62e29f270000"',
  metrics: {
    durationSummary: { startedAtUTC: 1659018529865, completedAtUTC: 1659018929923 },
    sizeSummary: { inputBytes: 855202780, outputBytes: 855202780 },
    recordSummary: {
      inputRecordCount: 7823447,
      createdRecordCount: 7808223,
      outputRecordCount: 7808223,
      skippedRecordCount: 15224,
      sourceSummaries: [
        {
          id: 'source',
          inputRecordCount: 7823447,
          skippedRecordCount: 15224,
          entitySummaries: [
            { id: `segment:${segment}`, inputRecordCount: 7823447, skippedRecordCount: 15224 },
          ],
        },
      ],
      targetSummaries: [
        {
          id: 'target',
          createdRecordCount: 7808223,
          outputRecordCount: 7808223,
          entitySummaries: [
            { id: `segment:${segment}`, createdRecordCount: 7808223, outputRecordCount: 7808223 },
          ],
        },
      ],
      skippedInfo: [
        {
          code: 'ACTIVATION_BATCH-0000-SKIP',
          message: "Records didn't match attribute filter.",
          count: 15224,
        },
      ],
    },
    fileSummary: { inputFileCount: 2, outputFileCount: 2 },
    statusSummary: { status: 'success', activityRefs: ['c4f238e3-7334-4933-8b56-64d7ea43ea54'] },
  },
  activities: [
    {
      id: 'c4f238e3-7334-4933-8b56-64d7ea43ea54',
      name: 'Activation Batch XdmProcessor Activity',
      statusSummary: { status: 'success' },
    },
  ],
};

const reason = { code: 'ACTIVATION_BATCH-0000-FAILED', message: 'Job aborted.' };
/** As manage.md, section 5.2 describes the smallest one. */
const failed = {
  id: 'f',
  flowId,
  metrics: {
    durationSummary: { startedAtUTC: 1659018529865, completedAtUTC: 1659024409865 },
    recordSummary: {
      sourceSummaries: [
        {
          id: 'source',
          inputRecordCount: 0,
          skippedRecordCount: 0,
          entitySummaries: [{ id: `segment:${segment}`, inputRecordCount: 0, skippedRecordCount: 0 }],
        },
      ],
      failedInfo: [reason],
    },
    statusSummary: { status: 'failed', errors: [reason], activityRefs: [], extensions: {} },
  },
  activities: [{ id: 'c4f238e3', sizeSummary: {}, fileSummary: {}, latencySummary: {} }],
};

describe('a run', () => {
  it('that succeeded is read whole', () => {
    expect(run.parse(succeeded)).toEqual({
      id: 'e80e24c1-82de-48de-8352-b2d0fca1c392',
      flowId,
      state: 'good',
      status: 'success',
      isUnderWay: false,
      createdMs: 1659018528378,
      updatedMs: 1659019046995,
      startedMs: 1659018529865,
      beganMs: 1659018529865,
      endedMs: 1659018929923,
      rowsIn: 7823447,
      rowsOut: 7808223,
      created: 7808223,
      skipped: 15224,
      bytesIn: 855202780,
      bytesOut: 855202780,
      filesIn: 2,
      filesOut: 2,
      errors: [],
      warnings: [],
      skipReasons: [
        {
          code: 'ACTIVATION_BATCH-0000-SKIP',
          message: "Records didn't match attribute filter.",
          count: 15224,
        },
      ],
      segments: [{ id: segment, rowsIn: 7823447, rowsOut: 7808223, skipped: 15224 }],
      activities: [
        {
          id: 'c4f238e3-7334-4933-8b56-64d7ea43ea54',
          name: 'Activation Batch XdmProcessor Activity',
          state: 'good',
          errors: [],
        },
      ],
      flowSpecId: '71471eba-b620-49e4-90fd-23f1fa0174d8',
      providerRefId: 'fd3319ed56fdf9417d63d364a07b0105',
    });
  });

  it('that failed names its segment by its source, says its reason once, and has no sizes', () => {
    const read = run.parse(failed);
    expect(read).toMatchObject({ state: 'failed', errors: [reason], segments: [{ id: segment, rowsIn: 0 }] });
    expect(read.segments[0]?.rowsOut).toBeUndefined();
    for (const member of ['rowsIn', 'rowsOut', 'skipped', 'bytesOut', 'filesOut'] as const)
      expect(read[member], member).toBeUndefined();
  });

  it('with nulls where others have objects is read', () => {
    const read = run.parse({
      id: 'n',
      predecessors: null,
      metrics: {
        latencySummary: null,
        recordSummary: { sourceSummaries: [{ id: 's' }], targetSummaries: null, inputRecordCount: null },
        statusSummary: {
          status: 'success',
          errors: null,
          extensions: { snapshot: { batchId: '', datasetId: '' }, incremental: { batchId: 'b' } },
        },
      },
      activities: [null, { sourceInfo: null, targetInfo: null, name: 'x', statusSummary: null }],
    });
    expect(read).toMatchObject({ state: 'good', segments: [], errors: [], incrementalBatchId: 'b' });
    expect(read.rowsIn).toBeUndefined();
    expect(read.snapshotBatchId).toBeUndefined();
  });

  it('that exported nothing has zeros where it says zero', () => {
    const read = run.parse({
      id: 'e',
      metrics: {
        sizeSummary: { inputBytes: 0 },
        recordSummary: { inputRecordCount: 0, outputRecordCount: 0 },
        statusSummary: { status: 'Success' },
      },
    });
    expect(read).toMatchObject({ state: 'good', rowsIn: 0, rowsOut: 0, bytesIn: 0 });
    expect(read.bytesOut).toBeUndefined();
  });

  it.each<[string, unknown, string, boolean]>([
    ['without metrics', undefined, 'running', true],
    ['with metrics of null', null, 'running', true],
    ['with metrics of another kind', 'none', 'running', true],
    ['that is processing', { statusSummary: { status: 'processing' } }, 'running', true],
    [
      'that waits',
      { statusSummary: { status: 'Waiting' }, durationSummary: { startedAtUTC: 1 } },
      'running',
      true,
    ],
    ['that has not completed', { durationSummary: { startedAtUTC: 1, completedAtUTC: 0 } }, 'running', true],
    ['that has completed', { durationSummary: { startedAtUTC: 1, completedAtUTC: 2 } }, 'unknown', false],
    ['that succeeded', { statusSummary: { status: 'SUCCESS' } }, 'good', false],
    [
      'that failed',
      { statusSummary: { status: 'failed', errors: [] }, durationSummary: {} },
      'failed',
      false,
    ],
    ['in a state nobody knows', { statusSummary: { status: 'Paused' } }, 'unknown', true],
    ['in a state of an object’s', { statusSummary: { status: 'toString' } }, 'unknown', true],
    ['in a state that is no text', { statusSummary: { status: { value: 1 } } }, 'unknown', true],
  ])('%s: %#', (_, metrics, state, isUnderWay) => {
    expect(run.parse({ id: 'r', flowId, metrics })).toMatchObject({ state, isUnderWay });
  });

  it('keeps a state that nobody knows as it was said', () => {
    const of = (status: unknown) => run.parse({ id: 'r', metrics: { statusSummary: { status } } }).status;
    expect([of('Paused'), of({ value: 1 }), of(3), of(null), of('')]).toEqual([
      'Paused',
      '{"value":1}',
      '3',
      undefined,
      undefined,
    ]);
  });

  it('begins when it began, and otherwise when it was made', () => {
    expect(run.parse(succeeded).beganMs).toBe(1659018529865);
    expect(run.parse({ id: 'r', createdAt: 7 }).beganMs).toBe(7);
    expect(run.parse({ id: 'r' }).beganMs).toBeUndefined();
  });

  /** Every member of the samples, each of them anything or not there. */
  it('is read whatever any member is, and no number comes from nowhere', () => {
    const places: string[][] = [];
    const walk = (value: unknown, at: string[]): void => {
      if (at.length > 0) places.push(at);
      if (typeof value === 'object' && value !== null)
        for (const [name, one] of Object.entries(value)) walk(one, [...at, name]);
    };
    walk({ ...succeeded, id: undefined }, []);
    const anything = fc.oneof(
      fc.constantFrom<unknown>(undefined, null, '', 'x', [], {}, true, -1, 0, Infinity, [null], [[]], {
        id: null,
      }),
      fc.jsonValue(),
    );
    const numbers = [
      'rowsIn',
      'rowsOut',
      'created',
      'skipped',
      'bytesIn',
      'bytesOut',
      'filesIn',
      'filesOut',
    ] as const;
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...places), anything), { maxLength: 4 }), (changes) => {
        const changed: Record<string, unknown> = structuredClone(succeeded);
        for (const [place, value] of changes) {
          let at: Record<string, unknown> | undefined = changed;
          for (const name of place.slice(0, -1)) {
            const next: unknown = at?.[name];
            at = typeof next === 'object' && next !== null ? (next as Record<string, unknown>) : undefined;
          }
          const name = place.at(-1) ?? '';
          if (at === undefined || (name === 'id' && place.length === 1)) continue;
          if (value === undefined) Reflect.deleteProperty(at, name);
          else at[name] = structuredClone(value);
        }
        const read = run.parse(changed);
        const said = new Set<unknown>();
        const look = (value: unknown): void => {
          if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) look(one);
          else said.add(value);
        };
        look(changed);
        for (const member of numbers)
          if (read[member] !== undefined) expect(said.has(read[member]), member).toBe(true);
        expect(['good', 'failed', 'running', 'unknown']).toContain(read.state);
        for (const one of [read.startedMs, read.endedMs, read.createdMs])
          if (one !== undefined) expect(() => new Date(one).toISOString()).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });
});

it('runs are asked for by their dataflow, and those of another one are left out', async () => {
  const server = await answerWith(() => ({
    json: { items: [{ id: 'a', flowId: flowId.toUpperCase() }, { id: 'b', flowId: 'x' }, { id: 'c' }] },
  }));
  const found = await clientOf(server.url).newestRuns(flowId);
  expect(found.map(({ id }) => id)).toEqual(['a', 'c']);
  expect(decodeURIComponent(server.seen[0]?.url ?? '')).toContain(
    `/runs?property=flowId==${flowId}&orderby=-createdAt&limit=100`,
  );
});

describe('one run', () => {
  it.each<[string, unknown]>([
    ['in an envelope', { items: [{ id: 'other' }, { id: 'e', flowId }] }],
    ['bare', { id: 'e', flowId }],
  ])('is read %s', async (_, json) => {
    const server = await answerWith(() => ({ json }));
    expect(await clientOf(server.url).getRun('e')).toMatchObject({ id: 'e', flowId });
    expect(server.seen[0]?.url).toBe('/data/foundation/flowservice/runs/e');
  });
});
