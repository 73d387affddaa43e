import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ofFlow } from '../../source/activation/of-flow.ts';
import { ofPlan } from '../../source/activation/of-plan.ts';
import { type Change, changesOf, planChange } from '../../source/activation/change/changes.ts';
import { aim } from '../../source/activation/change/aim.ts';
import type { DifferenceEvent } from '../../source/apply/events.ts';
import { english } from '../../source/locale/catalogs.ts';
import { en } from '../../source/locale/en.ts';
import { textsOf } from '../../source/locale/texts.ts';
import { changeLines, inWords, isOfAccount, valueIn, whatOf } from '../../source/pages/ending/change-text.ts';
import { flowOf, read, twoPlans } from '../helpers/flows.ts';
import { soundPlan } from '../helpers/plans.ts';
import { meeting } from '../helpers/some.ts';

const change = (differences: readonly Change[]): DifferenceEvent => ({
  kind: 'difference',
  flowId: 'F',
  name: 'a',
  differences,
  schedules: [],
  requests: [],
  alsoReaches: [],
  exporting: [],
  isEmptying: false,
});

/** What is told of each of them, beside the first line. */
function toldOf(differences: readonly Change[]): readonly string[] {
  const [, ...lines] = changeLines(change(differences), english, { nowMs: 0, zone: 'UTC' });
  return lines;
}

/** Blanks of any kind, and those that are shown, as one kind. */
const plain = (said: string): string => said.replaceAll(/[\s␠]/g, ' ');

describe('a verdict that something differs', () => {
  it('is a list with a line for each, whose two sides do not look alike', () => {
    fc.assert(
      fc.property(twoPlans, ([before, after]) => {
        const { differences } = planChange(before, after);
        const told = toldOf(differences);
        const own = differences.filter((one) => !isOfAccount(one));
        for (const one of own) {
          expect(told).toContain(`  ${inWords(one, english)}`);
          if (one.kind === 'changed')
            expect(valueIn(one, one.before, english)).not.toBe(valueIn(one, one.after, english));
        }
        expect(told.filter((line) => /^ {2}[~+\-?] /.test(line))).toHaveLength(own.length);
        expect(told.length).toBeGreaterThanOrEqual(differences.length > 0 ? 1 : 0);
      }),
    );
  });

  it('is none for what holds just that, whatever else the platform keeps there', () => {
    const held = soundPlan.chain((plan) => flowOf(plan).map((flow) => [plan, flow] as const));
    fc.assert(
      fc.property(held, ([plan, flow]) => {
        const [wanted, found] = [ofPlan(plan), ofFlow(read(flow))];
        const differences = changesOf(wanted, aim(wanted, found, 'keep'), found);
        expect(toldOf(differences).length > 0).toBe(differences.length > 0);
        // It may lack these lists.
        const isLacking = /\.(?:mandatory|deduplication)$/;
        expect(
          differences.filter(
            ({ kind, path }) => kind !== 'kept' && kind !== 'reordered' && !isLacking.test(path),
          ),
        ).toEqual([]);
      }),
    );
  });

  // living.md 2, D2
  it('has a sign for each kind that needs no colour, and means one thing', () => {
    const at = { path: '$.segments[s]', before: 'a', after: 'b' };
    const kinds = ['removed', 'changed', 'reordered', 'added', 'unread', 'kept', 'unchanged'] as const;
    expect(kinds.map((kind) => inWords({ ...at, kind }, english).slice(0, 2))).toEqual([
      ...['- ', '~ ', '~ ', '+ ', '? ', '= ', '= '],
    ]);
  });

  // living.md 2, D5
  it('names the member that changes, whose it is, and both of its values; never what holds it', () => {
    meeting(['of a segment', 'of a place'], (meet) => {
      fc.assert(
        fc.property(twoPlans, ([before, after]) => {
          for (const one of planChange(before, after).differences.filter(({ kind }) => kind === 'changed')) {
            const line = inWords(one, english);
            const { path, segment } = one;
            expect(path).not.toMatch(
              /^\$\.(?:segments(?:\[[^\]]+\](?:\.schedule)?)?|destination(?:\.location)?)$/,
            );
            expect(line).toContain(`${whatOf(one, english)}: `);
            for (const side of [one.before, one.after])
              expect(plain(line)).toContain(plain(valueIn(one, side, english)));
            // In words, not by its path.
            expect(whatOf(one, english)).not.toMatch(/segments\[|schedule\./);
            if (segment !== undefined) {
              expect(whatOf(one, english)).toContain(`of "${segment}"`);
              meet('of a segment');
            } else meet('of a place');
          }
        }),
      );
    });
  });

  // living.md 2, D18
  it('is one list in every reading: a line in words for each line of JSON, from the same members', () => {
    fc.assert(
      fc.property(twoPlans, ([before, after]) => {
        const { differences } = planChange(before, after);
        const again = JSON.parse(JSON.stringify(differences)) as Change[];
        expect(toldOf(again)).toEqual(toldOf(differences));
        for (const one of again) expect(Object.keys(one)).toEqual(expect.arrayContaining(['path', 'kind']));
      }),
    );
  });

  it.each([
    ['CRM weekly ', 'CRM weekly', 'CRM␠weekly␠ → CRM␠weekly'],
    ['a  b', 'a b', 'a␠␠b → a␠b'],
    ['a b', 'a c', 'a b → a c'],
    ['crm', 'CRM', 'crm → CRM'],
  ])('shows blanks where nothing else differs: %j, %j', (before, after, said) => {
    const one: Change = { kind: 'changed', path: '$.name', before, after };
    expect(inWords(one, english)).toBe(`~ name: ${said}`);
  });

  it('shows them also where the terminal knows ASCII only', () => {
    const one: Change = { kind: 'changed', path: '$.name', before: 'a  b', after: 'a b' };
    expect(inWords(one, textsOf(en, 'en', { isAscii: true }))).toBe('~ name: a__b -> a_b');
  });
});
