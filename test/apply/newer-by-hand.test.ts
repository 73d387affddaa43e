import { describe, expect, it } from 'vitest';
import { linkedSet } from '../../source/activation/linked-set.ts';
import { planOfFlow } from '../../source/activation/plan-of-flow.ts';
import type { Plan, Selected } from '../../source/activation/plan/plan.ts';
import { compare } from '../../source/activation/report.ts';
import type { ApplyEvent } from '../../source/apply/events.ts';
import { execute } from '../../source/apply/execute.ts';
import { readAccount, readSet, readTarget } from '../../source/apply/live/live.ts';
import { clientOf } from '../helpers/answers.ts';
import { contractCards, otherAccounts } from '../helpers/contract-cards.ts';
import { type Bends, newerByHand, partner, type Sent, union } from '../helpers/newer-by-hand.ts';
import { newerParams, newerPlan, planOfBodies } from '../helpers/newer-plan.ts';
import { rsaKey } from '../helpers/public-keys.ts';
import { orgId } from '../helpers/runs.ts';

type Platform = Awaited<ReturnType<typeof newerByHand>>;

async function applied(plan: Plan, on: Platform, authParams = newerParams as Record<string, string>) {
  const before = on.sent.length;
  const events: ApplyEvent[] = [];
  const client = clientOf(on.url, { orgId });
  const services = {
    authParams,
    run: '0a1b2c3d',
    clock: () => performance.now(),
    settleMs: 50,
    unseenMs: 500,
  };
  for await (const one of execute(plan, { client, extras: 'prune', ...services })) events.push(one);
  const last = events.at(-1);
  if (last?.kind !== 'result') throw new Error('no result');
  const errors = events.flatMap((one) => (one.kind === 'failed' ? [one.error] : []));
  return { ...last, errors, sent: on.sent.slice(before), client };
}

/** A body without what its plan and its run call it. */
function bare(body: string): string {
  const members = Object.entries(JSON.parse(body) as object);
  return JSON.stringify(
    Object.fromEntries(members.filter(([name]) => name !== 'name' && name !== 'description')),
  );
}
const bodiesOf = (sent: readonly Sent[], call: string): string[] =>
  sent.flatMap((one) => (one.call === call ? [one.body] : []));

const mappings =
  '[{"sourceType":"ATTRIBUTE","source":"person.name.firstName","destination":"FIRST"},{"sourceType":"ATTRIBUTE","source":"personalEmail.address","destination":"personalEmail_address"},{"sourceType":"ATTRIBUTE","source":"identityMap.Email","destination":"Email"},{"sourceType":"ATTRIBUTE","source":"segmentMembership.seg_namespace.seg_id.status","destination":"segmentMembership_status"}]';

describe.concurrent('an apply to each newer card, on a platform written by hand', () => {
  const accounts = [
    ...contractCards.map(({ name, account }) => [name, account] as const),
    ...otherAccounts.map(([name, account]) => [name, account] as const),
  ];
  it.each(accounts)('sends the bodies of the contract, and is verified: %s', async (_, account) => {
    const { connectionSpec } = JSON.parse(account) as { connectionSpec: { id: string } };
    const card = contractCards.find(({ id }) => id === connectionSpec.id);
    if (!card) throw new Error('no card');
    const { plan, authParams } = planOfBodies(account, card.target);
    const on = await newerByHand(card.id);
    const { outcome, errors, sent, made } = await applied(plan, on, authParams as Record<string, string>);
    expect([outcome, errors]).toEqual(['verified', []]);

    expect(bodiesOf(sent, 'POST /connections').map(bare)).toEqual([bare(account)]);
    expect(bodiesOf(sent, 'POST /sourceConnections').map(bare)).toEqual([
      '{"connectionSpec":{"id":"8a9c3494-9708-43d7-ae3f-cda01e5030e1","version":"1.0"}}',
    ]);
    const [target = ''] = bodiesOf(sent, 'POST /targetConnections').map(bare);
    // What the contract leaves out of CSV is always said.
    const usual =
      ',"csvOptions":{"delimiter":",","quote":"\\"","escape":"\\\\","nullValue":"null","emptyValue":""}';
    const wanted = bare(card.target).replace('<B>', made.targetBaseConnectionId ?? '');
    expect(card.target.includes('csvOptions') ? target : target.replace(usual, '')).toBe(wanted);
    expect(bodiesOf(sent, 'POST /flows').map(bare)).toEqual([
      `{"flowSpec":{"id":"${card.flowSpecId}","version":"1.0"},"sourceConnectionIds":["${made.sourceConnectionId ?? ''}"],"targetConnectionIds":["${made.targetConnectionId ?? ''}"],"transformations":[{"name":"GeneralTransform","params":{"mandatoryFields":[],"primaryFields":[],"profileMapping":{},"segmentSelectors":{"selectors":[]}}}]}`,
    ]);
    const schemas = bodiesOf(sent, 'POST /data/foundation/conversion/schemas').map(bare);
    expect(schemas).toContain(JSON.stringify({ jsonSchema: union }));
    expect(schemas.find((one) => one.includes('defaultschema'))).toBe(
      JSON.stringify({
        jsonSchema: {
          ...partner,
          properties: {
            ...partner.properties,
            FIRST: { title: 'FIRST', type: 'string' },
            personalEmail_address: { title: 'personalEmail_address', type: 'string' },
            Email: {
              title: 'Email',
              type: 'array',
              items: {
                type: 'object',
                properties: { id: { title: 'id', type: 'string', 'meta:xdmType': 'string' } },
              },
            },
            segmentMembership_status: { title: 'segmentMembership_status', type: 'string' },
          },
        },
      }),
    );
    expect(bodiesOf(sent, 'POST /data/foundation/conversion/mappingSets')).toEqual([
      `{"inputSchema":{"id":"${made.inputSchemaId ?? ''}"},"outputSchema":{"id":"${made.outputSchemaId ?? ''}"},"xdmVersion":"1.0","mappings":${mappings}}`,
    ]);
    const [segment] = plan.segments;
    expect(bodiesOf(sent, 'PATCH /flows/*')).toEqual([
      `[{"op":"add","path":"/transformations/0/params/segmentSelectors/selectors/-","value":{"type":"PLATFORM_SEGMENT","value":{"id":"${segment?.id ?? ''}","name":"Interested in Mountain Biking","filenameTemplate":"%DESTINATION%_%SEGMENT_ID%_%DATETIME(YYYYMMdd_HHmmss)%","exportMode":"DAILY_FULL_EXPORT","schedule":{"frequency":"DAILY","triggerType":"SCHEDULED","startDate":"2035-12-01","endDate":"2036-03-01","startTime":"20:00"}}}},` +
        `{"op":"add","path":"/transformations/0/params/profileMapping","value":{"mappingId":"${made.mappingSetId ?? ''}","mappingVersion":0}},` +
        '{"op":"add","path":"/transformations/0/params/mandatoryFields","value":["Email"]},' +
        '{"op":"add","path":"/transformations/0/params/primaryFields","value":[{"fieldType":"IDENTITY","identityNamespace":"Email"}]}]',
    ]);
    expect(sent.at(-1)?.ifMatch).toMatch(/^".+"$/);
  });
});

async function live(bends: Bends = {}, about = newerPlan) {
  const on = await newerByHand(about.destination.connectionSpecId, bends);
  const { flowId = '', made, client, outcome } = await applied(about, on);
  const joins = async () => {
    const flow = await client.getFlow(flowId);
    const target = await readTarget(client, flow, {});
    return {
      flow,
      target,
      set: await readSet(client, flow, {}),
      account: await readAccount(client, target, {}),
    };
  };
  return { on, made, client, flowId, outcome, joins };
}
const withColumns = (flow: string, selected: Selected[]): Plan => ({
  ...newerPlan,
  flow,
  destination: { ...newerPlan.destination, auth: undefined },
  attributes: { selected, mandatory: ['Email'], deduplication: newerPlan.attributes.deduplication },
});

describe.concurrent('columns that are changed, on a platform written by hand', () => {
  it.each<[string, Bends]>([
    ['the set', {}],
    ['what was sent', { put: (_, sent) => sent }],
    ['nothing to go by', { put: () => ({}) }],
  ])('are put whole, and then named in that version, where a PUT answers %s', async (_, bends) => {
    const { on, made, flowId, joins } = await live(bends);
    const id = made.mappingSetId ?? '';
    const plan = withColumns(flowId, [
      'identityMap.Email',
      { path: 'person.name.firstName', column: 'GIVEN' },
    ]);
    const { outcome, errors, sent, made: own } = await applied(plan, on);
    expect([outcome, errors]).toEqual(['verified', []]);
    expect(sent.slice(-2)).toEqual([
      {
        call: `PUT /data/foundation/conversion/mappingSets/${id}`,
        body: `{"inputSchema":{"id":"${own.inputSchemaId ?? ''}"},"outputSchema":{"id":"${own.outputSchemaId ?? ''}"},"xdmVersion":"1.0","mappings":[{"sourceType":"ATTRIBUTE","source":"identityMap.Email","destination":"Email"},{"sourceType":"ATTRIBUTE","source":"person.name.firstName","destination":"GIVEN"}]}`,
        ifMatch: undefined,
      },
      {
        call: 'PATCH /flows/*',
        body: `[{"op":"add","path":"/transformations/0/params/profileMapping","value":{"mappingId":"${id}","mappingVersion":1}}]`,
        ifMatch: '"2"',
      },
    ]);
    const { flow, set } = await joins();
    expect(linkedSet(flow)).toEqual({ id, version: 1 });
    expect(compare(plan, flow, {}, { set }).isVerified).toBe(true);
    // The version before is another plan's.
    expect(compare(newerPlan, flow, {}, { set }).isVerified).toBe(false);
    expect(on.sets.get(id)).toHaveLength(2);
  });

  it('are read in the version that the dataflow names, whatever came after it', async () => {
    const { on, made, client, joins } = await live();
    const id = made.mappingSetId ?? '';
    const [first = {}] = on.sets.get(id) ?? [];
    on.sets.get(id)?.push({ ...first, version: 1, mappings: (first['mappings'] as unknown[]).slice(2) });
    const { flow, target, set } = await joins();
    expect(set).toMatchObject({ version: 0 });
    expect(compare(newerPlan, flow, {}, { set }).isVerified).toBe(true);
    const reading = planOfFlow({ flow, target, set }, 'dev');
    expect(reading).toMatchObject({
      kind: 'plan',
      plan: { attributes: { mandatory: ['Email'] } },
      unsaid: [],
    });
    expect((await client.dataPrep.getMappingSet(id, 1)).mappings).toHaveLength(2);
  });

  it('that are none at all differ from any plan', async () => {
    const { on, joins } = await live();
    const [flow] = on.shelves.flows;
    if (!flow) throw new Error('no flow');
    const [{ params }] = flow['transformations'] as [{ params: Record<string, unknown> }];
    params['profileMapping'] = {};
    const read = await joins();
    const report = compare(newerPlan, read.flow, {}, { set: read.set });
    expect([read.set, report.isVerified]).toEqual([undefined, false]);
    expect(report.attributes).toMatchObject({ asked: 4, returned: 0, same: 0 });
    expect(
      report.rows.filter(({ section, mark }) => section === 'attribute' && mark === 'missing'),
    ).toHaveLength(4);
  });
});

describe.concurrent('encryption, on a platform written by hand', () => {
  const base64 = Buffer.from(rsaKey.armored).toString('base64');
  const plan: Plan = {
    ...newerPlan,
    destination: { ...newerPlan.destination, encryption: { publicKey: rsaKey.armored } },
  };
  const params = `{"encryptionAlgo":"PGPGPG","publicKey":"${base64}"}`;
  const asked = (name: string): string =>
    `"${name}":{"specName":"File PGP/GPG Encryption","params":${params}}`;
  const without =
    (...names: string[]) =>
    (sent: Record<string, unknown>) =>
      Object.fromEntries(Object.entries(sent).filter(([name]) => !names.includes(name)));

  it.each<[string, Bends, string, string[]]>([
    ['takes it', {}, 'verified', ['encryption']],
    [
      'reads it back as migrated accounts are',
      {
        account: (sent) => ({
          ...sent,
          encryption: {
            specName: 'File Encryption',
            params: { encryptionAlgo: 'PGP/GPG', publicKey: base64 },
          },
        }),
      },
      'verified',
      ['encryption'],
    ],
    [
      'knows only the newest sample',
      { account: without('encryption') },
      'verified',
      ['encryption', 'encryptionSpecs'],
    ],
    [
      'drops it',
      { account: without('encryption', 'encryptionSpecs') },
      'mismatch',
      ['encryption', 'encryptionSpecs'],
    ],
  ])('is what the account reads back, where the platform %s', async (_, bends, wanted, members) => {
    const on = await newerByHand(plan.destination.connectionSpecId, bends);
    const { outcome, errors, sent, report } = await applied(plan, on);
    expect([outcome, errors]).toEqual([wanted, []]);
    const accounts = bodiesOf(sent, 'POST /connections');
    expect(accounts.map((body) => body.slice(body.indexOf('"encryption')))).toEqual(
      members.map((name) => `${asked(name)}}`),
    );
    expect(on.shelves.connections).toHaveLength(1);
    const patches = sent.filter(({ call }) => call.startsWith('PATCH'));
    expect(patches).toHaveLength(wanted === 'verified' ? 1 : 0);
    const rows = report?.rows.filter(({ subject }) => subject.startsWith('destination.encryption'));
    expect(rows?.map(({ mark }) => mark)).toEqual(Array(2).fill(wanted === 'verified' ? 'same' : 'missing'));
  });

  it('is said by a pulled plan, and proven by its validation', async () => {
    const { joins, outcome } = await live({}, plan);
    expect(outcome).toBe('verified');
    const read = await joins();
    const reading = planOfFlow(read, 'dev');
    expect(reading).toMatchObject({ plan: { destination: { encryption: { publicKey: base64 } } } });
    expect(compare(plan, read.flow, {}, read).isVerified).toBe(true);
    expect(compare(plan, read.flow, {}, { ...read, account: { id: '' } }).isVerified).toBe(false);
  });
});
