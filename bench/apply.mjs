// npm run bench:apply: what an apply costs on a platform that takes 100 ms for every call, beside the critical path
// of its requests.
import { apply, examplePlan, rounds, tell } from './latency.mjs';

const applied = [];
for (let round = -1; round < rounds; round++) {
  // A name that is there already would be asked about.
  const one = await apply({ ...examplePlan, name: `${examplePlan.name} ${round}` });
  if (round >= 0) applied.push(one);
}

// What has to wait for what: two chains of two, then flow, read, patch, and the read that proves.
const oneAfterAnother = [
  'POST /connections',
  'POST /sourceConnections',
  'POST /connections',
  'POST /targetConnections',
  'POST /flows',
  'GET /flows/{id}',
  'PATCH /flows/{id}',
  'GET /flows/{id}',
];
const onPath = [
  'POST /connections ∥ POST /connections',
  'POST /sourceConnections ∥ POST /targetConnections',
  'POST /flows',
  'GET /flows/{id}',
  'PATCH /flows/{id}',
  'GET /flows/{id}',
];
tell('apply', onPath, applied, [
  `one after another    ${oneAfterAnother.length} calls: ${oneAfterAnother.join(', ')}`,
]);
