import { existsSync, writeFileSync } from 'node:fs';
import { type Finding, planFindings } from '../../activation/findings/findings.ts';
import { escapedJson } from '../../activation/plan/escaped-json.ts';
import { readPlan } from '../../activation/plan/read-plan.ts';
import { documentedProblems } from '../../activation/spec/spec-rules.ts';
import type { Flags } from '../console/arguments.ts';
import { exitCode } from '../console/exit-codes.ts';
import { Stop } from '../console/stop.ts';
import { json, type Streams } from '../console/streams.ts';
import { tell } from '../console/wrap-said.ts';
import { fileToWrite } from './inside-plans.ts';
import { newPlan } from './new-plan.ts';
import { tellProblems } from './read-plan.ts';
import { notWritten } from './write-plan.ts';

/**
 * `ferry plan new FILE`: a plan from answers on the command line, and what is still missing of it.
 *
 * @returns 2 where something is missing that its card asks for; it is written all the same.
 * @throws Stop
 * @see cli.md
 */
export function planNew(target: string | undefined, flags: Flags, streams: Streams): number {
  const isJson = flags.json === true;
  const file = fileToWrite(target, streams);
  if (file !== undefined && existsSync(file))
    throw new Stop(exitCode.usage, (text) => text('planNew.exists', { file }));
  const nowMs = Date.now();
  const plan = newPlan(flags, nowMs);
  // The same reading as any plan gets: what it says is wrong with an answer is said here.
  const reading = readPlan(JSON.stringify(plan));
  const problems = reading.kind === 'problems' ? reading.problems : documentedProblems(reading.plan);
  if (reading.kind === 'problems' || problems.length > 0) {
    tellProblems(file ?? streams.text('planNew.unnamed'), problems, streams, isJson);
    return exitCode.usage;
  }
  const { stdout, stderr, text, english, glyphs } = streams;
  const content = `${escapedJson(plan, 2)}\n`;
  const findings = planFindings(reading.plan, nowMs).filter(({ severity }) => severity === 'warning');
  const code = findings.some(isOpen) ? exitCode.usage : exitCode.done;
  if (file === undefined) stdout.write(content);
  else
    try {
      writeFileSync(file, content, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      notWritten(file)(error as NodeJS.ErrnoException);
    }
  if (file !== undefined && isJson) {
    const told = findings.map((one) => ({
      ...one,
      message: english(one.id, one.values),
      ...(isOpen(one) ? { option: optionFor(one) } : {}),
    }));
    json(stdout, { file, findings: told });
    return code;
  }
  if (file !== undefined) tell(stdout, text('planNew.done', { file }));
  for (const one of findings)
    tell(
      stderr,
      isOpen(one)
        ? `${glyphs.cross} ${one.path}  ${text('planNew.give', { option: optionFor(one) })}`
        : `${glyphs.warning} ${one.path}  ${text(one.id, one.values)}`,
    );
  return code;
}

/** What the card asks for, and nobody has said. */
const isOpen = ({ id }: Finding): boolean => id === 'finding.paramMissing';

/** The option that says it: `--location path=…`. */
const optionFor = ({ path, values }: Finding): string =>
  `${path.startsWith('$.destination.auth.') ? '--param' : '--location'} ${values['name'] ?? ''}=…`;
