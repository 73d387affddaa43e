import type { Plan } from '../../activation/plan/plan.ts';
import { readPlan } from '../../activation/plan/read-plan.ts';
import type { Problem } from '../../activation/plan/problem.ts';
import type { MessageId } from '../../locale/texts.ts';
import { exitCode } from '../console/exit-codes.ts';
import { readStandardInput, standardInput } from '../console/standard-input.ts';
import { insidePlans } from './inside-plans.ts';
import { mostWrittenBytes as mostBytes, readBytes } from '../../ground/read-file.ts';
import { isProblem, withPublicKey } from './public-key.ts';
import { isStop, Stop } from '../console/stop.ts';
import { visible } from '../console/visible.ts';
import { json, type Streams } from '../console/streams.ts';
import { tell } from '../console/wrap-said.ts';

const notUtf8 = 'ERR_ENCODING_INVALID_ENCODED_DATA';

/** Why a file cannot be read, by what the system says. */
const reasons: Readonly<Record<string, MessageId>> = {
  ENOENT: 'command.why.ENOENT',
  EACCES: 'command.why.EACCES',
  EISDIR: 'command.why.EISDIR',
  TOO_LARGE: 'command.why.TOO_LARGE',
  SILENT: 'command.why.SILENT',
  [notUtf8]: 'command.why.notUtf8',
};

/**
 * Bytes as the text they are. What is no UTF-8 would be replaced without a word; UTF-16 of plain letters would pass,
 * each with a NUL beside it.
 *
 * @throws TypeError of the code that a `TextDecoder` gives.
 */
function utf8Of(bytes: Buffer): string {
  if (bytes.includes(0)) throw Object.assign(new TypeError('NUL'), { code: notUtf8 });
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** Reads a plan file, or standard input where `-` is named. @throws Stop (2) when there is none or it cannot be read. */
export async function planSource(
  file: string | undefined,
  command: string,
  streams: Pick<Streams, 'restriction' | 'stdin'>,
): Promise<string> {
  if (file === undefined) throw new Stop(exitCode.usage, (text) => text('command.planMissing', { command }));
  try {
    if (file === standardInput) return utf8Of(await readStandardInput(streams, mostBytes));
    return utf8Of(await readBytes(insidePlans(file, streams), { mostBytes, mayBePipe: true }));
  } catch (error) {
    if (isStop(error)) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new Stop(exitCode.usage, (text) =>
      text('command.planUnreadable', { file, why: text(reasons[code] ?? 'command.why.other') }),
    );
  }
}

/** The plan of a file, with its public key in clear, or its problems told and nothing. */
export async function readPlanFile(
  file: string | undefined,
  command: string,
  streams: Streams,
  isJson: boolean,
): Promise<Plan | undefined> {
  const source = await planSource(file, command, streams);
  const reading = readPlan(source);
  const read = reading.kind === 'plan' ? await withPublicKey(reading.plan, streams) : undefined;
  if (read && !isProblem(read)) return read;
  const problems = reading.kind === 'problems' ? reading.problems : [read].flatMap((one) => one ?? []);
  tellProblems(file ?? '', problems, streams, isJson);
  return undefined;
}

/**
 * Each problem on its own line, with its JSON path and the rule.
 *
 * @param named - What a JSON document says of the file, where it is one of several.
 */
export function tellProblems(
  file: string,
  problems: readonly Problem[],
  { stdout, stderr, text, english, glyphs }: Streams,
  isJson: boolean,
  named: { file?: string } = {},
): void {
  if (isJson) {
    const told = problems.map((one) => ({ ...one, message: english(one.id, one.values) }));
    json(stdout, { ...named, valid: false, problems: told });
  }
  tell(stderr, `${glyphs.cross} ${text('command.problems', { file, count: problems.length })}`);
  for (const one of problems) tell(stderr, `  ${visible(one.path)}  ${text(one.id, one.values)}`);
}
