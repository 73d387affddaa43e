import { useCallback, useMemo, useState } from 'react';
import { useSeen } from '../../../components/living/focus.ts';
import { useRounds } from '../../../components/living/use-rounds.ts';
import { useTiming } from '../../../components/living/timing.ts';
import { askedMsOf, type Freshness, freshnessText } from '../../../pages/watch/freshness.ts';
import { useWizard } from '../../frame/wizard-context.tsx';
import { useSlowed } from './use-slowed.ts';

interface FollowedPage extends Pick<Freshness, 'readMs' | 'error' | 'calls' | 'judgedMs' | 'holdKey'> {
  /** Another object for each round that ended. */
  readonly ended: object;
  /** How far the platform's clock is ahead of this one, milliseconds. */
  readonly offsetMs: number;
  readonly isBusy: boolean;
  /** It is read no more often than that by itself, milliseconds. @default 0 */
  readonly leastMs?: number | undefined;
  readonly isRefused: boolean;
  readonly refresh: () => Promise<void>;
}

/**
 * A round that ends sooner is not told of, milliseconds: whoever has asked for it waits for a sign, and one that comes
 * by itself is not worth a frame of its own. @see living.md, L22 and L24
 */
const quickMs = { asked: 100, own: 2000 };

export type Followed = ReturnType<typeof useFollowed>;

/** A page that follows by itself, and what it says of that below. @see living.md, L11 to L22 */
export function useFollowed(page: FollowedPage) {
  const { asking, scene, text, services } = useWizard();
  const { glyphs } = asking;
  const timing = useTiming();
  const [heldMs, setHeldMs] = useState<number>();
  const [told, setTold] = useState<{ readonly said: string; readonly of: object }>();
  const { refresh, ended, offsetMs, readMs, error, calls, judgedMs, holdKey } = page;
  // What is read is over with what was read: another frame to say so would be drawn for nothing.
  const [readingAfter, setReadingAfter] = useState<object>();
  const isReading = readingAfter === ended;
  const begin = useCallback(
    (isAsked = false) => {
      const hide = timing.after(isAsked ? quickMs.asked : quickMs.own, () => setReadingAfter(ended));
      void refresh().finally(() => {
        hide();
        setReadingAfter(undefined);
      });
    },
    [refresh, timing, ended],
  );
  const rounds = useRounds({
    ended,
    isBusy: page.isBusy,
    leastMs: page.leastMs,
    isRefused: page.isRefused,
    askedMs: askedMsOf(error),
    isHeld: heldMs !== undefined,
    refresh: begin,
  });
  useSlowed(useSeen(error));
  const { endedMs, everyMs, isResting } = rounds;
  const nowMs = endedMs + offsetMs;
  const fresh = useSeen(
    useMemo(
      () =>
        freshnessText(
          { readMs, nowMs, everyMs, isResting, isReading, heldMs, holdKey, error, calls, judgedMs },
          { text, glyphs, scene },
        ),
      [
        readMs,
        nowMs,
        everyMs,
        isResting,
        isReading,
        heldMs,
        holdKey,
        error,
        calls,
        judgedMs,
        text,
        glyphs,
        scene,
      ],
    ),
  );
  const tell = (said: string): void => setTold({ said, of: ended });
  const isTold = told?.of === ended;
  return {
    said: isTold ? told.said : fresh.said,
    isWarning: isTold || fresh.isWarning,
    heldMs,
    touch: rounds.touch,
    readNow(): void {
      const leftMs = rounds.readNow();
      if (leftMs > 0) tell(text('living.wait', { seconds: Math.ceil(leftMs / 1000) }));
    },
    holdOrNot(): void {
      setHeldMs(heldMs === undefined ? timing.now() + offsetMs : undefined);
      // What was missed meanwhile is read at once.
      if (heldMs !== undefined) rounds.readNow();
    },
    copy(id: string): void {
      tell(text('apply.copied', { id, how: text(services.copy(id) ? 'copy.sent' : 'copy.doubtful') }));
    },
  };
}
