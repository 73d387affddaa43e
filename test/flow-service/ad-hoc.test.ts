import { describe, expect, it } from 'vitest';
import { runUnderWay } from '../../source/flow-service/ad-hoc.ts';
import { answerWith, clientOf, failureOf } from '../helpers/answers.ts';

const run = 'e80e24c1-82de-48de-8352-b2d0fca1c392';
const wanted = new Map([['flow-1', ['s1', 's2']]]);
const order = (segment: string, statusURL?: unknown) => ({ segment, order: 'flow-1', statusURL });

describe('an export at once', () => {
  it('is asked for as the contract prints it', async () => {
    const server = await answerWith(() => ({ json: { order: [order('s1', `https://x/runs/${run}`)] } }));
    expect(await clientOf(server.url).exportNow(wanted)).toEqual([
      { flowId: 'flow-1', segmentId: 's1', runId: run },
    ]);
    const [seen] = server.seen;
    expect(seen).toMatchObject({
      method: 'POST',
      url: '/data/core/activation/disflowprovider/adhocrun',
      headers: { accept: 'application/vnd.adobe.adhoc.activation+json; version=2', 'x-sandbox-name': 'dev' },
    });
    expect(JSON.parse(seen?.body ?? '')).toEqual({ activationInfo: { 'flow-1': ['s1', 's2'] } });
  });

  it('never sends the token where the answer points to', async () => {
    const elsewhere = await answerWith(() => ({ json: {} }));
    const statusURL = `${elsewhere.url}/data/foundation/flowservice/runs/${run}?a=b`;
    const server = await answerWith(({ method }) =>
      method === 'POST'
        ? { json: { order: [order('s1', statusURL)] } }
        : { json: { items: [{ id: run, flowId: 'flow-1' }] } },
    );
    const client = clientOf(server.url);
    const [started] = await client.exportNow(wanted);
    expect(started?.runId).toBe(run);
    expect(await client.getRuns([started?.runId ?? ''])).toMatchObject([{ id: run }]);
    expect(await client.getRun(started?.runId ?? '')).toMatchObject({ id: run });
    expect(elsewhere.seen).toEqual([]);
    expect(server.seen).toHaveLength(3);
  });

  it.each<[string, unknown]>([
    ['none', undefined],
    ['null', null],
    ['no address', 7],
    ['an address without a run', 'https://platform.adobe.io/data'],
    ['one that leads elsewhere', 'https://x/runs/..'],
  ])('has no run where the address is %s', async (_, statusURL) => {
    const server = await answerWith(() => ({ json: { order: [order('segment:s1', statusURL)] } }));
    expect(await clientOf(server.url).exportNow(wanted)).toEqual([
      { flowId: 'flow-1', segmentId: 's1', runId: undefined },
    ]);
  });

  it('is sent once, whatever comes of it', async () => {
    const server = await answerWith(() => ({ status: 503 }));
    expect(await failureOf(clientOf(server.url).exportNow(wanted))).toMatchObject({ status: 503 });
    expect(server.seen).toHaveLength(1);
  });

  it('names the right that is missing', async () => {
    const server = await answerWith(() => ({ status: 403 }));
    expect(await failureOf(clientOf(server.url).exportNow(wanted))).toMatchObject({
      missingPermission: 'Activate Destinations',
    });
  });

  it.each<[string, number, string, string | undefined]>([
    [
      'a run that goes on',
      400,
      `Run already going on for audience s1 for order flow-1 with run id ${run}`,
      run,
    ],
    [
      'a schedule that is over',
      400,
      'Segments Hikers are not part of this dataflow or out of schedule range!',
      undefined,
    ],
    ['another status', 500, `Run already going on for audience s1 for order f with run id ${run}`, undefined],
  ])('is refused for %s', async (_, status, message, wantedRun) => {
    const server = await answerWith(() => ({ status, json: { message } }));
    const failure = await failureOf(clientOf(server.url).exportNow(wanted));
    expect(runUnderWay(failure)?.runId).toBe(wantedRun);
  });
});
