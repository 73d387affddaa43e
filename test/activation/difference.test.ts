import { describe, expect, it } from 'vitest';
import type { Activation } from '../../source/activation/activation.ts';
import { ofFlow } from '../../source/activation/of-flow.ts';
import { ofPlan } from '../../source/activation/of-plan.ts';
import { changesOf } from '../../source/activation/change/changes.ts';
import { difference } from '../../source/activation/difference.ts';
import { patchOf } from '../../source/activation/change/patch.ts';
import { jsonPath, lookUp, pointer } from '../../source/activation/plan/json-path.ts';
import { attributeOf, type AuthParams, type Plan } from '../../source/activation/plan/plan.ts';
import { english } from '../../source/locale/catalogs.ts';
import { accountLines } from '../../source/pages/ending/change-text.ts';
import { compare } from '../../source/activation/report.ts';
import { flowAsReturned, loyalty, mountainBiking, tutorialPlan } from '../helpers/plans.ts';

const said = (wanted: Activation, found: Activation): string[] =>
  difference(wanted, found)
    .filter(({ kind }) => kind !== 'same')
    .map((one) => {
      const member = 'member' in one && one.member !== undefined ? ` ${one.member}` : '';
      return `${one.part} ${one.subject}${member} ${one.kind}: ${one.before ?? '–'} → ${one.after ?? '–'}`;
    });

const [first, second] = tutorialPlan.segments;
if (!first || !second) throw new Error('no segments');
const { attributes } = tutorialPlan;
const held = flowAsReturned(tutorialPlan);
const target = {
  baseConnectionId: 'B',
  params: { mode: 'S3', bucketName: 'crm-exports', path: 'daily', format: 'CSV' },
};

describe('the difference', () => {
  it('of a plan and the dataflow that came of it is that all is the same', () => {
    const compared = difference(ofPlan(tutorialPlan), ofFlow(held, { target }));
    expect(new Set(compared.map(({ kind }) => kind))).toEqual(new Set(['same']));
    expect(new Set(compared.map(({ part }) => part))).toEqual(
      new Set(['name', 'location', 'segment', 'column', 'mandatory', 'key', 'state']),
    );
  });

  it.each<[string, Partial<Plan>, string[]]>([
    ['a name', { name: 'X' }, ['name name changed: Activate segments to Adobe Campaign → X']],
    ['a description', { description: 'why' }, ['description description missing: – → why']],
    [
      'a place',
      {
        destination: {
          ...tutorialPlan.destination,
          location: { mode: 'S3', bucketName: 'crm', path: 'daily' },
        },
      },
      ['location destination.location.bucketName changed: crm-exports → crm'],
    ],
    [
      'an account',
      { destination: { ...tutorialPlan.destination, baseConnectionId: 'C' } },
      ['account destination.baseConnectionId changed: B → C'],
    ],
    [
      'a segment less',
      { segments: [second] },
      [`segment ${mountainBiking} extra: Interested in Mountain Biking → –`],
    ],
    [
      'a setting that is there too much',
      { segments: [first, { ...second, schedule: { ...second.schedule, endDate: undefined } }] },
      [`segment ${loyalty} endDate extra: 2021-12-31 → –`],
    ],
    [
      'a column more, and one elsewhere',
      {
        attributes: {
          ...attributes,
          selected: ['new', ...attributes.selected.slice(1), attributes.selected[0] ?? ''],
        },
      },
      [
        'column new missing: – → new',
        `column $.attributes.selected reordered: ${attributes.selected.join(', ')} → new, ${[...attributes.selected.slice(1), attributes.selected[0]].join(', ')}`,
      ],
    ],
    [
      'another key',
      {
        attributes: { ...attributes, deduplication: [{ fieldType: 'IDENTITY', identityNamespace: 'Email' }] },
      },
      [
        'key IDENTITY Email missing: – → IDENTITY Email',
        'key ATTRIBUTE personalEmail.address extra: ATTRIBUTE personalEmail.address → –',
      ],
    ],
  ])('tells %s', (_, change, wanted) => {
    expect(said(ofPlan({ ...tutorialPlan, ...change }), ofFlow(held, { target }))).toEqual(wanted);
  });

  it.each<[string, (all: Plan['attributes']) => Plan['attributes'], boolean]>([
    ['columns', (all) => ({ ...all, selected: all.selected.toReversed() }), true],
    ['mandatory fields', (all) => ({ ...all, mandatory: all.mandatory.toReversed() }), false],
    ['keys', (all) => ({ ...all, deduplication: all.deduplication.toReversed() }), false],
  ])('and the patch say the same of another order of %s', (_, turned, counts) => {
    const all: Plan['attributes'] = {
      ...attributes,
      deduplication: attributes.selected
        .slice(0, 2)
        .map(attributeOf)
        .map((attributePath) => ({ fieldType: 'ATTRIBUTE', attributePath })),
    };
    const found = flowAsReturned({ ...tutorialPlan, attributes: all });
    const wanted = ofPlan({ ...tutorialPlan, attributes: turned(all) });
    expect(difference(wanted, ofFlow(found)).some(({ kind }) => kind === 'reordered')).toBe(counts);
    expect(patchOf(wanted, found, 'prune').length > 0).toBe(counts);
  });

  it('says nothing of what was not read, and asks for no link that nobody named', () => {
    const elsewhere: Plan = {
      ...tutorialPlan,
      name: 'X',
      destination: { ...tutorialPlan.destination, location: { mode: 'S3', bucketName: 'X' } },
    };
    expect(said(ofPlan(elsewhere), ofFlow({ transformations: held.transformations }))).toEqual([]);
    expect(
      said(ofPlan(elsewhere, { 'flowSpec.id': 'F' }), ofFlow({ transformations: held.transformations })),
    ).toEqual(['link flowSpec.id missing: – → F']);
  });

  it.each<[string, object | undefined, object | undefined, string[]]>([
    ['the same', { algorithm: 'A', key: 'K' }, { algorithm: 'A', key: 'K' }, []],
    [
      'another key',
      { algorithm: 'A', key: 'K' },
      { algorithm: 'A', key: 'L' },
      ['encryption destination.encryption.publicKey changed: K → L'],
    ],
    ['a key that the platform does not say', { algorithm: 'A' }, { algorithm: 'A', key: 'L' }, []],
    ['a key that the plan does not say', { algorithm: 'A', key: 'K' }, { algorithm: 'A' }, []],
    [
      'none yet',
      undefined,
      { algorithm: 'A', key: 'L' },
      [
        'encryption destination.encryption.algorithm missing: – → A',
        'encryption destination.encryption.publicKey missing: – → L',
      ],
    ],
  ])('of what encrypts is told: %s', (_, before, after, wanted) => {
    const activation = ofPlan(tutorialPlan);
    const encrypting = (value: object | undefined): Activation =>
      ({ ...activation, encryption: { kind: 'known', value } }) as Activation;
    expect(said(encrypting(after), encrypting(before))).toEqual(wanted);
  });

  it('of two plans is what leads to a dataflow, too', () => {
    const { destination } = tutorialPlan;
    const auth = { specName: 'S3', params: { accessId: 'OTHER', secretKey: { $secret: 'prompt' } } };
    const after: Plan = { ...tutorialPlan, sandbox: 'prod', destination: { ...destination, auth } };
    expect(said(ofPlan(after), ofPlan(tutorialPlan))).toEqual([
      'document sandbox changed: dev → prod',
      'document destination.auth.params.accessId changed: AKIAIOSFODNN7EXAMPLE → OTHER',
      'document destination.auth.params.secretKey.$secret changed: env:CAMPAIGN_S3_SECRET → prompt',
    ]);
  });

  it('knows a place on both sides', () => {
    const wanted = ofPlan({ ...tutorialPlan, segments: [second, first] });
    const compared = difference(wanted, ofFlow(held)).find(
      (one) => one.part === 'segment' && one.subject === mountainBiking && one.member === 'startTime',
    );
    expect(compared?.place).toEqual({
      before: '$.transformations[0].params.segmentSelectors.selectors[0].value.schedule.startTime',
      after: '$.segments[1].schedule.startTime',
    });
  });

  it('takes names that every object answers to for names', () => {
    const location = JSON.parse(
      '{"mode":"S3","constructor":"a","__proto__":"b"}',
    ) as Plan['destination']['location'];
    const other = { ...tutorialPlan, destination: { ...tutorialPlan.destination, location } };
    const params = { mode: 'S3', toString: 'c', format: 'CSV' } as unknown as Record<string, unknown>;
    expect(said(ofPlan(other), ofFlow(held, { target: { params } }))).toEqual([
      'location destination.location.toString extra: c → –',
      'location destination.location.constructor missing: – → a',
      'location destination.location.__proto__ missing: – → b',
    ]);
    const named = { ...tutorialPlan, attributes: { ...attributes, selected: ['toString', 'valueOf'] } };
    expect(said(ofPlan(named), ofFlow(flowAsReturned(named)))).toEqual([]);
  });
});

describe('places', () => {
  it('are written as JSON paths and as pointers', () => {
    expect(jsonPath(['a', 0, 'b c', 'constructor'])).toBe('$.a[0]["b c"].constructor');
    expect(pointer(['a', 0, 'b/c~d', '-'])).toBe('/a/0/b~1c~0d/-');
  });

  it('never lead to a prototype', () => {
    expect(() => pointer(['params', '__proto__', 'x'])).toThrow(RangeError);
    expect(lookUp({ a: [] }, ['a', 'length', 'constructor'])).toBeUndefined();
    expect(lookUp({}, ['toString'])).toBeUndefined();
    expect(lookUp(JSON.parse('{"__proto__":{"x":1}}'), ['__proto__', 'x'])).toBe(1);
  });
});

describe('a sign-in and the account that a dataflow stores with', () => {
  const { destination } = tutorialPlan;
  const flow = 'cccccccc-0000-4000-8000-00000000000c';
  const secrets = { secretKey: { $secret: 'env:KEY' }, password: { $secret: 'prompt' } };
  const wanted = (params: AuthParams, part: Partial<Plan> = { flow }): Activation =>
    ofPlan({
      ...tutorialPlan,
      destination: { ...destination, auth: { specName: 'S3', params: { ...params, ...secrets } } },
      ...part,
    });
  const found = (params: Record<string, unknown>): Activation =>
    ofFlow(held, {
      target,
      account: { id: 'B', auth: { specName: 'S3', params: { secretKey: 'other', ...params } } },
    });
  const at = 'signIn destination.auth.params';

  it.each<[string, AuthParams, Record<string, unknown>, string[]]>([
    ['are the same', { accessId: 'AKIA', port: 22 }, { accessId: 'AKIA', port: '22' }, []],
    ['differ', { accessId: 'MINE' }, { accessId: 'THEIRS' }, [`${at}.accessId changed: THEIRS → MINE`]],
    ['differ below', { a: { user: 'x' } }, { a: { user: 'y' } }, [`${at}.a.user changed: y → x`]],
    ['are masked', { accessId: 'MINE' }, { accessId: '********' }, []],
    ['are not read back', { port: '2222' }, {}, []],
    ['are only the account’s', {}, { domain: 'files.example.com' }, []],
    ['are a role', { s3Role: 'arn:aws:iam::123456789012:role/a' }, { s3Role: 'hidden' }, []],
    ['are secret', {}, { password: 'clear' }, []],
  ])('that %s', (_, params, read, differences) => {
    expect(said(wanted(params), found(read))).toEqual(differences);
    const changes = changesOf(wanted(params), found(read), found(read));
    expect(changes.map(({ path }) => path)).toEqual(
      differences.map((one) => `$.${(one.split(' ')[1] ?? '').trim()}`),
    );
    expect(patchOf(found(read), held, 'prune')).toEqual([]);
  });

  it.each([
    ['S3', []],
    ['s3', []],
    ['Azure Blob', ['signIn destination.auth.specName changed: Azure Blob → S3']],
  ])('by way of %s are told from another way', (specName, differences) => {
    const account = { id: 'B', auth: { specName } };
    const read = ofFlow(held, { target, account });
    expect(said(wanted({}), read)).toEqual(differences);
    const changes = changesOf(wanted({}), read, read);
    expect(accountLines(changes, 'B', english)).toEqual(
      differences.length === 0
        ? []
        : [
            'sign-in method: the plan says S3, the account has Azure Blob',
            expect.stringContaining('ferry account update B'),
          ],
    );
    expect(said(wanted({}, {}), read)).toEqual([]);
  });

  it('are not compared while the plan makes the dataflow', () => {
    expect(said(wanted({ accessId: 'MINE' }, {}), found({ accessId: 'THEIRS' }))).toEqual([]);
  });

  it('make a report that is not verified where they differ', () => {
    const auth = { specName: 'S3', params: { accessId: 'MINE', ...secrets } };
    const plan = { ...tutorialPlan, flow, destination: { ...destination, auth } };
    const read = (accessId: string) => ({
      target,
      account: { id: 'B', auth: { specName: 'S3', params: { accessId } } },
    });
    expect(compare(plan, held, {}, read('MINE')).isVerified).toBe(true);
    const report = compare(plan, held, {}, read('THEIRS'));
    expect(report.isVerified).toBe(false);
    expect(report.rows.filter(({ mark }) => mark !== 'same')).toMatchObject([
      { section: 'flow', subject: 'destination.auth.params.accessId', asked: 'MINE', returned: 'THEIRS' },
    ]);
  });
});
