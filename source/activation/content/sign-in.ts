import { isObject } from '../plan/json-path.ts';
import { hasSecret } from '../plan/secret-reference.ts';
import { holdsSecret } from '../spec/secret-params.ts';
import { isRoleName } from '../spec/value-form.ts';

/**
 * What of a sign-in may be read and held against another, in members within members too: no secret, nothing that is
 * masked. Numbers are texts, for an account reads back either. The ARN of a role is declared a password, so that
 * a platform may hide it on ways of its own: it is left out.
 *
 * @param params - `auth.params` of a plan, or of an account as it is read back.
 * @param card - Connection spec; nothing where it was not read.
 * @see cards.md, section 3.1
 */
export function readableParams(
  params: Readonly<Record<string, unknown>>,
  card: string | undefined,
  above: readonly string[] = [],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, value]): [string, unknown][] => {
      const way = [...above, name];
      if (holdsSecret(card, way) || isRoleName(name) || hasSecret(value)) return [];
      if (isObject(value)) return [[name, readableParams(value, card, way)]];
      const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
      return typeof text === 'string' && text !== '' && !text.includes('***') ? [[name, text]] : [];
    }),
  );
}
