import { describe, expect, it } from 'vitest';
import { initialState, reduce, type WizardState } from '../../source/wizard/reducer.ts';
import { nextOf } from '../../source/wizard/moves.ts';
import { answered, chosen, nowMs, run, segment, whole } from '../helpers/wizard-events.ts';

/** On an organisation, up to its storage location. */
const located = (
  looksAtStorage = true,
  platform: 'organisation' | 'emulator' = 'organisation',
): WizardState => run(initialState(nowMs, platform, { looksAtStorage }), ...whole.slice(0, 7));

describe('whether the storage takes files', () => {
  it('is asked after the location, and not answered by going on', () => {
    const asked = located();
    expect(asked.page).toBe('storage');
    const on = reduce(asked, { type: 'continued' });
    expect([on.page, on.draft]).toEqual(['segments', asked.draft]);
    expect(reduce(on, { type: 'wentBack' }).page).toBe('storage');
    expect(nextOf(asked)).toBe('segments');
  });

  it.each<[string, WizardState]>([
    ['in a rehearsal', located(true, 'emulator')],
    ['where the console does not let its people look', located(false)],
  ])('is not asked %s', (_, state) => {
    expect(state.page).toBe('segments');
  });

  it.each([
    ['s3Role', 'segments'],
    ['servicePrincipalKey', 'segments'],
    ['secretKey', 'storage'],
  ])('is asked only where what opens it can be used from here: %s', (name, page) => {
    const card = chosen('Adobe Campaign');
    const auth = card.auth.map((one) => ({
      ...one,
      fields: one.fields.slice(0, 1).map((field) => ({ ...field, name })),
    }));
    const state = run(
      initialState(nowMs, 'organisation', { looksAtStorage: true }),
      ...whole.slice(0, 2),
      answered({ of: 'destination', value: { ...card, auth } }),
      answered({ of: 'signIn', value: 'S3' }),
      answered({ of: 'signInFields', value: { [name]: 'x' } }),
      ...whole.slice(5, 7),
    );
    expect(state.page).toBe(page);
  });

  it('is remembered while the answers are the same', () => {
    const seen = reduce(located(), { type: 'storageSeen', atMs: 5 });
    expect(seen.storageSeen).toEqual({ atMs: 5 });
    const later = run(seen, { type: 'continued' }, answered({ of: 'segments', value: [segment('1')] }));
    expect(later.storageSeen).toEqual({ atMs: 5 });
    const other = run(
      seen,
      { type: 'wentBack' },
      answered({ of: 'locationFields', value: { path: 'other' } }),
    );
    expect([other.page, other.storageSeen]).toEqual(['storage', undefined]);
  });

  it('is seen only where it was asked', () => {
    const on = reduce(located(), { type: 'continued' });
    expect(reduce(on, { type: 'storageSeen', atMs: 5 })).toBe(on);
  });

  it('is not asked of who corrects a location', () => {
    const there = run(located(), { type: 'continued' }, ...whole.slice(7));
    const review: WizardState = { ...there, page: 'review' };
    const jumped = reduce(review, { type: 'jumped', page: 'locationFields' });
    const corrected = reduce(jumped, answered({ of: 'locationFields', value: { path: 'other' } }));
    expect(corrected.page).not.toBe('storage');
  });
});
