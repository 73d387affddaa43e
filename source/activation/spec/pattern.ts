import { type Context, createContext, runInContext } from 'node:vm';

/** A pattern of the platform may take this long, milliseconds: some would take longer than a life. */
const patienceMs = 100;

/** What the cards say of the name of a bucket. Read by hand: its length is bounded, and each dot ends what is tried. */
export const bucketPattern = String.raw`(?=^.{3,63}$)(?!^(\d+\.)+\d+$)(^(([a-z0-9]|[a-z0-9][a-z0-9\-]*[a-z0-9])\.)*([a-z0-9]|[a-z0-9][a-z0-9\-]*[a-z0-9])$)`;

let sandbox: Context | undefined;

/**
 * Whether a value has the form a published pattern asks for.
 *
 * @returns `undefined` when the pattern is not one that JavaScript reads, or takes too long: then the
 * platform decides.
 */
export function matchesPattern(pattern: string, value: string): boolean | undefined {
  const regex = compiled(pattern);
  if (!regex) return undefined;
  if (pattern === bucketPattern || isQuick(pattern)) return regex.test(value);
  sandbox ??= createContext({});
  Object.assign(sandbox, { regex, value });
  // Once may be a machine that was busy with something else.
  for (let attempt = 1; attempt <= 2; attempt++) {
    try {
      return runInContext('regex.test(value)', sandbox, { timeout: patienceMs }) as boolean;
    } catch {
      // It takes too long.
    }
  }
  return undefined;
}

/** Nothing repeated but single signs, and without end at most one of them: no value makes such a pattern slow. */
const isQuick = (pattern: string): boolean =>
  !/\)[*+?{]/.test(pattern) && (pattern.match(/[*+]|,\}/g)?.length ?? 0) <= 1;

function compiled(pattern: string): RegExp | undefined {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(pattern, flags);
    } catch {
      // The other flags read older patterns.
    }
  }
  return undefined;
}
