import type { PlatformKind } from '../../wizard/draft.ts';
import { answered, type ChoicePage, type FieldsPage, joined } from '../page.ts';

/** The organisation of the settings, or the embedded emulator. */
export const platform: ChoicePage<unknown, PlatformKind> = {
  kind: 'choice',
  question: ({ text }) => text('question.platform'),
  options({ text, glyphs, services }) {
    const { host, orgId, missing } = services.organisation;
    return [
      {
        value: 'organisation',
        label: text('platform.organisation'),
        ...(missing.length === 0
          ? { hint: joined(glyphs, [orgId, host]) }
          : { disabled: text('platform.notSet', { names: missing }) }),
      },
      { value: 'emulator', label: text('platform.emulator'), hint: text('platform.emulatorHint') },
    ];
  },
  preferred: ({ state, services }) =>
    state.draft.platform ?? (services.organisation.missing.length === 0 ? 'organisation' : 'emulator'),
  chosen: (value) => answered({ of: 'platform', value }),
  told: ({ text, state }) =>
    text(state.draft.platform === 'emulator' ? 'platform.emulator' : 'platform.organisation'),
};

/** The client secret of a profile that keeps none. It goes to the client and is kept nowhere else. */
export const platformSecret: FieldsPage = {
  kind: 'fields',
  question: ({ text, services }) =>
    text('question.platformSecret', { profile: services.organisation.profile ?? '' }),
  fields: ({ text }) => [{ name: 'secret', label: text('platform.secret'), kind: 'secret', required: true }],
  given: () => ({}),
  answered({ secret = '' }, { services }) {
    services.giveSecret(secret);
    return { of: 'platformSecret' };
  },
  told: ({ glyphs }) => glyphs.mask.repeat(4),
};
