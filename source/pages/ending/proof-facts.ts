import { fileTypeOf } from '../../activation/spec/storage-location.ts';
import { firstExport, utcMs } from '../../activation/content/schedule.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import type { Report } from '../../activation/report.ts';
import { destinationName } from '../../activation/requests.ts';
import { dateText } from '../../locale/format.ts';
import { type Text, valueText } from '../../locale/texts.ts';
import { joined, type Words } from '../page.ts';
import { placeTexts } from './place-text.ts';
import { unsaidTexts } from './unsaid-text.ts';
import { firstFileName, zonedText } from '../schedule/export-time.ts';

/** Something that a person wants to know of a dataflow; what is there to be copied has a paragraph of its own. */
export interface ProofFact {
  readonly id: 'flow' | 'place' | 'file';
  readonly label: string;
  readonly values: readonly string[];
}

/** What a proof is of. */
export interface Proven {
  readonly report: Report;
  readonly plan: Plan;
  readonly flowId: string | undefined;
  /** When it was compared, epoch milliseconds. */
  readonly nowMs: number;
  /** IANA name. */
  readonly zone: string;
}

/** The dataflow, where its files go, and the first of them. */
export function proofFacts(
  { report, plan, flowId, nowMs, zone }: Proven,
  { text, glyphs }: Words,
): readonly ProofFact[] {
  const state = report.rows.find(({ section, subject }) => section === 'flow' && subject === 'state');
  const name = joined(glyphs, [plan.name, valueText(text, state?.returned ?? '')]);
  const file = firstFile(plan, nowMs, zone, text);
  return [
    { id: 'flow', label: text('report.dataflow'), values: [name, ...(flowId === undefined ? [] : [flowId])] },
    { id: 'place', label: text('report.place'), values: placeTexts(plan, { text, glyphs }) },
    ...(file ? [{ id: 'file', label: text('report.firstFile'), values: file } as const] : []),
  ];
}

/** How much was compared, and when: `19 of 19 fields read back and compared, 19:02:10 UTC`; then what stands beside it. A line each. */
export function notesText({ report, nowMs }: Proven, text: Text): string {
  const same = report.rows.filter(({ mark }) => mark === 'same').length;
  const at = new Date(nowMs).toISOString().slice(11, 19);
  const compared = text('report.compared', { same, total: report.rows.length, at });
  const reordered = report.isReordered ? [text('report.reordered')] : [];
  return [compared, ...reordered, ...unsaidTexts(report.beside ?? [], text)].join('\n');
}

/** When and how the first file is written; of more than one the first. Nothing when there is none to come. */
function firstFile(plan: Plan, nowMs: number, zone: string, text: Text): readonly string[] | undefined {
  const coming = plan.segments.flatMap((segment) => {
    const time = firstExport(segment.schedule, nowMs);
    return time ? [{ segment, time, ms: time.kind === 'at' ? time.ms : utcMs(time.day) }] : [];
  });
  const [first] = coming.sort((a, b) => a.ms - b.ms);
  if (!first) return undefined;
  const { segment, time } = first;
  const names = {
    destinationName: destinationName(plan),
    segmentId: segment.id,
    segmentName: segment.name ?? segment.id,
    sandbox: plan.sandbox,
    flowId: plan.flow,
    flowName: plan.name,
    fileType: fileTypeOf(plan),
  };
  return [
    time.kind === 'at'
      ? zonedText(text, time.ms, zone)
      : text('report.afterEvaluation', { day: dateText(text.language, time.day) }),
    firstFileName(segment, names, nowMs),
  ];
}
