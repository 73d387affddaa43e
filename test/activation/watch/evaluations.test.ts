import { describe, expect, it } from 'vitest';
import { withEvaluations } from '../../../source/activation/watch/evaluations.ts';
import type { Evaluation } from '../../../source/flow-service/segment-jobs.ts';
import { at, daily, flowOf, segmentOf } from './watching.ts';

const schedule = { ...daily, triggerType: 'AFTER_SEGMENT_EVAL', startTime: undefined };
const own = segmentOf({ id: 'S1', systemId: 'sys', schedule });
const flow = flowOf({ segments: [own, segmentOf({ id: 's2' })] });
const evaluated = (end: string, more: Partial<Evaluation> = {}): Evaluation => ({
  id: end,
  state: 'succeeded',
  endedMs: at(end),
  segments: 'all',
  ...more,
});
const known = (...evaluations: Evaluation[]) =>
  withEvaluations(flow, { evaluations, isWhole: true }).segments[0];

describe('what is known of evaluations', () => {
  it('is when each that held the segment ended, the earliest first', () => {
    expect(
      known(
        evaluated('09:00', { segments: ['s1'] }),
        evaluated('08:00'),
        evaluated('07:00', { segments: ['SYS'] }),
        evaluated('06:00', { segments: ['other'] }),
        evaluated('05:00', { segments: [] }),
        evaluated('04:00', { state: 'cancelled' }),
        evaluated('03:00', { state: 'failed' }),
        evaluated('02:00', { state: 'failed' }),
      ),
    ).toMatchObject({ evaluatedMs: ['07:00', '08:00', '09:00'].map(at), notEvaluatedMs: at('03:00') });
  });

  it('is nothing of what is exported by a schedule, and where not all was read', () => {
    expect(withEvaluations(flow, { evaluations: [evaluated('08:00')], isWhole: true }).segments[1]).toBe(
      flow.segments[1],
    );
    expect(withEvaluations(flow, { evaluations: [evaluated('08:00')], isWhole: false })).toBe(flow);
    expect(withEvaluations(flow, undefined)).toBe(flow);
  });
});
