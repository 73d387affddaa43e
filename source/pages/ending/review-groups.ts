import { own } from '../../activation/own.ts';
import type { ExportSettings } from '../../activation/content/schedule.ts';
import { valueText } from '../../locale/texts.ts';
import type { ChosenSegment, Draft } from '../../wizard/draft.ts';
import type { QuestionPage } from '../../wizard/pages.ts';
import type { Asking } from '../page.ts';
import { firstFileName, namesIn, whenLines } from '../schedule/export-time.ts';

/** Segments that are exported in the same way, in the order of the first of each. */
export interface Group {
  readonly segments: readonly ChosenSegment[];
  /** Their places in the plan. */
  readonly places: readonly number[];
  readonly settings: ExportSettings | undefined;
}

/** The groups of a draft. */
export function groupsOf(draft: Draft): readonly Group[] {
  const placed = draft.segments.map((segment, place) => ({
    segment,
    place,
    settings: own(draft.settings, segment.id),
  }));
  return [...Map.groupBy(placed, ({ settings }) => JSON.stringify(settings) ?? '').values()].map((all) => ({
    segments: all.map(({ segment }) => segment),
    places: all.map(({ place }) => place),
    settings: all[0]?.settings,
  }));
}

interface GroupRow {
  readonly part: 'mode' | 'when' | 'file' | 'segments';
  readonly label?: string;
  readonly spoken: string;
  readonly values: readonly string[];
  readonly page: QuestionPage;
}

/** More names than these stand side by side. */
const mostBelow = 6;

/** The lines of a group: export mode, when, the first file, and who it is. */
export function groupRows(asking: Asking, { segments, settings }: Group, nowMs: number): readonly GroupRow[] {
  const { text, glyphs, state, services } = asking;
  const names = segments.map(({ name }) => name);
  const label = text('review.segments', { count: segments.length });
  const named = {
    part: 'segments',
    values: names.length > mostBelow ? [names.join(` ${glyphs.dot} `)] : names,
    page: 'segments',
    spoken: text('report.segments'),
  } as const;
  if (!settings) return [{ ...named, label }];
  const [only] = segments.length === 1 ? segments : [];
  const file = firstFileName(
    settings,
    {
      ...namesIn(state.draft),
      segmentId: only?.id ?? `<${text('review.segmentId')}>`,
      segmentName: only?.name ?? `<${text('review.segmentName')}>`,
    },
    nowMs,
  );
  const when = whenLines(text, settings, services.timeZone);
  const mode = valueText(text, settings.exportMode);
  return [
    { part: 'mode', label, spoken: label, values: [mode], page: 'schedule' },
    { part: 'when', spoken: text('review.when'), values: when, page: 'schedule' },
    { part: 'file', spoken: text('segmentField.filenameTemplate'), values: [file], page: 'schedule' },
    named,
  ];
}
