import { describe, expect, it } from 'vitest';
import { joinedPlan } from '../../source/activation/change/changes.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { attributeProblems, columnNames, columnsOfDraft, namesColumns } from '../../source/wizard/columns.ts';
import type { ChosenDestination } from '../../source/wizard/draft.ts';
import { fromLive, fromPlan, whatIsLost } from '../../source/wizard/from-plan.ts';
import { applies, isAnswered } from '../../source/wizard/pages.ts';
import { initialState, reduce, type WizardState } from '../../source/wizard/reducer.ts';
import { toPlan } from '../../source/wizard/to-plan.ts';
import { newerPlan } from '../helpers/newer-plan.ts';
import { answered, chosen, nowMs, run } from '../helpers/wizard-events.ts';

const card: ChosenDestination = {
  connectionSpecId: newerPlan.destination.connectionSpecId,
  name: 'Amazon S3',
  auth: [],
  modes: [],
};
const plan: Plan = { ...newerPlan, flow: '00000000-0000-4000-8000-000000000009' };
const given = { isPlatformGiven: true, asksSecret: false };

const at = (page: WizardState['page'], attributes: Partial<Plan['attributes']> = {}): WizardState => {
  const draft = fromLive({ ...plan, attributes: { ...plan.attributes, ...attributes } }, card);
  return { ...initialState(nowMs, 'emulator', { draft }), page };
};
const said = ({ draft }: WizardState): Plan['attributes'] => toPlan(draft).attributes;

describe('a plan with named columns', () => {
  it('is said again as it was', () => {
    for (const draft of [fromPlan(plan, card), fromLive(plan, card)])
      expect(toPlan(draft).attributes).toEqual(plan.attributes);
    expect(whatIsLost(plan)).toBeUndefined();
  });

  it.each<[Plan['attributes']['selected'], 'sourceTwice' | undefined]>([
    [['a', { path: 'a', column: 'B' }], 'sourceTwice'],
    [
      [
        { path: 'a', column: 'A' },
        { path: 'a', column: 'B' },
      ],
      'sourceTwice',
    ],
    [
      ['segmentMembership.seg_namespace.seg_id.status', { path: 'segmentMembership.status', column: 'B' }],
      undefined,
    ],
    [['a[0]', 'a[1]', { path: 'b', column: 'a' }], undefined],
  ])('of %j is not opened where one attribute is in several columns: one would be lost', (selected, lost) => {
    const twice = { ...plan, attributes: { selected, mandatory: [], deduplication: [] } };
    expect(whatIsLost(twice)).toBe(lost);
  });

  it('keeps a name that need not be said, and a mandatory name that is no column', () => {
    const attributes: Plan['attributes'] = {
      selected: ['a', { path: 'b', column: 'b' }, { path: 'c' }],
      mandatory: ['elsewhere'],
      deduplication: [{ fieldType: 'ATTRIBUTE', attributePath: 'a' }],
    };
    const state = at('columns', attributes);
    expect(said(state)).toEqual(attributes);
    expect(attributeProblems(state.draft).map(({ id, path }) => `${path} ${id}`)).toEqual([
      '$.attributes.mandatory[0] attributes.mandatoryNotSelected',
    ]);
  });

  it.each([
    [['identityMap.Email'], ['Email'], ['identityMap.Email']],
    [['identityMap.Email', 'Email'], ['Email'], ['Email']],
    [['personalEmail.address'], ['Email'], ['Email']],
  ])('of %j, knows %j as %j', (selected, mandatory, wanted) => {
    const attributes = { selected, mandatory, deduplication: [] };
    expect(fromPlan({ ...plan, attributes }, card).mandatory).toEqual(wanted);
  });

  it('says what others made of the dataflow in the names of a plan', () => {
    const live = { ...plan, attributes: { ...plan.attributes, selected: [{ path: 'x', column: 'X' }] } };
    expect(joinedPlan(live, plan).attributes.selected).toEqual([
      { path: 'x', column: 'X' },
      ...plan.attributes.selected.with(3, 'segmentMembership.seg_namespace.seg_id.status'),
    ]);
  });
});

describe('the page of the columns', () => {
  it('is a question only where a name is wrong, and a page where somebody wants another', () => {
    const { draft } = at('attributes');
    expect([namesColumns(draft), applies('columns', draft, given)]).toEqual([true, false]);
    const [one = '', other = ''] = draft.attributes;
    const wrong = { ...draft, columns: { [one]: 'x', [other]: 'x' } };
    expect(applies('columns', wrong, given)).toBe(true);
    const older = { ...wrong, destination: chosen('Adobe Campaign') };
    expect([namesColumns(older), applies('columns', older, given)]).toEqual([false, false]);
    const value = draft.attributes;
    const next = (answer: object) =>
      reduce(at('attributes'), { type: 'answered', answer: { of: 'attributes', value, ...answer } }).page;
    expect(next({})).toBe('schedule');
    expect(next({ isNaming: true })).toBe('columns');
    expect(reduce({ ...at('attributes'), draft: wrong }, { type: 'continued' }).page).toBe('columns');
    expect(reduce(at('columns'), { type: 'continued' }).page).toBe('schedule');
    expect(reduce(at('columns'), { type: 'wentBack' }).page).toBe('attributes');
  });

  it.each<[string, Partial<Plan['attributes']>]>([
    [
      'two columns of one name',
      {
        selected: [
          { path: 'a', column: 'x' },
          { path: 'b', column: 'x' },
        ],
      },
    ],
    ['a name with a dot', { selected: [{ path: 'a', column: 'x.y' }] }],
    ['two identities', { selected: ['identityMap.Email', 'identityMap.ECID'] }],
    [
      'a key that is no column',
      {
        selected: ['a', 'identityMap.Email'],
        mandatory: [],
        deduplication: [{ fieldType: 'ATTRIBUTE', attributePath: 'b' }],
      },
    ],
  ])('is not answered with %s', (_, attributes) => {
    const sound = { selected: ['a'], mandatory: [], deduplication: [] };
    expect(isAnswered('columns', at('columns', sound).draft)).toBe(true);
    expect(isAnswered('columns', at('columns', { ...sound, ...attributes }).draft)).toBe(false);
  });

  it('changes names and their order, and nothing else', () => {
    const state = run(
      at('columns'),
      { type: 'kept', answer: { of: 'columns', value: { kind: 'renamed', at: 1, name: 'MAIL' } } },
      { type: 'kept', answer: { of: 'columns', value: { kind: 'moved', at: 1, to: 0 } } },
    );
    const [first, , ...others] = plan.attributes.selected;
    expect(said(state)).toEqual({
      ...plan.attributes,
      selected: [{ path: 'personalEmail.address', column: 'MAIL' }, first, ...others],
    });
    expect(columnNames(state.draft)).toEqual(['MAIL', 'FIRST', 'Email', 'segmentMembership_status']);
  });

  it('takes what is said of a column out with it', () => {
    const state = run(at('columns'), {
      type: 'kept',
      answer: { of: 'columns', value: { kind: 'removed', at: 2 } },
    });
    expect(said(state)).toMatchObject({ mandatory: [], deduplication: [] });
    const left = run(state, { type: 'kept', answer: { of: 'attributes', value: ['personalEmail.address'] } });
    expect(left.draft.columns).toEqual({});
  });

  it('gets an identity in the place of the one that is there, and an array behind the others', () => {
    const opened = reduce(at('columns'), { type: 'opened', editor: 'identityColumn', scope: [] });
    expect(opened.page).toBe('identityColumn');
    expect(reduce(opened, { type: 'wentBack' }).page).toBe('columns');
    const state = run(opened, answered({ of: 'identityColumn', value: 'identityMap.Phone_E.164' }));
    expect([state.page, state.scope]).toEqual(['columns', ['identityMap.Phone_E.164']]);
    expect(columnsOfDraft(state.draft)[2]).toEqual({
      path: 'identityMap.Phone_E.164',
      column: 'Phone_E_164',
    });
    const longer = run(
      state,
      { type: 'opened', editor: 'arrayColumn', scope: [] },
      answered({ of: 'arrayColumn', value: "array_to_string('_', organizations)" }),
    );
    expect(longer.page).toBe('columns');
    expect(said(longer).selected.at(-1)).toBe("array_to_string('_', organizations)");
  });

  it('leaves nothing to a card that does not take it', () => {
    const { draft } = run(
      at('columns', {
        selected: ['a', { path: 'b', column: 'B' }, 'identityMap.Email', 'c[0]', "size_of('c')"],
      }),
      answered({ of: 'destination', value: chosen('Adobe Campaign') }),
    );
    expect(draft.attributes).toEqual(['a', 'b']);
    expect(toPlan({ ...draft, opened: undefined, live: undefined }).attributes).toEqual({
      selected: ['a', 'b'],
      mandatory: [],
      deduplication: [],
    });
  });
});
