import { describe, expect, it } from 'vitest';
import { type ChosenDestination, withoutSecrets } from '../../source/wizard/draft.ts';
import { forward, lacksForms, nextOf, progressOf, toResume } from '../../source/wizard/moves.ts';
import {
  isAnswered,
  isQuestion,
  orderOf,
  type PageId,
  type QuestionPage,
  questionPages,
  stepNameOf,
} from '../../source/wizard/pages.ts';
import type { Answer } from '../../source/wizard/answers.ts';
import { initialState, reduce, type WizardState } from '../../source/wizard/reducer.ts';
import { answered, atReview, chosen, nowMs, run, segment, whole } from '../helpers/wizard-events.ts';
import { meeting } from '../helpers/some.ts';

/** The states of a way from the first question to the review. */
const way: readonly WizardState[] = whole.reduce<WizardState[]>(
  (states, event) => [...states, run(states.at(-1) ?? initialState(nowMs, 'emulator'), event)],
  [initialState(nowMs, 'emulator')],
);

/** Answers a page again as it was answered before. */
function again(state: WizardState): WizardState {
  const { draft, page } = state;
  const answers: Partial<Record<PageId, Answer>> = {
    sandbox: { of: 'sandbox', value: draft.sandbox ?? { name: '', isProduction: false } },
    destination: { of: 'destination', value: draft.destination ?? chosen('SFTP') },
    signIn: { of: 'signIn', value: draft.signIn.specName ?? '' },
    signInFields: { of: 'signInFields', value: draft.signIn.params },
    location: { of: 'location', value: draft.location.mode ?? '' },
    locationFields: { of: 'locationFields', value: draft.location.params },
    segments: { of: 'segments', value: draft.segments },
    attributes: { of: 'attributes', value: draft.attributes },
    source: { of: 'source', value: draft.source },
  };
  const answer = answers[page];
  return reduce(state, answer ? answered(answer) : { type: 'continued' });
}

/** The page where the step that a state is in has come to its end. */
function afterStep(state: WizardState): PageId {
  const name = stepNameOf(state.page);
  let at = state;
  for (let turns = 0; stepNameOf(at.page) === name && turns < 5; turns++) at = again(at);
  return at.page;
}

const steps = (page: PageId | undefined): string => (page === undefined ? '' : stepNameOf(page));

describe('how far the person is', () => {
  it('counts every step that is asked, once, up to the review', () => {
    const steps = way
      .filter(({ page }) => isQuestion(page))
      .map((state) => ({ name: stepNameOf(state.page), ...progressOf(state) }));
    const names = [...new Set(steps.map(({ name }) => name))];
    for (const { name, step, count } of steps) {
      expect(step).toBe(names.indexOf(name) + 1);
      // What is known of a destination only once it is chosen can take steps away, and adds none.
      expect(count).toBeGreaterThanOrEqual(names.length);
    }
    expect(steps.at(-1)).toMatchObject({ step: names.length, count: names.length });
  });

  it('is not counted before and after the questions', () => {
    const review = way.at(-1) ?? expect.unreachable();
    for (const page of ['welcome', 'home', 'flows', 'flow', 'apply', 'validation'] as const)
      expect(progressOf({ ...review, page })).toBeUndefined();
  });
});

it('going on stops at a secret that is missing before the page, and at that page itself for good', () => {
  const review = atReview();
  const draft = { ...review.draft, signIn: { ...review.draft.signIn, params: {} } };
  const state = { ...review, draft };
  expect(toResume(state, 'schedule')).toMatchObject({ page: 'signInFields', resumeAt: 'schedule' });
  expect(toResume(state, 'signInFields')).toMatchObject({ page: 'signInFields', resumeAt: undefined });
  expect(toResume(review, 'schedule')).toMatchObject({ page: 'schedule', resumeAt: undefined });
});

describe('forms that nobody has asked the platform for', () => {
  const unread = (facts: Partial<ChosenDestination> = {}): WizardState => {
    const review = atReview();
    const destination = { ...chosen('Adobe Campaign'), isUnread: true as const, ...facts };
    const draft = { ...review.draft, destination, signIn: { ...review.draft.signIn, params: {} } };
    return reduce(
      { ...initialState(nowMs, 'emulator', { draft }), page: 'plans' },
      { type: 'planTaken', draft: { ...draft, platform: 'emulator' } },
    );
  };

  it('are lacked where forms are shown, and nowhere else', () => {
    const state = unread();
    expect(state).toMatchObject({ page: 'signInFields', resumeAt: 'review' });
    const lacking = questionPages.filter((page) => lacksForms({ ...state, page }));
    expect(lacking).toEqual([
      ...['account', 'signIn', 'signInFields'],
      ...['location', 'locationFields', 'storage'],
    ]);
    expect(lacksForms({ ...state, draft: { ...state.draft, platform: undefined } })).toBe(false);
  });

  it('are those of the platform once it was asked, and the page stays', () => {
    const published = { ...chosen('Adobe Campaign'), standsIn: { auth: false, location: false } };
    const read = reduce(unread(), { type: 'formsRead', destination: published });
    expect(read.page).toBe('signInFields');
    expect(read.draft.destination?.standsIn).toEqual({ auth: false, location: false });
    expect(lacksForms(read)).toBe(false);
  });

  it('stay as they are where the platform has none, and are not asked for again', () => {
    const read = reduce(unread(), { type: 'formsRead', destination: undefined });
    expect(read.page).toBe('signInFields');
    expect(lacksForms(read)).toBe(false);
    expect(read.draft.destination?.auth).toEqual(chosen('Adobe Campaign').auth);
  });

  it('ask again for a way to sign in that there is no more, and go on behind it', () => {
    const auth = chosen('Adobe Campaign').auth.filter(({ specName }) => specName !== 'S3');
    const read = reduce(unread(), { type: 'formsRead', destination: { ...chosen('Adobe Campaign'), auth } });
    expect(read).toMatchObject({ page: 'signIn', resumeAt: 'review' });
    const next = reduce(read, answered({ of: 'signIn', value: 'SFTP with Password' }));
    expect(next).toMatchObject({ page: 'signInFields', resumeAt: 'review' });
  });
});

it.each<[QuestionPage, PageId]>([
  ['platform', 'schedule'],
  ['signInFields', 'schedule'],
  ['destination', 'signIn'],
  ['segments', 'attributes'],
])('what is to be gone on with is gone on with from %s to %s', (page, wanted) => {
  const state: WizardState = { ...atReview(), page, resumeAt: 'schedule', isCorrecting: false };
  expect(forward(state).page).toBe(wanted);
});

describe('what comes next', () => {
  it('is, at every question of a first way, the step that follows', () => {
    expect([...new Set(way.map(({ page }) => page))].filter(isQuestion)).toEqual(
      questionPages.filter(
        (page) =>
          !['platform', 'plans', 'platformSecret', 'account', 'storage', 'columns', 'source'].includes(page),
      ),
    );
    for (const [at, state] of way.slice(0, -1).entries()) {
      // Home is no question: what comes after it is what is chosen there.
      if (!isQuestion(state.page)) continue;
      const arrived = way.slice(at).find(({ page }) => stepNameOf(page) !== stepNameOf(state.page));
      expect([state.page, steps(nextOf(state))]).toEqual([state.page, steps(arrived?.page)]);
    }
  });

  it.each(
    questionPages.filter(
      (page) => !['platform', 'plans', 'platformSecret', 'account', 'review'].includes(page),
    ),
  )('is the review after a jump to %s, and that is where answering leads', (page) => {
    const jumped = reduce(atReview(), { type: 'jumped', page });
    expect(jumped.page).toBe(page);
    expect(nextOf(jumped)).toBe('review');
    expect(afterStep(jumped)).toBe('review');
  });

  it('is the form behind a choice that is chosen again, and then the review', () => {
    const cases: [QuestionPage, QuestionPage][] = [
      ['signIn', 'signInFields'],
      ['location', 'locationFields'],
    ];
    for (const [choice, form] of cases) {
      const chosenAgain = again(reduce(atReview(), { type: 'jumped', page: choice }));
      expect([chosenAgain.page, nextOf(chosenAgain)]).toEqual([form, 'review']);
      expect(again(chosenAgain).page).toBe('review');
    }
  });

  it('is the next open question after a correction that opened one', () => {
    const jumped = reduce(atReview(), { type: 'jumped', page: 'destination' });
    const moved = reduce(jumped, answered({ of: 'destination', value: chosen('SFTP') }));
    expect(stepNameOf(moved.page)).toBe('page.signIn');
    expect(steps(nextOf(moved))).toBe('page.location');
  });

  it('is the form where a setting is wrong', () => {
    const wrong = reduce(
      { ...atReview(), page: 'schedule' },
      {
        type: 'kept',
        answer: { of: 'schedule', scope: [segment('1').id], value: { startDate: '2026-11-27z' } },
      },
    );
    expect(nextOf(wrong)).toBe('detailsEditor');
    expect(reduce(wrong, { type: 'continued' }).page).toBe('detailsEditor');
  });

  it('skips what a destination does not ask', () => {
    const bare = { ...chosen('SFTP'), auth: [], modes: [] };
    const state = run(
      initialState(nowMs, 'emulator'),
      answered({ of: 'sandbox', value: { name: 'dev', isProduction: false } }),
      { type: 'begun' },
      answered({ of: 'destination', value: bare }),
    );
    expect(state.page).toBe('segments');
    const back = reduce(state, { type: 'wentBack' });
    expect([back.page, nextOf(back)]).toEqual(['destination', 'segments']);
  });

  it.each([
    ['mandatory', 'attributes'],
    ['deduplication', 'attributes'],
    ['exportMode', 'schedule'],
    ['fileFields', 'locationFields'],
    ['segments', 'segments'],
    ['nonsense', 'sandbox'],
  ])('is, where an earlier version kept %s, %s', (page, wanted) => {
    const saved = { version: 1 as const, savedMs: nowMs, page, draft: atReview().draft };
    const welcome = initialState(nowMs, 'emulator', { hasOffers: true });
    expect(reduce(welcome, { type: 'restored', saved }).page).toBe(wanted);
  });

  it('is where a restored draft goes on, once its secret is typed', () => {
    const saved = {
      version: 1 as const,
      savedMs: nowMs,
      page: 'schedule',
      draft: withoutSecrets(atReview().draft),
    };
    const welcome = initialState(nowMs, 'emulator', { hasOffers: true });
    expect(nextOf(welcome)).toBeUndefined();
    const state = reduce(welcome, { type: 'restored', saved });
    expect([state.page, nextOf(state)]).toEqual(['signInFields', 'schedule']);
    const typed = reduce(state, answered({ of: 'signInFields', value: { secretKey: 'hush' } }));
    expect(typed.page).toBe('schedule');
  });

  it('is what follows the list for the editors behind it, and the end of the way at its end', () => {
    const review = atReview();
    const list = reduce(review, { type: 'wentBack' });
    expect(list.page).toBe('schedule');
    const editor = reduce(list, { type: 'opened', editor: 'detailsEditor', scope: [segment('1').id] });
    expect([editor.page, nextOf(editor)]).toEqual(['detailsEditor', 'schedule']);
    expect(reduce(editor, { type: 'wentBack' }).page).toBe('schedule');
    expect(nextOf(review)).toBe('apply');
    const applying = reduce(review, { type: 'confirmed' });
    expect(nextOf(applying)).toBe('validation');
    expect(nextOf(reduce(applying, { type: 'proven' }))).toBeUndefined();
    expect(nextOf(reduce(review, { type: 'previewed' }))).toBeUndefined();
  });

  it('never names the step one is in, nor a question that is answered while another is open', () => {
    meeting(['an open question', 'the review'], (meet) => {
      for (const state of way)
        for (const page of questionPages) {
          const next = nextOf({ ...state, page, isCorrecting: true });
          if (next === undefined || page === 'review') continue;
          meet(next === 'review' ? 'the review' : 'an open question');
          expect(stepNameOf(next)).not.toBe(stepNameOf(page));
          if (isQuestion(next) && next !== 'review') expect(isAnswered(next, state.draft)).toBe(false);
          expect(orderOf(next)).toBeGreaterThanOrEqual(0);
        }
    });
  });
});
