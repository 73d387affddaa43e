import { describe, expect, it } from 'vitest';
import { edited } from '../../source/activation/content/column-edits.ts';
import { planOfFlow } from '../../source/activation/plan-of-flow.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { readPlan } from '../../source/activation/plan/read-plan.ts';
import { lookAhead } from '../../source/apply/live/look-ahead.ts';
import type { ApplyEvent } from '../../source/apply/events.ts';
import { execute } from '../../source/apply/execute.ts';
import type { WriteStep } from '../../source/apply/journal/journal.ts';
import { readSet, readTarget } from '../../source/apply/live/live.ts';
import { openFlow } from '../../source/commands/flow/open-flow.ts';
import type { Emulator, EmulatorOptions } from '../../source/emulator/server.ts';
import { columnsOfDraft, selectedOf, withColumns } from '../../source/wizard/columns.ts';
import type { Draft } from '../../source/wizard/draft.ts';
import { toPlan } from '../../source/wizard/to-plan.ts';
import { clientOf, type Written } from '../helpers/answers.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { contractCards, otherAccounts } from '../helpers/contract-cards.ts';
import { type Asked, handWritten } from '../helpers/hand-written.ts';
import { newerParams, newerPlan, planOfBodies } from '../helpers/newer-plan.ts';
import { applyHere, type Death, orgId, rollBackHere, type RunHere, stateOf } from '../helpers/runs.ts';
import { freshFolder } from '../helpers/terminal.ts';
import { byDay } from '../helpers/soak.ts';

async function rig(options: EmulatorOptions = {}): Promise<RunHere> {
  const emulator = await emulatorWith({ segments: 20, patchDelayMs: 5, strictCards: true, ...options });
  const services = { authParams: newerParams };
  return { folder: freshFolder(), run: '0a1b2c3d', emulator, services, plan: newerPlan };
}

/** Connections, source connections, target connections, dataflows, schemas, mapping sets. */
async function countsOf(emulator: Emulator): Promise<number[]> {
  await emulator.idle();
  const kinds = [
    ...(['connections', 'sourceConnections', 'targetConnections', 'flows'] as const),
    ...(['schemas', 'mappingSets'] as const),
  ];
  return kinds.map((kind) => emulator.count(kind));
}
const oneOfEach = [1, 1, 1, 1, 2, 1];

describe.concurrent('an apply to the newer Amazon S3 card', () => {
  it('makes schemas and set beside the connections, and proves what it made', async () => {
    const here = await rig();
    const result = await applyHere(here);
    expect(result).toMatchObject({ outcome: 'verified', report: { isVerified: true } });
    expect(Object.keys(result.made).toSorted()).toEqual([
      ...['flowId', 'inputSchemaId', 'mappingSetId', 'outputSchemaId'],
      ...['sourceConnectionId', 'targetBaseConnectionId', 'targetConnectionId'],
    ]);
    expect(await countsOf(here.emulator)).toEqual(oneOfEach);
    const writes = here.emulator.requests
      .filter(({ method }) => method !== 'GET')
      .map(
        ({ method, path }) =>
          `${method} ${path.replace(/.*(flowservice|conversion)/, '').replace(/[0-9a-f-]{36}/, 'ID')}`,
      );
    expect(writes.at(-1)).toBe('PATCH /flows/ID');
    expect(writes.indexOf('POST /schemas')).toBeLessThan(writes.indexOf('POST /flows'));
    expect(writes.filter((one) => one === 'POST /mappingSets')).toHaveLength(1);
  });

  it('is taken back but for the schemas, which are named', async () => {
    const here = await rig();
    await applyHere(here);
    const { made } = await stateOf(here);
    const events = await rollBackHere(here);
    expect(events.at(-1)).toMatchObject({ kind: 'result', outcome: 'rolledBack', kept: 0 });
    expect(await countsOf(here.emulator)).toEqual([0, 0, 0, 0, 2, 0]);
    expect(events.filter(({ kind }) => kind === 'left')).toEqual([
      { kind: 'left', step: 'output-schema', id: made.outputSchemaId },
      { kind: 'left', step: 'input-schema', id: made.inputSchemaId },
    ]);
  });

  const steps: WriteStep[] = [
    ...(['source-connection', 'target-base-connection', 'target-connection', 'flow'] as const),
    ...(['input-schema', 'output-schema', 'mapping-set', 'activate'] as const),
  ];
  const deaths = steps.flatMap((step) =>
    (['intended', 'sent', 'answered'] as const).map((point): [string, Death] => [
      `${step} ${point}`,
      { step, point },
    ]),
  );
  it.each(byDay(deaths, (_, at) => at % 12 === 0))(
    'that dies at %s ends, by resume, with exactly one of each',
    async (_, diesAt) => {
      const here = await rig();
      await applyHere({ ...here, diesAt }).catch(() => undefined);
      const outcomes: string[] = [];
      for (let attempt = 0; attempt < 3 && outcomes.at(-1) !== 'verified'; attempt++)
        outcomes.push((await applyHere(here)).outcome);
      expect(outcomes.at(-1)).toBe('verified');
      expect(await countsOf(here.emulator)).toEqual(oneOfEach);
    },
  );

  it.each(byDay(deaths, (_, at) => at % 12 === 3))(
    'that dies at %s ends, by rollback, with schemas at most',
    async (_, diesAt) => {
      const here = await rig();
      await applyHere({ ...here, diesAt }).catch(() => undefined);
      const events = await rollBackHere(here);
      expect(events.at(-1)).toMatchObject({ outcome: 'rolledBack' });
      const [connections, sources, targets, flows, schemas, sets] = await countsOf(here.emulator);
      expect([connections, sources, targets, flows, sets]).toEqual([0, 0, 0, 0, 0]);
      expect(events.filter(({ kind }) => kind === 'left')).toHaveLength(schemas ?? NaN);
    },
  );

  it.each(byDay(['lostx1', 'act:503x1', '503x2', '429:0x1', 'act:htmlx1'], (_, at) => at < 2))(
    'whose set is answered with %s ends with exactly one of each',
    async (fault) => {
      const here = await rig({ faults: [`POST /mappingSets=${fault}`] });
      const outcomes: string[] = [];
      for (let attempt = 0; attempt < 3 && outcomes.at(-1) !== 'verified'; attempt++)
        outcomes.push((await applyHere(here)).outcome);
      expect(outcomes.at(-1)).toBe('verified');
      expect(await countsOf(here.emulator)).toEqual(oneOfEach);
    },
  );
});

describe.concurrent('an apply to any newer card', () => {
  const accounts = [
    ...contractCards.map(({ name, account, target }) => [name, account, target] as const),
    ...otherAccounts.map(([name, account]) => {
      const { connectionSpec } = JSON.parse(account) as { connectionSpec: { id: string } };
      return [name, account, contractCards.find(({ id }) => id === connectionSpec.id)?.target ?? ''] as const;
    }),
  ];
  it.each(byDay(accounts, (_, at) => at % 5 === 0))(
    'is verified, and taken back: %s',
    async (_, account, target) => {
      const { plan, authParams } = planOfBodies(account, target);
      const here = { ...(await rig()), plan, services: { authParams } };
      expect(await applyHere(here)).toMatchObject({ outcome: 'verified' });
      expect(await countsOf(here.emulator)).toEqual(oneOfEach);
      const events = await rollBackHere(here);
      expect(events.at(-1)).toMatchObject({ outcome: 'rolledBack', left: 2 });
      expect(await countsOf(here.emulator)).toEqual([0, 0, 0, 0, 2, 0]);
    },
  );

  it.each<[string, (destination: Plan['destination']) => unknown, string, string]>([
    ['Azure Blob Storage', ({ location }) => (location['container'] = 'a--b'), 'field.pattern', '.container'],
    ['Amazon S3', ({ location }) => (location['path'] = 'x/%SEGMENT_NAMES%'), 'field.pattern', '.path'],
    ['Azure Data Lake Gen2', ({ location }) => (location['fileType'] = 'XML'), 'field.notOneOf', '.fileType'],
    [
      'Data Landing Zone',
      ({ location }) => (location['csvOptions'] = { delimiter: ',' }),
      'location.unknownParam',
      '.csvOptions',
    ],
    ['SFTP', ({ auth }) => Object.assign(auth?.params ?? {}, { port: 'x' }), 'port.form', '.port'],
  ])('that %s does not take is refused before anything is sent', async (name, bend, id, end) => {
    const card = contractCards.find((one) => one.name === name);
    const { plan, authParams } = planOfBodies(card?.account ?? '', card?.target ?? '');
    bend(plan.destination);
    const here = { ...(await rig()), plan, services: { authParams } };
    const events: ApplyEvent[] = [];
    const services = { authParams, run: '0a1b2c3d', clock: () => performance.now() };
    const client = clientOf(here.emulator.url, { orgId });
    for await (const event of execute(plan, { client, ...services })) events.push(event);
    const [failed] = events.flatMap((one) => (one.kind === 'failed' ? [one.error] : []));
    expect(failed).toMatchObject({
      problems: [{ id, path: expect.stringMatching(new RegExp(`\\${end}`)) as unknown }],
    });
    expect(here.emulator.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  it('takes no key that is not encoded', async () => {
    const account = otherAccounts.find(([name]) => name === 'SFTP by key')?.[1] ?? '';
    const target = contractCards.find(({ name }) => name === 'SFTP')?.target ?? '';
    const { plan, authParams } = planOfBodies(account, target);
    const here = await rig();
    const events: ApplyEvent[] = [];
    const services = { run: '0a1b2c3d', clock: () => performance.now() };
    const client = clientOf(here.emulator.url, { orgId });
    const given = { ...authParams, sshKey: '-----BEGIN X-----' };
    for await (const event of execute(plan, { client, authParams: given, ...services })) events.push(event);
    const [failed] = events.flatMap((one) => (one.kind === 'failed' ? [one.error] : []));
    expect(failed).toMatchObject({ problems: [{ id: 'field.notBase64' }] });
  });
});

describe.concurrent('a live dataflow of the newer Amazon S3 card', () => {
  async function pulled(
    asked: Partial<Pick<Plan, 'segments' | 'attributes'>> = {},
  ): Promise<{ here: RunHere; plan: Plan; draft: Draft }> {
    const here = { ...(await rig()), plan: { ...newerPlan, ...asked } };
    const { flowId = '' } = await applyHere(here);
    const client = clientOf(here.emulator.url, { orgId });
    const flow = await client.getFlow(flowId);
    const [target, set] = [await readTarget(client, flow, {}), await readSet(client, flow, {})];
    const reading = planOfFlow({ flow, target, set }, 'dev');
    if (reading.kind !== 'plan') throw new Error(reading.why);
    expect(reading.unsaid).toEqual([]);
    const { draft } = await openFlow(flow, client, new AbortController().signal);
    return { here: { ...here, run: '1a1b2c3d', plan: reading.plan }, plan: reading.plan, draft };
  }

  it.each(byDay(['WEEKLY', 'MONTHLY'] as const, (frequency) => frequency === 'MONTHLY'))(
    'that exports %s is pulled, and differs in nothing',
    async (frequency) => {
      const segments = newerPlan.segments.map((one) => ({
        ...one,
        schedule: { ...one.schedule, frequency },
      }));
      const { here, plan } = await pulled({ segments });
      expect(readPlan(JSON.stringify(plan))).toMatchObject({ kind: 'plan' });
      expect(plan.segments.map(({ schedule }) => schedule.frequency)).toEqual([frequency]);
      const looking = { client: clientOf(here.emulator.url, { orgId }), extras: 'prune' as const };
      const more = { clock: () => performance.now(), tell: () => undefined };
      const same = await lookAhead(plan, plan.flow ?? '', { ...looking, ...more });
      expect([same.event.differences, same.event.requests]).toEqual([[], []]);
      const daily = { ...plan, segments: newerPlan.segments };
      const other = await lookAhead(daily, plan.flow ?? '', { ...looking, ...more });
      expect(other.event.differences).toMatchObject([{ before: frequency, after: 'DAILY' }]);
    },
  );

  it('is, with every sort of column, pulled, opened and applied without a difference', async () => {
    const array = "array_to_string(', ', organizations)";
    const attributes: Plan['attributes'] = {
      selected: [
        'identityMap.Phone_E.164',
        { path: 'organizations[1]', column: 'SECOND' },
        array,
        { path: 'segmentMembership.status', column: 'STATE' },
        'person.name.lastName',
      ],
      mandatory: ['Phone_E.164', 'person.name.lastName'],
      deduplication: [{ fieldType: 'IDENTITY', identityNamespace: 'Phone_E.164' }],
    };
    const { here, plan, draft } = await pulled({ attributes });
    const status = { path: 'segmentMembership.seg_namespace.seg_id.status', column: 'STATE' };
    expect(plan.attributes).toEqual({ ...attributes, selected: attributes.selected.with(3, status) });
    // What the wizard opens says the same, and what it changes is only that.
    expect(toPlan(draft)).toEqual(plan);
    expect(columnsOfDraft(draft).map(({ column }) => column)).toEqual([
      ...['Phone_E_164', 'SECOND', 'organizations', 'STATE', 'person_name_lastName'],
    ]);
    const named = withColumns(draft, edited(selectedOf(draft), { kind: 'renamed', at: 4, name: 'LAST' }));
    expect(toPlan(named).attributes).toEqual({
      ...plan.attributes,
      selected: plan.attributes.selected.with(4, { path: 'person.name.lastName', column: 'LAST' }),
    });
    const looking = { client: clientOf(here.emulator.url, { orgId }), extras: 'prune' as const };
    const more = { clock: () => performance.now(), tell: () => undefined };
    const { event } = await lookAhead(toPlan(draft), plan.flow ?? '', { ...looking, ...more });
    expect([event.differences, event.requests]).toEqual([[], []]);
    expect(await applyHere({ ...here, plan: toPlan(draft) })).toMatchObject({ outcome: 'verified' });
  });

  it('is pulled as a sound plan, to which it does not differ, and which changes nothing', async () => {
    const { here, plan } = await pulled();
    expect(readPlan(JSON.stringify(plan))).toMatchObject({ kind: 'plan' });
    expect(plan.attributes).toEqual({
      selected: [
        { path: 'person.name.firstName', column: 'FIRST' },
        ...['personalEmail.address', 'identityMap.Email', 'segmentMembership.seg_namespace.seg_id.status'],
      ],
      mandatory: ['Email'],
      deduplication: [{ fieldType: 'IDENTITY', identityNamespace: 'Email' }],
    });
    const looking = { client: clientOf(here.emulator.url, { orgId }), extras: 'prune' as const };
    const more = { clock: () => performance.now(), tell: () => undefined };
    const { event } = await lookAhead(plan, plan.flow ?? '', { ...looking, ...more });
    expect([event.differences, event.requests]).toEqual([[], []]);
    const before = here.emulator.requests.length;
    expect(await applyHere(here)).toMatchObject({ outcome: 'verified' });
    const sent = here.emulator.requests.slice(before).map(({ method }) => method);
    expect(new Set(sent)).toEqual(new Set(['GET']));
  });

  it('is changed in its segments, and its columns stay', async () => {
    const { here, plan } = await pulled();
    const segments = plan.segments.map((one) => ({
      ...one,
      schedule: { ...one.schedule, startTime: '21:00' },
    }));
    const result = await applyHere({ ...here, plan: { ...plan, segments } });
    expect(result).toMatchObject({ outcome: 'verified' });
    expect(await countsOf(here.emulator)).toEqual(oneOfEach);
  });
});

const text = { type: 'string', 'x-unheard-of': [1] };
const union = {
  $id: 'https://ns.adobe.com/xdm/context/profile__union',
  type: 'object',
  properties: {
    person: { type: 'object', properties: { name: { type: 'object', properties: { firstName: text } } } },
    personalEmail: { type: 'object', properties: { address: text } },
  },
};

/** Data Prep by hand, from the contract: what is made, what is read back. @see cards.md, sections 5.2 and 5.3 */
function dataPrep(bend: (set: Record<string, unknown>) => object = (set) => set) {
  const bodies: Record<string, unknown>[] = [];
  let set: Record<string, unknown> = {};
  const answer = ({ call, url, body }: Asked): Written | undefined => {
    const made = { id: `${bodies.length}`.padStart(32, '0'), version: 0 };
    if (call.startsWith('GET /data/core/ups/config/')) return { json: union };
    if (call === 'GET /connectionSpecs')
      return {
        json: {
          items: [
            {
              id: newerPlan.destination.connectionSpecId,
              name: 'Amazon S3',
              targetSpec: {
                attributes: {
                  partnerSchema: { jsonSchema: { title: 'defaultschema', properties: { a: {} } } },
                },
              },
            },
          ],
        },
      };
    if (call === 'GET /flowSpecs') return { status: 403, json: { message: 'no' } };
    if (call.startsWith('POST /data/foundation/conversion/')) {
      const sent = JSON.parse(body) as Record<string, unknown>;
      bodies.push(sent);
      if (call.endsWith('/schemas')) return { json: { ...made, jsonSchema: sent['jsonSchema'] } };
      const mappings = (sent['mappings'] as Record<string, string>[]).map((line) => ({
        ...{ id: 'ab', version: 0, sourceType: 'text/x.schema-path', source: line['source'] },
        ...{ destination: line['destination'], identity: false, functionVersion: 0 },
      }));
      set = { ...made, inputSchema: sent['inputSchema'], outputSchema: sent['outputSchema'], mappings };
      return { json: { ...made, createdDate: 1_796_000_000_197 } };
    }
    if (call.startsWith('GET /data/foundation/conversion/mappingSets/'))
      return url.endsWith('?version=0') ? { json: bend(set) } : { status: 404, json: { title: 'x' } };
    return undefined;
  };
  return { bodies, answer };
}

async function applied(prep: ReturnType<typeof dataPrep>, odd: (asked: Asked) => Written | undefined) {
  const server = await handWritten((asked) => odd(asked) ?? prep.answer(asked));
  const events: ApplyEvent[] = [];
  const services = { authParams: newerParams, run: '0a1b2c3d', clock: () => performance.now(), settleMs: 50 };
  const client = clientOf(server.url, { orgId });
  for await (const event of execute(newerPlan, { client, ...services })) events.push(event);
  const last = events.at(-1);
  if (last?.kind !== 'result') throw new Error('no result');
  return { ...last, failures: events.flatMap((one) => (one.kind === 'failed' ? [one.error] : [])) };
}

describe.concurrent('an apply to the newer Amazon S3 card on a service written by hand', () => {
  it('copies the union whole, declares its columns, and is verified by the words of the store', async () => {
    const prep = dataPrep();
    const { outcome, failures } = await applied(prep, () => undefined);
    expect([outcome, failures]).toEqual(['verified', []]);
    const named = (name: string) => prep.bodies.find((one) => String(one['name']).startsWith(name));
    expect(named('Input schema')).toMatchObject({
      name: 'Input schema · Gold customers to S3 · ferry run 0a1b2c3d',
      jsonSchema: union,
    });
    expect(named('Output schema')?.['jsonSchema']).toEqual({
      title: 'defaultschema',
      properties: {
        a: {},
        FIRST: { title: 'FIRST', type: 'string' },
        personalEmail_address: { title: 'personalEmail_address', type: 'string' },
        Email: {
          ...{ title: 'Email', type: 'array' },
          items: {
            type: 'object',
            properties: { id: { title: 'id', type: 'string', 'meta:xdmType': 'string' } },
          },
        },
        segmentMembership_status: { title: 'segmentMembership_status', type: 'string' },
      },
    });
  });

  it('differs where the set reads back with another column', async () => {
    const prep = dataPrep((set) => ({ ...set, mappings: (set['mappings'] as unknown[]).slice(1) }));
    const { outcome, report } = await applied(prep, () => undefined);
    expect(outcome).toBe('mismatch');
    expect(report?.rows.filter(({ mark }) => mark !== 'same').map(({ subject }) => subject)).toEqual([
      'person.name.firstName → FIRST',
    ]);
  });

  it('differs where the dataflow takes the segments and forgets the set', async () => {
    const { outcome, report } = await applied(dataPrep(), ({ call, shelves }) => {
      const [flow] = shelves.flows;
      if (call === 'GET /flows/*' && flow) {
        const [{ params }] = flow['transformations'] as [{ params: Record<string, unknown> }];
        params['profileMapping'] = {};
      }
      return undefined;
    });
    expect(outcome).toBe('mismatch');
    expect(report?.attributes).toMatchObject({ asked: 4, returned: 0, same: 0 });
  });
});
