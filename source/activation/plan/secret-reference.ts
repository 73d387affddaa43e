/**
 * Where a secret comes from when it is needed. A plan holds references only, never the secret.
 *
 * `env:NAME` · `file:PATH` (mode 0600) · `prompt` · `command:…` (not in restricted mode)
 */
export interface SecretReference {
  readonly $secret: string;
  /** How the platform wants the value (`contentEncoding`); absent means as it is. */
  readonly encoding?: 'base64' | undefined;
}

/** `true` for a reference whose form is known; whether it can be resolved is another question. */
export function isSecretReference(text: string): boolean {
  return text === 'prompt' || /^env:[A-Za-z_][A-Za-z0-9_]*$/.test(text) || /^(file|command):./.test(text);
}

/**
 * A value as the platform wants it. A key that was encoded already stays as it is: many people keep it so.
 *
 * @see flow-service.md, section 4.2
 */
export function encoded(value: string, encoding: SecretReference['encoding']): string {
  if (encoding === undefined) return value;
  const isDone =
    /^[A-Za-z0-9+/\s]+=*\s*$/.test(value) &&
    Buffer.from(value, 'base64').toString('utf8').startsWith('-----BEGIN ');
  return isDone ? value.replaceAll(/\s/g, '') : Buffer.from(value, 'utf8').toString('base64');
}

/** Whether a text is base64, as it may have been laid out in lines. */
export const isBase64 = (value: string): boolean =>
  /^[A-Za-z0-9+/]+={0,2}$/.test(value.replaceAll(/\s/g, ''));

/** Tells a reference from a plain parameter. */
export function hasSecret(value: unknown): value is SecretReference {
  return (
    typeof value === 'object' && value !== null && '$secret' in value && typeof value.$secret === 'string'
  );
}

/**
 * The environment variable that the wizard names for a typed secret:
 * (`Adobe Campaign`, `S3`, `secretKey`) → `ADOBE_CAMPAIGN_S3_SECRET_KEY`. No word comes twice, and a sign-in that the
 * field speaks of is left out: (`Amazon S3`, `Access Key`, `s3SecretKey`) → `AMAZON_S3_SECRET_KEY`.
 */
export function secretVariable(destinationName: string, specName: string, field: string): string {
  const asked = wordsOf(field);
  const signIn = wordsOf(specName).filter((_, __, all) => !all.some((word) => asked.includes(word)));
  const lead = new Set([...wordsOf(destinationName), ...signIn].filter((word) => !asked.includes(word)));
  const name = [...lead, ...asked].join('_');
  return /^[A-Z_]/.test(name) ? name : `FERRY_${name}`;
}

const wordsOf = (text: string): string[] =>
  text
    .replaceAll(/([a-z]\d*)([A-Z])/g, '$1 $2')
    .normalize('NFKD')
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== '');
