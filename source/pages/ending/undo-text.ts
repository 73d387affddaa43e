import type { PlanRun, RollbackEvent } from '../../apply/undo/rollback.ts';
import type { Text } from '../../locale/texts.ts';
import { pendingText } from './apply-text.ts';

/**
 * What of a change can be taken back, before it is asked for.
 *
 * @param run - Nothing where the run has no id yet.
 * @see living.md 3, C9
 */
export const undoableText = (run: string | undefined, text: Text): string =>
  text('review.undoable', { undo: text.command(run === undefined ? 'rollback' : `rollback ${run}`) });

type Result = Extract<RollbackEvent, { kind: 'result' }>;

/** What becomes of one thing while a run is taken back. */
export type UndoOne = Exclude<RollbackEvent, Result>;

/** How an undo has ended. Of a dataflow that nothing was written to it is not said that it was put back, nor that it was not. */
export function endText(
  { outcome, kept, notBack = 0, left }: Result,
  { run, plan: { flow }, written }: Pick<PlanRun, 'run' | 'plan' | 'written'>,
  text: Text,
): string {
  const isUndone = outcome === 'rolledBack';
  const some = text(outcome === 'notRolledBack' ? 'rollback.none' : 'rollback.partly', { run, kept });
  const rest = kept === 0 ? text('rollback.unlooked', { run }) : some;
  if (flow !== undefined) {
    if (notBack > 0) return text('rollback.notPutBack', { run, flow });
    if (written.has('change') || written.has('location'))
      return isUndone ? text('rollback.putBack', { run, flow }) : rest;
    const untouched = text('rollback.untouched', { run, flow });
    return isUndone ? untouched : `${untouched} ${rest}`;
  }
  if (!isUndone) return rest;
  return left === undefined ? text('rollback.done', { run }) : text('rollback.doneBut', { run, count: left });
}

/** What became of one thing, in a few words; of what failed, only where it is not known what it is. */
export function undoneText(event: UndoOne, text: Text): string {
  switch (event.kind) {
    case 'removed':
      if (event.isSecond === true) return text('rollback.removedSecond');
      return text(event.wasGone ? 'rollback.wasGone' : 'rollback.removed');
    case 'restored':
      return text('rollback.restored');
    case 'absent':
      return text('rollback.absent');
    case 'left':
      return text('rollback.left');
    case 'kept':
      return keptText(event, text);
    case 'failed':
      return event.id === '' ? text('rollback.notLooked') : '';
    case 'retrying':
    case 'waiting':
      return pendingText(event, text);
  }
}

function keptText({ id, reason, why }: Extract<RollbackEvent, { kind: 'kept' }>, text: Text): string {
  switch (reason) {
    case 'refused':
      return text('rollback.kept', { why });
    case 'used':
    case 'changed':
      return text(`rollback.${reason}`, { why, id });
    case 'notTaken':
      return why === '' ? text('rollback.notTaken') : text('rollback.notAsBefore', { why, id });
    case 'notLooked':
      return text('rollback.unsure');
    default:
      return text(`rollback.${reason}`);
  }
}
