import { describe, expect, it } from 'vitest';
import { newerCards } from '../../source/activation/catalog.ts';
import type { Plan } from '../../source/activation/plan.ts';
import { execute } from '../../source/apply/execute.ts';
import { exitCodeOf } from '../../source/commands/console/exit-codes.ts';
import { english } from '../../source/locale/catalogs.ts';
import { explain } from '../../source/locale/explain.ts';
import { answerWith, clientOf } from '../helpers/answers.ts';
import { authParams, futurePlan } from '../helpers/runs.ts';

type Specs = { status?: number; json?: unknown };

/** What becomes of a plan on a service that publishes these specs and takes any create. */
async function applied(
  plan: Plan,
  specs: Specs,
): Promise<{ kinds: string[]; said: string[]; writes: number }> {
  const server = await answerWith(({ method, url }) => {
    if (url.includes('/connectionSpecs')) return specs;
    return method === 'POST' ? { status: 400, json: { message: 'no further' } } : { json: { items: [] } };
  });
  const events = execute(plan, {
    client: clientOf(server.url),
    authParams,
    run: '0a1b2c3d',
    clock: () => performance.now(),
    retryBaseMs: 1,
    doubtMs: 10,
  });
  const failures: unknown[] = [];
  for await (const event of events) if (event.kind === 'failed') failures.push(event.error);
  return {
    kinds: failures.map((error) => String((error as { kind?: string }).kind)),
    said: failures.map((error) => {
      const { why } = explain(english, error, { host: 'x', sandbox: 'dev' });
      return `${exitCodeOf(error)} ${why}`;
    }),
    writes: server.seen.filter(({ method }) => method !== 'GET').length,
  };
}

const { connectionSpecId } = futurePlan.destination;
const items = (...list: object[]): Specs => ({ json: { items: list.map((one) => ({ name: 'x', ...one })) } });
const [s3Card] = newerCards;
const s3Plan: Plan = {
  ...futurePlan,
  destination: {
    connectionSpecId: s3Card?.replaces ?? '',
    auth: {
      specName: 'Access Key',
      params: { s3AccessKey: 'AKIAIOSFODNN7EXAMPLE', s3SecretKey: { $secret: 'env:S' } },
    },
    location: { mode: 'S3', bucketName: 'crm-exports', path: 'daily' },
  },
};

describe('before the first write', () => {
  it.each<[string, Plan, Specs, RegExp]>([
    [
      'a migrated organisation is told of, with the card to use',
      s3Plan,
      items({ id: s3Card?.connectionSpecId }),
      new RegExp(`^2 .*Amazon S3.*${s3Card?.connectionSpecId}`),
    ],
    ['a destination that is not there', futurePlan, items(), new RegExp(`^2 .*${connectionSpecId}`)],
    [
      'a service that ignores the filter answers for no other',
      futurePlan,
      items({ id: '00000000-0000-4000-8000-000000000001' }),
      new RegExp(`^2 .*${connectionSpecId}`),
    ],
    [
      'a sign-in that is published no more',
      futurePlan,
      items({ id: connectionSpecId, authSpec: [{ name: 'SFTP with SSH Key' }] }),
      /^2 \$\.destination\.auth\.specName .*"S3".*SFTP with SSH Key/,
    ],
    [
      'a param that is published as needed',
      futurePlan,
      items({
        id: connectionSpecId,
        targetSpec: { spec: { properties: { mode: { enum: ['S3'] }, region: {} }, required: ['region'] } },
      }),
      /^2 .*\$\.destination\.location\.region/,
    ],
  ])('%s', async (_, plan, specs, wanted) => {
    const { kinds, said, writes } = await applied(plan, specs);
    expect(kinds).toEqual(['planRefused']);
    expect(said[0]).toMatch(wanted);
    expect(writes).toBe(0);
  });

  it('nothing is written where the specs cannot be read for now', async () => {
    const { kinds, writes } = await applied(futurePlan, { status: 418 });
    expect([kinds, writes]).toEqual([['refused'], 0]);
  });

  it.each<[string, Specs]>([
    ['the spec is as the plan says', items({ id: connectionSpecId.toUpperCase() })],
    ['specs may not be read', { status: 403 }],
  ])('it goes on where %s', async (_, specs) => {
    expect((await applied(futurePlan, specs)).writes).toBeGreaterThan(0);
  });
});
