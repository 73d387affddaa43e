import { readFile } from 'node:fs/promises';
import type { Plan } from '../../activation/plan/plan.ts';
import { readPlan } from '../../activation/plan/read-plan.ts';
import type { Problem } from '../../activation/plan/problem.ts';
import type { MessageId } from '../../locale/texts.ts';
import { exitCode } from '../console/exit-codes.ts';
import { readStandardInput, standardInput } from '../console/standard-input.ts';
import { insidePlans } from './inside-plans.ts';
import { isStop, Stop } from '../console/stop.ts';
import { visible } from '../console/visible.ts';
import { json, line, type Streams } from '../console/streams.ts';

/** A larger file is not a plan. Bytes. */
const mostBytes = 8 * 1024 * 1024;

/** Why a file cannot be read, by what the system says. */
const reasons: Readonly<Record<string, MessageId>> = {
  ENOENT: 'command.why.ENOENT',
  EACCES: 'command.why.EACCES',
  EISDIR: 'command.why.EISDIR',
};

/** Reads a plan file, or standard input where `-` is named. @throws Stop (2) when there is none or it cannot be read. */
export async function planSource(
  file: string | undefined,
  command: string,
  streams: Pick<Streams, 'restriction' | 'stdin'>,
): Promise<string> {
  if (file === undefined) throw new Stop(exitCode.usage, (text) => text('command.planMissing', { command }));
  try {
    if (file === standardInput) return await readStandardInput(streams, mostBytes);
    const source = await readFile(insidePlans(file, streams));
    if (source.length > mostBytes) throw new Error('too large');
    return source.toString('utf8');
  } catch (error) {
    if (isStop(error)) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new Stop(exitCode.usage, (text) =>
      text('command.planUnreadable', { file, why: text(reasons[code] ?? 'command.why.other') }),
    );
  }
}

/** The plan of a file, or its problems told and nothing. */
export async function readPlanFile(
  file: string | undefined,
  command: string,
  streams: Streams,
  isJson: boolean,
): Promise<Plan | undefined> {
  const source = await planSource(file, command, streams);
  const reading = readPlan(source);
  if (reading.kind === 'plan') return reading.plan;
  tellProblems(file ?? '', reading.problems, streams, isJson);
  return undefined;
}

/** Each problem on its own line, with its JSON path and the rule. */
export function tellProblems(
  file: string,
  problems: readonly Problem[],
  { stdout, stderr, text, english, glyphs }: Streams,
  isJson: boolean,
): void {
  if (isJson) {
    const told = problems.map((one) => ({ ...one, message: english(one.id, one.values) }));
    json(stdout, { valid: false, problems: told });
  }
  line(stderr, `${glyphs.cross} ${text('command.problems', { file, count: problems.length })}`);
  for (const one of problems) line(stderr, `  ${visible(one.path)}  ${text(one.id, one.values)}`);
}
