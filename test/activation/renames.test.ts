import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ofPlan } from '../../source/activation/of-plan.ts';
import { planChange } from '../../source/activation/change/changes.ts';
import { difference } from '../../source/activation/difference.ts';
import { ofLine } from '../../source/activation/content/mapping-set.ts';
import type { Plan, Selected } from '../../source/activation/plan/plan.ts';
import { planDifferences } from '../../source/activation/plan-differences.ts';
import { withRenames } from '../../source/activation/renames.ts';
import { inWords } from '../../source/pages/ending/change-text.ts';
import { sentText } from '../../source/pages/ending/flow-change.ts';
import { english as text } from '../../source/locale/catalogs.ts';
import { newerPlan } from '../helpers/newer-plan.ts';
import { tutorialPlan } from '../helpers/plans.ts';

const { attributes } = newerPlan;
const withColumns = (selected: readonly Selected[], others: Partial<Plan['attributes']> = {}): Plan => ({
  ...newerPlan,
  attributes: { ...attributes, selected: [...selected], ...others },
});
const email = 'personalEmail.address';
const work = 'workEmail.address';
const [first, , identity, status] = attributes.selected;
if (first === undefined || identity === undefined || status === undefined)
  throw new Error('four columns are needed');
const keyed = (attributePath: string): Partial<Plan['attributes']> => ({
  mandatory: [attributePath],
  deduplication: [{ fieldType: 'ATTRIBUTE', attributePath }],
});

describe('a column that is called otherwise, or comes from elsewhere', () => {
  it.each<[string, Plan, Plan, string[]]>([
    [
      'a name of its own',
      newerPlan,
      withColumns([first, { path: email, column: 'MAIL' }, identity, status]),
      [`~ column name of "${email}": personalEmail_address → MAIL`],
    ],
    [
      'another name',
      newerPlan,
      withColumns([{ path: 'person.name.firstName', column: 'GIVEN' }, email, identity, status]),
      ['~ column name of "person.name.firstName": FIRST → GIVEN'],
    ],
    [
      'another source under its name',
      newerPlan,
      withColumns([{ path: 'person.name.lastName', column: 'FIRST' }, email, identity, status]),
      ['~ column source of "FIRST": person.name.firstName → person.name.lastName'],
    ],
    [
      'another source, and what is mandatory and a key with it',
      withColumns([first, { path: email, column: 'MAIL' }], keyed(email)),
      withColumns([first, { path: work, column: 'MAIL' }], keyed(work)),
      [
        `~ column source of "MAIL": ${email} → ${work}`,
        `~ mandatory attribute: ${email} → ${work}`,
        `~ deduplication key: ${email} → ${work}`,
      ],
    ],
    [
      'another name while it stays mandatory and a key',
      withColumns([first, email], keyed(email)),
      withColumns([first, { path: email, column: 'MAIL' }], keyed(email)),
      [`~ column name of "${email}": personalEmail_address → MAIL`],
    ],
    [
      'another name and another place',
      newerPlan,
      withColumns([first, identity, status, { path: email, column: 'MAIL' }]),
      [
        `~ column name of "${email}": personalEmail_address → MAIL`,
        `~ attribute, new order: person.name.firstName → FIRST, identityMap.Email, segmentMembership.seg_namespace.seg_id.status, ${email} → MAIL`,
      ],
    ],
    [
      'two that change their names',
      withColumns([
        { path: email, column: 'A' },
        { path: work, column: 'B' },
      ]),
      withColumns([
        { path: email, column: 'B' },
        { path: work, column: 'A' },
      ]),
      [`~ column name of "${email}": A → B`, `~ column name of "${work}": B → A`],
    ],
    [
      'nothing of the other: one goes and one comes',
      newerPlan,
      withColumns([first, work, identity, status]),
      [`- attribute: ${email}`, `+ attribute: ${work}`],
    ],
    [
      'a column of an older card: one goes and one comes',
      tutorialPlan,
      {
        ...tutorialPlan,
        attributes: {
          ...tutorialPlan.attributes,
          selected: [...tutorialPlan.attributes.selected.slice(0, -1), work],
        },
      },
      [`- attribute: ${tutorialPlan.attributes.selected.at(-1)}`, `+ attribute: ${work}`],
    ],
  ])('is a line for %s', (_, before, after, wanted) => {
    expect(planDifferences(before, after).map((one) => inWords(one, text))).toEqual(wanted);
    const flow = 'cccccccc-0000-4000-8000-00000000000c';
    const change = planChange({ ...before, flow }, { ...after, flow }).differences;
    expect(change.map((one) => inWords(one, text)).toSorted()).toEqual(wanted.toSorted());
  });

  it('is told as another one where the set writes the same in another way, and never as itself', () => {
    const wanted = ofPlan(withColumns(['identityMap.Phone_E.164']));
    const found = {
      ...wanted,
      columns: {
        ...wanted.columns,
        // The dot of a namespace is escaped in a source. @see cards.md, section 5.2
        items: wanted.columns.items.map(({ at }) => ({
          ...ofLine({
            sourceType: 'text/x.schema-path',
            source: 'identityMap.Phone_E.164',
            destination: 'Phone_E_164',
          }),
          at,
        })),
      },
    };
    const told = withRenames(difference(wanted, found), wanted, found).filter(
      ({ part }) => part === 'column',
    );
    expect(told.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
      'missing identityMap.Phone_E.164',
      'extra ATTRIBUTE identityMap.Phone_E.164 → Phone_E_164',
    ]);
  });

  it('is counted as changed', () => {
    const { differences } = planChange(
      newerPlan,
      withColumns([first, { path: email, column: 'MAIL' }, identity, status]),
    );
    expect(sentText(differences, text)).toBe('changes 1 dataflow: 1 column changed');
    expect(differences).toEqual([
      {
        path: `$.attributes.selected[${email}].column`,
        kind: 'changed',
        before: 'personalEmail_address',
        after: 'MAIL',
      },
    ]);
  });

  it('is one line for each, however many are renamed and whatever comes and goes beside them', () => {
    const paths = ['a.a', 'b.b', 'c.c', 'd.d', 'e.e', 'f.f'];
    const side = fc.shuffledSubarray(paths, { minLength: 1 });
    const names = fc.uniqueArray(fc.stringMatching(/^[A-Z]{3}$/), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(side, side, names, (some, others, given) => {
        const [before, after] = [some, others].map((list, at) =>
          withColumns(list.map((path) => ({ path, column: given[paths.indexOf(path) + at * 6] ?? '' }))),
        );
        if (!before || !after) return;
        const [wanted, found] = [ofPlan(after), ofPlan(before)];
        const kinds = Map.groupBy(
          withRenames(difference(wanted, found), wanted, found).filter(({ part }) => part === 'column'),
          ({ kind }) => kind,
        );
        const count = (kind: 'changed' | 'extra' | 'missing' | 'reordered'): number =>
          kinds.get(kind)?.length ?? 0;
        const both = some.filter((path) => others.includes(path));
        expect(count('changed')).toBe(both.length);
        expect(count('extra')).toBe(some.length - both.length);
        expect(count('missing')).toBe(others.length - both.length);
        expect(count('reordered')).toBe(
          both.join() === others.filter((path) => some.includes(path)).join() ? 0 : 1,
        );
      }),
    );
  });
});
