import { describe, expect, it } from 'vitest';
import { planProblems } from '../../source/activation/plan/plan-rules.ts';
import { english } from '../../source/locale/catalogs.ts';
import { unicodeGlyphs as glyphs } from '../../source/components/theme/glyphs.ts';
import { reviewRows } from '../../source/pages/ending/review-rows.ts';
import type { Asking } from '../../source/pages/page.ts';
import type { WizardServices } from '../../source/pages/services.ts';
import { signInFields } from '../../source/pages/target/sign-in.ts';
import { withoutSecrets } from '../../source/wizard/draft.ts';
import { fromLive, fromPlan } from '../../source/wizard/from-plan.ts';
import { initialState, reduce, type WizardState } from '../../source/wizard/reducer.ts';
import { toPlan } from '../../source/wizard/to-plan.ts';
import { newerChosen } from '../helpers/newer-chosen.ts';
import { newerPlan } from '../helpers/newer-plan.ts';
import { ed25519Key, otherRsaKey, rsaKey } from '../helpers/public-keys.ts';
import { chosen, nowMs } from '../helpers/wizard-events.ts';

const name = 'encryption.publicKey';
const privateKey = '-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nxcLYBF\n-----END PGP PRIVATE KEY BLOCK-----';

/** At the sign-in of a card, with all else answered. */
function at(card = 'Amazon S3', plan = newerPlan): WizardState {
  const destination = card === 'Adobe Campaign' ? chosen(card) : newerChosen(card);
  const draft = { ...fromPlan(plan, newerChosen('Amazon S3')), opened: undefined, destination };
  return { ...initialState(nowMs, 'emulator', { draft }), page: 'signInFields' };
}
const asking = (state: WizardState): Asking => ({
  state,
  text: english,
  glyphs,
  hidesSecrets: false,
  services: {
    now: () => nowMs,
    timeZone: 'UTC',
    isReadOnly: false,
  } as Partial<WizardServices> as WizardServices,
});
/** What is typed, as the form hands it on. */
const typed = (state: WizardState, value: string): WizardState => {
  const answer = signInFields.kept?.({ [name]: value });
  return answer ? reduce(state, { type: 'kept', answer }) : state;
};
const fieldOf = (state: WizardState) =>
  signInFields.fields(asking(state), {}).find((one) => one.name === name);
const keyIn = (state: WizardState) => toPlan(state.draft).destination.encryption?.publicKey;
const inBase64 = (armored: string): string => Buffer.from(armored, 'utf8').toString('base64');

describe('the public key of a new account', () => {
  it.each([
    ['Amazon S3', true],
    ['Azure Blob Storage', true],
    ['SFTP', true],
    // It publishes none.
    ['Data Landing Zone', false],
    ['Adobe Campaign', false],
  ])('is asked for where the card has it published: %s %s', (card, isAsked) => {
    expect(newerChosen('Data Landing Zone').encrypts).toBe(false);
    const state = at(card);
    const specName = state.draft.destination?.auth[0]?.specName;
    expect(
      fieldOf({ ...state, draft: { ...state.draft, signIn: { specName, params: {} } } }) !== undefined,
    ).toBe(isAsked);
  });

  it('is not asked for where an account is used again', () => {
    const state = at();
    const account = { id: '1', name: 'Data lake bucket' };
    expect(fieldOf({ ...state, draft: { ...state.draft, account } })).toBeUndefined();
  });

  it.each([
    ['armored', rsaKey.armored],
    ['in base64', inBase64(rsaKey.armored)],
    ['with the line ends of another system', rsaKey.armored.replaceAll('\n', '\r\n')],
  ])('given %s is in the plan, which is sound, and told by its fingerprint', (_, value) => {
    const state = typed(at(), value);
    expect(fieldOf(state)?.validate?.(value)).toBeUndefined();
    expect(keyIn(state)).toBe(inBase64(rsaKey.armored));
    expect(planProblems(toPlan(state.draft))).toEqual([]);
    const row = reviewRows(asking({ ...state, page: 'review' }), { nowMs, destinationCount: 1 }).find(
      ({ id }) => id === 'encryption',
    );
    expect(row?.values).toEqual([`files encrypted, key ${rsaKey.fingerprint}`]);
    expect(row?.does).toEqual({ kind: 'jump', page: 'signInFields' });
    // It stays with a draft, and the form shows it again.
    expect(withoutSecrets(state.draft).publicKey).toBe(inBase64(rsaKey.armored));
    expect(signInFields.given(asking(state))[name]).toBe(inBase64(rsaKey.armored));
  });

  it.each([
    ['a private key', privateKey, /^This is a private key/],
    ['a private key in base64', inBase64(privateKey), /^This is a private key/],
    ['one that is no RSA key', ed25519Key, /is of another kind/],
    ['one that is cut off', rsaKey.armored.slice(0, 400), /damaged or cut off/],
    ['something else', 'ssh-rsa AAAA', /not an OpenPGP public key/],
  ])('is refused, and kept nowhere, where it is %s', (_, value, why) => {
    const state = typed(typed(at(), rsaKey.armored), value);
    expect(fieldOf(state)?.validate?.(value)).toMatch(why);
    expect(JSON.stringify(state)).not.toContain(value.slice(-12));
    expect(keyIn(state)).toBeUndefined();
  });

  it('can be left empty, and Enter goes on without it', () => {
    expect(fieldOf(at())?.required).toBe(false);
    expect(signInFields.isProposed?.(name)).toBe(true);
    expect(signInFields.isProposed?.('s3SecretKey')).toBe(false);
    expect(keyIn(typed(typed(at(), rsaKey.armored), ''))).toBeUndefined();
  });

  it('can be come for from the review, where the files leave as they are', () => {
    const rowsIn = (state: WizardState) =>
      reviewRows(asking({ ...state, page: 'review' }), { nowMs, destinationCount: 1 });
    const row = rowsIn(at()).find(({ id }) => id === 'encryption');
    expect(row).toMatchObject({
      values: ['files not encrypted'],
      does: { kind: 'jump', page: 'signInFields' },
    });
    const jumped = reduce(
      { ...at(), page: 'review' },
      { type: 'jumped', page: 'signInFields', line: 'encryption' },
    );
    expect(signInFields.beginsAt?.(asking(jumped))).toBe(name);
    expect(rowsIn(at('Data Landing Zone')).some(({ id }) => id === 'encryption')).toBe(false);
  });

  it('is no param of the sign-in', () => {
    const state = at();
    const answer = signInFields.answered(
      { s3AccessKey: 'AKIA2345ABCD2345ABCD', [name]: rsaKey.armored },
      asking(state),
    );
    expect(answer).toEqual({ of: 'signInFields', value: { s3AccessKey: 'AKIA2345ABCD2345ABCD' } });
  });

  it('of a plan is kept as the plan says it, and changed where another is given', () => {
    const encryption = { algorithm: 'PGPGPG', publicKey: rsaKey.armored };
    const plan = { ...newerPlan, destination: { ...newerPlan.destination, encryption } };
    const draft = fromLive(plan, newerChosen('Amazon S3'));
    expect(toPlan(draft).destination.encryption).toEqual(encryption);
    const state: WizardState = { ...initialState(nowMs, 'emulator', { draft }), page: 'signInFields' };
    expect(toPlan(typed(state, otherRsaKey.armored).draft).destination.encryption).toEqual({
      algorithm: 'PGPGPG',
      publicKey: inBase64(otherRsaKey.armored),
    });
  });

  it('that a plan fetches from elsewhere stays where it is', () => {
    const encryption = { publicKey: { $secret: 'file:key.asc' } };
    const plan = { ...newerPlan, destination: { ...newerPlan.destination, encryption } };
    expect(toPlan(fromPlan(plan, newerChosen('Amazon S3'))).destination.encryption).toEqual(encryption);
  });
});
