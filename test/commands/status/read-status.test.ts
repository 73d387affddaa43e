import { describe, expect, it } from 'vitest';
import { usualLimits } from '../../../source/activation/watch/watched.ts';
import { isForbidden } from '../../../source/flow-service/errors.ts';
import { type KnownHere, nothingKnown } from '../../../source/commands/status/known-here.ts';
import { readStatus, type Status } from '../../../source/commands/status/read-status.ts';
import { answerWith, clientOf, cut, type Written } from '../../helpers/answers.ts';
import { emulatorWith } from '../../helpers/emulator.ts';
import { orgId } from '../../helpers/runs.ts';
import { at, daily } from '../../activation/watch/watching.ts';
import { itInSoak } from '../../helpers/soak.ts';

const sftp = '36965a81-b1c6-401b-99f8-22508f1e6a26';
const flowAt = (index: number) => ({
  id: `${String(index).padStart(8, '0')}-17e6-432c-a469-6aedafb16cd5`,
  name: `Flow ${index}`,
  state: 'enabled',
  inheritedAttributes: { targetConnections: [{ connectionSpec: { id: sftp } }] },
  transformations: [
    {
      params: {
        segmentSelectors: {
          selectors: [
            {
              value: {
                id: `segment-${index}`,
                schedule: daily,
                createTime: '1795000000',
                updateTime: '1795000000',
              },
            },
          ],
        },
      },
    },
  ],
});
const runAt = (index: number, startedAtUTC: number) => ({
  id: `run-${index}-${startedAtUTC}`,
  flowId: flowAt(index).id,
  createdAt: startedAtUTC,
  metrics: {
    durationSummary: { startedAtUTC, completedAtUTC: startedAtUTC + 60_000 },
    statusSummary: { status: 'success' },
    recordSummary: { targetSummaries: [{ entitySummaries: [{ id: `segment:segment-${index}` }] }] },
  },
});
const date = { date: new Date(at('13:34')).toUTCString() };

const oldest = runAt(0, at('2026-11-01 12:00'));

/** A platform whose clock says 13:34: some dataflows, and what it answers when it is asked for runs. */
async function platform(flows: readonly object[], runs: (url: string, count: number) => Written) {
  let count = 0;
  return answerWith(({ url }) =>
    url.includes('/flowservice/flows')
      ? { headers: date, json: { items: flows } }
      : url.includes('property=')
        ? { headers: date, ...runs(decodeURIComponent(url), ++count) }
        : { headers: date, json: { items: [oldest] } },
  );
}

const read = (url: string, known: Partial<KnownHere> = {}): Promise<Status> =>
  readStatus(clientOf(url, { orgId }), {
    choose: (all) => all,
    limits: usualLimits,
    knownHere: () => Promise.resolve({ ...nothingKnown, ...known }),
  });
const idsOf = ({ watched }: Status): string[] =>
  watched.flatMap(({ watch }) => watch.findings.map(({ id }) => id));

describe('what was read', () => {
  it('is told with the calls it took, by the clock of the platform', async () => {
    const server = await platform([flowAt(1), flowAt(2)], () => ({
      headers: date,
      json: { items: [runAt(1, at('12:03'))] },
    }));
    const status = await read(server.url);
    expect(idsOf(status)).toEqual(['late:00000002:segment-:2026-11-26T12']);
    // The dataflows, their runs, and since when there are any.
    expect([status.calls, server.seen.length]).toEqual([3, 3]);
    expect(Math.abs(status.atMs - at('13:34'))).toBeLessThan(60_000);
    expect(status.watched.map(({ destination }) => destination)).toEqual(['SFTP', 'SFTP']);
  });

  it('is nothing of what is paused: its runs are not asked for', async () => {
    const server = await platform([{ ...flowAt(1), state: 'disabled' }], () => cut);
    expect(idsOf(await read(server.url))).toEqual([]);
    expect(server.seen).toHaveLength(1);
  });

  it('leaves out what streams and what exports datasets', async () => {
    const stream = { ...flowAt(2), inheritedAttributes: {}, transformations: [] };
    const datasets = { ...flowAt(3), scheduleParams: { interval: 1 } };
    const server = await platform([flowAt(1), stream, datasets], () => ({
      headers: date,
      json: { items: [] },
    }));
    expect((await read(server.url)).watched.map(({ listed }) => listed.name)).toEqual(['Flow 1']);
  });

  it('is all of it where there are more runs than a page has', async () => {
    const all = Array.from({ length: 250 }, (_, index) => runAt(index + 1, at('12:00') + index * 1000));
    const flows = all.map((_, index) => flowAt(index + 1)).slice(0, 100);
    const server = await platform(flows, (url) => {
      const wanted = all.filter(({ flowId }) => url.includes(flowId));
      const from = Number(/continuationToken=(\d+)/.exec(url)?.[1] ?? 0);
      const items = wanted.slice(from, from + 10);
      const href = `/runs?continuationToken=${from + 10}`;
      return { headers: date, json: { items, _links: from + 10 < wanted.length ? { next: { href } } : {} } };
    });
    const status = await read(server.url);
    expect(status.watched).toHaveLength(100);
    expect(idsOf(status)).toEqual([]);
  });

  it('is unknown where runs are refused, and it is said for what', async () => {
    const server = await platform([flowAt(1)], () => ({ status: 403, json: { title: 'Forbidden' } }));
    const status = await read(server.url);
    expect(status.watched[0]?.watch.findings).toMatchObject([{ id: 'unknown:00000001', why: 'refused' }]);
    expect(status.lacks.map(({ error }) => isForbidden(error))).toEqual([true]);
  });

  it('is unknown where a page fails, but for what was seen to be good', async () => {
    const server = await platform([flowAt(1), flowAt(2)], (url) =>
      url.includes('continuationToken')
        ? { status: 500, json: {} }
        : {
            headers: date,
            json: { items: [runAt(1, at('12:03'))], _links: { next: { href: '/runs?continuationToken=1' } } },
          },
    );
    expect(idsOf(await read(server.url))).toEqual(['unknown:00000002:segment-:2026-11-26T12']);
  });

  it('is unknown where the platform has forgotten that time, and that is said', async () => {
    const server = await answerWith(({ url }) => ({
      headers: date,
      json: { items: url.includes('/flowservice/flows') ? [flowAt(1), flowAt(2)] : [runAt(1, at('12:03'))] },
    }));
    const status = await read(server.url);
    expect(status.watched.flatMap(({ watch }) => watch.findings)).toMatchObject([
      { id: 'unknown:00000002:segment-:2026-11-26T12', why: 'kept' },
    ]);
    expect(status.keptMs).toBe(at('12:03'));
  });

  it('says nothing of what was enabled from here since', async () => {
    const server = await platform([flowAt(1)], () => ({ headers: date, json: { items: [] } }));
    expect(idsOf(await read(server.url))).toHaveLength(1);
    const enabledMs = new Map([[flowAt(1).id, at('11:30')]]);
    expect(idsOf(await read(server.url, { enabledMs }))).toEqual([]);
  });
});

describe('what is exported after its evaluation', () => {
  const schedule = { ...daily, triggerType: 'AFTER_SEGMENT_EVAL' };
  const flow = JSON.parse(
    JSON.stringify(flowAt(1)).replaceAll(JSON.stringify(daily), JSON.stringify(schedule)),
  ) as object;
  const jobs = (status: string, end: string): Written => ({
    headers: date,
    json: {
      children: [
        { id: 'j', status, creationTime: at('09:00'), updateTime: at(end), segments: [{ segmentId: '*' }] },
      ],
    },
  });
  const at_ = async (evaluations: Written, runs: readonly object[]) => {
    const server = await answerWith(({ url }) => {
      if (url.includes('/segment/jobs')) return evaluations;
      if (url.includes('/flowservice/flows')) return { headers: date, json: { items: [flow] } };
      return { headers: date, json: { items: url.includes('property=') ? runs : [oldest] } };
    });
    const status = await read(server.url);
    return status.watched.flatMap(({ watch }) =>
      watch.findings.map(({ id, why = '' }) => `${id} ${why}`.trim()),
    );
  };

  it('is late an hour after that, and not before', async () => {
    expect(await at_(jobs('SUCCEEDED', '12:00'), [])).toEqual(['late:00000001:segment-:2026-11-26T12']);
    expect(await at_(jobs('SUCCEEDED', '13:00'), [])).toEqual([]);
    expect(await at_(jobs('SUCCEEDED', '12:00'), [runAt(1, at('12:03'))])).toEqual([]);
  });

  it('does not come where that failed, and it is said that it did', async () => {
    expect(await at_(jobs('FAILED', '12:00'), [])).toEqual([
      'late:00000001:segment-:2026-11-26T12 notEvaluated',
    ]);
  });

  it('is judged by its own rhythm where evaluations may not be read', async () => {
    expect(await at_({ status: 403, json: {} }, [])).toEqual([
      expect.stringMatching(/^idle:00000001:segment-:.* quiet$/),
    ]);
  });
});

it('a run that was asked for from here is not the export that was expected', async () => {
  const run = runAt(1, at('12:40'));
  const server = await platform([flowAt(1)], () => ({ headers: date, json: { items: [run] } }));
  expect(idsOf(await read(server.url))).toEqual([]);
  const asked = await read(server.url, { onDemand: new Set([run.id]) });
  // It mends what did not come.
  expect(asked.watched[0]?.watch.segments[0]?.decision).toMatchObject({
    state: 'mended',
    run: { id: run.id },
  });
  const early = { ...run, metrics: { ...run.metrics, durationSummary: { startedAtUTC: at('11:58') } } };
  const before = await platform([flowAt(1)], () => ({ headers: date, json: { items: [early] } }));
  expect(idsOf(await read(before.url, { onDemand: new Set([run.id]) }))).toEqual([
    'late:00000001:segment-:2026-11-26T12',
  ]);
});

itInSoak('never asks for more than four things at once', async () => {
  let [now, most] = [0, 0];
  const emulator = await emulatorWith({ flows: 60, now: () => at('13:34'), latencyMs: 5 });
  const client = clientOf(emulator.url, { orgId });
  const counted = {
    ...client,
    async readRuns(...wanted: Parameters<typeof client.readRuns>) {
      most = Math.max(most, ++now);
      return client.readRuns(...wanted).finally(() => now--);
    },
  };
  const status = await readStatus(counted, {
    choose: (all) => all,
    limits: usualLimits,
    knownHere: () => Promise.resolve(nothingKnown),
  });
  expect(status.watched.length).toBeGreaterThan(40);
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(4);
});

it('names each planted fault and no other', async () => {
  const emulator = await emulatorWith({
    flows: 6,
    now: () => at('13:34'),
    runFaults: [
      'Loyalty to SFTP/*=missing@2026-11-26T12',
      'Newsletter/*=failed@2026-11-26T12',
      'Nightly all=none',
    ],
  });
  const { watched } = await read(emulator.url);
  const told = new Set(
    watched.flatMap(({ watch }) => watch.findings.map(({ kind, flowName }) => `${kind} ${flowName}`)),
  );
  expect(told).toEqual(new Set(['late Loyalty to SFTP', 'failed Newsletter']));
  const paused = watched.filter(({ listed }) => listed.state === 'disabled');
  expect(paused.map(({ watch }) => watch.findings)).toEqual(paused.map(() => []));
});
