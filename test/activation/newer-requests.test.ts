import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ofFlow } from '../../source/activation/of-flow.ts';
import { ofPlan } from '../../source/activation/of-plan.ts';
import { columnProblems, columnsOf, mappingLine } from '../../source/activation/content/columns.ts';
import { difference } from '../../source/activation/difference.ts';
import { aim } from '../../source/activation/change/aim.ts';
import { planOfFlow } from '../../source/activation/plan-of-flow.ts';
import { readPlan } from '../../source/activation/plan/read-plan.ts';
import {
  activationPatch,
  flowBody,
  plannedRequests,
  sourceConnectionBody,
  targetBaseConnectionBody,
  targetConnectionBody,
} from '../../source/activation/requests.ts';
import { compare } from '../../source/activation/report.ts';
import { readAgain } from '../../source/flow-service/flows.ts';
import { contractCards, otherAccounts } from '../helpers/contract-cards.ts';
import { newerParams, newerPlan, planOfBodies } from '../helpers/newer-plan.ts';

const [s3] = contractCards;
if (!s3) throw new Error('no card');
const set = { id: '5c0a31f8ccd4444dac9c5c391389e9e8', version: 0 };
/** Whatever an object is called is its plan's. */
const named = (body: object, name: string): string => JSON.stringify({ ...body, name });

describe('requests of the newer Amazon S3 card, byte for byte', () => {
  it('makes an account and a storage location as the contract has them', () => {
    expect(named(targetBaseConnectionBody(newerPlan, newerParams), 'S3 key')).toBe(s3.account);
    expect(named(targetConnectionBody(newerPlan, { targetBaseConnectionId: '<B>' }), 'S3 CSV')).toBe(
      s3.target,
    );
  });

  it('makes a source of a name and a spec, and a dataflow of four empty members', () => {
    expect(named(sourceConnectionBody(newerPlan, {}), 'S')).toBe(
      '{"name":"S","connectionSpec":{"id":"8a9c3494-9708-43d7-ae3f-cda01e5030e1","version":"1.0"}}',
    );
    const ids = { flowSpecId: s3.flowSpecId, sourceConnectionId: '<S>', targetConnectionId: '<T>' };
    expect(JSON.stringify(flowBody(newerPlan, ids))).toBe(
      '{"name":"Gold customers to S3","flowSpec":{"id":"1a0514a6-33d4-4c7f-aff8-594799c47549","version":"1.0"},"sourceConnectionIds":["<S>"],"targetConnectionIds":["<T>"],"transformations":[{"name":"GeneralTransform","params":{"mandatoryFields":[],"primaryFields":[],"profileMapping":{},"segmentSelectors":{"selectors":[]}}}]}',
    );
  });

  it('puts segments, mapping set, mandatory fields and keys into one patch', () => {
    const [segment] = newerPlan.segments;
    expect(JSON.stringify(activationPatch(newerPlan, set))).toBe(
      `[{"op":"add","path":"/transformations/0/params/segmentSelectors/selectors/-","value":{"type":"PLATFORM_SEGMENT","value":{"id":"${segment?.id ?? ''}","name":"Interested in Mountain Biking","filenameTemplate":"%DESTINATION%_%SEGMENT_ID%_%DATETIME(YYYYMMdd_HHmmss)%","exportMode":"DAILY_FULL_EXPORT","schedule":{"frequency":"DAILY","triggerType":"SCHEDULED","startDate":"2035-12-01","endDate":"2036-03-01","startTime":"20:00"}}}},` +
        '{"op":"add","path":"/transformations/0/params/profileMapping","value":{"mappingId":"5c0a31f8ccd4444dac9c5c391389e9e8","mappingVersion":0}},' +
        '{"op":"add","path":"/transformations/0/params/mandatoryFields","value":["Email"]},' +
        '{"op":"add","path":"/transformations/0/params/primaryFields","value":[{"fieldType":"IDENTITY","identityNamespace":"Email"}]}]',
    );
  });

  it('names mandatory fields by their sources, as the columns have them', () => {
    const attributes = {
      selected: ['segmentMembership.status'],
      mandatory: ['segmentMembership.status'],
      deduplication: [],
    };
    const [, , mandatory] = activationPatch({ ...newerPlan, attributes }, set);
    expect(mandatory?.value).toEqual(['segmentMembership.seg_namespace.seg_id.status']);
  });

  it('names an identity by its namespace where it is mandatory or a key, however a plan calls it', () => {
    const attributes = {
      selected: ['identityMap.Phone_E.164'],
      mandatory: ['identityMap.Phone_E.164'],
      deduplication: [{ fieldType: 'ATTRIBUTE' as const, attributePath: 'identityMap.Phone_E.164' }],
    };
    const [, , mandatory, keys] = activationPatch({ ...newerPlan, attributes }, set);
    expect(mandatory?.value).toEqual(['Phone_E.164']);
    expect(keys?.value).toEqual([{ fieldType: 'IDENTITY', identityNamespace: 'Phone_E.164' }]);
  });

  it('shows them in their order, and where a schema is copied from', () => {
    const shown = plannedRequests(newerPlan, { authorization: '', apiKey: '', orgId: '' });
    expect(shown.map(({ step }) => step)).toEqual([
      ...['source-connection', 'target-base-connection', 'target-connection'],
      ...['input-schema', 'output-schema', 'mapping-set', 'flow', 'activate', 'validate'],
    ]);
    expect(shown.flatMap(({ copyOf }) => copyOf?.filter ?? [])).toEqual([
      '.',
      '.items[0].targetSpec.attributes.partnerSchema.jsonSchema',
    ]);
    expect(JSON.stringify(shown[5]?.body)).toBe(
      '{"inputSchema":{"id":"{inputSchemaId}"},"outputSchema":{"id":"{outputSchemaId}"},"xdmVersion":"1.0","mappings":[{"sourceType":"ATTRIBUTE","source":"person.name.firstName","destination":"FIRST"},{"sourceType":"ATTRIBUTE","source":"personalEmail.address","destination":"personalEmail_address"},{"sourceType":"ATTRIBUTE","source":"identityMap.Email","destination":"Email"},{"sourceType":"ATTRIBUTE","source":"segmentMembership.seg_namespace.seg_id.status","destination":"segmentMembership_status"}]}',
    );
  });

  it('always says how CSV is written', () => {
    const { csvOptions, ...location } = newerPlan.destination.location;
    expect(csvOptions).toBeDefined();
    const plan = { ...newerPlan, destination: { ...newerPlan.destination, location } };
    const ids = { targetBaseConnectionId: '<B>' };
    expect(targetConnectionBody(plan, ids)).toEqual(targetConnectionBody(newerPlan, ids));
    const json = {
      ...plan,
      destination: { ...plan.destination, location: { ...location, fileType: 'JSON' } },
    };
    expect(targetConnectionBody(json, ids)).not.toHaveProperty('params.csvOptions');
  });
});

/** A dataflow as the platform reads it back. @see cards.md, section 5.5 */
const returned = (profileMapping: object, plan = newerPlan) =>
  readAgain({
    id: '8b8f663b-a903-46e8-b978-8d1b6f0ccd19',
    name: newerPlan.name,
    state: 'enabled',
    transformations: [
      {
        name: 'GeneralTransform',
        params: {
          mandatoryFields: ['Email'],
          primaryFields: [{ identityNamespace: 'Email', fieldType: 'IDENTITY' }],
          profileMapping,
          segmentSelectors: {
            selectors: plan.segments.map(({ schedule, ...segment }) => ({
              type: 'PLATFORM_SEGMENT',
              value: {
                ...segment,
                description: '',
                schedule: { ...schedule, triggerType: 'SCHEDULED' },
                createTime: '1796000100',
                updateTime: '1796000100',
              },
            })),
          },
          identityMapping: { mappings: [] },
          attributeMapping: {},
        },
      },
    ],
  });
const target = {
  id: 't',
  baseConnectionId: '0b1c6a52-2c7e-4f7f-9c5d-5a2d8f4f7b10',
  connectionSpec: { id: s3.id },
  params: newerPlan.destination.location,
};
const lines = columnsOf(newerPlan.attributes.selected)
  .map(mappingLine)
  .map((line) => ({ ...line, sourceType: 'text/x.schema-path' }));
const named0 = { mappingId: set.id, mappingVersion: 0 };

describe('requests of every newer card, byte for byte', () => {
  const targetOf = (id: string): string =>
    contractCards.find((card) => card.account.includes(id))?.target ?? '';
  const accounts = [
    ...contractCards.map(({ name, account, target }) => [name, account, target] as const),
    ...otherAccounts.map(([name, account]) => {
      const { connectionSpec } = JSON.parse(account) as { connectionSpec: { id: string } };
      return [name, account, targetOf(connectionSpec.id)] as const;
    }),
  ];
  it.each(accounts)('makes what the contract has: %s', (_, account, target) => {
    const { plan, authParams } = planOfBodies(account, target);
    const name = (body: string): string => (JSON.parse(body) as { name: string }).name;
    expect(readPlan(JSON.stringify(plan))).toMatchObject({ kind: 'plan' });
    expect(named(targetBaseConnectionBody(plan, authParams), name(account))).toBe(account);
    const made = targetConnectionBody(plan, { targetBaseConnectionId: '<B>' }) as { params: object };
    // What the contract leaves out is always said.
    const { csvOptions, ...said } = made.params as { csvOptions?: object };
    const params = target.includes('csvOptions') ? made.params : said;
    expect(csvOptions === undefined).toBe(!target.includes('"CSV"'));
    expect(named({ ...made, params }, name(target))).toBe(target);
  });

  it.each(contractCards)('leads to $name by its own flow spec', ({ account, target, flowSpecId }) => {
    const { plan } = planOfBodies(account, target);
    const shown = plannedRequests(plan, { authorization: '', apiKey: '', orgId: '' });
    expect(shown.find(({ step }) => step === 'flow')?.body).toMatchObject({ flowSpec: { id: flowSpecId } });
  });

  it.each<[number | string, string | undefined]>([
    [22, undefined],
    ['22', undefined],
    [2222, '2222'],
    ['2222', '2222'],
  ])('sends a port of %j as %j', (port, wanted) => {
    const card = contractCards.find(({ name }) => name === 'SFTP');
    const { plan, authParams } = planOfBodies(card?.account ?? '', card?.target ?? '');
    const body = targetBaseConnectionBody(plan, { ...authParams, port }) as { auth: { params: object } };
    expect(body.auth.params).toEqual({ ...authParams, ...(wanted === undefined ? {} : { port: wanted }) });
  });

  it('tells a role that is no ARN where somebody wrote it in clear', () => {
    const { destination } = newerPlan;
    const auth = { specName: 'Assumed Role', params: { s3Role: 'arn:aws:iamx::123456789012:role/a' } };
    expect(readPlan(JSON.stringify({ ...newerPlan, destination: { ...destination, auth } }))).toMatchObject({
      kind: 'problems',
      problems: [{ id: 'role.form', path: '$.destination.auth.params.s3Role' }],
    });
  });
});

describe('what comes back of the newer Amazon S3 card', () => {
  it('is verified where the set holds the columns in the words of the store', () => {
    const report = compare(newerPlan, returned(named0), { set }, { set: { ...set, lines } });
    expect(report.rows.filter(({ mark }) => mark !== 'same')).toEqual([]);
    expect(report.isVerified).toBe(true);
    expect(report.attributes).toEqual({ asked: 4, returned: 4, same: 4, extra: 0, isSame: true });
  });

  it('has no plan for every week on the data lake, which a change leaves alone', () => {
    const rare = (name: string) => {
      const id = contractCards.find((one) => one.name === name)?.id ?? '';
      const segments = newerPlan.segments.map((one) => ({
        ...one,
        schedule: { ...one.schedule, frequency: 'WEEKLY' as const },
      }));
      const flow = returned(named0, { ...newerPlan, segments });
      const to = { ...target, connectionSpec: { id } };
      return planOfFlow({ flow, target: to, set: { ...set, lines } }, 'dev');
    };
    expect(rare('Azure Data Lake Gen2')).toMatchObject({
      plan: { segments: [] },
      unsaid: [{ what: 'segment' }],
    });
    expect(rare('Data Landing Zone')).toMatchObject({ plan: { segments: [{}] }, unsaid: [] });
  });

  it.each<[string, object, Parameters<typeof compare>[3], string[]]>([
    [
      'an empty mapping',
      {},
      {},
      [
        'missing person.name.firstName → FIRST',
        'missing personalEmail.address',
        'missing identityMap.Email',
        'missing segmentMembership.seg_namespace.seg_id.status',
        'missing profileMapping',
      ],
    ],
    [
      'another version',
      { ...named0, mappingVersion: 1 },
      { set: { ...set, lines } },
      ['different profileMapping'],
    ],
    [
      'another name of a column',
      named0,
      {
        set: { ...set, lines: lines.map((one) => ({ ...one, destination: one.destination.toLowerCase() })) },
      },
      [
        'different person.name.firstName',
        'different personalEmail.address',
        'different identityMap.Email',
        'different segmentMembership.seg_namespace.seg_id.status',
      ],
    ],
    [
      'a source of another sort',
      named0,
      { set: { ...set, lines: [{ ...lines[0], sourceType: 'text/plain' } as never, ...lines.slice(1)] } },
      ['missing person.name.firstName → FIRST', 'extra text/plain person.name.firstName → FIRST'],
    ],
    [
      'another order',
      named0,
      { set: { ...set, lines: lines.toReversed() } },
      ['different $.attributes.selected'],
    ],
    [
      'a set that is gone',
      named0,
      { set: { ...set, lines: [] } },
      [
        'missing person.name.firstName → FIRST',
        'missing personalEmail.address',
        'missing identityMap.Email',
        'missing segmentMembership.seg_namespace.seg_id.status',
      ],
    ],
    [
      'one column more',
      named0,
      { set: { ...set, lines: [...lines, { ...lines[0], destination: 'AGAIN' } as never] } },
      ['extra person.name.firstName → AGAIN'],
    ],
    [
      'another source under its name',
      named0,
      {
        set: { ...set, lines: [{ ...lines[0], source: 'person.name.lastName' } as never, ...lines.slice(1)] },
      },
      ['different FIRST'],
    ],
  ])('differs for %s', (_, mapping, joins, wanted) => {
    const report = compare(newerPlan, returned(mapping), { set }, joins);
    expect(report.isVerified).toBe(false);
    expect(
      report.rows.filter(({ mark }) => mark !== 'same').map(({ mark, subject }) => `${mark} ${subject}`),
    ).toEqual(wanted);
  });

  it('proves nothing of columns that nobody has read', () => {
    const report = compare(newerPlan, returned(named0));
    expect(report.isVerified).toBe(false);
    expect(report.rows.filter(({ mark }) => mark !== 'same').map(({ subject }) => subject)).toEqual([
      'profileMapping',
    ]);
  });

  const path = fc.constantFrom('a.b', 'a_b', 'a.c', 'identityMap.Phone_E.164', 'organizations[0]', 'a.d_2');
  const column = fc.stringMatching(/^[A-Za-z_ ]{1,4}$/).filter((name) => name.trim() !== '');
  const selected = fc
    .uniqueArray(fc.oneof(path, fc.record({ path, column })), {
      minLength: 1,
      maxLength: 5,
      selector: (one) => (typeof one === 'string' ? one : one.path),
    })
    // No plan gives one name to two columns.
    .filter((all) => columnProblems({ selected: all, mandatory: [], deduplication: [] }).length === 0);
  it('is, as a plan, no other than what was applied, whatever the columns are called', () => {
    fc.assert(
      fc.property(selected, (all) => {
        const plan = { ...newerPlan, attributes: { selected: all, mandatory: [], deduplication: [] } };
        const held = columnsOf(all)
          .map(mappingLine)
          .map((line) => ({ ...line, sourceType: 'text/x.schema-path' }));
        const joins = { target, set: { ...set, lines: held } };
        const isColumn = ({ part }: { part: string }): boolean => part === 'column';
        const found = ofFlow(returned(named0), joins);
        expect(
          difference(ofPlan(plan), found)
            .filter(isColumn)
            .every(({ kind }) => kind === 'same'),
        ).toBe(true);
        const reading = planOfFlow({ flow: returned(named0), ...joins }, 'dev');
        if (reading.kind !== 'plan') throw new Error(reading.why);
        expect(columnsOf(reading.plan.attributes.selected)).toEqual(columnsOf(all));
        expect(difference(ofPlan(reading.plan), found).filter(({ kind }) => kind !== 'same')).toEqual(
          expect.not.arrayContaining([expect.objectContaining({ part: 'column' })]),
        );
      }),
    );
  });
});

describe('lines of a set that no plan says beside the others', () => {
  const [first] = lines;
  const line = (source: string, destination: string) => ({
    sourceType: 'text/x.schema-path',
    source,
    destination,
  });
  it.each<[string, ReturnType<typeof line>]>([
    ['a line once more', first as ReturnType<typeof line>],
    ['another source of a column', line('person.gender', 'FIRST')],
    ['another source of a column called as usual', line('x.y', 'personalEmail_address')],
    ['another column of a source', line('person.name.firstName', 'AGAIN')],
    ['a second identity', line('identityMap.ECID', 'ECID')],
    ['a column with a dot', line('person.gender', 'a.b')],
    ['a column without a name', line('person.gender', '')],
  ])('stay as a pull says: %s', (_, odd) => {
    const flow = returned(named0);
    const held = { ...set, lines: [...lines, odd] };
    const reading = planOfFlow({ flow, target, set: held }, 'dev');
    if (reading.kind !== 'plan') throw new Error(reading.why);
    expect(readPlan(JSON.stringify(reading.plan)).kind).toBe('plan');
    expect(reading.unsaid.map(({ what }) => what)).toEqual(['column']);
    const found = ofFlow(flow, { target, set: held });
    const { plan } = reading;
    const longer = {
      ...plan,
      attributes: { ...plan.attributes, selected: [...plan.attributes.selected, 'person.birthYear'] },
    };
    for (const extras of ['keep', 'prune'] as const) {
      expect(aim(ofPlan(plan), found, extras).columns.items).toEqual(found.columns.items);
      const [last, ...before] = aim(ofPlan(longer), found, extras).columns.items.toReversed();
      expect(last?.name).toBe('person.birthYear');
      expect(before.map(({ value }) => value)).toEqual(
        found.columns.items.map(({ value }) => value).toReversed(),
      );
    }
  });
});
