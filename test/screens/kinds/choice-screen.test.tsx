import { expect, it } from 'vitest';
import { location } from '../../../source/pages/target/location.ts';
import { signIn } from '../../../source/pages/target/sign-in.ts';
import type { ChoicePage } from '../../../source/pages/page.ts';
import { ChoiceScreen } from '../../../source/screens/kinds/choice-screen.tsx';
import { initialState, type WizardState } from '../../../source/wizard/reducer.ts';
import { keys, renderInk } from '../../helpers/ink.tsx';
import { AlonePage } from '../../helpers/page.tsx';
import { nowMs, run, whole } from '../../helpers/wizard-events.ts';

/** A first way up to a page, with the fields of every kind of storage but one. */
function stateAt(page: 'signIn' | 'location'): WizardState {
  const states = whole.reduce(
    (all, event) => [...all, run(all.at(-1) ?? expect.unreachable(), event)],
    [initialState(nowMs, 'emulator')],
  );
  return states.find((state) => state.page === page) ?? expect.unreachable();
}

it.each<['signIn' | 'location', ChoicePage]>([
  ['signIn', signIn],
  ['location', location],
])(
  'says of %s that its form is next, and what is next where the highlighted one has none',
  async (at, page) => {
    const state = stateAt(at);
    const Drawn = () => <ChoiceScreen page={page} />;
    const drawn = await renderInk(<AlonePage state={state} page={Drawn} onState={() => undefined} />, {
      columns: 80,
      rows: 24,
    });
    expect(drawn.frame()).toContain('Next: fill it in');

    const { destination } = state.draft;
    if (!destination) return expect.unreachable();
    const bare = {
      ...destination,
      auth: destination.auth.map((one, place) => (place === 1 ? { ...one, fields: [] } : one)),
      modes: destination.modes.map((one, place) => (place === 1 ? { ...one, fields: [], file: [] } : one)),
    };
    const other = await renderInk(
      <AlonePage
        state={{ ...state, draft: { ...state.draft, destination: bare } }}
        page={Drawn}
        onState={() => undefined}
      />,
      { columns: 80, rows: 24 },
    );
    await other.press(keys.down);
    expect(other.frame()).toContain(at === 'signIn' ? 'Next: storage location' : 'Next: segments');
  },
);
