/**
 * Where a secret comes from when it is needed. A plan holds references only, never the secret.
 *
 * `env:NAME` · `file:PATH` (mode 0600) · `prompt` · `command:…` (not in restricted mode)
 */
export interface SecretReference {
  readonly $secret: string;
}

/** `true` for a reference whose form is known; whether it can be resolved is another question. */
export function isSecretReference(text: string): boolean {
  return text === 'prompt' || /^env:[A-Za-z_][A-Za-z0-9_]*$/.test(text) || /^(file|command):./.test(text);
}

/** Tells a reference from a plain parameter. */
export function hasSecret(value: unknown): value is SecretReference {
  return (
    typeof value === 'object' && value !== null && '$secret' in value && typeof value.$secret === 'string'
  );
}

/**
 * The environment variable that the wizard names for a typed secret:
 * (`Adobe Campaign`, `S3`, `secretKey`) → `ADOBE_CAMPAIGN_S3_SECRET_KEY`.
 */
export function secretVariable(destinationName: string, specName: string, field: string): string {
  const words = `${destinationName} ${specName} ${field}`
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .normalize('NFKD')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  const name = words.join('_').toUpperCase();
  return /^[A-Z_]/.test(name) ? name : `FERRY_${name}`;
}
