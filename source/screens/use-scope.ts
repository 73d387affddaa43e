import { useMemo } from 'react';
import { type Scope, scopeOf } from './scope.ts';
import { useWizard } from './wizard-context.tsx';

/** The segments that an editor page is about. */
export function useScope(): Scope {
  const { state, text } = useWizard();
  return useMemo(() => scopeOf(state, text), [state, text]);
}
