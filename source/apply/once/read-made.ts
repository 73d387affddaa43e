import { isNotFound } from '../../flow-service/gone.ts';
import { usualUnseenMs } from './doubt.ts';
import type { ApplyStep } from '../events.ts';
import { pause } from './pause.ts';
import type { Applying } from '../steps.ts';

/** Between two reads, milliseconds: the first ones soon, then ever more rarely. */
const firstPauseMs = 100;
const mostPauseMs = 2000;

/**
 * Reads something that was made. The platform may say for a while that it is not there: that is asked again,
 * and told once.
 *
 * @throws FlowServiceError; the refusal, when it is still not there after `unseenMs`.
 */
export async function readMade<Answer>(
  step: ApplyStep,
  read: () => Promise<Answer>,
  { clock, tell, stop, unseenMs = usualUnseenMs }: Pick<Applying, 'clock' | 'tell' | 'stop' | 'unseenMs'>,
): Promise<Answer> {
  const untilMs = clock() + unseenMs;
  for (let pauseMs = firstPauseMs, isFirst = true; ; pauseMs = Math.min(mostPauseMs, pauseMs * 1.5)) {
    try {
      return await read();
    } catch (error) {
      const isUnseen = isNotFound(error);
      const leftMs = untilMs - clock();
      if (!isUnseen || leftMs <= 0 || stop?.aborted === true) throw error;
      if (isFirst) tell({ kind: 'waiting', step, about: 'unseen', mostMs: leftMs });
      isFirst = false;
      await pause(Math.min(pauseMs, leftMs), stop);
    }
  }
}
