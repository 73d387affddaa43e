import { listText } from '../../locale/texts.ts';
import { answered, type Asking, type ChoicePage, type FieldsPage, joined } from '../page.ts';
import { answersLost } from './answers-lost.ts';
import { draftText } from './plans.ts';

/** Where to work, or with which plan to go on there. */
type Start = 'emulator' | 'organisation' | 'plan';

/** The embedded emulator, the organisation of the settings, or a plan that is there already. */
export const platform: ChoicePage<unknown, Start> = {
  kind: 'choice',
  intro: ({ text, glyphs, state: { draft } }) =>
    draft.segments.length === 0
      ? text('platform.intro')
      : text('platform.goesOn', { what: draftText(draft, { text, glyphs }) }),
  question: ({ text }) => text('question.platform'),
  options: (asking) => {
    const { text, services } = asking;
    const { plans } = services;
    return [
      { value: 'emulator', label: text('platform.emulator'), hint: text('platform.emulatorHint') },
      { value: 'organisation', label: text('platform.organisation'), ...organisationHint(asking) },
      {
        value: 'plan',
        label: text('platform.plan'),
        ...(plans.length === 0
          ? { hint: text('platform.noPlan'), disabled: text('platform.noPlanWhy') }
          : {
              hint: text('platform.plans', {
                count: plans.length,
                names: listText(text, plans.slice(0, mostNamed)),
              }),
            }),
      },
    ];
  },
  preferred: ({ state, services }) =>
    state.draft.platform ??
    (services.organisation.missing.length === 0 || services.organisation.isSought === true
      ? 'organisation'
      : 'emulator'),
  chosen(value, asking) {
    if (value === 'plan') return { type: 'sought' };
    if (isLeavingToSignIn(value, asking))
      return { type: 'ended', ending: { outcome: 'interrupted', lines: [], then: { kind: 'login' } } };
    return answered({ of: 'platform', value });
  },
  doubted(value, asking) {
    const { platform: here } = asking.state.draft;
    const isOther = here !== undefined && value !== here && value !== 'plan';
    return isOther && !isLeavingToSignIn(value, asking) ? answersLost(asking) : undefined;
  },
  told: ({ text, state }) =>
    text(state.draft.platform === 'emulator' ? 'platform.emulator' : 'platform.organisation'),
};

/** Whether it leads to a sign-in first. */
const isLeavingToSignIn = (value: string, { services }: Asking): boolean =>
  value === 'organisation' && services.organisation.missing.length > 0;

/** More names than these are not read beside a choice. */
const mostNamed = 3;

function organisationHint({ text, glyphs, services }: Asking): { hint?: string; disabled?: string } {
  const { orgId, host, missing, isBegun = false } = services.organisation;
  if (missing.length === 0) return { hint: joined(glyphs, [orgId, host]) };
  if (!services.mayLogin) return { disabled: text('platform.notSet', { names: missing }) };
  return { hint: isBegun ? text('platform.lacks', { names: missing }) : text('platform.login') };
}

/** The client secret of a profile that keeps none. It goes to the client and is kept nowhere else. */
export const platformSecret: FieldsPage = {
  kind: 'fields',
  question: ({ text, services }) =>
    text('question.platformSecret', { profile: services.organisation.profile ?? '' }),
  fields: ({ text }) => [{ name: 'secret', label: text('login.secret'), kind: 'secret', required: true }],
  given: () => ({}),
  answered({ secret = '' }, { services }) {
    services.giveSecret(secret);
    return { of: 'platformSecret' };
  },
  told: ({ glyphs }) => glyphs.mask.repeat(4),
};
