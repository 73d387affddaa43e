import { describe, expect, it } from 'vitest';
import { isUnderWay, run } from '../../source/flow-service/runs.ts';
import { answerWith, clientOf } from '../helpers/answers.ts';

const flowId = 'ca5c6e9a-8559-4a08-97a5-f15b756da600';

describe('whether a run is under way', () => {
  it.each<[string, unknown, boolean]>([
    ['without metrics', undefined, true],
    ['with metrics of null', null, true],
    ['with metrics of another kind', 'none', true],
    ['that is processing', { statusSummary: { status: 'processing' } }, true],
    ['that waits', { statusSummary: { status: 'Waiting' }, durationSummary: { startedAtUTC: 1 } }, true],
    ['that has not completed', { durationSummary: { startedAtUTC: 1, completedAtUTC: 0 } }, true],
    ['that has completed', { durationSummary: { startedAtUTC: 1, completedAtUTC: 2 } }, false],
    ['that succeeded', { statusSummary: { status: 'SUCCESS' } }, false],
    ['that failed', { statusSummary: { status: 'failed', errors: [] }, durationSummary: {} }, false],
  ])('one %s', (_, metrics, is) => {
    expect(isUnderWay(run.parse({ id: 'r', flowId, metrics }))).toBe(is);
  });
});

it('runs are asked for by their dataflow, and those of another one are left out', async () => {
  const server = await answerWith(() => ({
    json: { items: [{ id: 'a', flowId: flowId.toUpperCase() }, { id: 'b', flowId: 'x' }, { id: 'c' }] },
  }));
  const found = await clientOf(server.url).newestRuns(flowId);
  expect(found.map(({ id }) => id)).toEqual(['a', 'c']);
  expect(decodeURIComponent(server.seen[0]?.url ?? '')).toContain(`/runs?property=flowId==${flowId}&`);
});
