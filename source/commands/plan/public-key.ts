import { mostWrittenBytes as mostBytes, readText } from '../../ground/read-file.ts';
import { readPublicKey } from '../../activation/content/public-key.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import { type Problem, problem } from '../../activation/plan/problem.ts';
import { variableOf } from '../../settings/secrets.ts';
import type { Streams } from '../console/streams.ts';
import { isInsidePlans } from './inside-plans.ts';

const path = '$.destination.encryption.publicKey';

type Sources = Pick<Streams, 'env' | 'restriction'>;
type KeyReading =
  | { readonly kind: 'key'; readonly publicKey: string }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** The public key that a reference leads to: `env:NAME`, or `file:PATH` of any mode. It is no secret. */
export async function readKeyAt(reference: string, { env, restriction }: Sources): Promise<KeyReading> {
  const [, scheme, name = ''] = /^(env|file):(.+)$/.exec(reference) ?? [];
  const mayRead = !restriction || isInsidePlans(name, { restriction });
  const publicKey =
    scheme === 'env'
      ? variableOf(env, name)
      : scheme === 'file' && mayRead
        ? await readText(name, { mostBytes, mayBePipe: true }).catch(() => undefined)
        : undefined;
  if (publicKey === undefined || publicKey === '')
    return { kind: 'problem', problem: problem('publicKey.unread', path, { reference }) };
  const reading = readPublicKey(publicKey);
  return reading.kind === 'mistake'
    ? { kind: 'problem', problem: problem(reading.id, path) }
    : { kind: 'key', publicKey };
}

/**
 * A plan with its public key in clear.
 *
 * @returns A problem where it is not there, or none.
 */
export async function withPublicKey(plan: Plan, sources: Sources): Promise<Plan | Problem> {
  const { encryption } = plan.destination;
  if (!encryption || typeof encryption.publicKey === 'string') return plan;
  const reading = await readKeyAt(encryption.publicKey.$secret, sources);
  if (reading.kind === 'problem') return reading.problem;
  const { destination } = plan;
  return {
    ...plan,
    destination: { ...destination, encryption: { ...encryption, publicKey: reading.publicKey } },
  };
}

/** Tells a problem from a plan. */
export const isProblem = (one: Plan | Problem): one is Problem => 'id' in one;
