import { describe, expect, it } from 'vitest';
import { ColumnsScreen, keysOf } from '../../../source/screens/own/columns-table.tsx';
import type { Columns } from '../../../source/screens/own/use-columns.ts';
import { columnsOfDraft } from '../../../source/wizard/columns.ts';
import { fromLive } from '../../../source/wizard/from-plan.ts';
import { initialState, type WizardState } from '../../../source/wizard/reducer.ts';
import { toPlan } from '../../../source/wizard/to-plan.ts';
import type { Plan } from '../../../source/activation/plan/plan.ts';
import { keys, renderInk } from '../../helpers/ink.tsx';
import { newerPlan } from '../../helpers/newer-plan.ts';
import { AlonePage } from '../../helpers/page.tsx';
import { nowMs } from '../../helpers/wizard-events.ts';

/** The page of the columns of a live dataflow. */
async function drawn(attributes: Partial<Plan['attributes']> = {}, [width, height] = [80, 16]) {
  const live = { ...newerPlan, attributes: { ...newerPlan.attributes, ...attributes } };
  const { connectionSpecId } = newerPlan.destination;
  const draft = fromLive(live, { connectionSpecId, name: 'Amazon S3', auth: [], modes: [] });
  const begun: WizardState = { ...initialState(nowMs, 'emulator', { draft }), page: 'columns' };
  let state = begun;
  const ink = await renderInk(
    <AlonePage
      state={begun}
      page={ColumnsScreen}
      {...{ width, height }}
      onState={(after) => {
        state = after;
      }}
    />,
    { columns: width, rows: height + 8 },
  );
  return {
    ...ink,
    state: () => state,
    names: () => columnsOfDraft(state.draft).map(({ column }) => column),
  };
}

describe('the keys of a row', () => {
  const row = {
    path: 'a',
    column: 'A',
    source: 'a',
    example: '',
    isMust: false,
    isKey: false,
    isOfList: false,
  };
  const other = { ...row, path: 'b', column: 'B' };
  const keysAt = (columns: Partial<Columns>): string =>
    keysOf({ rows: [row, other], here: row, written: undefined, wrong: undefined, ...columns }).join(' ');

  it('are those that do something there', () => {
    expect(keysAt({})).toBe('rename must key identity array takeOut order back help');
    expect(keysAt({ here: { ...row, isOfList: true } })).toMatch(/^rename reshape must/);
    // The last column stays, and has nothing to change places with.
    expect(keysAt({ rows: [row] })).toBe('rename must key identity array back help');
    expect(keysAt({ here: undefined })).toBe('continue moveToChange identity array back help');
    expect(keysAt({ here: undefined, rows: [{ ...row, problem: 'twice' }] })).not.toContain('continue');
    expect(keysAt({ written: 'A' })).toBe('keepName back help');
    expect(keysAt({ written: 'B', wrong: 'B is there already' })).toBe('back help');
  });
});

describe('the page of the columns', () => {
  it('shows each with its source, its signs and a value, and begins at the row that goes on', async () => {
    const { frame, press, state } = await drawn();
    expect(frame()).toMatch(/^ {4}column +attribute +must +key +for example$/m);
    expect(frame()).toMatch(/^ {4}FIRST +person\.name\.firstName +Ann$/m);
    expect(frame()).toMatch(/^ {4}Email +identity Email +● +◆ +ann@example\.com$/m);
    expect(frame()).toMatch(/^❯ → Continue$/m);
    await press(keys.enter);
    expect(state().page).toBe('schedule');
  });

  it('is written in where a name stands, and refuses what another is called and what has a dot', async () => {
    const { frame, press, names, state } = await drawn();
    await press(keys.home, keys.enter, keys.ctrl('u'), 'Email');
    expect(frame()).toMatch(/^❯ {3}Email$/m);
    expect(frame()).toContain('▲ Column 3 is already called "Email".');
    await press(keys.enter);
    expect(names()[0]).toBe('FIRST');
    await press('.x');
    expect(frame()).toContain('▲ The column name "Email.x" has a dot');
    await press(keys.ctrl('u'), 'E_MAIL', keys.enter);
    expect(names()[0]).toBe('E_MAIL');
    // What is given up leaves the name as it was.
    await press(keys.enter, 'x', keys.escape);
    expect([names()[0], state().page]).toEqual(['E_MAIL', 'columns']);
    // No name is the usual one.
    await press(keys.enter, keys.ctrl('u'), keys.enter);
    expect(names()[0]).toBe('person_name_firstName');
  });

  it('takes a column along, also when keys come in one piece', async () => {
    const { frame, press, names } = await drawn();
    await press(keys.home, keys.shiftDown + keys.shiftDown);
    expect(names()).toEqual(['personalEmail_address', 'Email', 'FIRST', 'segmentMembership_status']);
    expect(frame()).toMatch(/^❯ {3}FIRST/m);
    await press(keys.shiftUp + keys.down + 'x');
    expect(names()).toEqual(['personalEmail_address', 'FIRST', 'segmentMembership_status']);
  });

  it('marks what must be there and what is a key, and says why one cannot be', async () => {
    const { frame, press, state } = await drawn();
    await press(keys.home, 'mk');
    expect(state().draft.mandatory).toEqual(['identityMap.Email', 'person.name.firstName']);
    expect(state().draft.deduplication).toEqual(['identityMap.Email']);
    expect(frame()).toContain('never both');
    await press(keys.down, keys.down, 'k', keys.home, 'k');
    expect(toPlan(state().draft).attributes.deduplication).toEqual([
      { fieldType: 'ATTRIBUTE', attributePath: 'person.name.firstName' },
    ]);
  });

  it('takes an array in one way after the other, with what comes of it', async () => {
    const { frame, press, state } = await drawn({
      selected: ["array_to_string('_', a.tags)"],
      mandatory: [],
      deduplication: [],
    });
    await press(keys.home);
    expect(frame()).toMatch(/For example: tags 1_tags 2$/m);
    await press(keys.right, 'm');
    expect(frame()).toMatch(/a\.tags, joined by ", " …$/m);
    expect(frame()).toContain('is computed');
    await press(keys.right.repeat(4));
    expect(frame()).toMatch(/^❯ {3}a_tags0 +a\.tags\[0\] +tags 1$/m);
    await press(keys.left);
    expect(state().draft.attributes).toEqual(["array_to_string(' ', a.tags)"]);
  });

  it('begins at what is wrong, says it, and goes on only without', async () => {
    const { frame, press, state } = await drawn({
      selected: ['identityMap.Email', { path: 'a', column: 'x' }, { path: 'b', column: 'x' }],
    });
    expect(frame()).toMatch(/^❯ ✗ x +b/m);
    expect(frame()).toContain('▲ Column 2 is already called "x".');
    await press(keys.end, keys.enter);
    expect([state().page, frame().includes('is already called "x"')]).toEqual(['columns', true]);
    await press(keys.up, keys.enter, '2', keys.enter, keys.down, keys.enter);
    expect(state().page).toBe('schedule');
  });

  it.each([
    ['i', 'identityColumn'],
    ['a', 'arrayColumn'],
  ])('opens with %s what else becomes a column', async (letter, page) => {
    const { press, state } = await drawn();
    await press(letter);
    expect(state().page).toBe(page);
  });
});

it('tells on a narrow page the whole name of the column under the cursor, and says where it tells not all', async () => {
  const name = 'the_name_of_this_column_has_45_signs_in_a_row';
  const path = 'person.name.firstName';
  const selected = [
    { path, column: name },
    ...Array.from({ length: 9 }, (_, at) => ({ path: `a.b${at}`, column: `column_number_${at}` })),
  ];
  const { frame, press } = await drawn({ selected }, [40, 10]);
  expect(frame()).toMatch(/│ .* …$/m);
  await press(keys.home);
  const told = frame().replaceAll(/\n {2}│ /g, '');
  expect(told).toContain(`${name}, from`);
});
