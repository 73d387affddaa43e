import { lookOfState } from '../../../components/checklist/checklist-look.ts';
import { type Entry, entryLead, type Span } from '../../../components/entries/entries.tsx';
import { gap, labelColumns } from '../../../components/entries/labelled-lines.ts';
import { displayWidth, fit } from '../../../components/text/width.ts';
import { wrapText } from '../../../components/text/wrap.ts';
import type { Glyphs, ToneName } from '../../../components/theme/theme.tsx';
import type { Text } from '../../../locale/texts.ts';
import type { Explanation } from '../../../locale/explain.ts';
import type { SoFar } from '../../../pages/ending/apply-text.ts';
import type { StepRow } from './apply-state.ts';

/** Where an apply that ended stands, for who looks through its checklist. */
export const endedAt = 'ended';

/**
 * The checklist of an apply that did not come to its end: what happened stands below the step that it happened
 * at, or below the last that was done, and everything else stays as it was.
 *
 * @param told - What happened, and what to do.
 * @param soFar - What was made, and what to do with it; said between the two.
 */
export function endedEntries(
  rows: readonly StepRow[],
  told: Explanation,
  soFar: Pick<SoFar, 'made' | 'next'> | undefined,
  { width, glyphs, text }: { width: number; glyphs: Glyphs; text: Text },
): readonly Entry[] {
  const room = width - entryLead;
  const labels = labelColumns(rows.map(({ label }) => label));
  const failed = rows.findIndex(({ state }) => state === 'failed');
  const lastDone = rows.findLastIndex(({ state }) => state === 'done');
  const at = failed >= 0 ? failed : lastDone;
  const lines = (all: readonly (string | undefined)[], tone: ToneName): Span[][] =>
    all.flatMap((said = '') => (said === '' ? [] : wrapText(said, room))).map((said) => [{ said, tone }]);
  const happened: readonly Span[][] = [
    ...lines([told.what], 'danger'),
    ...lines([told.why], 'plain'),
    ...lines(soFar?.made ?? [], 'warning'),
    ...lines([told.next, ...(soFar?.next ?? [])], 'plain'),
    ...lines(
      [told.requestId === undefined ? '' : text('error.requestId', { requestId: told.requestId })],
      'muted',
    ),
  ];
  const ended: Entry = { id: endedAt, mark: glyphs.warning, tone: 'warning', lines: happened };
  const steps = rows.map((row, index): Entry => {
    const { step, label, state, detail = '', ms } = row;
    const time = ms === undefined ? '' : text('apply.seconds', { seconds: (ms / 1000).toFixed(1) });
    const look = lookOfState(state, glyphs);
    const labelled: Span = { said: label, tone: look.labelTone === 'plain' ? undefined : look.labelTone };
    const tone: ToneName = state === 'failed' ? 'danger' : 'muted';
    const columns = room - labels - displayWidth(time) - gap;
    const first: readonly Span[] =
      displayWidth(detail) <= columns
        ? [
            { ...labelled, said: fit(label, labels, '') },
            { said: fit(detail, columns, ''), tone },
            { said: time, tone: 'muted' },
          ]
        : // An id is not told where there is no room beside its step: the proof has it.
          [labelled, ...(displayWidth(`${label}  ${detail}`) <= room ? [{ said: `  ${detail}`, tone }] : [])];
    return {
      id: failed >= 0 && index === at ? endedAt : step,
      mark: look.mark,
      tone: look.markTone,
      lines: failed >= 0 && index === at ? [first, ...happened] : [first],
    };
  });
  return failed >= 0 ? steps : [...steps.slice(0, at + 1), ended, ...steps.slice(at + 1)];
}
