import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ColumnEdit,
  edited,
  firstWays,
  nameProblem,
  withColumn,
} from '../../source/activation/content/column-edits.ts';
import { attributesProblems, columnsOf } from '../../source/activation/content/columns.ts';
import { attributeOf, type Selected } from '../../source/activation/plan/plan.ts';

const columns: readonly Selected[] = ['a.b', { path: 'c', column: 'C' }, "array_to_string('_', list)"];

describe('an edit of the columns', () => {
  it.each<[string, ColumnEdit, readonly Selected[]]>([
    [
      'gives a name',
      { kind: 'renamed', at: 0, name: ' first ' },
      columns.with(0, { path: 'a.b', column: 'first' }),
    ],
    [
      'says nothing where the name is the usual one',
      { kind: 'renamed', at: 1, name: 'c' },
      columns.with(1, 'c'),
    ],
    ['gives the usual name back for none', { kind: 'renamed', at: 1, name: ' ' }, columns.with(1, 'c')],
    ['gives no name that another has', { kind: 'renamed', at: 0, name: 'C' }, columns],
    ['gives no name that another has by itself', { kind: 'renamed', at: 1, name: 'list' }, columns],
    ['gives no name with a dot', { kind: 'renamed', at: 0, name: 'a.b' }, columns],
    ['keeps the name that is there', { kind: 'renamed', at: 0, name: 'a_b' }, columns],
    ['moves one', { kind: 'moved', at: 2, to: 0 }, [columns[2] ?? '', columns[0] ?? '', columns[1] ?? '']],
    ['moves nothing off the end', { kind: 'moved', at: 2, to: 3 }, columns],
    ['takes one out', { kind: 'removed', at: 1 }, [columns[0] ?? '', columns[2] ?? '']],
    ['changes none that is not there', { kind: 'removed', at: 3 }, columns],
    [
      'takes an array in the next way',
      { kind: 'reshaped', at: 2, by: 1 },
      columns.with(2, "array_to_string(', ', list)"),
    ],
    ['has no way before the first', { kind: 'reshaped', at: 2, by: -1 }, columns],
    ['takes only arrays in another way', { kind: 'reshaped', at: 1, by: 1 }, columns],
  ])('%s', (_, edit, wanted) => {
    expect(edited(columns, edit)).toEqual(wanted);
  });

  it('keeps the name of an array, and leaves out a way that another column has', () => {
    const all: Selected[] = [{ path: 'list[0]', column: 'first' }, 'list[1]'];
    expect(edited(all, { kind: 'reshaped', at: 0, by: 1 })).toEqual([
      { path: 'list[2]', column: 'first' },
      'list[1]',
    ]);
    expect(edited(all, { kind: 'reshaped', at: 0, by: -1 })).toEqual([
      { path: "array_to_string(' ', list)", column: 'first' },
      'list[1]',
    ]);
  });

  it('tells what is wrong with a name, with its place', () => {
    expect(nameProblem(columns, 0, 'x.y')).toEqual({
      id: 'columns.dot',
      path: '$.attributes.selected[0].column',
      values: { column: 'x.y' },
    });
    expect(nameProblem(columns, 0, 'list')).toEqual({
      id: 'columns.duplicate',
      path: '$.attributes.selected[0].column',
      values: { column: 'list', row: 3 },
    });
    expect(nameProblem(columns, 0, '')).toBeUndefined();
  });
});

describe('one more column', () => {
  it('comes last and once; an identity takes the place of another', () => {
    expect(withColumn(columns, 'd')).toEqual([...columns, 'd']);
    expect(withColumn(columns, 'c')).toBe(columns);
    expect(withColumn(['identityMap.Email', 'd'], 'identityMap.ECID')).toEqual(['identityMap.ECID', 'd']);
  });

  it('of an array is all of it, or its first element', () => {
    expect(firstWays('a.list')).toEqual(["array_to_string('_', a.list)", 'a.list[0]']);
  });
});

describe('columns after any edits', () => {
  const at = fc.nat({ max: 6 });
  const by = fc.constantFrom(-1, 1);
  // Few words, so that they meet.
  const word = fc.constantFrom('a', 'a_b', 'a_b_2', 'b', 'list', 'list0', 'Email', 'a.b', '', ' b ');
  const edit: fc.Arbitrary<ColumnEdit> = fc.oneof(
    fc.record({ kind: fc.constant('renamed' as const), at, name: word }),
    fc.record({ kind: fc.constant('moved' as const), at, to: at }),
    fc.record({ kind: fc.constant('removed' as const), at }),
    fc.record({ kind: fc.constant('reshaped' as const), at, by }) as fc.Arbitrary<ColumnEdit>,
  );
  const path = fc.constantFrom(
    ...['a', 'b', 'a.b', 'a_b', 'list[0]', 'list0', "array_to_string('_', list)"],
    ...['identityMap.Email', 'identityMap.ECID', 'Email'],
  );

  it('have names of their own, without a dot, one identity, and nothing wrong with them', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(edit, path), { maxLength: 30 }), (all) => {
        let selected: readonly Selected[] = ['a.b', 'a_b'];
        for (const one of all) {
          selected = typeof one === 'string' ? withColumn(selected, one) : edited(selected, one);
          const names = columnsOf(selected).map(({ column }) => column);
          expect(new Set(names).size).toBe(names.length);
          expect(names.join(' ')).not.toContain('.');
          const attributes = { selected: [...selected], mandatory: [], deduplication: [] };
          const wrong = attributesProblems(attributes, true).map(({ id }) => id);
          expect(wrong).toEqual(selected.length === 0 ? ['attributes.none'] : []);
        }
      }),
    );
  });

  it('are the same attributes in the same places when one gets a name', () => {
    fc.assert(
      fc.property(fc.uniqueArray(path, { minLength: 1 }), at, word, (paths, place, name) => {
        expect(edited(paths, { kind: 'renamed', at: place, name }).map(attributeOf)).toEqual(paths);
      }),
    );
  });
});
