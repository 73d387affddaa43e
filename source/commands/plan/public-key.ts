import { readFile } from 'node:fs/promises';
import { readPublicKey } from '../../activation/content/public-key.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import { type Problem, problem } from '../../activation/plan/problem.ts';
import type { Streams } from '../console/streams.ts';
import { isInsidePlans } from './inside-plans.ts';

const path = '$.destination.encryption.publicKey';

/**
 * A plan with its public key in clear, which is no secret: `env:NAME` and `file:PATH` are read, a file of any mode.
 *
 * @returns A problem where it is not there, or none.
 */
export async function withPublicKey(
  plan: Plan,
  { env, restriction }: Pick<Streams, 'env' | 'restriction'>,
): Promise<Plan | Problem> {
  const { encryption } = plan.destination;
  if (!encryption || typeof encryption.publicKey === 'string') return plan;
  const reference = encryption.publicKey.$secret;
  const [, scheme, name = ''] = /^(env|file):(.+)$/.exec(reference) ?? [];
  const mayRead = !restriction || isInsidePlans(name, { restriction });
  const publicKey =
    scheme === 'env'
      ? env[name]
      : scheme === 'file' && mayRead
        ? await readFile(name, 'utf8').catch(() => undefined)
        : undefined;
  if (publicKey === undefined || publicKey === '') return problem('publicKey.unread', path, { reference });
  const reading = readPublicKey(publicKey);
  if (reading.kind === 'mistake') return problem(reading.id, path);
  const { destination } = plan;
  return { ...plan, destination: { ...destination, encryption: { ...encryption, publicKey } } };
}

/** Tells a problem from a plan. */
export const isProblem = (one: Plan | Problem): one is Problem => 'id' in one;
