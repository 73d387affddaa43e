import { describe, expect, it } from 'vitest';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { type AppliedBefore, doublesOf } from '../../source/apply/check/doubles.ts';
import type { Connection } from '../../source/flow-service/connections.ts';
import { RefusedError } from '../../source/flow-service/errors.ts';
import { failureOf } from '../helpers/answers.ts';
import { futurePlan as plan } from '../helpers/runs.ts';
import { clientThat } from '../helpers/shelves.ts';

const { connectionSpecId, location } = plan.destination;
const target = (more: object = {}): Connection => ({
  id: 'T1',
  connectionSpec: { id: connectionSpecId.toUpperCase() },
  params: { ...location },
  ...more,
});
const flow = (id: string, name: string, targets = ['T1']): Connection => ({
  id,
  name,
  targetConnectionIds: targets,
});

/** Dataflows that a sandbox holds, and where they store. */
function sandbox(flows: readonly Connection[], targets: readonly Connection[] = [target()]) {
  const asked: (readonly string[])[] = [];
  const client = clientThat({
    async *list(_, filters = []) {
      asked.push(filters);
      await Promise.resolve();
      for (const one of flows) yield [one];
    },
    getConnection(collection, id) {
      const found = targets.find((one) => one.id === id);
      if (found) return Promise.resolve(found);
      const serverMessage = `${collection} not found with id = [${id}]`;
      const call = { method: 'GET', path: `/${collection}/${id}` };
      return Promise.reject(new RefusedError(call, 404, { serverMessage }));
    },
  });
  return { client, asked };
}

describe('a plan that names no dataflow', () => {
  it.each<[string, Connection[], Connection[], string[]]>([
    ['one of its name that stores there', [flow('F1', plan.name)], [target()], ['F1']],
    ['two of them', [flow('F1', plan.name), flow('F2', plan.name)], [target()], ['F1', 'F2']],
    ['one of another name', [flow('F1', 'other')], [target()], []],
    [
      'one that stores elsewhere',
      [flow('F1', plan.name)],
      [target({ params: { ...location, path: 'x' } })],
      [],
    ],
    ['one of another destination', [flow('F1', plan.name)], [target({ connectionSpec: { id: 'x' } })], []],
    [
      'one whose destination is not told',
      [flow('F1', plan.name)],
      [target({ connectionSpec: undefined })],
      [],
    ],
    ['one whose place is gone', [flow('F1', plan.name)], [], []],
    [
      'perhaps one whose place does not say',
      [flow('F1', plan.name)],
      [target({ params: undefined })],
      ['F1'],
    ],
    ['one without a place', [flow('F1', plan.name, [])], [target()], []],
    [
      'one to whose place the platform has added',
      [flow('F1', plan.name)],
      [target({ params: { ...location, more: 1 } })],
      ['F1'],
    ],
    ['nothing', [], [], []],
  ])('means %s', async (_, flows, targets, wanted) => {
    const { client } = sandbox(flows, targets);
    expect((await doublesOf(plan, client, [])).map(({ id }) => id)).toEqual(wanted);
  });

  const made = (more: Partial<Plan> = {}): AppliedBefore => ({ plan: { ...plan, ...more }, flowId: 'f1' });
  const { destination } = plan;
  it.each<[string, AppliedBefore, string[]]>([
    ['of such a plan', made(), ['F1']],
    ['of one with other segments', made({ segments: [] }), ['F1']],
    ['of one of another name', made({ name: 'other' }), []],
    [
      'of one to another place',
      made({ destination: { ...destination, location: { ...location, path: 'x' } } }),
      [],
    ],
    ['of one to another destination', made({ destination: { ...destination, connectionSpecId: 'x' } }), []],
  ])('means what came of an earlier apply %s, whatever has become of it', async (_, before, wanted) => {
    const { client } = sandbox([flow('F1', 'renamed since', ['gone'])]);
    expect((await doublesOf(plan, client, [before])).map(({ id, name }) => [id, name])).toEqual(
      wanted.map((id) => [id, 'renamed since']),
    );
  });

  const isDestination = 'inheritedAttributes.properties.isDestinationFlow==true';
  it.each<[string, AppliedBefore[], string[]]>([
    ['CRM daily 1.0', [], [isDestination, 'name==CRM daily 1.0']],
    // A comma would part two names.
    ['CRM, daily', [], [isDestination]],
    ['每日', [], [isDestination]],
  ])('is looked for by its name where a filter can say it: %s', async (name, before, wanted) => {
    const { client, asked } = sandbox([]);
    await doublesOf({ ...plan, name }, client, before);
    expect(asked).toEqual([wanted]);
  });

  it('is looked for among all where one was made before, since it may be called otherwise by now', async () => {
    const { client, asked } = sandbox([]);
    await doublesOf(plan, client, [made()]);
    expect(asked).toEqual([[isDestination]]);
  });

  it('is not known to be the first where nobody may look', async () => {
    const refused = new RefusedError({ method: 'GET', path: '/targetConnections/T1' }, 403, {});
    const { client } = sandbox([flow('F1', plan.name)]);
    const closed = { ...client, getConnection: () => Promise.reject(refused) };
    expect(await failureOf(doublesOf(plan, closed, []))).toBe(refused);
  });
});
