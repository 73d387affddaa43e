import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalog } from '../../source/activation/spec/catalog.ts';
import { readPlan } from '../../source/activation/plan/read-plan.ts';
import { exportModes, frequencies, triggerTypes } from '../../source/activation/content/schedule.ts';
import { type Draft, type SavedDraft, withoutSecrets } from '../../source/wizard/draft.ts';
import {
  applies,
  isAnswered,
  isQuestion,
  type QuestionPage,
  questionPages,
} from '../../source/wizard/pages.ts';
import type { Answer } from '../../source/wizard/answers.ts';
import { initialState, questionOf, reduce, type WizardEvent } from '../../source/wizard/reducer.ts';
import { clearParams, toPlan } from '../../source/wizard/to-plan.ts';
import { answered, atReview, chosen, nowMs, run, segment, whole } from '../helpers/wizard-events.ts';
import { meeting } from '../helpers/some.ts';

describe('the way through the wizard', () => {
  it('leads from question to question to a plan that is sound', () => {
    const state = atReview();
    expect(state.page).toBe('review');
    const reading = readPlan(JSON.stringify(toPlan(state.draft)));
    expect(reading).toMatchObject({ kind: 'plan' });
  });

  it('leads back through every question without losing an answer', () => {
    let state = atReview();
    const visited: string[] = [];
    while (state.page !== 'sandbox') {
      state = reduce(state, { type: 'wentBack' });
      visited.push(state.page);
    }
    expect(visited).toEqual(
      questionPages
        .filter(
          (id) =>
            ![
              'platform',
              'plans',
              'platformSecret',
              'account',
              'storage',
              'columns',
              'review',
              'source',
            ].includes(id),
        )
        .flatMap((id) => (id === 'sandbox' ? [id, 'home'] : [id]))
        .reverse(),
    );
    expect(state.draft).toEqual(atReview().draft);
    expect(run(state, ...whole).draft).toEqual(atReview().draft);
  });

  it('asks for the client secret where a profile keeps none, and only for the organisation', () => {
    const asking = initialState(nowMs, undefined, { asksSecret: true });
    const at = run(asking, answered({ of: 'platform', value: 'organisation' }));
    expect(at.page).toBe('platformSecret');
    expect(reduce(at, answered({ of: 'platformSecret' })).page).toBe('sandbox');
    expect(run(asking, answered({ of: 'platform', value: 'emulator' })).page).toBe('sandbox');
  });

  it('asks for it again before a draft goes on, and then for the secrets of the sign-in', () => {
    const { draft } = atReview();
    const saved: SavedDraft = {
      version: 1,
      savedMs: nowMs,
      page: 'attributes',
      draft: withoutSecrets({ ...draft, platform: 'organisation', isSignedIn: true }),
    };
    const welcome = initialState(nowMs, undefined, { asksSecret: true, hasOffers: true });
    const asked = reduce(welcome, { type: 'restored', saved });
    expect(asked.page).toBe('platformSecret');
    const then = reduce(asked, answered({ of: 'platformSecret' }));
    expect(then.page).toBe('signInFields');
    const typed = answered({ of: 'signInFields', value: { secretKey: 'hush' } });
    expect(reduce(then, typed).page).toBe('attributes');
  });

  it('never keeps a private key in a draft, whatever field it was put into', () => {
    const { draft } = atReview();
    const params = { domain: '-----BEGIN RSA PRIVATE KEY-----\nMIIE', port: '22' };
    const kept = withoutSecrets({ ...draft, signIn: { specName: 'SFTP with SSH Key', params } });
    expect(kept.signIn.params).toEqual({ port: '22' });
  });

  describe('with accounts that are there already', () => {
    const account = { id: '00000000-0000-4000-8000-0000000000aa', name: 'CRM' };
    const [sandbox, home, , ...rest] = whole;
    const destination = answered({
      of: 'destination',
      value: { ...chosen('Adobe Campaign'), accounts: [account] },
    });
    const asked = run(
      initialState(nowMs, 'emulator'),
      sandbox ?? destination,
      home ?? destination,
      destination,
    );

    it('offers one, and then there is no sign-in', () => {
      expect(asked.page).toBe('account');
      const chosenOne = reduce(asked, answered({ of: 'account', value: account }));
      expect(chosenOne.page).toBe('location');
      const state = run(chosenOne, ...rest.slice(2));
      expect(state.page).toBe('review');
      const plan = toPlan(state.draft);
      expect(plan.destination).toMatchObject({ baseConnectionId: account.id });
      expect(plan.destination.auth).toBeUndefined();
      expect(readPlan(JSON.stringify(plan)).kind).toBe('plan');
    });

    it('signs in anew as ever', () => {
      const anew = run(asked, answered({ of: 'account', value: undefined }), ...rest);
      expect(anew.page).toBe('review');
      expect(toPlan(anew.draft)).toEqual(toPlan(atReview().draft));
    });

    it('asks for the sign-in after all when the account is taken back from the review', () => {
      const state = run(
        asked,
        answered({ of: 'account', value: account }),
        ...rest.slice(2),
        { type: 'jumped', page: 'account' },
        answered({ of: 'account', value: undefined }),
      );
      expect(state.page).toBe('signIn');
    });
  });

  it('leads to the connections to Profile Store and back, and only from the review', () => {
    const there = reduce(atReview(), { type: 'jumped', page: 'source' });
    expect(there.page).toBe('source');
    expect(reduce(there, { type: 'wentBack' }).page).toBe('review');
    const source = { name: 'CRM', baseConnectionId: 'A', sourceConnectionId: 'S' };
    const state = reduce(there, answered({ of: 'source', value: source }));
    expect(state.page).toBe('review');
    expect(toPlan(state.draft).source).toEqual({ baseConnectionId: 'A', sourceConnectionId: 'S' });
    const back = run(state, { type: 'jumped', page: 'source' }, answered({ of: 'source', value: undefined }));
    expect(toPlan(back.draft).source).toBeUndefined();
  });

  it('does not ask what there is only one of', () => {
    const state = run(
      initialState(nowMs, 'emulator'),
      answered({ of: 'sandbox', value: { name: 'dev', isProduction: false } }),
      { type: 'begun' },
      answered({ of: 'destination', value: chosen('SFTP') }),
    );
    expect(state.page).toBe('signInFields');
    expect(state.draft.signIn.specName).toBe('Basic Authentication for sftp');
  });

  it('comes back to the review after a correction', () => {
    const state = run(
      atReview(),
      { type: 'jumped', page: 'attributes' },
      { type: 'kept', answer: { of: 'mandatory', value: [] } },
      answered({ of: 'attributes', value: ['personalEmail.address'] }),
    );
    expect(state.page).toBe('review');
    expect(state.draft.mandatory).toEqual([]);
    expect(state.draft.deduplication).toEqual(['personalEmail.address']);
  });

  it('asks what a correction opened, before it comes back', () => {
    let state = run(
      atReview(),
      { type: 'jumped', page: 'destination' },
      answered({ of: 'destination', value: chosen('Oracle Eloqua') }),
    );
    expect(state.page).toBe('signIn');
    state = run(
      state,
      answered({ of: 'signIn', value: 'SFTP with Password' }),
      answered({ of: 'signInFields', value: { domain: 'd', host: 'h', username: 'u', password: 'p' } }),
      answered({ of: 'location', value: 'FTP' }),
      answered({ of: 'locationFields', value: { remotePath: '/x' } }),
    );
    expect(state.page).toBe('review');
  });

  it('opens the details of one, some or all segments and returns to the list', () => {
    const ids = [segment('1').id, segment('2').id];
    const state = run(
      atReview(),
      { type: 'jumped', page: 'schedule' },
      { type: 'opened', editor: 'detailsEditor', scope: ids, field: 'startDate' },
      { type: 'kept', answer: { of: 'detailsEditor', value: { frequency: 'ONCE' } } },
      answered({ of: 'detailsEditor', value: { startDate: '2027-01-02', startTime: '05:00' } }),
    );
    expect([state.page, state.scope]).toEqual(['schedule', ids]);
    for (const id of ids) {
      expect(state.draft.settings[id]?.schedule).toMatchObject({
        frequency: 'ONCE',
        startDate: '2027-01-02',
        startTime: '05:00',
      });
    }
  });

  it('changes settings where they stand, and remembers whose, until one goes on', () => {
    const [one, other] = [segment('1').id, segment('2').id];
    const list = reduce(atReview(), { type: 'wentBack' });
    expect([list.page, list.scope]).toEqual(['schedule', []]);
    const changed = reduce(list, {
      type: 'kept',
      answer: { of: 'schedule', scope: [one], value: { exportMode: 'FIRST_FULL_THEN_INCREMENTAL' } },
    });
    expect([changed.page, changed.scope]).toEqual(['schedule', [one]]);
    expect(changed.draft.settings[one]?.exportMode).toBe('FIRST_FULL_THEN_INCREMENTAL');
    expect(changed.draft.settings[other]).toEqual(list.draft.settings[other]);
    const review = reduce(changed, { type: 'continued' });
    expect([review.page, review.scope]).toEqual(['review', []]);
  });

  it.each<[string, WizardEvent]>([
    ['confirming', { type: 'confirmed' }],
    ['a proof', { type: 'proven' }],
    ['a jump', { type: 'jumped', page: 'segments' }],
  ])('%s means nothing before the review', (_, event) => {
    const state = initialState(nowMs, 'emulator');
    expect(reduce(state, event)).toEqual(state);
  });

  it('goes from the review to apply to validation, and from a failed apply back', () => {
    const applying = reduce(atReview(), { type: 'confirmed' });
    expect(applying.page).toBe('apply');
    expect(reduce(applying, { type: 'wentBack' }).page).toBe('review');
    const proven = reduce(applying, { type: 'proven' });
    expect(proven.page).toBe('validation');
    expect(reduce(proven, { type: 'wentBack' }).page).toBe('validation');
    expect(questionOf(proven)).toBe('review');
    // A rehearsal is about no dataflow: it is gone with the emulator.
    const at = (platform: 'emulator' | 'organisation') =>
      reduce({ ...applying, draft: { ...applying.draft, platform } }, { type: 'proven', flowId: 'f-1' });
    expect([at('emulator').draft.flow, at('organisation').draft.flow]).toEqual([undefined, 'f-1']);
  });
});

describe('changing an early answer', () => {
  const corrected = (answer: Answer): Draft => reduce(atReview(), { type: 'kept', answer }).draft;

  it('drops sign-in and location with the destination, and nothing else', () => {
    const draft = corrected({ of: 'destination', value: chosen('Oracle Eloqua') });
    expect(draft.signIn).toEqual({ specName: undefined, params: {} });
    expect(draft.location.params).toEqual({});
    expect(draft.segments).toHaveLength(2);
    expect(draft.attributes).toHaveLength(2);
  });

  it('drops nothing when the same is chosen again', () => {
    for (const answer of [
      { of: 'destination', value: chosen('Adobe Campaign') },
      { of: 'signIn', value: 'S3' },
      { of: 'location', value: 'S3' },
      { of: 'sandbox', value: { name: 'dev', isProduction: false } },
      { of: 'platform', value: 'emulator' },
    ] satisfies Answer[]) {
      expect(corrected(answer)).toEqual(atReview().draft);
    }
  });

  it('drops everything that was read from another sandbox', () => {
    const draft = corrected({ of: 'sandbox', value: { name: 'stage', isProduction: false } });
    expect(draft.segments).toEqual([]);
    expect(draft.attributes).toEqual([]);
    expect(draft.destination).toBeUndefined();
  });

  it.each([
    ['signIn', 'SFTP with Password', undefined],
    ['signIn', 'Azure Blob', undefined],
    ['signIn', 'S3', 'S3'],
  ] as const)('%s %s leaves the storage %s that S3 opened', (of, value, wanted) => {
    const changed = run(atReview(), answered({ of, value }));
    expect(changed.draft.location.mode).toBe(wanted);
    // What was typed for it comes back with it.
    const back = run(
      changed,
      answered({ of: 'signIn', value: 'S3' }),
      answered({ of: 'location', value: 'S3' }),
    );
    expect(back.draft.location.params).toMatchObject({ bucketName: 'crm-exports' });
  });

  it('an account that signs in otherwise drops the storage that the sign-in opened', () => {
    const account = { id: 'a-1', name: 'x', specName: 'SFTP with SSH Key' };
    expect(run(atReview(), answered({ of: 'account', value: account })).draft.location.mode).toBeUndefined();
    const unknown = { id: 'a-1', name: 'x' };
    expect(run(atReview(), answered({ of: 'account', value: unknown })).draft.location.mode).toBe('S3');
  });

  it('loses nothing that was typed for a kind of storage when another is tried, and sends none of it', () => {
    const tried = run(
      atReview(),
      { type: 'jumped', page: 'location' },
      answered({ of: 'location', value: 'AZURE_BLOB' }),
      answered({ of: 'locationFields', value: { container: 'crm' } }),
    );
    expect(toPlan(tried.draft).destination.location).toEqual({
      mode: 'AZURE_BLOB',
      container: 'crm',
      path: 'daily',
      format: 'CSV',
    });
    const back = reduce(tried, { type: 'kept', answer: { of: 'location', value: 'S3' } });
    expect(toPlan(back.draft).destination.location).toEqual(toPlan(atReview().draft).destination.location);
  });

  it('asks nothing behind a kind of storage whose fields are all choices of one', () => {
    const { fields = [] } = chosen('SFTP').modes[0] ?? {};
    const format = fields.filter(({ name }) => name === 'format');
    const draft = { ...atReview().draft, location: { mode: 'X', params: {} } };
    const withModes = (only: typeof fields): Draft => ({
      ...draft,
      destination: { ...chosen('SFTP'), modes: [{ mode: 'X', fields: only }] },
    });
    expect(applies('locationFields', withModes(fields), atReview())).toBe(true);
    expect(applies('locationFields', withModes(format), atReview())).toBe(false);
    expect(toPlan(withModes(format)).destination.location).toEqual({ mode: 'X', format: 'CSV' });
  });

  it('takes mandatory attributes and keys with an attribute that is gone', () => {
    const draft = corrected({ of: 'attributes', value: ['person.name.firstName'] });
    expect(draft.mandatory).toEqual(['person.name.firstName']);
    expect(draft.deduplication).toEqual([]);
  });

  it('keeps the settings of a segment that is deselected, in case it comes back', () => {
    const state = run(
      atReview(),
      {
        type: 'kept',
        answer: {
          of: 'schedule',
          scope: [segment('1').id],
          value: { exportMode: 'FIRST_FULL_THEN_INCREMENTAL' },
        },
      },
      { type: 'kept', answer: { of: 'segments', value: [] } },
      { type: 'kept', answer: { of: 'segments', value: [segment('1')] } },
    );
    expect(state.draft.settings[segment('1').id]?.exportMode).toBe('FIRST_FULL_THEN_INCREMENTAL');
  });
});

describe('toPlan', () => {
  it('names every secret and writes none', () => {
    const plan = toPlan(atReview().draft);
    expect(JSON.stringify(plan)).not.toContain('hush');
    expect(plan.destination.auth?.params['secretKey']).toEqual({
      $secret: 'env:ADOBE_CAMPAIGN_S3_SECRET_KEY',
    });
    expect(clearParams(atReview().draft)).toEqual({ accessId: 'AKIA', secretKey: 'hush' });
  });

  it('sends a number as a number and leaves out what was left empty', () => {
    const state = run(
      initialState(nowMs, 'emulator'),
      answered({ of: 'destination', value: chosen('SFTP') }),
      {
        type: 'kept',
        answer: {
          of: 'signInFields',
          value: { host: 'h', username: 'u', password: 'p', domain: '', port: '2222' },
        },
      },
    );
    expect(clearParams(state.draft)).toEqual({ host: 'h', username: 'u', password: 'p', port: 2222 });
  });
});

describe('whatever a person does', () => {
  const ids = ['1', '2', '3'].map((one) => segment(one));
  const paths = ['person.name.firstName', 'personalEmail.address', 'person.gender'];
  const answer: fc.Arbitrary<Answer> = fc.oneof(
    fc
      .constantFrom('emulator', 'organisation')
      .map((value): Answer => ({ of: 'platform', value: value as 'emulator' })),
    fc
      .constantFrom('dev', 'prod')
      .map((name): Answer => ({ of: 'sandbox', value: { name, isProduction: name === 'prod' } })),
    fc.constantFrom(...catalog).map(({ name }): Answer => ({ of: 'destination', value: chosen(name) })),
    fc
      .constantFrom('S3', 'SFTP with Password', 'Access Key', 'nonsense')
      .map((value): Answer => ({ of: 'signIn', value })),
    fc.constant<Answer>({
      of: 'signInFields',
      value: { host: 'h', username: 'u', password: 'p', domain: 'd' },
    }),
    fc.constantFrom('S3', 'FTP', 'AZURE_BLOB').map((value): Answer => ({ of: 'location', value })),
    fc.constant<Answer>({
      of: 'locationFields',
      value: { bucketName: 'crm', path: 'p', remotePath: '/r', container: 'crm' },
    }),
    fc.subarray(ids).map((value): Answer => ({ of: 'segments', value })),
    fc.subarray(paths).map((value): Answer => ({ of: 'attributes', value })),
    fc.subarray(paths).map((value): Answer => ({ of: 'mandatory', value })),
    fc.subarray(paths).map((value): Answer => ({ of: 'deduplication', value })),
    fc
      .record(
        {
          exportMode: fc.constantFrom(...exportModes),
          frequency: fc.constantFrom(...frequencies),
          triggerType: fc.constantFrom(...triggerTypes),
        },
        { requiredKeys: [] },
      )
      .map((value): Answer => ({ of: 'schedule', scope: ids.map(({ id }) => id), value })),
    fc
      .record({ startDate: fc.constantFrom('2027-01-01', 'x'), endDate: fc.constantFrom('', '2027-02-01') })
      .map((value): Answer => ({ of: 'detailsEditor', value })),
  );
  const event: fc.Arbitrary<WizardEvent> = fc.oneof(
    { weight: 6, arbitrary: answer.map(answered) },
    { weight: 2, arbitrary: answer.map((one): WizardEvent => ({ type: 'kept', answer: one })) },
    fc.constantFrom<WizardEvent>(
      { type: 'continued' },
      { type: 'wentBack' },
      { type: 'confirmed' },
      { type: 'proven' },
    ),
    fc.constantFrom(...questionPages).map((page): WizardEvent => ({ type: 'jumped', page })),
    fc.subarray(ids).map((scope): WizardEvent => ({
      type: 'opened',
      editor: 'detailsEditor',
      scope: scope.map(({ id }) => id),
    })),
  );

  /** Somewhere on the way: chance alone hardly ever comes to the review, and never to an apply. */
  const begun = fc
    .oneof(fc.nat(whole.length), fc.constant(whole.length))
    .map((steps) =>
      run(initialState(nowMs), answered({ of: 'platform', value: 'emulator' }), ...whole.slice(0, steps)),
    );
  const walk = (most: number) => fc.tuple(begun, fc.array(event, { maxLength: most }));

  it('no secret gets into the plan, keys are selected attributes, and only a review is confirmed', () => {
    meeting(['a password', 'a segment', 'a key', 'an apply'], (meet) =>
      fc.assert(
        fc.property(walk(60), ([start, events]) => {
          let state = start;
          for (const one of events) {
            const before = state;
            state = reduce(state, one);
            const { draft } = state;
            expect(draft.deduplication.length).toBeLessThanOrEqual(2);
            if (draft.deduplication.length > 0) meet('a key');
            // Who chooses other attributes loses the keys among those that went.
            if ('answer' in one && one.answer.of === 'attributes')
              expect(draft.deduplication.filter((key) => !draft.attributes.includes(key))).toEqual([]);
            if (state.page === 'apply' && before.page !== 'apply') {
              meet('an apply');
              expect(before.page).toBe('review');
            }
            if (clearParams(draft)['password'] === 'p') meet('a password');
            const plan = JSON.stringify(toPlan(draft));
            expect(plan).not.toContain('"p"]');
            expect(plan).not.toMatch(/"password":"p"/);
            for (const { id } of draft.segments) {
              meet('a segment');
              expect(draft.settings[id]).toBeDefined();
            }
          }
        }),
        { numRuns: 400 },
      ),
    );
  });

  it('every question can be left backwards, to the first', () => {
    // The others are asked only where there is something to choose, or asked of nobody who has not jumped there.
    const asked = questionPages.filter((page) => !['platformSecret', 'account', 'source'].includes(page));
    meeting<QuestionPage>(asked, (meet) =>
      fc.assert(
        fc.property(
          walk(40),
          fc.option(fc.constantFrom(...asked), { nil: undefined }),
          ([start, events], there) => {
            let state = run(start, ...events, ...(there ? [{ type: 'jumped', page: there } as const] : []));
            if (state.page === 'apply' || state.page === 'validation') return;
            if (isQuestion(state.page)) meet(state.page);
            for (let steps = 0; steps < 40; steps++) state = reduce(state, { type: 'wentBack' });
            expect(state.page).toBe('platform');
          },
        ),
        { numRuns: 400 },
      ),
    );
  });

  it('going forward from any question asks every open one or ends at the review', () => {
    meeting(['a review'], (meet) =>
      fc.assert(
        fc.property(walk(40), ([start, events]) => {
          const state = run(start, ...events, ...whole);
          if (state.page !== 'review') return;
          meet('a review');
          const open = questionPages.filter(
            (page) => applies(page, state.draft, state) && !isAnswered(page, state.draft),
          );
          expect(open.filter((page) => !['platform', 'schedule'].includes(page))).toEqual([]);
        }),
      ),
    );
  });
});

describe('a plan that is opened', () => {
  const plan = atReview().draft;
  const start = initialState(nowMs);

  it('is looked for on the first page, which is come back to without one', () => {
    const looking = reduce(start, { type: 'sought' });
    expect(looking.page).toBe('plans');
    expect(reduce(looking, { type: 'wentBack' })).toEqual(start);
    expect(reduce(atReview(), { type: 'sought' })).toEqual(atReview());
  });

  it('leaves only the platform and the secrets to be asked', () => {
    const taken = reduce(reduce(start, { type: 'sought' }), { type: 'planTaken', draft: plan });
    expect(taken).toMatchObject({ page: 'platform', resumeAt: 'review' });
    const secrets = { ...plan, signIn: { ...plan.signIn, params: {} } };
    const without = reduce(reduce(start, { type: 'sought' }), { type: 'planTaken', draft: secrets });
    const platform = { of: 'platform', value: 'emulator' } as const;
    expect(reduce(taken, { type: 'answered', answer: platform }).page).toBe('review');
    expect(reduce(without, { type: 'answered', answer: platform }).page).toBe('signInFields');
  });

  it('asks for its destination where nobody knows it', () => {
    const foreign = { ...plan, destination: undefined };
    const taken = reduce(reduce(start, { type: 'sought' }), { type: 'planTaken', draft: foreign });
    expect(taken).toMatchObject({ page: 'platform', resumeAt: undefined });
  });
});
