import { planFindings } from '../activation/findings/findings.ts';
import { fixed } from '../activation/findings/fixes.ts';
import { documentedProblems } from '../activation/spec/spec-rules.ts';
import { readPlan } from '../activation/plan/read-plan.ts';
import type { Arguments } from './console/arguments.ts';
import { exitCode } from './console/exit-codes.ts';
import { isProblem, withPublicKey } from './plan/public-key.ts';
import { planSource, readPlanFile, tellProblems } from './plan/read-plan.ts';
import { Stop } from './console/stop.ts';
import { standardInput } from './console/standard-input.ts';
import { insidePlans } from './plan/inside-plans.ts';
import { isFolder, plansIn } from './plan/plans-in.ts';
import { withStop } from './console/with-stop.ts';
import { json, type Streams } from './console/streams.ts';
import { tell } from './console/wrap-said.ts';

/** `ferry plan check|show|new|diff|copy|upgrade|schema`: of these only `copy` needs the network. @see cli.md */
export function runPlan({ rest, flags }: Arguments, streams: Streams): Promise<number> {
  const isJson = flags.json === true;
  return withStop(streams, isJson, async (enter) => {
    const [verb, file] = rest;
    if (verb === 'check') {
      const isOne =
        file === undefined || file === standardInput || !(await isFolder(insidePlans(file, streams)));
      return isOne ? check(file, isJson, streams) : checkFolder(file, isJson, streams);
    }
    if (verb === 'new') return (await import('./plan/new.ts')).planNew(file, flags, streams);
    if (verb === 'diff') return (await import('./plan/diff.ts')).planDiff(rest.slice(1), isJson, streams);
    if (verb === 'copy')
      return (await import('./plan/copy.ts')).planCopy(rest.slice(1), flags, streams, enter);
    if (verb === 'upgrade')
      return (await import('./plan/upgrade.ts')).planUpgrade(rest.slice(1), flags, streams);
    if (verb === 'schema') {
      const { planJsonSchema } = await import('../activation/plan/json-schema.ts');
      json(streams.stdout, planJsonSchema(), 2);
      return exitCode.done;
    }
    if (verb !== 'show')
      throw new Stop(exitCode.usage, (text) =>
        text('command.notOneOf', {
          word: verb ?? '',
          form: text.command('plan check|show|new|diff|copy|upgrade|schema'),
        }),
      );
    const plan = await readPlanFile(file, 'plan show', streams, isJson);
    if (!plan) return exitCode.usage;
    if (flags.requests === true || flags.curl === true) {
      const { requestsOf } = await import('./plan/requests.ts');
      // Where the key cannot be read, what stands for it is shown.
      const key = await withPublicKey(plan, streams);
      const requests = requestsOf(isProblem(key) ? plan : key, streams.env);
      if (flags.requests === true) {
        json(streams.stdout, requests, 2);
      } else {
        const { curlScript } = await import('./plan/curl-script.ts');
        streams.stdout.write(curlScript(plan, requests));
      }
    } else if (isJson) {
      json(streams.stdout, plan, 2);
    } else {
      const { planSummary } = await import('./plan/summary.ts');
      for (const one of planSummary(streams.text, plan)) tell(streams.stdout, one);
    }
    return exitCode.done;
  });
}

/** Every plan of a folder, whatever is wrong with one of them. @returns The worst exit code. */
async function checkFolder(folder: string, isJson: boolean, streams: Streams): Promise<number> {
  let worst: number = exitCode.done;
  for (const file of await plansIn(folder))
    worst = Math.max(worst, await withStop(streams, isJson, () => check(file, isJson, streams, { file })));
  return worst;
}

/** @param named - What a JSON document says of the file, where it is one of several. */
async function check(
  file: string | undefined,
  isJson: boolean,
  streams: Streams,
  named: { file?: string } = {},
): Promise<number> {
  const reading = readPlan(await planSource(file, 'plan check', streams));
  if (reading.kind === 'problems') {
    tellProblems(file ?? '', reading.problems, streams, isJson, named);
    return exitCode.usage;
  }
  const { secretProblems } = await import('./plan/resolve-secrets.ts');
  const key = await withPublicKey(reading.plan, streams);
  const wrong = [
    ...documentedProblems(reading.plan),
    ...(await secretProblems(reading.plan, streams)),
    ...(isProblem(key) ? [key] : []),
  ];
  if (wrong.length > 0) {
    tellProblems(file ?? '', wrong, streams, isJson, named);
    return exitCode.usage;
  }
  const nowMs = Date.now();
  const findings = planFindings(reading.plan, nowMs);
  if (isJson) {
    const told = findings.map((one) => ({
      ...one,
      message: streams.english(one.id, one.values),
      isFixable: fixed(reading.plan, one, nowMs) !== undefined,
    }));
    json(streams.stdout, { ...named, valid: true, problems: [], findings: told });
    return exitCode.done;
  }
  const { stdout, text, glyphs } = streams;
  tell(stdout, `${glyphs.check} ${text('command.planFine', { file: file ?? '' })}`);
  if (findings.length > 0) tell(stdout, text('command.findings'));
  for (const one of findings) {
    const mark = one.severity === 'warning' ? glyphs.warning : glyphs.dot;
    tell(stdout, `  ${mark} ${one.path}  ${text(one.id, one.values)}`);
  }
  return exitCode.done;
}
