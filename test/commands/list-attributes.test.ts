import { describe, expect, it } from 'vitest';
import { attributeRows, cellsOf } from '../../source/commands/list.ts';
import { attributeProblems } from '../../source/activation/findings/platform-rules.ts';
import { attributeTree } from '../../source/activation/content/profile-attributes.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { readPlan } from '../../source/activation/plan/read-plan.ts';
import { english } from '../../source/locale/catalogs.ts';
import { newerPlan } from '../helpers/newer-plan.ts';
import { tutorialPlan } from '../helpers/plans.ts';

const schema = {
  properties: {
    name: { type: 'string' },
    tags: { type: 'array', items: { type: 'string' } },
    loyalty: {
      type: 'object',
      properties: { points: { type: 'integer' }, ids: { type: 'array', items: { type: 'number' } } },
    },
    orders: { type: 'array', items: { type: 'object', properties: { at: { type: 'string' } } } },
    old: { type: 'array', 'meta:status': 'deprecated', items: { type: 'string' } },
  },
};
const rows = attributeRows(schema);
const ofArrays = rows.filter(({ array }) => array !== undefined);

describe('the list of attributes', () => {
  it('has what arrays of single values become, after the attributes', () => {
    expect(rows).toEqual([
      { path: 'name' },
      { path: 'loyalty.points' },
      { path: 'segmentMembership.status' },
      { path: "array_to_string('_', tags)", array: 'tags', card: 'newer' },
      { path: 'tags[0]', array: 'tags', card: 'newer' },
      { path: "array_to_string('_', loyalty.ids)", array: 'loyalty.ids', card: 'newer' },
      { path: 'loyalty.ids[0]', array: 'loyalty.ids', card: 'newer' },
    ]);
  });

  it.each(rows.map(({ path }) => String(path)))('%s can stand in a plan for a newer card', (path) => {
    const attributes: Plan['attributes'] = { selected: [path], mandatory: [], deduplication: [] };
    const plan: Plan = { ...newerPlan, attributes };
    expect(readPlan(JSON.stringify(plan))).toMatchObject({ kind: 'plan' });
    expect(attributeProblems(plan, attributeTree(schema))).toEqual([]);
  });

  it.each(ofArrays.map(({ path }) => String(path)))('%s is refused in one for an older card', (path) => {
    const attributes: Plan['attributes'] = { selected: [path], mandatory: [], deduplication: [] };
    expect(readPlan(JSON.stringify({ ...tutorialPlan, attributes }))).toMatchObject({ kind: 'problems' });
  });

  it('says how, and which cards take it', () => {
    expect(ofArrays.slice(0, 2).map((row) => cellsOf(row, english))).toEqual([
      ["array_to_string('_', tags)", english('list.joined'), english('destination.newer')],
      ['tags[0]', english('list.element'), english('destination.newer')],
    ]);
  });
});
