import { afterAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { type ApplyEvent, applySteps, type Outcome } from '../../source/apply/events.ts';
import { NoFlowSpecError, pickFlowSpec } from '../../source/apply/establish.ts';
import { execute } from '../../source/apply/execute.ts';
import type { Emulator, EmulatorOptions } from '../../source/emulator/server.ts';
import { isFlowServiceError } from '../../source/flow-service/errors.ts';
import { explain } from '../../source/locale/explain.ts';
import { english } from '../../source/locale/catalogs.ts';
import { clientOf, cut, answerWith, type Written } from '../helpers/answers.ts';
import { emulatorWith as anyEmulatorWith } from '../helpers/emulator.ts';
import { authParams, futurePlan, orgId } from '../helpers/runs.ts';
import { byDay } from '../helpers/soak.ts';

const plan: Plan = futurePlan;

const emulatorWith = (options: EmulatorOptions = {}): Promise<Emulator> =>
  anyEmulatorWith({ segments: 20, patchDelayMs: 5, ...options });

interface Applied {
  events: ApplyEvent[];
  result: Extract<ApplyEvent, { kind: 'result' }>;
  failures: unknown[];
}

/** Only who plays a slow answer has the time for one short: on a busy machine every answer is slow. */
async function apply(
  url: string,
  more: Partial<Parameters<typeof execute>[1]> = {},
  timeoutMs = 5000,
  applied: Plan = plan,
): Promise<Applied> {
  const events: ApplyEvent[] = [];
  const client = clientOf(url, { timeoutMs, orgId });
  const services = {
    client,
    authParams,
    run: '0a1b2c3d',
    clock: () => performance.now(),
    doubtMs: 350,
    retryBaseMs: 1,
    ...more,
  };
  for await (const event of execute(applied, services)) events.push(event);
  const result = events.at(-1);
  if (result?.kind !== 'result') throw new Error('an apply ended without a result');
  return { events, result, failures: events.flatMap((one) => (one.kind === 'failed' ? [one.error] : [])) };
}

describe.concurrent('an apply', () => {
  it('makes the five objects, two chains at once, and proves what it made', async () => {
    const emulator = await emulatorWith();
    const { result, events } = await apply(emulator.url);
    expect(result).toMatchObject({ outcome: 'verified', run: '0a1b2c3d', report: { isVerified: true } });
    expect(Object.keys(result.made)).toHaveLength(5);
    const seen = emulator.requests.map(
      ({ method, path }) => `${method} ${path.replace(/.*flowservice/, '').replace(/[0-9a-f-]{36}/, 'ID')}`,
    );
    expect(seen.filter((one) => one.startsWith('POST'))).toHaveLength(5);
    // All that is looked up comes before the first write.
    const writes = seen.filter((one) => !one.startsWith('GET'));
    expect(seen.slice(0, seen.indexOf(writes[0] ?? '')).every((one) => one.startsWith('GET'))).toBe(true);
    expect(writes.slice(0, 2)).toEqual(['POST /connections', 'POST /connections']);
    expect(writes.slice(-2)).toEqual(['POST /flows', 'PATCH /flows/ID']);
    const reads = seen.slice(seen.indexOf('PATCH /flows/ID'));
    expect(reads).toContain('GET /flows/ID');
    const started = events.flatMap((one) => (one.kind === 'started' ? [one.step] : []));
    expect(started.indexOf('target-base-connection')).toBeLessThan(started.indexOf('source-connection'));
  });

  it('tells each step as it begins and ends, and where it may die', async () => {
    const emulator = await emulatorWith();
    const points: string[] = [];
    const { events, result } = await apply(emulator.url, {
      checkpoint: (point, step) => void points.push(`${step} ${point}`),
    });
    const ids = new Map(events.flatMap((one) => (one.kind === 'succeeded' ? [[one.step, one]] : [])));
    // Nobody was in doubt, so nothing is looked through for a second one.
    expect([...ids.keys()].toSorted()).toEqual([
      'activate',
      'flow',
      'flow-spec',
      'read',
      'settle',
      'source-base-connection',
      'source-connection',
      'target-base-connection',
      'target-connection',
      'validate',
    ]);
    // All of them have their line in the list that a person sees, in the order of the list.
    const told = applySteps.filter((step) => ids.has(step));
    expect(told).toHaveLength(ids.size);
    expect([told[0], told.at(-1)]).toEqual(['source-base-connection', 'validate']);
    expect(result.flowId).toBe(result.made.flowId);
    expect(ids.get('flow')).toMatchObject({ id: result.flowId });
    expect(points.filter((point) => /^(read|flow|activate) /.test(point))).toEqual(
      ['flow', 'read', 'activate'].flatMap((step) =>
        ['intended', 'sent', 'answered'].map((point) => `${step} ${point}`),
      ),
    );
    expect(points.slice(-3)).toEqual(['settle intended', 'settle sent', 'settle answered']);
    expect(points).toHaveLength(points.filter((point) => point.endsWith('sent')).length * 3);
  });

  it('leaves one of what was made twice, though every answer was plain', async () => {
    const emulator = await emulatorWith();
    const client = clientOf(emulator.url, { timeoutMs: 5000, orgId });
    const twice: typeof client = {
      ...client,
      async createTargetConnection(...asked) {
        await client.createTargetConnection(...asked);
        return client.createTargetConnection(...asked);
      },
    };
    const { result, events } = await apply(emulator.url, { client: twice });
    expect(result.outcome).toBe('verified');
    expect(events).toContainEqual(expect.objectContaining({ kind: 'succeeded', step: 'single' }));
    expect(emulator.count('targetConnections')).toBe(1);
  });

  it('sends the quoted etag that was read just before, and the sandbox everywhere', async () => {
    const emulator = await emulatorWith();
    await apply(emulator.url);
    const patch = emulator.requests.find(({ method }) => method === 'PATCH');
    expect(patch?.ifMatch).toMatch(/^".+"$/);
    expect(new Set(emulator.requests.map(({ sandbox }) => sandbox))).toEqual(new Set(['dev']));
  });

  it('stands on the account of the source side that the plan names', async () => {
    const emulator = await emulatorWith();
    const client = clientOf(emulator.url, { orgId });
    const { id } = await client.createConnection({
      name: 'store',
      connectionSpec: { id: '8a9c3494-9708-43d7-ae3f-cda01e5030e1', version: '1.0' },
    });
    const { result, events } = await apply(emulator.url, {}, 5000, {
      ...plan,
      source: { baseConnectionId: id },
    });
    expect(result.outcome).toBe('verified');
    const source = await client.getConnection('sourceConnections', result.made.sourceConnectionId ?? '');
    expect(source.baseConnectionId).toBe(id);
    expect([emulator.count('connections'), emulator.count('sourceConnections')]).toEqual([2, 1]);
    expect(events).toContainEqual(
      expect.objectContaining({ kind: 'succeeded', step: 'source-base-connection', id, isReused: true }),
    );
    expect(result.made.sourceBaseConnectionId).toBeUndefined();
  });

  it('marks every object with its run', async () => {
    const emulator = await emulatorWith();
    const { result } = await apply(emulator.url);
    const client = clientOf(emulator.url, { orgId });
    const marked: string[] = [];
    for (const collection of ['connections', 'sourceConnections', 'targetConnections', 'flows'] as const) {
      for await (const page of client.list(collection))
        for (const one of page)
          marked.push(`${collection} ${one.description?.includes(`ferry run ${result.run}`) === true}`);
    }
    expect(marked).toEqual([
      'connections true',
      'connections true',
      'sourceConnections true',
      'targetConnections true',
      'flows true',
    ]);
  });

  it('reads again and repeats once when the etag went stale meanwhile', async () => {
    const emulator = await emulatorWith({ faults: ['PATCH /flows/*=412x1'] });
    const { result, events } = await apply(emulator.url);
    expect(result.outcome).toBe('verified');
    expect(events).toContainEqual(
      expect.objectContaining({ kind: 'retrying', step: 'activate', why: 'etag' }),
    );
  });

  it('does not repeat over what somebody else put in meanwhile', async () => {
    const emulator = await emulatorWith();
    const client = clientOf(emulator.url, { orgId });
    let isFirst = true;
    const { result, failures } = await apply(emulator.url, {
      client: {
        ...client,
        async patchFlow(id, etag, operations, options) {
          // Somebody else is faster, once.
          if (isFirst) await client.patchFlow(id, etag, operations.slice(0, 1), options);
          isFirst = false;
          for (;;)
            if ((await client.getFlow(id)).transformations[0]?.params?.segmentSelectors?.selectors.length)
              break;
          return client.patchFlow(id, etag, operations, options);
        },
      },
    });
    expect(result.outcome).toBe('failed');
    expect(failures).toMatchObject([
      { kind: 'changed', found: expect.arrayContaining(['Interested in Mountain Biking']) as unknown },
    ]);
  });

  it('ends as different when attributes were accepted and do not show up', async () => {
    const emulator = await emulatorWith({ silentlyDropAttributes: true });
    const { result } = await apply(emulator.url);
    expect(result).toMatchObject({
      outcome: 'mismatch',
      report: { isVerified: false, attributes: { same: 0 } },
    });
  });

  it.each(['202', '200', 'empty'] as const)('takes a patch that answers %s', async (patchAnswer) => {
    const emulator = await emulatorWith({ patchAnswer });
    expect((await apply(emulator.url)).result.outcome).toBe('verified');
  });

  it('finishes the call under way when it is stopped, and begins no other', async () => {
    const emulator = await emulatorWith({ latencyMs: 20 });
    const stop = new AbortController();
    const client = clientOf(emulator.url, { orgId });
    const events = execute(plan, { client, authParams, run: '0a1b2c3d', clock: () => 0, stop: stop.signal });
    let result: ApplyEvent | undefined;
    for await (const event of events) {
      if (event.kind === 'started') stop.abort();
      result = event;
    }
    expect(result).toMatchObject({ kind: 'result', outcome: 'interrupted' });
    expect(emulator.count('connections')).toBe(Object.keys((result as { made: object }).made).length);
    expect(emulator.count('flows')).toBe(0);
  });
});

describe.concurrent('call × fault', () => {
  const calls = [
    'POST /connections',
    'POST /sourceConnections',
    'POST /targetConnections',
    'GET /flowSpecs',
    'POST /flows',
    'GET /flows/*',
    'PATCH /flows/*',
  ];
  const faults = [
    '400x1',
    '401x1',
    '403x1',
    '404x1',
    '412x1',
    '429:0x1',
    '500x1',
    '503x2',
    'resetx1',
    'lostx1',
    'slow:1500x1',
    'htmlx1',
  ];
  const outcomes = new Map<string, string>();

  /** What must come of it: what is refused for good fails, everything else is done exactly once. */
  function wanted(call: string, fault: string): Outcome {
    const what = fault.replace(/x\d+$/, '');
    if (what === '412') return call.startsWith('PATCH') ? 'verified' : 'failed';
    // A check that is not allowed is told, and what it was for is asked once more where it is needed.
    if (call === 'GET /flowSpecs') return 'verified';
    if (call === 'GET /flows/*' && what === '404') return 'verified';
    return ['400', '403', '404'].includes(what) ? 'failed' : 'verified';
  }

  for (const call of calls) {
    const share = byDay(faults, (_, at) => (at + calls.indexOf(call)) % 12 === 0);
    it.each(share)(`${call}=%s ends right or with a named error`, async (fault) => {
      const emulator = await emulatorWith({ faults: [`${call}=${fault}`] });
      const timeoutMs = fault.startsWith('slow') ? 1000 : 5000;
      const { result, failures } = await apply(emulator.url, { doubtMs: 700 }, timeoutMs);
      const [failure] = failures;
      const told =
        failure === undefined ? '' : ` ${explain(english, failure, { host: '', sandbox: 'dev' }).what}`;
      outcomes.set(`${call} ${fault}`, `${result.outcome}${told}`);
      expect(`${fault} → ${result.outcome}`).toBe(`${fault} → ${wanted(call, fault)}`);
      // What did not end well says why, by the error of a call.
      expect(failures.map(isFlowServiceError)).toEqual(result.outcome === 'verified' ? [] : [true]);
      expect(told).not.toContain('undefined');
      if (result.outcome === 'verified') {
        await emulator.idle();
        const counts = (['connections', 'sourceConnections', 'targetConnections', 'flows'] as const).map(
          (one) => emulator.count(one),
        );
        expect(counts).toEqual([2, 1, 1, 1]);
      }
    });
  }

  afterAll(() => {
    const lines = calls.flatMap((call) => [
      '',
      `  ${call}`,
      ...faults.map((fault) => `    ${fault.padEnd(12)} ${outcomes.get(`${call} ${fault}`) ?? 'not run'}`),
    ]);
    process.stdout.write(`\ncall × fault → outcome of an apply\n${lines.join('\n')}\n\n`);
  });
});

describe.concurrent('a service that is not the emulator', () => {
  const flowId = 'ca5c6e9a-8559-4a08-97a5-f15b756da600';

  /** The fewest members that the contract allows. */
  async function spare(overrides: (method: string, url: string, gets: number) => Written | undefined) {
    let gets = 0;
    let patch: { path: string; value: unknown }[] = [];
    let made: object = {};
    let stored: object = {};
    return answerWith(({ method, url, body }) => {
      if (method === 'GET' && url.includes('/flows/')) gets++;
      const other = overrides(method, url, gets);
      if (other) return other;
      if (method === 'POST') {
        const isFlow = url.endsWith('/flows');
        if (isFlow) made = JSON.parse(body) as object;
        if (url.endsWith('/targetConnections')) stored = JSON.parse(body) as object;
        return { status: 201, json: { id: isFlow ? flowId : crypto.randomUUID() } };
      }
      if (method === 'PATCH') {
        patch = JSON.parse(body) as typeof patch;
        return { status: 202 };
      }
      if (url.includes('/connectionSpecs'))
        return { json: { items: [{ id: plan.destination.connectionSpecId, name: 'x' }] } };
      if (url.includes('/flowSpecs')) {
        return {
          json: {
            items: [
              {
                id: 'f1',
                name: 'x',
                sourceConnectionSpecIds: ['8a9c3494-9708-43d7-ae3f-cda01e5030e1'],
                targetConnectionSpecIds: [plan.destination.connectionSpecId],
              },
            ],
          },
        };
      }
      if (url.includes('/flows?') && !('name' in made)) return { json: { items: [] } };
      const valuesAt = (part: string): unknown[] =>
        patch.filter((one) => one.path.includes(part) && one.path.endsWith('/-')).map(({ value }) => value);
      const wholeAt = (part: string): unknown => patch.find((one) => one.path.endsWith(part))?.value;
      return {
        json: {
          items: [
            {
              ...made,
              ...(url.includes('/targetConnections/')
                ? { ...stored, id: url.split('/').at(-1) }
                : { id: flowId }),
              state: 'enabled',
              etag: '"1"',
              transformations: [
                {
                  params: {
                    segmentSelectors: { selectors: valuesAt('segmentSelectors') },
                    profileSelectors: {
                      selectors: valuesAt('profileSelectors/selectors'),
                      mandatoryFields: wholeAt('mandatoryFields') ?? [],
                      primaryFields: wholeAt('primaryFields') ?? [],
                    },
                  },
                },
              ],
            },
          ],
        },
      };
    });
  }

  it('is satisfied by the fewest members', async () => {
    const server = await spare(() => undefined);
    expect((await apply(server.url)).result.outcome).toBe('verified');
  });

  it.each<[string, Written, string, number]>([
    ['without an id', { status: 201, json: {} }, 'unreadable', 1],
    ['that is a web page', { status: 201, text: '<html></html>' }, 'unreadable', 1],
    ['that breaks off', cut, 'lost', 3],
  ])('fails by name on a create %s', async (_, written, kind, sent) => {
    const server = await spare((method, url) =>
      method === 'POST' && url.endsWith('/flows') ? written : undefined,
    );
    const { result, failures } = await apply(server.url);
    expect(result.outcome).toBe('failed');
    expect(failures).toMatchObject([{ kind }]);
    // What nobody could read was probably made: it is not sent again.
    expect(server.seen.filter(({ method, url }) => method === 'POST' && url.endsWith('/flows'))).toHaveLength(
      sent,
    );
  });

  it('that never speaks of an operation is read until it shows the change', async () => {
    const server = await spare((method, url, gets) =>
      method === 'GET' && url.includes('/flows/') && gets < 4
        ? { json: { items: [{ id: flowId, etag: '"1"', transformations: [] }] } }
        : undefined,
    );
    expect((await apply(server.url)).result.outcome).toBe('verified');
    expect(server.seen.filter(({ method }) => method === 'PATCH')).toHaveLength(1);
    expect(server.seen.filter(({ url }) => url.includes('/flows/ca5c6e9a')).length).toBeGreaterThan(4);
  });

  it('that never shows the change ends as different, never as verified', async () => {
    const server = await spare((method, url) =>
      method === 'GET' && url.includes('/flows/')
        ? { json: { items: [{ id: flowId, etag: '"1"', transformations: [] }] } }
        : undefined,
    );
    expect((await apply(server.url, { settleMs: 50 })).result.outcome).toBe('mismatch');
  });

  it('that says the change failed ends as different', async () => {
    const server = await spare((method, url, gets) =>
      method === 'GET' && url.includes('/flows/') && gets > 1
        ? {
            json: {
              items: [
                {
                  id: flowId,
                  transformations: [],
                  lastOperation: { started: 1, status: { value: 'FAILED', errors: [{ message: 'no' }] } },
                },
              ],
            },
          }
        : undefined,
    );
    expect((await apply(server.url)).result.outcome).toBe('mismatch');
  });

  it('without a flow spec for the destination fails by name', async () => {
    const server = await spare((_method, url) =>
      url.includes('/flowSpecs') ? { json: { items: [] } } : undefined,
    );
    const { failures } = await apply(server.url);
    expect(failures).toMatchObject([
      { kind: 'noFlowSpec', connectionSpecId: plan.destination.connectionSpecId },
    ]);
  });
});

describe.concurrent('pickFlowSpec', () => {
  const store = '8a9c3494-9708-43d7-ae3f-cda01e5030e1';
  const spec = (id: string, more: object = {}) => ({
    id,
    name: id,
    sourceConnectionSpecIds: [store],
    targetConnectionSpecIds: ['T'],
    ...more,
  });

  it('goes by the ids of both ends, whatever the name', () => {
    expect(
      pickFlowSpec(
        [
          spec('a', { targetConnectionSpecIds: ['other'] }),
          spec('b', { sourceConnectionSpecIds: ['other'] }),
          spec('c'),
        ],
        't',
      ),
    ).toBe('c');
  });

  it('never takes one for datasets', () => {
    expect(pickFlowSpec([spec('a', { attributes: { _workflow: ['DATASETS'] } }), spec('b')], 't')).toBe('b');
  });

  it('says so when there is none', () => {
    expect(() => pickFlowSpec([], 't')).toThrow(NoFlowSpecError);
  });
});
