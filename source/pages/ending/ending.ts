import type { Plan } from '../../activation/plan/plan.ts';
import type { Report } from '../../activation/report.ts';
import { hasSecret } from '../../activation/plan/secret-reference.ts';
import { missingPart } from '../../locale/missing-part.ts';
import type { Text } from '../../locale/texts.ts';
import type { PlatformKind } from '../../wizard/draft.ts';
import type { WizardState } from '../../wizard/reducer.ts';
import { mayHaveWritten } from '../../wizard/unfinished.ts';
import { leftBehindLines } from './left-behind.ts';
import type { Asking, Words } from '../page.ts';
import type { Ending, WizardServices } from '../services.ts';

/** What was saved, or why it was not. */
export type Saved = { kind: 'saved'; file: string } | { kind: 'notSaved'; why: string };

/** Saves a plan; why it could not be saved is told, never thrown. */
export const trySaving = ({ savePlan }: Pick<WizardServices, 'savePlan'>, plan: Plan): Promise<Saved> =>
  savePlan(plan).then(
    (file): Saved => ({ kind: 'saved', file }),
    (error: unknown): Saved => ({ kind: 'notSaved', why: error instanceof Error ? error.message : '' }),
  );

/** Where a plan was saved, or why it was not. */
export const savedText = (saved: Saved, text: Text): string =>
  saved.kind === 'saved'
    ? text('validation.finish', { file: saved.file })
    : text('validation.notSaved', { why: saved.why });

/** The verdict in one line. */
export function verdictText(report: Report, text: Text): string {
  const wrong = report.rows.filter((row) => row.mark !== 'same').length;
  return report.isVerified
    ? text('report.verified')
    : text('report.differs', { count: wrong, total: report.rows.length });
}

const further = '    ';

/** What is there to be copied: on a line of its own, further in than what is said. */
const copied = (one: string): string => further + one;

/** Whether a line of an ending is to be copied: nobody may break it. */
export const isCopied = (one: string): boolean => one.startsWith(further);

/** What stays on the terminal when the wizard is gone: the verdict, the plan, and how to do it again. */
export function endingLines(
  { text, glyphs, state }: Words & Pick<Asking, 'state'>,
  {
    report,
    flowId,
    plan,
    platform,
    saved,
  }: {
    report: Report;
    flowId: string | undefined;
    plan: Plan;
    platform: PlatformKind | undefined;
    saved: Saved;
  },
): string[] {
  const mark = report.isVerified ? glyphs.check : glyphs.cross;
  const proven = [
    `${mark} ${verdictText(report, text)}`,
    ...(flowId === undefined ? [] : [`  ${text('review.flow')}`, copied(flowId)]),
    `  ${savedText(saved, text)}`,
  ];
  const behind = leftBehindLines(state, text, copied).map((one) => (isCopied(one) ? one : `  ${one}`));
  if (saved.kind === 'notSaved') return [...proven, ...behind];
  // A dataflow that is there is changed with the account that it has.
  const isMade = platform === 'emulator' || plan.flow === undefined;
  const variables = Object.values(isMade ? (plan.destination.auth?.params ?? {}) : {}).flatMap((value) =>
    hasSecret(value) && value.$secret.startsWith('env:') ? [value.$secret.slice(4)] : [],
  );
  const command = text.command(`apply ${saved.file}${platform === 'emulator' ? ' --emulator' : ''}`);
  return [
    ...proven,
    `  ${text('validation.again')}`,
    copied(command),
    ...(variables.length === 0 ? [] : [`  ${text('validation.secrets')}`, ...variables.map(copied)]),
    ...behind,
  ];
}

/** The end where the program is not whole any more: what happened, and what there is by now. */
export function endedEarly(state: WizardState, text: Text): Ending {
  const { what, why, next } = missingPart(text);
  const { outcome, lines } = left(state, text);
  const isNextSaid = lines.includes(text('validation.leftKept'));
  return { outcome, lines: [what, why, ...lines, ...(isNextSaid ? [] : [next])] };
}

/** What leaving means, for somebody who is asked whether to: what the embedded emulator holds goes with it. */
export function leaveText(state: WizardState, text: Text): string {
  if (!mayHaveWritten(state)) return text('frame.leave');
  return text(state.draft.platform === 'emulator' ? 'frame.leaveRehearsal' : 'frame.leaveMidway');
}

/** The end for somebody who leaves before the proof. */
export function left(state: WizardState, text: Text): Ending {
  const { draft, hasApplied, hasWritten } = state;
  const behind = leftBehindLines(state, text, copied);
  if (behind.length > 0) return { outcome: 'interrupted', lines: [text('unfinished.left'), ...behind] };
  const midway = draft.platform === 'emulator' ? 'validation.leftRehearsal' : 'validation.leftMidway';
  return {
    outcome: 'interrupted',
    lines: hasApplied
      ? [text(midway)]
      : [
          text(
            hasWritten !== true
              ? 'validation.left'
              : draft.platform === 'emulator'
                ? 'validation.leftRehearsal'
                : 'validation.leftAfter',
          ),
          ...(draft.destination ? [text('validation.leftKept')] : []),
        ],
  };
}
