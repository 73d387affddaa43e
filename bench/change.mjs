// npm run bench:change: what changing a dataflow costs on a platform that takes 100 ms for every call, beside the
// critical path of its requests:
//
//   GET /flows/{id} ─▶ GET /targetConnections/{id} ─▶ PATCH /flows/{id} ─▶ GET /flows/{id}
//                    ∥ GET of what is new
//
// The dataflow names its storage location; the difference needs both; a patch is read back. The last GET is repeated
// until the platform (600 ms) has taken the change in, and each of them counts, as do the pauses between. The list of
// sandboxes is read beside the first call.
import { apply, examplePlan, rounds, tell } from './latency.mjs';

const plan = { ...examplePlan, flow: (await apply(examplePlan)).flowId };
const [first, second] = plan.segments;
const applied = [];
for (let round = -1; round < rounds; round++) {
  // No round is as the one before: a segment gets another hour, another one comes or goes.
  const isEven = round % 2 === 0;
  first.schedule.startTime = isEven ? '06:00' : '18:00';
  plan.segments = isEven ? [first, second] : [first];
  const one = await apply(plan, '--prune');
  if (round >= 0) applied.push(one);
}

const onPath = [
  'GET /flows/{id}',
  'GET /targetConnections/{id} ∥ what is new',
  'PATCH /flows/{id}',
  'GET /flows/{id}',
];
tell('change', onPath, applied, []);
