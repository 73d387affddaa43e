import { describe, expect, it } from 'vitest';
import { listedFlow } from '../../source/flow-service/flows.ts';
import { answerWith, clientOf } from '../helpers/answers.ts';

const id = 'ca5c6e9a-8559-4a08-97a5-f15b756da600';
const selector =
  '{"type":"PLATFORM_SEGMENT","value":{"id":"A","name":"red\\u001b[31m","schedule":{"endDate":null,"toString":1},' +
  '"__proto__":{"polluted":1},"constructor":{"prototype":2},"description":"' +
  'x'.repeat(70_000) +
  '"}}';
const entity =
  `{"id":"${id}","policy":{"enforcementRefs":["\\u202e"]},"transformations":[{"name":"Other","params":{"x":[1]}},` +
  `{"params":{"segmentSelectors":{"selectors":[${selector}]},"profileMapping":{}}}]}`;

describe('a dataflow', () => {
  it.each(['null', '{"segmentSelectors":null,"profileSelectors":null,"mandatoryFields":null}'])(
    'may have params that are %s',
    async (params) => {
      const text = `{"id":"${id}","lastOperation":"odd","transformations":[{"name":"Other","params":${params}}]}`;
      const server = await answerWith(() => ({ text }));
      const flow = await clientOf(server.url).getFlow(id);
      expect(flow.transformations[0]?.params?.segmentSelectors).toBeUndefined();
      expect(flow.lastOperation).toMatchObject({ progress: 'running', status: 'odd' });
    },
  );

  it.each<[unknown, unknown, string, string[]]>([
    ['COMPLETED', null, 'completed', []],
    ['COMPLETED', undefined, 'completed', []],
    ['partial_success', [], 'partial', []],
    ['FAILED', ['a', { b: 1 }], 'failed', ['a', '{"b":1}']],
    ['FAILED', 'alone', 'failed', ['alone']],
    ['word of tomorrow', null, 'running', []],
    [null, null, 'none', []],
    [undefined, undefined, 'none', []],
  ])('whose last change is %j with errors %j is %s', async (value, errors, progress, wanted) => {
    const lastOperation = { started: 7, percentCompleted: 40, status: { value, errors } };
    const server = await answerWith(() => ({
      json: { items: [{ id, lastOperation, transformations: [] }] },
    }));
    const flow = await clientOf(server.url).getFlow(id);
    expect(flow.lastOperation).toMatchObject({
      startedMs: 7,
      percentCompleted: 40,
      progress,
      errors: wanted,
    });
  });

  it.each([
    ['in its envelope', `{"items":[${entity}]}`],
    ['bare', entity],
  ])('is read clean and kept as it came (%s)', async (_, text) => {
    const server = await answerWith(() => ({ text }));
    const flow = await clientOf(server.url).getFlow(id);
    const [read] = flow.transformations[1]?.params?.segmentSelectors?.selectors ?? [];
    expect(read?.value).toMatchObject({ id: 'A', name: 'red\ufffd', schedule: { endDate: undefined } });
    expect(JSON.stringify(flow.raw)).toBe(JSON.stringify(JSON.parse(entity)));
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(Object.getPrototypeOf(flow)).toBe(Object.prototype);
  });
});

describe('a dataflow in a list', () => {
  it.each<[unknown, boolean]>([
    [undefined, false],
    [null, false],
    [{ interval: 1 }, true],
  ])('with the schedule %j has one of its own: %s', (scheduleParams, hasSchedule) => {
    expect(listedFlow.parse({ id, scheduleParams }).hasSchedule).toBe(hasSchedule);
  });

  it('is of the specs of its first connections', () => {
    const of = (...ids: string[]): object[] =>
      ids.map((one) => ({
        id: one,
        connectionSpec: { id: `spec-${one}` },
        baseConnection: { id: `base-${one}` },
      }));
    const inheritedAttributes = { sourceConnections: of('s', 'x'), targetConnections: of('t', 'x') };
    expect(listedFlow.parse({ id, inheritedAttributes, targetConnectionIds: ['other'] })).toMatchObject({
      sourceSpecId: 'spec-s',
      targetSpecId: 'spec-t',
      targetId: 't',
      baseId: 'base-t',
    });
  });
});
