import { useLayoutEffect } from 'react';
import { askedMsOf } from '../../../pages/watch/freshness.ts';
import { useWizard } from '../../frame/wizard-context.tsx';

/** The header says that the platform has asked to be left alone, while the last attempt was told so. @see living.md, L19 */
export function useSlowed(error: unknown): void {
  const { beSlowed } = useWizard();
  const isSlowed = askedMsOf(error) > 0;
  useLayoutEffect(() => (isSlowed ? beSlowed() : undefined), [beSlowed, isSlowed]);
}
