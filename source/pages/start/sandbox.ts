import type { Sandbox } from '../../flow-service/sandboxes.ts';
import { valueText } from '../../locale/texts.ts';
import { answered, type Asking, type ChoicePage, needs } from '../page.ts';
import { answersLost } from './answers-lost.ts';

/** The sandboxes the credential may use. Where the list cannot be read, the one of the settings. */
export const sandbox: ChoicePage<Sandbox[]> = {
  kind: 'choice',
  question: ({ text }) => text('question.sandbox'),
  needs: needs('sandboxes', ofSettings),
  options: ({ text }, sandboxes) =>
    sandboxes.map(({ name, title, state, isProduction }) => ({
      value: name,
      label: name,
      ...(isProduction === true ? { danger: text('frame.production') } : {}),
      // What is called like it is says nothing more.
      hint:
        folded(title) === folded(name) || (isProduction === true && folded(title) === 'production')
          ? ''
          : title,
      ...(state === 'active'
        ? {}
        : { disabled: text('sandbox.notActive', { state: valueText(text, state) }) }),
    })),
  preferred({ state, services }, sandboxes) {
    if (state.draft.sandbox) return state.draft.sandbox.name;
    const usable = sandboxes.filter((one) => one.state === 'active');
    // Nobody should land in production by pressing Enter once too often.
    const harmless = usable.find((one) => one.isProduction === false) ?? usable[0];
    return (usable.find((one) => one.name === services.organisation.sandbox) ?? harmless)?.name;
  },
  chosen(name, _, sandboxes) {
    const isProduction = sandboxes.find((one) => one.name === name)?.isProduction;
    return answered({ of: 'sandbox', value: { name, isProduction } });
  },
  doubted: (name, asking) => (name === asking.state.draft.sandbox?.name ? undefined : answersLost(asking)),
  told: ({ state }) => state.draft.sandbox?.name ?? '',
};

const folded = (name: string): string => name.trim().toLowerCase();

/** The sandbox of the settings, where the credential may work in it without being allowed to list them all. */
function ofSettings(error: unknown, { state, services, text }: Asking): Sandbox[] | undefined {
  const given = state.draft.platform === 'organisation' ? services.organisation.sandbox : undefined;
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  if (given === undefined || (status !== 403 && status !== 404)) return undefined;
  const title = text('sandbox.fromSettings');
  return [
    {
      name: given,
      title,
      state: 'active',
      isProduction: given === 'prod' ? true : undefined,
      isDefault: false,
    },
  ];
}
