import { describe, expect, it } from 'vitest';
import type { Activation, Known, Members } from '../../source/activation/activation.ts';
import { ofFlow } from '../../source/activation/of-flow.ts';
import { targetPatchOf } from '../../source/activation/change/target-patch.ts';
import type { PatchOperation } from '../../source/flow-service/flows.ts';

const storing = (location: Known<Members>, account: Known<string> = { kind: 'unknown' }): Activation => ({
  ...ofFlow({ transformations: [] }),
  location,
  account,
});
const params = (value: Members): Known<Members> => ({ kind: 'known', value });
const account = (value: string): Known<string> => ({ kind: 'known', value });

describe('the patch of a storage location', () => {
  it.each<[string, Members, Members, PatchOperation[]]>([
    ['what is the same', { path: 'a', n: 1 }, { n: 1, path: 'a' }, []],
    [
      'another value, one that comes and one that goes, in that order',
      { gone: 1, path: 'a' },
      { come: 2, path: 'b' },
      [
        { op: 'replace', path: '/params/path', value: 'b' },
        { op: 'remove', path: '/params/gone' },
        { op: 'add', path: '/params/come', value: 2 },
      ],
    ],
    [
      'a member of a member alone',
      { csv: { quote: '"', null: '' } },
      { csv: { quote: "'", null: '' } },
      [{ op: 'replace', path: '/params/csv/quote', value: "'" }],
    ],
    [
      'an object where there was none',
      { csv: 'x' },
      { csv: { quote: "'" } },
      [{ op: 'replace', path: '/params/csv', value: { quote: "'" } }],
    ],
    // A server writes an absent member as null too.
    ['null where nothing is wanted', { path: null }, {}, []],
    [
      'a value where null is',
      { path: null },
      { path: 'a' },
      [{ op: 'replace', path: '/params/path', value: 'a' }],
    ],
    [
      'a member that is wanted to be nothing',
      { path: 'a' },
      { path: undefined },
      [{ op: 'remove', path: '/params/path' }],
    ],
    ['a name of the language', {}, { toString: 'a' }, [{ op: 'add', path: '/params/toString', value: 'a' }]],
    ['a number that was a text', { n: '1' }, { n: 1 }, [{ op: 'replace', path: '/params/n', value: 1 }]],
  ])('of %s', (_, found, wanted, operations) => {
    expect(targetPatchOf(storing(params(wanted)), storing(params(found)))).toEqual(operations);
  });

  it.each<[string, Known<string>, Known<string>, PatchOperation[]]>([
    [
      'another account',
      account('A'),
      account('B'),
      [{ op: 'replace', path: '/baseConnectionId', value: 'B' }],
    ],
    ['the same in other letters', account('a1'), account('A1'), []],
    ['one that nobody could read', { kind: 'unread' }, account('B'), []],
    ['none that is wanted', account('A'), { kind: 'unknown' }, []],
  ])('of %s', (_, found, wanted, operations) => {
    expect(targetPatchOf(storing(params({}), wanted), storing(params({}), found))).toEqual(operations);
  });

  it('says nothing of params that were not read', () => {
    expect(targetPatchOf(storing(params({ path: 'a' })), storing({ kind: 'unread' }))).toEqual([]);
  });

  it('reaches no prototype', () => {
    expect(() =>
      targetPatchOf(storing(params(JSON.parse('{"__proto__":1}') as Members)), storing(params({}))),
    ).toThrow(RangeError);
  });
});
