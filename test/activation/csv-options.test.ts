import fc from 'fast-check';
import { applyPatch, type Operation } from 'rfc6902';
import { describe, expect, it } from 'vitest';
import { ofFlow } from '../../source/activation/of-flow.ts';
import { ofPlanOver } from '../../source/activation/of-plan.ts';
import { difference } from '../../source/activation/difference.ts';
import { aim } from '../../source/activation/change/aim.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { compare } from '../../source/activation/report.ts';
import { targetPatchOf } from '../../source/activation/change/target-patch.ts';
import { newerPlan } from '../helpers/newer-plan.ts';
import { runs } from '../helpers/soak.ts';

const usual = { delimiter: ',', quote: '"', escape: '\\', nullValue: 'null', emptyValue: '' };
const { connectionSpecId, location } = newerPlan.destination;
const without = (held: object, left: string): object =>
  Object.fromEntries(Object.entries(held).filter(([name]) => name !== left));
const others = without(location, 'csvOptions');

/** A plan for CSV that says this of how it is written. */
const planOf = (csvOptions?: object, flow?: string): Plan => {
  return {
    ...newerPlan,
    ...(flow === undefined ? {} : { flow }),
    destination: {
      ...newerPlan.destination,
      location: { ...others, fileType: 'CSV', ...(csvOptions ? { csvOptions } : {}) },
    },
  };
};
const targetOf = (params: object) => ({
  id: 'T',
  connectionSpec: { id: connectionSpecId },
  params: { ...params },
});
const nothing = { transformations: [], raw: { transformations: [] } };
const heldOf = (csvOptions?: unknown) => {
  return { ...others, fileType: 'CSV', ...(csvOptions === undefined ? {} : { csvOptions }) };
};

describe('how CSV is written', () => {
  const four = without(usual, 'quote');
  it.each<[string, Plan, unknown, string[]]>([
    ['nothing came back of what was sent', planOf(), undefined, ['missing']],
    ['nothing came back of what a plan says', planOf({ delimiter: ';' }, 'F'), undefined, ['missing']],
    ['it came back empty', planOf(), {}, Array.from({ length: 5 }, () => 'missing')],
    ['one of it did not come back', planOf(), four, ['missing']],
    ['it came back as null', planOf(), null, ['missing']],
    ['all came back', planOf(), usual, []],
    ['neither says it', planOf(undefined, 'F'), undefined, []],
    ['neither says one of it', planOf({ delimiter: ',' }, 'F'), { delimiter: ',' }, []],
    ['it is another one', planOf({ delimiter: ';' }, 'F'), usual, ['different']],
  ])('is told where %s', (_name, plan, csvOptions, wanted) => {
    const { rows } = compare(plan, nothing, {}, { target: targetOf(heldOf(csvOptions)) });
    const open = rows.filter(({ subject, mark }) => subject.includes('csvOptions') && mark !== 'same');
    expect(open.map(({ mark }) => mark)).toEqual(wanted);
    if (wanted[0] === 'missing') expect(open[0]?.returned).toBeUndefined();
  });

  it('is sent whole where there is none of it', () => {
    const target = targetOf(heldOf());
    const found = ofFlow(nothing, { target }, true);
    const aimed = aim(ofPlanOver(planOf({ delimiter: ';' }, 'F'), found), found, 'keep');
    expect(targetPatchOf(aimed, found)).toEqual([
      { op: 'add', path: '/params/csvOptions', value: { ...usual, delimiter: ';' } },
    ]);
  });

  it('is patched so that a server takes it, whatever of it is there', () => {
    const some = fc.record(
      {
        delimiter: fc.constantFrom(',', ';', '|'),
        quote: fc.constantFrom('"', ''),
        escape: fc.constantFrom('\\', "'"),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.option(some, { nil: undefined }), some, (held, said) => {
        const target = targetOf(heldOf(held));
        const found = ofFlow(nothing, { target }, true);
        const wanted = ofPlanOver(planOf(said, 'F'), found);
        const after = structuredClone(target);
        const errors = applyPatch(
          after,
          structuredClone(targetPatchOf(aim(wanted, found, 'keep'), found)) as Operation[],
        );
        expect(errors.filter((one) => one !== null)).toEqual([]);
        const now = ofFlow(nothing, { target: after }, true);
        const left = difference(wanted, now).filter(
          ({ part, kind }) => part === 'location' && kind !== 'same',
        );
        expect(left.filter(({ kind }) => kind !== 'extra')).toEqual([]);
      }),
      { numRuns: runs(200) },
    );
  });
});
