import { lookUp } from '../activation/plan/json-path.ts';
import type { AuthParams } from '../activation/plan/plan.ts';
import { isSecretReference } from '../activation/plan/secret-reference.ts';
import type { AuthMethod } from '../activation/spec/catalog.ts';
import { type Field, pathOf } from '../activation/spec/field.ts';
import type { Connection } from '../flow-service/connections.ts';
import { exitCode } from './console/exit-codes.ts';
import { Stop } from './console/stop.ts';

export type SignIn = Connection['auth'];

/**
 * How an account signs in: by the one method whose secrets it has, for the name that is read back may be that of
 * another, or of an older card; else by that name.
 *
 * @see cards.md, section 3.1
 */
export function methodOf(methods: readonly AuthMethod[], auth: SignIn): AuthMethod | undefined {
  const byName = auth ? methods.find(({ specName }) => specName === auth.specName) : methods[0];
  const bySecrets = methods.filter(({ fields }) => {
    const secrets = fields.filter(({ isSecret, isRequired }) => isSecret && isRequired);
    return secrets.length > 0 && secrets.every((field) => lookUp(auth?.params, pathOf(field)) !== undefined);
  });
  const [only, ...others] = bySecrets;
  return others.length === 0 ? (only ?? byName) : byName;
}

/**
 * Where a secret comes from: as it was said, else it is asked for. One that need not be there is not.
 *
 * @throws Stop (2) for one in clear
 */
export function secretFrom(field: Field, said: string | undefined): AuthParams[string] | undefined {
  if (said === undefined && !field.isRequired) return undefined;
  const reference = said ?? 'prompt';
  if (!isSecretReference(reference))
    throw new Stop(exitCode.usage, (text) => text('planNew.secretInClear', { name: field.name }));
  return { $secret: reference, ...(field.isBase64 ? { encoding: 'base64' as const } : {}) };
}

/** What an account holds of a field that can be read, as a text. */
export function heldIn(auth: SignIn, field: Field): string | undefined {
  const held = lookUp(auth?.params, pathOf(field));
  return typeof held === 'string' || typeof held === 'number' || typeof held === 'boolean'
    ? String(held)
    : undefined;
}
