import { describe, expect, it } from 'vitest';
import { type EmulatorOptions, startEmulator } from '../../source/emulator/server.ts';
import { emulatorWith } from '../helpers/emulator.ts';

type Json = Record<string, unknown>;
interface Run {
  id: string;
  flowId: string;
  createdAt: number;
  updatedAt: number;
  metrics: {
    durationSummary?: { startedAtUTC: number; completedAtUTC?: number };
    recordSummary?: {
      inputRecordCount?: number;
      outputRecordCount?: number;
      skippedRecordCount?: number;
      targetSummaries?: { entitySummaries?: { id: string }[] }[];
      sourceSummaries?: { entitySummaries?: { id: string }[] }[];
    };
    fileSummary?: { outputFileCount: number };
    sizeSummary?: object;
    statusSummary: { status: string; errors?: Json[] };
  };
}
interface Flow {
  id: string;
  name: string;
  state: string;
  etag: string;
  createdAt: number;
  lastRunDetails?: { id: string; state: string; completedAtUTC?: number };
  transformations: {
    params: { segmentSelectors: { selectors: { value: Json & { id: string; schedule: Json } }[] } };
  }[];
}

const minute = 60_000;
const hour = 60 * minute;
const noon = Date.UTC(2026, 10, 26, 12);

/** An emulator whose clock a test sets. */
async function start(options: EmulatorOptions = {}, startMs = noon) {
  const clock = { ms: startMs };
  const emulator = await emulatorWith({ flows: 8, now: () => clock.ms, patchDelayMs: 1, ...options });
  const ask = async (method: string, path: string, body?: unknown, more: Record<string, string> = {}) => {
    const at = path.startsWith('/data') ? path : `/data/foundation/flowservice${path}`;
    const response = await fetch(`${emulator.url}${at}`, {
      method,
      headers: {
        authorization: 'Bearer t',
        'x-api-key': 'key',
        'x-gw-ims-org-id': 'ORG@AdobeOrg',
        'x-sandbox-name': 'dev',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...more,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? {} : JSON.parse(text)) as Json,
    };
  };
  const flows = async (): Promise<Flow[]> =>
    (await ask('GET', '/flows?limit=100&orderby=name')).body['items'] as Flow[];
  const flow = async (name = 'CRM weekly'): Promise<Flow> =>
    (await flows()).find((one) => one.name === name) ?? Promise.reject(new Error(name));
  const runs = async (query: string): Promise<Run[]> => {
    const all: Run[] = [];
    let next: string | undefined = `/runs?limit=100&${query}`;
    while (next !== undefined) {
      const { body, status } = await ask('GET', next);
      expect(status).toBe(200);
      all.push(...(body['items'] as Run[]));
      next = (body['_links'] as { next?: { href: string } }).next?.href;
    }
    return all;
  };
  return { clock, ask, flow, flows, runs };
}

const valuesOf = (flow: Flow) =>
  flow.transformations.flatMap(({ params }) => params.segmentSelectors.selectors.map(({ value }) => value));
const segmentOf = (run: Run): string | undefined =>
  (run.metrics.recordSummary?.sourceSummaries ?? [])[0]?.entitySummaries?.[0]?.id.replace('segment:', '');

describe('runs', () => {
  it('are one for each slot of each segment, and the same every time', async () => {
    const [one, other] = [await start(), await start({}, noon + 3 * hour)];
    const since = noon - 48 * hour;
    const flow = await one.flow('Nightly all');
    const query = `property=flowId==${flow.id}&property=createdAt>=${since}&property=createdAt<${noon - hour}&orderby=createdAt`;
    const [found, again] = [await one.runs(query), await other.runs(query)];
    const slots = valuesOf(flow).reduce(
      (sum, { schedule }) =>
        sum + ({ DAILY: 1, EVERY_6_HOURS: 4, EVERY_12_HOURS: 2 }[String(schedule['frequency'])] ?? NaN),
      0,
    );
    // Two days but for the hour: of each slot of a day two, and those of noon once.
    expect(found.length).toBeGreaterThan(slots);
    expect(found.length).toBeLessThanOrEqual(2 * slots);
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    // What is told of them later is told of both.
    expect(again.map(({ id }) => id)).toEqual(found.map(({ id }) => id));
    expect(found.filter(({ metrics }) => metrics.durationSummary?.completedAtUTC !== undefined)).toEqual(
      again.filter(({ id }) =>
        found.some((run) => run.id === id && run.metrics.durationSummary?.completedAtUTC !== undefined),
      ),
    );
  });

  it('go from waiting through processing to success, with what they lack meanwhile', async () => {
    const { clock, flow, runs } = await start({ runFaults: ['*=none'] }, noon - minute);
    const { id } = await flow();
    const daily = async () =>
      (await runs(`property=flowId==${id}&property=createdAt>=${noon}&orderby=createdAt`))[0];
    expect(await daily()).toBeUndefined();
    const seen: string[] = [];
    for (; clock.ms < noon + 40 * minute; clock.ms += minute / 2) {
      const run = await daily();
      const status = run?.metrics.statusSummary.status ?? 'none';
      if (seen.at(-1) !== status) seen.push(status);
      if (status === 'waiting') expect(run?.metrics.durationSummary).toBeUndefined();
      if (status === 'processing') {
        expect(run?.metrics.durationSummary?.completedAtUTC).toBeUndefined();
        expect(run?.metrics.recordSummary?.inputRecordCount).toBeUndefined();
      }
    }
    expect(seen).toEqual(['none', 'waiting', 'processing', 'success']);
    const run = await daily();
    expect(run?.metrics.fileSummary?.outputFileCount).toBeGreaterThan(0);
    expect((await flow()).lastRunDetails).toMatchObject({ state: 'success' });
  });

  it('of a list tell the one that began last, whatever its segment and its end', async () => {
    const { clock, flows, runs } = await start({ runFaults: ['*=failed@..+0h'] });
    const seen = new Set<string>();
    for (const hours of [0, 7, 20]) {
      clock.ms = noon + hours * hour;
      // Those of a hundred segments have thousands of runs, and nothing else to show.
      for (const { id, name, lastRunDetails: last } of await flows()) {
        if (name === 'Nightly all') continue;
        const begun = (await runs(`property=flowId==${id}`)).filter(({ metrics }) => metrics.durationSummary);
        const began = ({ metrics }: Run): number => metrics.durationSummary?.startedAtUTC ?? 0;
        const newest = Math.max(...begun.map(began));
        const meant = begun.filter((one) => began(one) === newest);
        expect(meant.map((one) => [one.id, one.metrics.statusSummary.status])).toEqual(
          begun.length === 0 ? [] : expect.arrayContaining([[last?.id, last?.state]]),
        );
        if (last) seen.add(last.state);
      }
    }
    expect([...seen]).toEqual(expect.arrayContaining(['failed', 'success']));
  });

  it.each<[string, (run: Run) => unknown, unknown]>([
    [
      'failed',
      ({ metrics }) => [metrics.statusSummary.status, metrics.fileSummary, metrics.sizeSummary],
      ['failed', undefined, undefined],
    ],
    ['empty', ({ metrics }) => metrics.fileSummary?.outputFileCount, 0],
    ['norows', ({ metrics }) => metrics.recordSummary?.inputRecordCount, 0],
    ['status:Paused', ({ metrics }) => metrics.statusSummary.status, 'Paused'],
    ['bare', (run) => segmentOf(run), undefined],
    [
      'long:200',
      ({ metrics: { durationSummary: d } }) => ((d?.completedAtUTC ?? 0) - (d?.startedAtUTC ?? 0)) / minute,
      200,
    ],
    [
      'late:90',
      ({ metrics }) => ((metrics.durationSummary?.startedAtUTC ?? 0) % (24 * hour)) / minute,
      12 * 60 + 90,
    ],
    [
      'skip:50',
      ({ metrics: { recordSummary: r } }) =>
        Math.round((100 * (r?.skippedRecordCount ?? 0)) / (r?.inputRecordCount ?? 1)),
      50,
    ],
  ])('that are %s where that is planted, and no others', async (what, look, wanted) => {
    const { flow, runs } = await start({ runFaults: [`Nightly all=${what}@2026-11-25T12`] }, noon + 6 * hour);
    const nightly = await flow('Nightly all');
    const daily = valuesOf(nightly).find(({ schedule }) => schedule['frequency'] === 'DAILY');
    const of = async (from: number) => {
      const all = await runs(
        `property=flowId==${nightly.id}&property=createdAt>=${from}&property=createdAt<${from + 3 * hour}`,
      );
      return what === 'bare' && from < noon
        ? all.filter((run) => segmentOf(run) === undefined)
        : all.filter((run) => segmentOf(run) === daily?.id);
    };
    const [planted] = await of(noon - 24 * hour);
    const [usual] = await of(noon);
    expect(planted && look(planted)).toEqual(wanted);
    expect(usual?.metrics.statusSummary.status).toBe('success');
    expect(usual && look(usual)).not.toEqual(wanted);
  });

  it('that are missing are not there', async () => {
    const { flow, runs } = await start({ runFaults: ['Nightly all/*=missing@..2026-11-26'] }, noon + hour);
    const all = await runs(`property=flowId==${(await flow('Nightly all')).id}&orderby=createdAt`);
    expect(all[0]?.createdAt).toBeGreaterThan(noon - 12 * hour);
  });

  it.each([
    'CRM weekly',
    '=failed',
    'a=broken',
    'a=skip:101',
    'a=skip',
    'a=failed:3',
    'a=failed@yesterday',
    'a=failed@+3h',
    'a/=failed',
  ])('are not planted by "%s"', async (rule) => {
    await expect(startEmulator({ runFaults: [rule] })).rejects.toMatchObject({
      problem: 'runFault',
      given: rule,
    });
  });

  it('go wrong in some places where nothing is planted', async () => {
    const { runs } = await start({}, noon);
    const all = await runs(`property=createdAt>=${noon - 72 * hour}&property=createdAt<${noon - 4 * hour}`);
    const failed = all.filter(({ metrics }) => metrics.statusSummary.status === 'failed');
    expect(failed.length / all.length).toBeGreaterThan(0.01);
    expect(failed.length / all.length).toBeLessThan(0.08);
  });

  it('come only while their dataflow is enabled, and what ran stays when it is changed or deleted', async () => {
    const { clock, ask, flow, runs } = await start({ runFaults: ['*=none'] }, noon - hour);
    const { id } = await flow();
    const count = async () => (await runs(`property=flowId==${id}`)).length;
    const before = await count();
    await ask('POST', `/flows/${id}/action?op=disable`);
    clock.ms += 48 * hour;
    expect(await count()).toBe(before);
    await ask('POST', `/flows/${id}/action?op=enable`);
    expect(await flow()).toMatchObject({ lastOperation: { operation: 'enable' } });
    clock.ms += 24 * hour;
    const later = await count();
    expect(later).toBeGreaterThan(before);
    const [{ value } = { value: undefined }] =
      (await flow()).transformations[0]?.params.segmentSelectors.selectors ?? [];
    await ask(
      'PATCH',
      `/flows/${id}`,
      [{ op: 'remove', path: '/transformations/0/params/segmentSelectors/selectors/0', value: {} }],
      { 'if-match': (await flow()).etag },
    );
    await expect.poll(async () => valuesOf(await flow()).some((one) => one.id === value?.id)).toBe(false);
    expect(await count()).toBe(later);
    await ask('DELETE', `/flows/${id}`);
    expect(await count()).toBe(later);
    clock.ms += 31 * 24 * hour;
    expect(await count()).toBe(0);
  });

  it('are read by id, and a filter on anything of them is heard', async () => {
    const { ask, runs } = await start({}, noon);
    const failed = await runs('property=metrics.statusSummary.status==FAILED');
    expect(failed.length).toBeGreaterThan(0);
    const [first, second] = failed.map(({ id }) => id);
    expect((await ask('GET', `/runs/${first ?? ''}`)).body['items']).toMatchObject([{ id: first }]);
    const both = await runs(`property=id==${first ?? ''},${second ?? ''}`);
    expect(both.map(({ id }) => id).sort()).toEqual([first, second].sort());
    expect((await ask('GET', '/runs/nothing')).status).toBe(404);
  });

  it('follow a clock that runs faster, which every answer tells', async () => {
    const { ask } = await start({ speed: 3600 });
    const told = async () => Date.parse((await ask('GET', '/runs?limit=1')).headers.get('date') ?? '');
    const first = await told();
    await expect.poll(async () => (await told()) - first).toBeGreaterThan(10 * minute);
  });
});

describe('an export at once', () => {
  const path = '/data/core/activation/disflowprovider/adhocrun';
  const accept = { accept: 'application/vnd.adobe.adhoc.activation+json; version=2' };

  it('makes a run for each segment, and says where to look', async () => {
    const { clock, ask, flow, runs } = await start({}, noon - 4 * hour);
    const one = await flow('Nightly all');
    const segments = valuesOf(one)
      .slice(0, 3)
      .map(({ id }) => id);
    const { status, body } = await ask('POST', path, { activationInfo: { [one.id]: segments } }, accept);
    expect(status).toBe(200);
    const order = body['order'] as { segment: string; order: string; statusURL: string }[];
    expect(order.map(({ segment }) => segment).sort()).toEqual([...segments].sort());
    const [first] = order;
    const look = async () => {
      const answer = await ask('GET', new URL(first?.statusURL ?? '').pathname);
      return (answer.body['items'] as Run[])[0]?.metrics.statusSummary.status;
    };
    expect(await look()).toBe('waiting');
    clock.ms += minute;
    expect(await look()).toBe('processing');
    const again = await ask('POST', path, { activationInfo: { [one.id]: segments } }, accept);
    expect(again).toMatchObject({
      status: 400,
      body: {
        message: expect.stringMatching(/^Run already going on for audience .+ for order .+ with run id /),
      },
    });
    clock.ms += hour;
    expect(await look()).toBe('success');
    expect(await runs(`property=flowId==${one.id}&property=createdAt>=${noon - 4 * hour}`)).toHaveLength(3);
  });

  it.each<[string, (flow: Flow) => unknown, number, RegExp]>([
    [
      'a segment that is not mapped',
      ({ id }) => ({ [id]: ['nobody'] }),
      400,
      /^Segments nobody are not part/,
    ],
    ['more than eighty', (flow) => ({ [flow.id]: valuesOf(flow).map(({ id }) => id) }), 400, /at most 80/],
    ['a dataflow that is not there', () => ({ 'no-flow': ['x'] }), 404, /flows not found/],
    ['nothing', () => ({}), 400, /^Invalid parameter/],
  ])('is refused for %s', async (_, info, status, message) => {
    const { ask, flow } = await start({}, noon - 4 * hour);
    const one = await flow('Nightly all');
    const answer = await ask('POST', path, { activationInfo: info(one) }, accept);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).toMatch(new RegExp(message.source.replace('^', '"')));
  });

  it('is refused for a dataflow that is disabled, dates that are over, and without the version', async () => {
    const { clock, ask, flow } = await start({}, noon - 4 * hour);
    const paused = await flow('Winback test');
    expect(paused.state).toBe('disabled');
    const one = await flow('Nightly all');
    const [segment] = valuesOf(one).map(({ id }) => id);
    const export_ = (id: string, of: string | undefined, more = accept) =>
      ask('POST', path, { activationInfo: { [id]: [of] } }, more);
    expect((await export_(paused.id, valuesOf(paused)[0]?.id)).status).toBe(400);
    expect((await export_(one.id, segment, { accept: 'application/json' })).status).toBe(400);
    clock.ms += 366 * 24 * hour;
    expect((await export_(one.id, segment)).status).toBe(400);
  });

  it('is refused within an hour of mapping', async () => {
    const { clock, ask, flow } = await start({ segments: 300 }, noon - 4 * hour);
    const one = await flow();
    const taken = new Set(valuesOf(one).map(({ id }) => id));
    const [sample] = valuesOf(one);
    const others = valuesOf(await flow('Nightly all')).filter(({ id }) => !taken.has(id));
    const value: Json = { ...sample, ...others[0], name: 'Newcomer' };
    for (const name of ['createTime', 'updateTime']) Reflect.deleteProperty(value, name);
    const patch = [
      {
        op: 'add',
        path: '/transformations/0/params/segmentSelectors/selectors/-',
        value: { type: 'PLATFORM_SEGMENT', value },
      },
    ];
    expect((await ask('PATCH', `/flows/${one.id}`, patch, { 'if-match': one.etag })).status).toBe(202);
    await expect.poll(async () => valuesOf(await flow()).length).toBe(taken.size + 1);
    const now = () => ask('POST', path, { activationInfo: { [one.id]: [value['id']] } }, accept);
    expect((await now()).body).toMatchObject({
      message: expect.stringMatching(/^Segments Newcomer are not part/),
    });
    clock.ms += hour;
    expect((await now()).status).toBe(200);
  });
});

describe('evaluations', () => {
  it('are one a day, the latest first, and one that fails exports nothing', async () => {
    const { ask, flow, runs, clock } = await start(
      { runFaults: ['evaluation=failed@2026-11-25'], keepRunsDays: 5 },
      Date.UTC(2026, 10, 20, 9),
    );
    const one = await flow();
    const [first] = valuesOf(one);
    const value = {
      ...first,
      schedule: {
        ...first?.schedule,
        frequency: 'DAILY',
        triggerType: 'AFTER_SEGMENT_EVAL',
        startTime: undefined,
      },
    };
    const path = '/transformations/0/params/segmentSelectors/selectors/0/value';
    const patch = [{ op: 'replace', path, value }];
    expect((await ask('PATCH', `/flows/${one.id}`, patch, { 'if-match': one.etag })).status).toBe(202);
    await expect
      .poll(async () => valuesOf(await flow())[0]?.schedule['triggerType'])
      .toBe('AFTER_SEGMENT_EVAL');
    clock.ms = noon;
    const { body } = await ask('GET', '/data/core/ups/segment/jobs?sort=creationTime:desc&limit=3');
    const jobs = body['children'] as { status: string; updateTime: number }[];
    expect(
      jobs.map(({ status, updateTime }) => [status, new Date(updateTime).toISOString().slice(8, 16)]),
    ).toEqual([
      ['SUCCEEDED', '26T03:30'],
      ['FAILED', '25T03:30'],
      ['SUCCEEDED', '24T03:30'],
    ]);
    const own = (await runs(`property=flowId==${one.id}`)).filter(
      ({ metrics }) =>
        metrics.recordSummary?.targetSummaries?.[0]?.entitySummaries?.[0]?.id === `segment:${first?.id}`,
    );
    const days = own.map(({ createdAt }) => new Date(createdAt).toISOString().slice(8, 13));
    expect(days).toContain('26T03');
    expect(days).toContain('24T03');
    expect(days.filter((day) => day.startsWith('25'))).toEqual([]);
  });
});
