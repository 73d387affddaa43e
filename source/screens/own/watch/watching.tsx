import { useLayoutEffect } from 'react';
import { useSeen } from '../../../components/living/focus.ts';
import { useRounds } from '../../../components/living/use-rounds.ts';
import type { Remote, StatusReading } from '../../../pages/remote-cache.ts';
import { placeOf } from '../../../pages/services.ts';
import { askedMsOf, isRefused } from '../../../pages/watch/freshness.ts';
import { useWizard } from '../../frame/wizard-context.tsx';
import { useRefresh, useRemote } from '../../parts/remote.tsx';
import { useSlowed } from './use-slowed.ts';

/** Judging everything costs more than a list does: not more often than that, milliseconds. @see living.md, L20 */
export const judgedEveryMs = 300_000;

/** Reads how the dataflows stand, again and again, and tells it; draws nothing. */
export function Watching(props: { readonly onStatus: (status: Remote<StatusReading>) => void }): null {
  const { state, services } = useWizard();
  const { onStatus } = props;
  const place = placeOf(state, services.organisation);
  const status = useRemote('status', place);
  const error = status.kind === 'ready' ? status.value.error : undefined;
  const refresh = useRefresh('status', place);
  useRounds({
    ended: status,
    isBusy: false,
    isRefused: status.kind !== 'ready' || isRefused(error),
    askedMs: askedMsOf(error),
    leastMs: judgedEveryMs,
    isHeld: false,
    refresh,
  });
  const seen = useSeen(status);
  useSlowed(seen.kind === 'ready' ? seen.value.error : undefined);
  useLayoutEffect(() => onStatus(seen), [onStatus, seen]);
  return null;
}
