// npm run bench:apply: what an apply costs on a platform that takes 100 ms for every call, beside the critical path
// of its requests: to a card that keeps its columns in the dataflow, and to one of today, whose schemas and mapping set
// are made beside the connections.
import { newerPlan } from '../test/helpers/newer-plan.ts';
import { apply, examplePlan, rounds, tell } from './latency.mjs';

async function applied(plan) {
  const all = [];
  for (let round = -1; round < rounds; round++) {
    // A name that is there already would be asked about.
    const one = await apply({ ...plan, name: `${plan.name} ${round}` });
    if (round >= 0) all.push(one);
  }
  return all;
}

// Whatever the chains before it are, the dataflow is filled once and read until that is in.
const filling = ['GET /flows/{id}', 'PATCH /flows/{id}', 'GET /flows/{id}'];
const say = (calls) => `one after another    ${calls.length} calls: ${calls.join(', ')}`;

// What has to wait for what: two chains of two, then flow, read, patch, and the read that proves.
tell(
  'apply',
  [
    'POST /connections ∥ POST /connections',
    'POST /sourceConnections ∥ POST /targetConnections',
    'POST /flows',
    ...filling,
  ],
  await applied(examplePlan),
  [
    say([
      'POST /connections',
      'POST /sourceConnections',
      'POST /connections',
      'POST /targetConnections',
      'POST /flows',
      ...filling,
    ]),
  ],
);

// The set is as long as the target connection and the dataflow upon it, and only the patch needs it.
console.log();
tell(
  'newer apply',
  [
    'POST /connections ∥ POST /sourceConnections ∥ GET of both schemas',
    'POST /targetConnections ∥ POST /schemas ∥ POST /schemas',
    'POST /flows ∥ POST /mappingSets',
    ...filling,
  ],
  await applied(newerPlan),
  [
    say([
      'POST /sourceConnections',
      'POST /connections',
      'POST /targetConnections',
      'GET of the union schema',
      'GET of the spec',
      'POST /schemas',
      'POST /schemas',
      'POST /mappingSets',
      'POST /flows',
      ...filling,
    ]),
  ],
);
