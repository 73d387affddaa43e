import { secretsIn } from '../../flow-service/secrets/known-secrets.ts';
import { rangesOf, withoutRanges } from '../../flow-service/secrets/ranges.ts';

/** Names of variables that hold secrets, ours or a person's own. */
const secretNames =
  /(SECRET|TOKEN|PASSWORD|PASSPHRASE|PRIVATE|API_?KEY|ACCESS_?KEY|SSH_KEY|CONNECTION_STRING)/i;
/** Shorter values are words; taking them out would make a report unreadable. */
const shortestValue = 6;

/** What secrets look like wherever they are. */
const shapes = [
  /-----BEGIN [^-]+-----[\s\S]*?(?:-----END [^-]+-----|$)/g,
  /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g,
  /\bBearer\s+\S+/gi,
  /\b(?:client_secret|password|secret|token|AccountKey|SharedAccessSignature)=[^\s&;"']+/gi,
  /"(?:[^"]*(?:secret|password|token|sshKey|connectionString)[^"]*)"\s*:\s*"[^"]*"/gi,
];

/**
 * A text for a report that may be handed on: without the values of variables that hold secrets, and
 * without what looks like one, and without the secrets that this process has sent.
 */
export function redact(text: string, env: Readonly<Record<string, string | undefined>>): string {
  const values = Object.entries(env)
    .flatMap(([name, value]) => (secretNames.test(name) && value !== undefined ? [value] : []))
    .filter((value) => value.length >= shortestValue);
  return withoutRanges(text, [
    ...[...shapes, ...values].flatMap((what) => rangesOf(what, text)),
    ...secretsIn(text),
  ]);
}
