import { describe, expect, it } from 'vitest';
import { usualAsker } from '../../source/commands/flow/usual.ts';
import { CancelledError, RefusedError } from '../../source/flow-service/errors.ts';
import type { Run } from '../../source/flow-service/runs.ts';
import { exportRun } from '../helpers/export-runs.ts';

const start = Date.UTC(2026, 10, 26, 12);
const call = { method: 'GET', path: '/runs' };
const runOf = (
  flowId: string,
  segment: string,
  daysAgo: number,
  minutes: number,
  status = 'success',
): Run => {
  const beganMs = start - daysAgo * 86_400_000;
  const endedMs = status === 'success' ? beganMs + minutes * 60_000 : 0;
  const id = `${flowId}-${segment}-${daysAgo}`;
  return exportRun({ id, flowId, status, beganMs, endedMs, segments: [segment] });
};
const open = (flowId: string, segment = 's'): Run => runOf(flowId, segment, 0, 0, 'processing');

describe('how long a run that is under way usually takes', () => {
  it('is asked for once a dataflow, and of no more than four', async () => {
    const asked: string[] = [];
    const usual = usualAsker({
      newestRuns(id) {
        asked.push(id);
        return Promise.resolve([
          runOf(id, 's', 1, 7),
          runOf(id, 's', 2, 9),
          runOf(id, 's', 3, 8),
          runOf(id, 'x', 1, 60),
        ]);
      },
    });
    const all = await Promise.all(['a', 'b', 'c', 'd', 'e', 'A'].map((id) => usual(open(id))));
    expect(all).toEqual([480_000, 480_000, 480_000, 480_000, undefined, 480_000]);
    expect(asked).toEqual(['a', 'b', 'c', 'd']);
    expect(await usual(runOf('a', 's', 1, 7))).toBeUndefined();
  });

  it('is not known where it cannot be read', async () => {
    const usual = usualAsker({ newestRuns: () => Promise.reject(new RefusedError(call, 403, {})) });
    expect(await usual(open('a'))).toBeUndefined();
    const broken = usualAsker({ newestRuns: () => Promise.reject(new CancelledError(call)) });
    await expect(broken(open('a'))).rejects.toThrow();
  });
});
