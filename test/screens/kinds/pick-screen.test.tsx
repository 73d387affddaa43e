import { describe, expect, it } from 'vitest';
import { english } from '../../../source/locale/catalogs.ts';
import { destination } from '../../../source/pages/target/destination.ts';
import type { PickPage } from '../../../source/pages/page.ts';
import { choose } from '../../../source/dialogue/kinds/choose.ts';
import { PickScreen } from '../../../source/screens/kinds/pick-screen.tsx';
import type { WizardState } from '../../../source/wizard/reducer.ts';
import { keys } from '../../helpers/ink.tsx';
import { scripted } from '../../helpers/dialogue.ts';
import { drawAlone } from '../../helpers/page.tsx';
import { smallPlatform } from '../../helpers/remote.ts';
import { atReview } from '../../helpers/wizard-events.ts';

const { draft } = atReview();
const here = draft.destination?.connectionSpecId ?? '';
const other = '00000000-0000-4000-8000-0000000000aa';

/** The page of destinations with the one of the draft and another one. */
const page: PickPage = {
  kind: 'pick',
  question: () => 'Where to?',
  rows: () => [
    { id: here, label: 'Here' },
    { id: other, label: 'There' },
  ],
  preferred: () => here,
  chosen: (id) => (id === other ? { type: 'listed' } : { type: 'continued' }),
  doubted: destination.doubted?.bind(destination),
} as PickPage;

const state = (flow?: string): WizardState => ({
  ...atReview(),
  page: 'destination',
  draft: { ...draft, name: 'CRM weekly', flow },
});

const draw = async (at: WizardState, columns: number, rows: number) => {
  const chosen: unknown[] = [];
  const noting: PickPage = {
    ...page,
    chosen(id, ...all) {
      chosen.push(id);
      return page.chosen(id, ...all);
    },
  };
  const drawn = await drawAlone(
    {
      state: at,
      services: { organisation: { host: 'x' } as never },
      page: () => <PickScreen page={noting} />,
      ...{ height: rows, width: columns },
    },
    smallPlatform,
    { columns, rows: rows + 6 },
  );
  return { ...drawn, isChosen: (id: string) => chosen.includes(id) };
};

describe('another destination of a dataflow that is there', () => {
  it.each([
    [80, 16],
    [40, 10],
  ])('is asked about first, whole, and not chosen by Enter twice (%d × %d)', async (columns, rows) => {
    const drawn = await draw(state('f-1'), columns, rows);
    await drawn.press(keys.down);
    await drawn.press(keys.enter);
    const said = drawn.frame().replaceAll(/\s+/g, ' ');
    expect(said).toContain('"CRM weekly" (f-1) stays as it is, and a new dataflow is made.');
    expect(said).toContain(english('destination.otherNew'));
    await drawn.press(keys.enter);
    expect(drawn.frame()).toContain('There');
    expect(drawn.isChosen(other)).toBe(false);
    // The cursor is where it was.
    await drawn.press(keys.enter);
    await drawn.press('y');
    expect(drawn.isChosen(other)).toBe(true);
  });

  it('keeps the list and its search in sight while it is asked, and after', async () => {
    const drawn = await draw(state('f-1'), 80, 16);
    await drawn.press('ther');
    await drawn.waitFor(/❯ +There$/m);
    await drawn.press(keys.enter);
    expect(drawn.frame()).toContain('"CRM weekly"');
    for (const wanted of [/ ther /, /There$/m]) expect(drawn.frame()).toMatch(wanted);
    await drawn.press(keys.escape);
    expect(drawn.frame()).not.toContain('"CRM weekly"');
    for (const wanted of [/ ther /, /❯ +There$/m]) expect(drawn.frame()).toMatch(wanted);
  });

  it.each([
    ['its own destination', 'f-1', false],
    ['what is about none', undefined, true],
  ])('asks nothing for %s', async (_, flow, isOther) => {
    const drawn = await draw(state(flow), 80, 16);
    if (isOther) await drawn.press(keys.down);
    await drawn.press(keys.enter);
    expect(drawn.frame()).not.toContain('stays as it is');
    expect(drawn.isChosen(isOther ? other : here)).toBe(true);
  });

  it('is asked about where it is spoken', async () => {
    const at = state('f-1');
    const pick = {
      ...page,
      kind: 'choice' as const,
      options: () => [
        { value: here, label: 'Here' },
        { value: other, label: 'There' },
      ],
    };
    const { dialogue, said } = scripted(['2', 'n', '2', 'y'], { state: at });
    expect(await choose(dialogue, pick)).toEqual({ kind: 'outcome', outcome: { type: 'listed' } });
    expect(said.filter((one) => one.includes('a new dataflow is made'))).toHaveLength(2);
  });
});
