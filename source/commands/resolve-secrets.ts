import type { Plan } from '../activation/plan.ts';
import type { ResolvedParams } from '../activation/requests.ts';
import { hasSecret } from '../activation/secret-reference.ts';
import { english } from '../locale/texts.ts';
import { readSecret, type SecretReading, type SecretSources } from '../settings/secrets.ts';
import { exitCode } from './exit-codes.ts';
import { Stop } from './stop.ts';

/** Stands for a missing secret on the emulator: fits the strictest pattern there is (S3 secret keys). */
const dummy = 'A'.repeat(40);

/**
 * Auth params with every secret in clear.
 *
 * @param onDummy - On the emulator a missing secret becomes a dummy and is told; elsewhere leave it out.
 * @throws Stop (2) that names every secret that is not there, with its place in the plan.
 */
export async function resolveSecrets(
  plan: Plan,
  sources: SecretSources,
  onDummy?: (sentence: string) => void,
): Promise<ResolvedParams> {
  const resolved: Record<string, string | number | boolean> = {};
  const missing: string[] = [];
  for (const [name, value] of Object.entries(plan.destination.auth?.params ?? {})) {
    if (!hasSecret(value)) {
      resolved[name] = value;
      continue;
    }
    const path = `$.destination.auth.params.${name}`;
    const reading = await readSecret(value.$secret, name, sources);
    if (reading.kind === 'value') {
      resolved[name] = reading.value;
    } else if (onDummy) {
      resolved[name] = dummy;
      onDummy(english('command.secretDummy', { name: value.$secret, path: name }));
    } else {
      missing.push(`  ${path}  ${sentenceOf(reading)}`);
    }
  }
  if (missing.length > 0) throw new Stop(exitCode.usage, missing);
  return resolved;
}

function sentenceOf(reading: Exclude<SecretReading, { kind: 'value' }>): string {
  switch (reading.kind) {
    case 'notSet':
      return english('command.secretNotSet', { name: reading.name });
    case 'noFile':
      return english('command.secretNoFile', { file: reading.file });
    case 'openFile':
      return english('command.secretOpenFile', { file: reading.file, mode: reading.mode });
    case 'commandFailed':
      return english('command.secretHelper');
    case 'needsPrompt':
      return english('command.secretPrompt');
  }
}
