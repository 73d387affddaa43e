import { describe, expect, it } from 'vitest';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { pick } from '../../source/dialogue/kinds/choose.ts';
import { nameColumns } from '../../source/dialogue/own/name-columns.ts';
import { arrayColumn, identityColumn } from '../../source/pages/content/columns.ts';
import type { PickPage } from '../../source/pages/page.ts';
import { fromLive } from '../../source/wizard/from-plan.ts';
import { initialState, reduce, type WizardState } from '../../source/wizard/reducer.ts';
import { toPlan } from '../../source/wizard/to-plan.ts';
import { scripted } from '../helpers/dialogue.ts';
import { newerPlan } from '../helpers/newer-plan.ts';
import { nowMs } from '../helpers/wizard-events.ts';

function stateWith(attributes: Partial<Plan['attributes']> = {}): WizardState {
  const live = { ...newerPlan, attributes: { ...newerPlan.attributes, ...attributes } };
  const { connectionSpecId } = newerPlan.destination;
  const draft = fromLive(live, { connectionSpecId, name: 'Amazon S3', auth: [], modes: [] });
  return { ...initialState(nowMs, 'emulator', { draft }), page: 'columns' };
}

/** What comes of these answers: how the page went, what was said, and the columns as a plan has them. */
async function talk(answers: readonly string[], attributes?: Partial<Plan['attributes']>) {
  let state = stateWith(attributes);
  const { dialogue, said, left } = scripted(answers, { state });
  const turn = await nameColumns({
    ...dialogue,
    note: (event) => {
      state = reduce(state, event);
      return state;
    },
  });
  expect(left()).toBe(0);
  return { turn, said: said.join('\n'), attributes: toPlan(state.draft).attributes };
}
const goesOn = { kind: 'outcome', outcome: { type: 'continued' } };

describe('the columns in plain lines', () => {
  it('are said with their numbers, what they are made from and a value', async () => {
    const { turn, said } = await talk(['']);
    expect(turn).toEqual(goesOn);
    expect(said).toContain('  1. FIRST, person.name.firstName, For example: Ann');
    expect(said).toContain('  3. Email, identity Email, For example: ann@example.com, must, key');
  });

  it('are renamed by their number, and keep their name where another has it', async () => {
    const { attributes, said } = await talk(['1', 'Email', '1', 'GIVEN', '2', '', '']);
    expect(said).toContain('Column 3 is already called "Email".');
    expect(attributes.selected.slice(0, 2)).toEqual([
      { path: 'person.name.firstName', column: 'GIVEN' },
      'personalEmail.address',
    ]);
  });

  it('are moved, taken out, and marked', async () => {
    const { attributes, said } = await talk([':o 2 1', ':k 1', ':k 3', ':k 1', ':m 1', ':x 2', ':o 9 1', '']);
    expect(said).toContain('never both');
    expect(said).toContain('The list above has no 9.');
    expect(attributes).toMatchObject({
      selected: ['personalEmail.address', 'identityMap.Email', expect.anything()],
      mandatory: ['Email', 'personalEmail.address'],
      deduplication: [{ fieldType: 'ATTRIBUTE', attributePath: 'personalEmail.address' }],
    });
  });

  it('take an array in another form, and go on only where nothing is wrong', async () => {
    const { turn, said, attributes } = await talk(['', ':s 1', '2', 'y', ''], {
      selected: [
        { path: "array_to_string('_', tags)", column: 'x' },
        { path: 'b', column: 'x' },
      ],
      mandatory: [],
      deduplication: [],
    });
    expect(turn).toEqual(goesOn);
    expect(said).toContain('Column 1 is already called "x".');
    expect(said).toContain('tags, joined by ", "');
    expect(attributes.selected[0]).toEqual({ path: "array_to_string(', ', tags)", column: 'x' });
  });

  it.each([
    [':i', 'identityColumn'],
    [':a', 'arrayColumn'],
  ])('lead with %s to what else becomes one', async (said, editor) => {
    expect((await talk([said])).turn).toMatchObject({ outcome: { type: 'opened', editor } });
  });

  const schema = { properties: { tags: { type: 'array', items: { type: 'string' } } } };

  it.each<[PickPage, unknown, string, object]>([
    [
      identityColumn,
      [
        { code: 'ECID', name: 'ECID' },
        { code: 'Phone_E.164', name: 'Phone' },
      ],
      '2',
      { of: 'identityColumn', value: 'identityMap.Phone_E.164' },
    ],
    [arrayColumn, schema, '1', { of: 'arrayColumn', value: "array_to_string('_', tags)" }],
    [arrayColumn, schema, 'tags[0]', { of: 'arrayColumn', value: 'tags[0]' }],
  ])('are chosen from what the platform has (%#)', async (page, needed, said, answer) => {
    const { dialogue } = scripted([said], { state: stateWith() });
    const turn = await pick({ ...dialogue, fetch: () => Promise.resolve(needed) }, page);
    expect(turn).toEqual({ kind: 'outcome', outcome: { type: 'answered', answer } });
  });
});
