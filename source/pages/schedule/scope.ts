import { own } from '../../activation/own.ts';
import type { ExportSettings } from '../../activation/content/schedule.ts';
import type { Text } from '../../locale/texts.ts';
import type { ChosenSegment } from '../../wizard/draft.ts';
import type { WizardState } from '../../wizard/reducer.ts';

export interface Scope {
  readonly segments: readonly ChosenSegment[];
  /** Settings of the segments, in their order. */
  readonly settings: readonly ExportSettings[];
  /** The connection spec that they go to. */
  readonly card: string | undefined;
  /** Days that the dataflow, where there is one, has begun to export them on. */
  readonly begun?: readonly string[];
  /** The one segment's name, or how many there are. */
  readonly name: string;
}

/** The segments that an editor page is about. */
export function scopeOf(state: WizardState, text: Text): Scope {
  const { scope, draft } = state;
  const wanted = new Set(scope);
  const segments = draft.segments.filter((segment) => wanted.has(segment.id));
  const settings = segments.flatMap(({ id }) => own(draft.settings, id) ?? []);
  const [only, another] = segments;
  const name = only && !another ? only.name : text('settings.allOfThem', { count: segments.length });
  const begun = draft.live?.segments
    .filter(({ id }) => wanted.has(id))
    .map(({ schedule }) => schedule.startDate);
  return { segments, settings, card: draft.destination?.connectionSpecId, begun: begun ?? [], name };
}

export const scopeName = (state: WizardState, text: Text): string => scopeOf(state, text).name;
