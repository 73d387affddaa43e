import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportModes, frequencies, triggerTypes } from '../../source/activation/content/schedule.ts';
import { type Plan, type PlanSegment } from '../../source/activation/plan/plan.ts';
import { readPlan } from '../../source/activation/plan/read-plan.ts';
import { hasSecret } from '../../source/activation/plan/secret-reference.ts';
import { catalog } from '../../source/activation/spec/catalog.ts';
import { documentedForms } from '../../source/activation/spec/forms.ts';
import {
  type ChosenDestination,
  chosenMethod,
  type Draft,
  withoutSecrets as keptDraft,
} from '../../source/wizard/draft.ts';
import { fromPlan, whatIsLost, withAnswers } from '../../source/wizard/from-plan.ts';
import { initialState, reduce } from '../../source/wizard/reducer.ts';
import { toPlan } from '../../source/wizard/to-plan.ts';
import { loyalty, tutorialPlan } from '../helpers/plans.ts';
import { some } from '../helpers/some.ts';

const folder = new URL('../../examples/plans/', import.meta.url);
const nowMs = Date.parse('2026-12-01T09:00:00Z');

function planOf(file: string): Plan {
  const reading = readPlan(readFileSync(new URL(file, folder), 'utf8'));
  if (reading.kind !== 'plan') throw new Error(file);
  return reading.plan;
}

/** What a plan says besides its secrets, which a draft that nobody typed into cannot hold. */
function withoutSecrets(plan: Plan): unknown {
  const { auth } = plan.destination;
  if (!auth) return plan;
  const params = Object.entries(auth.params).filter(([, value]) => !hasSecret(value));
  return {
    ...plan,
    destination: { ...plan.destination, auth: { ...auth, params: Object.fromEntries(params) } },
  };
}

/** A draft into which every secret of its sign-in was typed. */
function typedInto(draft: Draft): Draft {
  const secret = chosenMethod(draft)?.fields.filter(({ isSecret }) => isSecret) ?? [];
  const params = Object.fromEntries(secret.map(({ name }) => [name, 'typed']));
  return { ...draft, signIn: { ...draft.signIn, params: { ...draft.signIn.params, ...params } } };
}

describe('a plan as a draft', () => {
  it.each(some(readdirSync(folder).filter((name) => name.endsWith('.plan.json'))))(
    'says the same again: %s',
    (file) => {
      const plan = planOf(file);
      expect(toPlan(fromPlan(plan))).toEqual(withoutSecrets(plan));
      expect(toPlan(typedInto(fromPlan(plan)))).toEqual(plan);
    },
  );

  it.each([
    ['prod', true],
    ['dev', undefined],
    ['production-like', undefined],
  ])('knows of no sandbox but that of its own name that it is production: %s', (sandbox, isProduction) => {
    expect(fromPlan({ ...tutorialPlan, sandbox }).sandbox).toEqual({ name: sandbox, isProduction });
  });

  it.each([
    ['FTP', 'FTP', { mode: 'FTP' }],
    [undefined, 'S3', {}],
  ])('has the kind of storage that the plan says (%s), and keeps no place of it', (mode, wanted, kept) => {
    const location = { ...(mode === undefined ? {} : { mode }), path: 'daily' };
    const plan = { ...tutorialPlan, destination: { ...tutorialPlan.destination, location } };
    const draft = withAnswers(fromPlan(tutorialPlan), plan);
    expect(draft.location.mode).toBe(wanted);
    expect(keptDraft({ ...draft, opened: plan }).opened?.destination.location).toEqual(kept);
  });

  /** Adobe Campaign, as its spec would publish it. */
  const campaign: ChosenDestination = {
    connectionSpecId: tutorialPlan.destination.connectionSpecId,
    name: 'Adobe Campaign',
    ...(documentedForms(tutorialPlan.destination.connectionSpecId) ?? expect.unreachable()),
  };
  const uuid = fc.uuid({ version: 4 });
  const maybe = <Value>(one: fc.Arbitrary<Value>) => fc.option(one, { nil: undefined });
  const word = fc.stringMatching(/^[a-z]{1,9}$/);
  const reference = fc.record(
    {
      $secret: fc.constantFrom('env:MINE', 'prompt', 'command:pass s3', 'file:/k'),
      encoding: fc.constant('base64' as const),
    },
    { requiredKeys: ['$secret'] },
  );
  type Members<Held> = { [Name in keyof Required<Held>]: fc.Arbitrary<Held[Name]> };
  /** A line a member: one that only the schema knows does not compile. */
  const schedule: Members<PlanSegment['schedule']> = {
    frequency: fc.constantFrom(...frequencies),
    triggerType: maybe(fc.constantFrom(...triggerTypes)),
    startDate: fc.constant('2035-01-01'),
    endDate: maybe(fc.constant('2035-02-01')),
    startTime: maybe(fc.constantFrom('17:00', '9:5')),
  };
  const segment: Members<PlanSegment> = {
    id: uuid,
    name: maybe(word),
    systemSegmentId: maybe(word),
    namespace: maybe(word),
    filenameTemplate: word,
    exportMode: fc.constantFrom(...exportModes),
    schedule: fc.record(schedule),
  };
  const source: Members<NonNullable<Plan['source']>> = {
    baseConnectionId: maybe(uuid),
    sourceConnectionId: maybe(uuid),
  };
  const auth: Members<NonNullable<Plan['destination']['auth']>> = {
    specName: fc.constant('S3'),
    params: fc.record({
      accessId: fc.oneof(word, reference),
      secretKey: reference,
      unknownToTheForm: fc.oneof(
        word,
        fc.integer(),
        fc.boolean(),
        fc.record({ within: word, key: reference }),
      ),
    }),
  };
  const destination: Members<Plan['destination']> = {
    connectionSpecId: fc.constant(tutorialPlan.destination.connectionSpecId),
    baseConnectionId: fc.constant(undefined),
    flowSpecId: maybe(uuid),
    auth: fc.record(auth),
    encryption: maybe(fc.record({ algorithm: maybe(word), publicKey: fc.oneof(word, reference) })),
    location: fc.record({
      mode: fc.constant('S3'),
      bucketName: word,
      path: word,
      format: maybe(fc.constant('CSV')),
      unknownToTheForm: fc.oneof(word, fc.integer(), fc.record({ within: word })),
    }),
  };
  const attributes: Members<Plan['attributes']> = {
    selected: fc.uniqueArray(word),
    mandatory: fc.uniqueArray(word),
    deduplication: fc.array(
      fc.record({ fieldType: fc.constant('ATTRIBUTE' as const), attributePath: word }),
      { maxLength: 2 },
    ),
  };
  const plans: Members<Plan> = {
    $schema: maybe(word),
    version: fc.constant(1 as const),
    name: word,
    description: maybe(word),
    sandbox: fc.constant('dev'),
    flow: maybe(uuid),
    source: maybe(fc.record(source)),
    destination: fc.record(destination),
    segments: fc.uniqueArray(fc.record(segment), { selector: ({ id }) => id, maxLength: 4 }),
    attributes: fc.record(attributes),
  };
  /** As a file holds it: without what is not there. */
  const onDisk = (plan: Plan): Plan => JSON.parse(JSON.stringify(plan)) as Plan;

  it('comes back with every member as it was', () => {
    fc.assert(
      fc.property(fc.record(plans).map(onDisk), (plan) => {
        const draft = typedInto(fromPlan(plan, campaign));
        const { accessId } = plan.destination.auth?.params ?? {};
        const typed = hasSecret(accessId)
          ? { ...draft, signIn: { ...draft.signIn, params: { ...draft.signIn.params, accessId: 'AKIA' } } }
          : draft;
        // Kept and taken up again, as after a lost connection.
        for (const one of [typed, JSON.parse(JSON.stringify(typed)) as Draft])
          expect(onDisk(toPlan(one))).toEqual(plan);
        // What was changed is changed, and nothing else.
        expect(onDisk(toPlan({ ...typed, name: 'other' }))).toEqual({ ...plan, name: 'other' });
      }),
    );
  });

  const flowSpecId = '71471eba-b620-49e4-90fd-23f1fa0174d8';
  const held: Plan = {
    ...tutorialPlan,
    $schema: 'x',
    destination: {
      ...tutorialPlan.destination,
      flowSpecId,
      auth: { specName: 'S3', params: { ...tutorialPlan.destination.auth?.params, more: 7 } },
      location: { ...tutorialPlan.destination.location, more: { a: 1 } },
    },
  };
  const sftp = catalog.find(({ name }) => name === 'SFTP') ?? expect.unreachable();
  it.each<[string, (draft: Draft) => Draft, object]>([
    [
      'nothing',
      (draft) => draft,
      { flowSpecId, auth: { params: { more: 7 } }, location: { more: { a: 1 } } },
    ],
    [
      'the sign-in',
      (draft) => ({ ...draft, signIn: { specName: 'SFTP with Password', params: { username: 'u' } } }),
      {
        flowSpecId,
        auth: { specName: 'SFTP with Password', params: { username: 'u' } },
        location: { more: { a: 1 } },
      },
    ],
    [
      'the kind of storage',
      (draft) => ({ ...draft, location: { mode: 'FTP', params: { remotePath: '/x' } } }),
      { flowSpecId, auth: { params: { more: 7 } }, location: { mode: 'FTP', remotePath: '/x' } },
    ],
    [
      'an account in place of the sign-in',
      (draft) => ({ ...draft, account: { id: loyalty, name: 'A' } }),
      { flowSpecId, baseConnectionId: loyalty, location: { more: { a: 1 } } },
    ],
    [
      'the destination',
      (draft) => ({
        ...draft,
        destination: { ...sftp, name: 'SFTP' },
        location: { mode: 'FTP', params: {} },
      }),
      { connectionSpecId: sftp.connectionSpecId },
    ],
  ])('where %s is changed only that changes, and what hangs on it', (what, change, wanted) => {
    const said = toPlan(change(typedInto(fromPlan(held, campaign))));
    expect(said.$schema).toBe('x');
    expect(said.destination).toMatchObject(wanted);
    const names = (one: object | undefined) => Object.keys(one ?? {});
    const { destination: now } = said;
    expect(names(now).includes('flowSpecId')).toBe(what !== 'the destination');
    expect(names(now.auth?.params).includes('more')).toBe(
      !['the sign-in', 'an account in place of the sign-in', 'the destination'].includes(what),
    );
    expect(names(now.location).includes('more')).toBe(
      !['the kind of storage', 'the destination'].includes(what),
    );
  });

  it('holds no secret in a draft that is kept, and no value where one may stand', () => {
    const clear = 'wJalrXUtnFEMI';
    const { auth, ...rest } = held.destination;
    const plan: Plan = {
      ...held,
      destination: {
        ...rest,
        auth: { specName: 'S3', params: { ...auth?.params, token: clear, within: { token: clear } } },
        location: { ...rest.location, privateKey: clear },
      },
    };
    const kept = keptDraft(typedInto({ ...fromPlan(plan, campaign), location: { mode: 'S3', params: {} } }));
    expect(JSON.stringify(kept)).not.toContain(clear);
    expect(JSON.stringify(kept)).not.toContain('typed');
    expect(kept.opened?.destination).toMatchObject({
      flowSpecId,
      auth: { params: { secretKey: { $secret: 'env:CAMPAIGN_S3_SECRET' } } },
    });
  });

  it('asks for its secrets and goes on at the review', () => {
    const draft = fromPlan(tutorialPlan);
    const begun = initialState(nowMs, 'emulator', { draft, isFromPlan: true });
    expect(begun.page).toBe('signInFields');
    const typed = reduce(begun, {
      type: 'answered',
      answer: { of: 'signInFields', value: { secretKey: 'hush' } },
    });
    expect(typed.page).toBe('review');
    expect(toPlan(typed.draft).segments).toHaveLength(2);
  });

  it('asks for the platform first where that is open', () => {
    const begun = initialState(nowMs, undefined, { draft: fromPlan(tutorialPlan), isFromPlan: true });
    expect(begun.page).toBe('platform');
    const next = reduce(begun, { type: 'answered', answer: { of: 'platform', value: 'organisation' } });
    expect(next.page).toBe('signInFields');
    expect(next.draft.segments).toHaveLength(2);
  });

  it('keeps what it uses again', () => {
    const id = '00000000-0000-4000-8000-0000000000aa';
    const plan: Plan = {
      ...tutorialPlan,
      source: { sourceConnectionId: id },
      destination: { ...tutorialPlan.destination, auth: undefined, baseConnectionId: id },
    };
    const again = toPlan(fromPlan(plan));
    expect(again.source).toEqual({ sourceConnectionId: id });
    expect(again.destination.baseConnectionId).toBe(id);
  });

  it('stays about its dataflow, as long as that can be where it is', () => {
    const flow = '8256cfb4-17e6-432c-a469-6aedafb16cd5';
    const draft = fromPlan({ ...tutorialPlan, flow });
    expect(toPlan(draft).flow).toBe(flow);
    const begun = initialState(nowMs, 'emulator', { draft, isFromPlan: true });
    const elsewhere = reduce(begun, {
      type: 'answered',
      answer: { of: 'sandbox', value: { name: 'stage', isProduction: false } },
    });
    expect(elsewhere.draft.flow).toBeUndefined();
    const other = {
      connectionSpecId: '00000000-0000-4000-8000-00000000beef',
      name: 'X',
      auth: [],
      modes: [],
    };
    const moved = reduce(begun, { type: 'answered', answer: { of: 'destination', value: other } });
    expect(moved.draft.flow).toBeUndefined();
  });

  it('of a destination that needs its spec begins with the destination', () => {
    const connectionSpecId = '00000000-0000-4000-8000-00000000beef';
    const plan = { ...tutorialPlan, destination: { ...tutorialPlan.destination, connectionSpecId } };
    const begun = initialState(nowMs, 'emulator', { draft: fromPlan(plan), isFromPlan: true });
    expect(begun.page).toBe('sandbox');
    expect(begun.draft.segments).toHaveLength(2);
  });

  it('says what the wizard would lose', () => {
    const deduplication = [{ fieldType: 'IDENTITY' as const, identityNamespace: 'Email' }];
    const attributes = { ...tutorialPlan.attributes, deduplication };
    expect(whatIsLost({ ...tutorialPlan, attributes })).toBe('identityKeys');
    expect(whatIsLost(tutorialPlan)).toBeUndefined();
  });

  it('takes a mended plan over what was typed, and nothing else', () => {
    const draft = { ...fromPlan(tutorialPlan), signIn: { specName: 'S3', params: { secretKey: 'hush' } } };
    const attributes = { ...tutorialPlan.attributes, deduplication: [] };
    const mended = withAnswers(draft, { ...tutorialPlan, attributes });
    expect(mended.signIn.params).toEqual({ secretKey: 'hush' });
    expect(mended.deduplication).toEqual([]);
    expect(mended.attributes).toBe(draft.attributes);
  });
});
