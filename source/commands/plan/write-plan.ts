import { mostWrittenBytes as mostBytes, readText } from '../../ground/read-file.ts';
import writeFileAtomic from 'write-file-atomic';
import { escapedJson } from '../../activation/plan/escaped-json.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import type { MessageId } from '../../locale/texts.ts';
import type { Flags } from '../console/arguments.ts';
import { confirmText } from '../console/ask.ts';
import { exitCode } from '../console/exit-codes.ts';
import { Stop } from '../console/stop.ts';
import type { Streams } from '../console/streams.ts';
import { insidePlans } from './inside-plans.ts';

/**
 * Writes a plan into a file. One that says the same stays as it is; one that says something else is only replaced when
 * that is meant.
 *
 * @returns Whether anything was written.
 * @throws Stop (2, 3, 130)
 */
export async function writePlan(plan: Plan, file: string, flags: Flags, streams: Streams): Promise<boolean> {
  const content = `${escapedJson(plan, 2)}\n`;
  const inside = insidePlans(file, streams);
  const there = await readText(inside, { mostBytes }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    const why = error.code === 'EACCES' || error.code === 'EISDIR' ? error.code : 'other';
    throw new Stop(exitCode.usage, (text) =>
      text('command.planUnreadable', { file, why: text(`command.why.${why}`) }),
    );
  });
  if (there === content) return false;
  if (there !== undefined) {
    const isSure = await confirmText(
      streams.text('pull.replace', { file }),
      (text) => text('pull.needsYes', { file }),
      flags,
      streams,
    );
    if (!isSure) throw new Stop(exitCode.interrupted);
  }
  await writeFileAtomic(inside, content, { mode: 0o600 }).catch(notWritten(file));
  return true;
}

/** Says of the file of a plan why it cannot be written. @throws Stop (2) */
export const notWritten =
  (file: string) =>
  ({ code }: NodeJS.ErrnoException): never => {
    const why = whyNotWritten[code ?? ''];
    throw new Stop(exitCode.usage, (text) =>
      text('command.planUnwritable', { file, why: why === undefined ? (code ?? '') : text(why) }),
    );
  };

const whyNotWritten: Readonly<Record<string, MessageId | undefined>> = {
  ENOENT: 'command.why.noFolder',
  ENOTDIR: 'command.why.noFolder',
  EACCES: 'command.why.EACCES',
  EPERM: 'command.why.EACCES',
  EROFS: 'command.why.EACCES',
  EISDIR: 'command.why.EISDIR',
  ENOSPC: 'command.why.full',
};
