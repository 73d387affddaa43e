import type { AuthParams, Plan } from '../../activation/plan/plan.ts';
import type { ResolvedParams } from '../../activation/requests.ts';
import { documentedForms } from '../../activation/spec/forms.ts';
import { fieldProblem, secretMistake, sentSecret } from '../../activation/spec/field.ts';
import { type Problem, problem } from '../../activation/plan/problem.ts';
import {
  encoded,
  hasSecret,
  isBase64,
  type SecretReference,
} from '../../activation/plan/secret-reference.ts';
import { secretText } from '../../locale/secret-text.ts';
import { readSecret, type SecretSources } from '../../settings/secrets.ts';
import type { Flags } from '../console/arguments.ts';
import { secretPrompt } from '../console/ask.ts';
import { exitCode } from '../console/exit-codes.ts';
import { type Sentence, Stop } from '../console/stop.ts';
import { type Streams } from '../console/streams.ts';
import { isInsidePlans } from './inside-plans.ts';
import { tell } from '../console/wrap-said.ts';

/** Stands for a missing secret on the emulator: fits the strictest pattern there is (S3 secret keys). */
const dummy = 'A'.repeat(40);

/**
 * Auth params with every secret in clear.
 *
 * @param onDummy - On the emulator a missing secret becomes a dummy, and its reference and the name of the
 *   field are told; elsewhere leave it out.
 * @throws Stop (2; 3 where only a person to ask is missing) that names every secret that is not there, or that no server can mean, with its place in the plan.
 */
export async function resolveSecrets(
  plan: Pick<Plan, 'destination'>,
  sources: SecretSources,
  onDummy?: (reference: string, name: string) => void,
): Promise<ResolvedParams> {
  const missing: Sentence[] = [];
  let areAllQuestions = true;
  const resolved = await resolveAll(plan.destination.auth?.params ?? {}, '$.destination.auth.params');
  if (missing.length > 0)
    throw new Stop(areAllQuestions ? exitCode.needsTerminal : exitCode.usage, ...missing);
  return resolved;

  async function resolveAll(params: AuthParams, above: string): Promise<ResolvedParams> {
    const found: Record<string, ResolvedParams[string]> = {};
    for (const [name, value] of Object.entries(params)) {
      const path = `${above}.${name}`;
      if (hasSecret(value)) {
        const reading = await readSecret(value.$secret, name, sources);
        if (reading.kind === 'value') {
          const wrong = secretProblem(plan, name, reading.value, value.encoding);
          if (wrong) {
            areAllQuestions = false;
            missing.push((text) => `  ${path}  ${text(wrong.id, wrong.values)}`);
          }
          found[name] = encoded(sentSecret(name, reading.value), value.encoding);
        } else if (onDummy) {
          found[name] = dummy;
          onDummy(value.$secret, name);
        } else {
          areAllQuestions &&= reading.kind === 'needsPrompt';
          missing.push((text) => `  ${path}  ${secretText(text, reading)}`);
        }
      } else {
        found[name] = typeof value === 'object' ? await resolveAll(value, path) : value;
      }
    }
    return found;
  }
}

/** The secrets of a plan, asked for where somebody can be asked; a dummy only on the embedded emulator. */
export function secretsOf(
  plan: Pick<Plan, 'destination'>,
  flags: Flags,
  streams: Streams,
): Promise<ResolvedParams> {
  const prompt = secretPrompt(flags, streams);
  const { restriction, env, stderr, text } = streams;
  const onDummy = (reference: string, name: string): void =>
    tell(stderr, text('command.secretDummy', { name: reference, path: name }));
  const limits = restriction
    ? { isRestricted: true, mayRead: (file: string) => isInsidePlans(file, streams) }
    : {};
  return resolveSecrets(plan, { env, prompt, ...limits }, flags.emulator === true ? onDummy : undefined);
}

/** What is wrong with a secret, by its name and by the form that is known for it. It is never repeated. */
function secretProblem(
  plan: Pick<Plan, 'destination'>,
  name: string,
  value: string,
  encoding: SecretReference['encoding'],
): Pick<Problem, 'id' | 'values'> | undefined {
  const { connectionSpecId, auth } = plan.destination;
  const method = documentedForms(connectionSpecId)?.auth.find(({ specName }) => specName === auth?.specName);
  const field = method?.fields.find((one) => one.name === name && one.isSecret);
  if (field) {
    const isSentPlain = field.isBase64 && !isBase64(encoded(value, encoding));
    return (
      fieldProblem({ ...field, title: name }, value) ??
      (isSentPlain ? problem('field.notBase64', '', { field: name }) : undefined)
    );
  }
  const id = secretMistake(name, value);
  return id === undefined ? undefined : { id, values: { field: name } };
}

/** What is wrong with the secrets of a plan that are there without asking anybody or running anything. */
export async function secretProblems(
  plan: Plan,
  streams: Pick<Streams, 'env' | 'restriction'>,
): Promise<readonly Problem[]> {
  const { env, restriction } = streams;
  const mayRead = restriction ? { mayRead: (file: string) => isInsidePlans(file, streams) } : {};
  const found: Problem[] = [];
  async function look(params: AuthParams, above: string): Promise<void> {
    for (const [name, value] of Object.entries(params)) {
      const path = `${above}.${name}`;
      if (!hasSecret(value)) {
        if (typeof value === 'object') await look(value, path);
      } else if (/^(env|file):/.test(value.$secret)) {
        const reading = await readSecret(value.$secret, name, { env, ...mayRead });
        const wrong =
          reading.kind === 'value' ? secretProblem(plan, name, reading.value, value.encoding) : undefined;
        if (wrong) found.push({ ...wrong, path });
      }
    }
  }
  await look(plan.destination.auth?.params ?? {}, '$.destination.auth.params');
  return found;
}
