import { describe, expect, it } from 'vitest';
import { proposedTemplate } from '../../source/activation/content/filename-template.ts';
import { defaultSettings } from '../../source/activation/content/schedule.ts';
import { type Draft, emptyDraft } from '../../source/wizard/draft.ts';
import { type PageId, questionBehind, stepNameOf, stepOf } from '../../source/wizard/pages.ts';
import {
  initialState,
  questionOf,
  reduce,
  type WizardEvent,
  type WizardState,
} from '../../source/wizard/reducer.ts';
import { clearParams, toPlan } from '../../source/wizard/to-plan.ts';
import { answered, atReview, chosen, nowMs, run } from '../helpers/wizard-events.ts';

const campaign = chosen('Adobe Campaign');
const withDraft = (draft: Partial<Draft>, more: Partial<WizardState> = {}): WizardState => ({
  ...initialState(nowMs, 'emulator'),
  ...more,
  draft: { ...emptyDraft, ...draft },
});

describe('a page', () => {
  it.each<[PageId, number, string]>([
    ['welcome', 1, 'page.welcome'],
    ['platform', 1, 'page.platform'],
    ['platformSecret', 1, 'page.platform'],
    ['sandbox', 1, 'page.sandbox'],
    ['home', 1, 'page.home'],
    ['flows', 1, 'page.flows'],
    ['flow', 1, 'page.flows'],
    ['destination', 2, 'page.destination'],
    ['account', 3, 'page.signIn'],
    ['signIn', 3, 'page.signIn'],
    ['signInFields', 3, 'page.signIn'],
    ['location', 4, 'page.location'],
    ['locationFields', 4, 'page.location'],
    ['segments', 5, 'page.segments'],
    ['attributes', 6, 'page.attributes'],
    ['schedule', 7, 'page.schedule'],
    ['detailsEditor', 7, 'page.schedule'],
    ['review', 8, 'page.review'],
    ['apply', 8, 'page.apply'],
    ['validation', 8, 'page.validation'],
  ])('%s belongs to step %i, %s', (page, step, name) => {
    expect([stepOf(page), stepNameOf(page)]).toEqual([step, name]);
  });

  it.each<[PageId, string | undefined]>([
    ['welcome', undefined],
    ['home', undefined],
    ['flow', undefined],
    ['segments', 'segments'],
    ['detailsEditor', 'schedule'],
    ['review', 'review'],
    ['apply', 'review'],
    ['validation', 'review'],
  ])('%s is kept with a draft as %s', (page, wanted) => {
    expect(questionOf({ ...atReview(), page })).toBe(wanted);
    if (page !== 'apply' && page !== 'validation') expect(questionBehind(page)).toBe(wanted);
  });
});

describe('what happens elsewhere changes nothing', () => {
  const { draft } = atReview();
  const saved = { version: 1 as const, savedMs: nowMs, page: 'segments' as const, draft };
  it.each<[PageId, WizardEvent]>([
    ['segments', { type: 'jumped', page: 'sandbox' }],
    ['segments', { type: 'revised', draft: emptyDraft }],
    ['segments', { type: 'confirmed' }],
    ['segments', { type: 'previewed' }],
    ['review', { type: 'proven' }],
    ['review', { type: 'begun' }],
    ['review', { type: 'restored', saved }],
    ['review', { type: 'listed' }],
    ['home', { type: 'looked', flow: { id: 'f', name: 'F' } }],
    ['flows', { type: 'flowTaken', draft }],
    ['schedule', { type: 'opened', editor: 'detailsEditor', scope: [] }],
  ])('on %s: %j', (page, event) => {
    const state = { ...atReview(), page };
    expect(reduce(state, event)).toBe(state);
  });
});

describe('an answer', () => {
  it('takes along what is required of attributes that are gone, and leaves the others', () => {
    const state = withDraft(
      { attributes: ['a', 'b', 'c'], mandatory: ['a', 'b'], deduplication: ['b', 'c'] },
      { page: 'attributes' },
    );
    expect(reduce(state, answered({ of: 'attributes', value: ['a', 'c', 'd'] })).draft).toMatchObject({
      attributes: ['a', 'c', 'd'],
      mandatory: ['a'],
      deduplication: ['c'],
    });
  });

  it('about the sign-in keeps what both ask for, and nothing else', () => {
    const signIn = {
      specName: 'SFTP with Password',
      params: { domain: 'h', username: 'u', password: 'p', x: 'y' },
    };
    const state = withDraft({ destination: campaign, signIn }, { page: 'signIn' });
    const changed = reduce(state, answered({ of: 'signIn', value: 'S3' })).draft.signIn;
    expect(changed).toEqual({ specName: 'S3', params: {} });
    const key = reduce(state, answered({ of: 'signIn', value: 'SFTP with SSH Key' })).draft.signIn;
    const asked = campaign.auth.find(({ specName }) => specName === 'SFTP with SSH Key')?.fields ?? [];
    expect(Object.keys(key.params).toSorted()).toEqual(
      asked
        .map(({ name }) => name)
        .filter((name) => Object.hasOwn(signIn.params, name))
        .toSorted(),
    );
    expect(Object.keys(key.params).length).toBeGreaterThan(0);
    expect(reduce(state, answered({ of: 'signIn', value: 'SFTP with Password' })).draft.signIn).toBe(signIn);
  });

  it('about the destination keeps nothing of a sign-in that nobody has named', () => {
    const state = withDraft({ signIn: { params: { foreign: 'x', accessId: 'y' } } }, { page: 'destination' });
    const { signIn } = reduce(state, answered({ of: 'destination', value: campaign })).draft;
    expect(signIn).toEqual({ specName: undefined, params: {} });
  });

  it('about another card brings its file name along, and leaves one that somebody wrote', () => {
    const proposed = (kind: 'older' | 'newer', more = '') => ({
      ...defaultSettings(nowMs, proposedTemplate(kind) + more),
    });
    const newer = {
      connectionSpecId: '4fce964d-3f37-408f-9778-e597338a21ee',
      name: 'Amazon S3',
      auth: [],
      modes: [],
    };
    const state = withDraft({
      destination: campaign,
      settings: { left: proposed('older'), written: proposed('older', '_mine') },
    });
    const there = reduce(state, answered({ of: 'destination', value: newer }));
    expect(there.draft.settings).toEqual({ left: proposed('newer'), written: proposed('older', '_mine') });
    const back = reduce(there, answered({ of: 'destination', value: campaign }));
    expect(back.draft.settings).toEqual(state.draft.settings);
    const chosenThere = reduce(there, answered({ of: 'segments', value: [{ id: 'new', name: 'New' }] }));
    expect(chosenThere.draft.settings['new']).toEqual(proposed('newer'));
  });

  it('about the sign-in drops a storage that it does not open, but not the only one', () => {
    const [s3, blob] = campaign.modes;
    if (!s3 || !blob) throw new Error('no modes');
    const state = (modes: typeof campaign.modes): WizardState =>
      withDraft(
        {
          destination: { ...campaign, modes },
          signIn: { specName: 'S3', params: {} },
          location: { mode: s3.mode, params: {} },
        },
        { page: 'signIn' },
      );
    const signIn = answered({ of: 'signIn', value: 'Azure Blob' });
    expect(reduce(state([s3, blob]), signIn).draft.location.mode).toBeUndefined();
    expect(reduce(state([s3]), signIn).draft.location.mode).toBe(s3.mode);
  });
});

describe('a draft that is restored', () => {
  const restored = (draft: Partial<Draft>, page: 'segments' | 'review'): PageId =>
    run(initialState(nowMs, undefined, { hasOffers: true }), {
      type: 'restored',
      saved: { version: 1, savedMs: nowMs, page, draft: { ...emptyDraft, ...draft } },
    }).page;
  const { draft } = atReview();

  it('goes on where it was left, whatever else is open', () => {
    expect(restored({ ...draft, attributes: [], sandbox: undefined }, 'review')).toBe('review');
  });

  it('asks for a secret that comes before, and not for one that comes after', () => {
    const signIn = { specName: 'S3', params: { accessId: 'AKIA' } };
    expect(restored({ ...draft, signIn }, 'segments')).toBe('signInFields');
  });
});

describe('what is sent', () => {
  it('is what was typed, and only a secret is encoded on its way', () => {
    const [method] = campaign.auth;
    const like = method?.fields[0];
    if (!method || !like) throw new Error('no fields');
    const fields = [
      { ...like, name: 'shown', isSecret: false, isBase64: true },
      { ...like, name: 'hidden', isSecret: true, isBase64: true },
      { ...like, name: 'plain', isSecret: true, isBase64: false },
    ];
    const destination = { ...campaign, auth: [{ ...method, fields }] };
    const signIn = { specName: method.specName, params: { shown: ' a ', hidden: 'b', plain: ' c ' } };
    const draft = { ...atReview().draft, destination, signIn };
    expect(clearParams(draft)).toEqual({ shown: ' a ', hidden: 'Yg==', plain: ' c ' });
    expect(toPlan(draft).destination.auth?.params).toMatchObject({
      shown: ' a ',
      hidden: { encoding: 'base64' },
    });
  });
});
