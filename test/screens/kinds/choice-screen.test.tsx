import { expect, it } from 'vitest';
import { location } from '../../../source/pages/target/location.ts';
import { signIn } from '../../../source/pages/target/sign-in.ts';
import { unicodeGlyphs } from '../../../source/components/theme/glyphs.ts';
import { english } from '../../../source/locale/catalogs.ts';
import type { WizardServices } from '../../../source/pages/services.ts';
import type { Asking, ChoicePage } from '../../../source/pages/page.ts';
import { ChoiceScreen } from '../../../source/screens/kinds/choice-screen.tsx';
import { initialState, type WizardState } from '../../../source/wizard/reducer.ts';
import { keys, renderInk } from '../../helpers/ink.tsx';
import { AlonePage, drawAlone } from '../../helpers/page.tsx';
import { smallPlatform } from '../../helpers/remote.ts';
import { nowMs, run, whole } from '../../helpers/wizard-events.ts';

/** A first way up to a page, with the fields of every kind of storage but one. */
function stateAt(page: 'signIn' | 'location'): WizardState {
  const states = whole.reduce(
    (all, event) => [...all, run(all.at(-1) ?? expect.unreachable(), event)],
    [initialState(nowMs, 'emulator')],
  );
  return states.find((state) => state.page === page) ?? expect.unreachable();
}

const asked = (state: WizardState): Asking => ({
  state,
  services: { now: () => nowMs, timeZone: 'UTC' } as WizardServices,
  text: english,
  glyphs: unicodeGlyphs,
  hidesSecrets: false,
});

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

it.each([
  [80, 16, 9],
  [40, 9, 1],
])('draws what it is about below the options, whole or signed, on %d × %d', async (width, height, least) => {
  const lines = Array.from({ length: 9 }, (_, at) => `Segment number ${at}: full, every day`);
  const page: ChoicePage = { ...signIn, parts: () => ({ title: '9 segments', lines }) };
  const drawn = await renderInk(
    <AlonePage
      state={stateAt('signIn')}
      page={() => <ChoiceScreen page={page} />}
      onState={() => undefined}
      {...{ width, height: height + 3 }}
    />,
    { columns: width, rows: height + 12 },
  );
  const shown = drawn.frame().match(/Segment number \d: full, every day/g) ?? [];
  expect(shown.length).toBeGreaterThanOrEqual(least);
  expect(drawn.frame()).toContain('9 segments');
  expect(shown.length === 9 || drawn.frame().includes(' …')).toBe(true);
  // The options are all there.
  for (const { label } of signIn.options({ ...asked(stateAt('signIn')) }, undefined))
    expect(drawn.frame()).toContain(label);
});

it.each([
  ['yes or no', 9],
  ['a name', 9],
  ['yes or no', 20],
] as const)('shows a question whole, with the answers: %s, on %i lines', async (kind, height) => {
  const question = 'Pause the dataflow "CRM weekly"?\nIt exports nothing until it is enabled again.';
  const page: ChoicePage = {
    ...location,
    question: () => 'What now?',
    options: () => ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((value) => ({ value, label: `option ${value}` })),
    preferred: () => 'a',
    confirmed: (value) =>
      value === 'd'
        ? {
            all: [
              kind === 'a name'
                ? { question, typed: 'CRM weekly' }
                : { question, answers: { yes: 'pause', no: 'not yet' } },
            ],
            outcome: { kind: 'event', event: { type: 'wentBack' } },
          }
        : undefined,
  } as ChoicePage;
  const state = stateAt('location');
  const drawn = await drawAlone(
    {
      state,
      services: { organisation: { host: 'x' } as never },
      page: () => <ChoiceScreen page={page} />,
      ...{ height, width: 40 },
    },
    smallPlatform,
    { columns: 40, rows: height + 6 },
  );
  for (let at = 0; at < 3; at++) await drawn.press(keys.down);
  await drawn.press(keys.enter);
  expect(drawn.frame()).toMatch(kind === 'a name' ? /❯\s*$/m : /◯.*◉/);
  // The options give way where there is no room for three of them.
  expect(drawn.frame().includes('option d')).toBe(kind === 'yes or no' || height > 9);
  // Whoever says no is where they were.
  await drawn.press(keys.escape);
  expect(drawn.frame()).toMatch(/❯.*option d/);
});
