import { hasMoment, makesFolders, splitNames } from '../../activation/content/filename-template.ts';
import { localTime } from '../../activation/content/local-time.ts';
import { firstExport, nextRuns, scheduleProblems } from '../../activation/content/schedule.ts';
import { takesRare } from '../../activation/spec/catalog.ts';
import { valueText } from '../../locale/texts.ts';
import type { Asking } from '../page.ts';
import { firstFileName, namesIn, zonedText } from './export-time.ts';
import type { Scope } from './scope.ts';

/** How many exports are listed. */
export const listedRuns = 5;
/** How many of them stand in one line; fewer where each is said on two clocks. */
const runsInLine = 3;
const runsOnTwoClocks = 2;

/** What the settings of the first segment of a scope lead to. */
export interface ExportPreview {
  /** The next exports: some moments, in UTC and in the person's time, that they follow the evaluation, or that there is none. */
  readonly next: readonly string[];
  /** Why there can be none, and the setting that is to blame. */
  readonly wrong?: { readonly setting: string; readonly why: string } | undefined;
  /** The same, one a line, in UTC and in the person's time; none where no moment is fixed. */
  readonly runs: readonly string[];
  /** Names of the files of the first export, all but the first for what is split; none where there is no export. */
  readonly names: readonly string[];
  readonly overwrites: boolean;
  /** Whether the name of a segment makes folders of it. */
  readonly makesFolders: boolean;
}

/** The next exports, here and in UTC, and the first file names, as the answers are now. */
export function previewOf(
  { segments, settings, card }: Scope,
  { state, text, services }: Pick<Asking, 'state' | 'text' | 'services'>,
): ExportPreview | undefined {
  const [segment] = segments;
  const [set] = settings;
  if (!segment || !set) return undefined;
  const { frequency } = set.schedule;
  const now = services.now();
  const [wrong] = scheduleProblems(set.exportMode, set.schedule, '', takesRare(card));
  const first = wrong ? undefined : firstExport(set.schedule, now);
  const runs = first?.kind === 'at' ? nextRuns(set.schedule, now, listedRuns) : [];
  const facts = {
    ...namesIn(state.draft),
    segmentId: segment.id,
    segmentName: segment.name,
  };
  const evaluated = frequency === 'ONCE' ? 'settings.nextEvaluation' : 'settings.nextEvaluations';
  const zoned = runs.map((ms) => zonedText(text, ms, services.timeZone));
  const isOnTwo = runs.some((ms) => localTime(ms, services.timeZone).offset !== '+00:00');
  return {
    wrong: wrong && {
      setting: wrong.path.slice(wrong.path.lastIndexOf('.') + 1),
      why: text(wrong.id, wrong.values),
    },
    // What is no schedule has not ended.
    next: wrong
      ? []
      : first === undefined
        ? [text('settings.noExport')]
        : first.kind === 'after'
          ? [text(evaluated, { start: first.day, every: valueText(text, frequency) })]
          : zoned.slice(0, isOnTwo ? runsOnTwoClocks : runsInLine),
    runs: zoned,
    names: first === undefined ? [] : splitNames(firstFileName(set, facts, now)),
    overwrites: frequency !== 'ONCE' && !hasMoment(set.filenameTemplate),
    makesFolders: segments.some(({ name }, at) =>
      makesFolders(settings[at]?.filenameTemplate ?? set.filenameTemplate, name),
    ),
  };
}
