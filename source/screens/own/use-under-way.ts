import { useEffect, useRef } from 'react';
import { interruption, type Interruption } from '../../apply/interruption.ts';
import { useWizard } from '../frame/wizard-context.tsx';

/**
 * Does something that takes its time once for each attempt, however often the screen is drawn. While it is under way the
 * first interruption stops it, the second one gives it up.
 *
 * @param perform - It tells of all that goes wrong itself.
 */
export function useUnderWay(
  attempt: number | string,
  perform: (controls: Pick<Interruption, 'stop' | 'abort'>) => Promise<void>,
  onStopping: () => void,
): void {
  const { setBusy } = useWizard();
  const begun = useRef<number | string>(undefined);
  useEffect(() => {
    if (begun.current === attempt) return;
    begun.current = attempt;
    const { stop, abort, interrupt } = interruption();
    setBusy(() => {
      if (interrupt()) onStopping();
    });
    void perform({ stop, abort }).then(() => setBusy(undefined));
  }, [attempt, perform, onStopping, setBusy]);
}
