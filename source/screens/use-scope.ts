import { useMemo } from 'react';
import type { ExportSettings } from '../activation/schedule.ts';
import type { ChosenSegment } from '../wizard/draft.ts';
import { useWizard } from './wizard-context.tsx';

export interface Scope {
  readonly segments: readonly ChosenSegment[];
  /** Settings of the segments, in their order. */
  readonly settings: readonly ExportSettings[];
  /** The one segment's name, or how many there are. */
  readonly name: string;
}

/** The segments that an editor page is about. */
export function useScope(): Scope {
  const { state, text } = useWizard();
  const { scope, draft } = state;
  return useMemo(() => {
    const segments = draft.segments.filter((segment) => scope.includes(segment.id));
    const settings = segments.flatMap(({ id }) => draft.settings[id] ?? []);
    const [only, another] = segments;
    const name = only && !another ? only.name : text('settings.allOfThem', { count: segments.length });
    return { segments, settings, name };
  }, [scope, draft, text]);
}
