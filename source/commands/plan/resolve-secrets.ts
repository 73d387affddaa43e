import type { AuthParams, Plan } from '../../activation/plan.ts';
import type { ResolvedParams } from '../../activation/requests.ts';
import { encoded, hasSecret } from '../../activation/secret-reference.ts';
import { secretText } from '../../locale/secret-text.ts';
import { readSecret, type SecretSources } from '../../settings/secrets.ts';
import type { Flags } from '../console/arguments.ts';
import { secretPrompt } from '../console/ask.ts';
import { exitCode } from '../console/exit-codes.ts';
import { type Sentence, Stop } from '../console/stop.ts';
import { line, type Streams } from '../console/streams.ts';
import { isInsidePlans } from './inside-plans.ts';

/** Stands for a missing secret on the emulator: fits the strictest pattern there is (S3 secret keys). */
const dummy = 'A'.repeat(40);

/**
 * Auth params with every secret in clear.
 *
 * @param onDummy - On the emulator a missing secret becomes a dummy, and its reference and the name of the
 *   field are told; elsewhere leave it out.
 * @throws Stop (2) that names every secret that is not there, with its place in the plan.
 */
export async function resolveSecrets(
  plan: Plan,
  sources: SecretSources,
  onDummy?: (reference: string, name: string) => void,
): Promise<ResolvedParams> {
  const missing: Sentence[] = [];
  const resolved = await resolveAll(plan.destination.auth?.params ?? {}, '$.destination.auth.params');
  if (missing.length > 0) throw new Stop(exitCode.usage, ...missing);
  return resolved;

  async function resolveAll(params: AuthParams, above: string): Promise<ResolvedParams> {
    const found: Record<string, ResolvedParams[string]> = {};
    for (const [name, value] of Object.entries(params)) {
      const path = `${above}.${name}`;
      if (hasSecret(value)) {
        const reading = await readSecret(value.$secret, name, sources);
        if (reading.kind === 'value') {
          found[name] = encoded(reading.value, value.encoding);
        } else if (onDummy) {
          found[name] = dummy;
          onDummy(value.$secret, name);
        } else {
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
export function secretsOf(plan: Plan, flags: Flags, streams: Streams): Promise<ResolvedParams> {
  const prompt = secretPrompt(flags, streams);
  const { restriction, env, stderr, text } = streams;
  const onDummy = (reference: string, name: string): void =>
    line(stderr, text('command.secretDummy', { name: reference, path: name }));
  const limits = restriction
    ? { isRestricted: true, mayRead: (file: string) => isInsidePlans(file, streams) }
    : {};
  return resolveSecrets(plan, { env, prompt, ...limits }, flags.emulator === true ? onDummy : undefined);
}
