import { afterEach, describe, expect, it } from 'vitest';
import { newerCards } from '../../source/activation/spec/catalog.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { readPlan } from '../../source/activation/plan/read-plan.ts';
import { execute } from '../../source/apply/execute.ts';
import { exitCodeOf } from '../../source/commands/console/exit-codes.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../source/emulator/server.ts';
import { english } from '../../source/locale/catalogs.ts';
import { explain } from '../../source/locale/explain.ts';
import { answerWith, clientOf } from '../helpers/answers.ts';
import { authParams, countsOf, futurePlan, none, orgId } from '../helpers/runs.ts';

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

describe('against the emulator', () => {
  const running: Emulator[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((one) => one.close()));
  });

  async function applyTo(
    plan: Plan,
    options: EmulatorOptions,
  ): Promise<{ outcome: string; emulator: Emulator }> {
    const emulator = await startEmulator({ segments: 20, patchDelayMs: 5, ...options });
    running.push(emulator);
    const events = execute(plan, {
      client: clientOf(emulator.url, { orgId }),
      authParams: Object.fromEntries(
        Object.entries(plan.destination.auth?.params ?? {}).map(([name, value]) => [
          name,
          typeof value === 'string' ? value : 'A'.repeat(40),
        ]),
      ),
      run: '0a1b2c3d',
      clock: () => performance.now(),
      retryBaseMs: 1,
    });
    let outcome = '';
    for await (const event of events) if (event.kind === 'result') outcome = event.outcome;
    return { outcome, emulator };
  }

  it('a sign-in and a mode that only the organisation publishes come to a verified dataflow', async () => {
    const sftp = '64ef4b8b-a6e0-41b5-9677-3805d1ee5dd0';
    const properties = { domain: { type: 'string' }, sshKey: { type: 'string', format: 'password' } };
    const card = {
      id: sftp,
      name: 'SFTP',
      authSpec: [{ name: 'SFTP with SSH Key', spec: { properties, required: ['domain', 'sshKey'] } }],
      targetSpec: {
        spec: {
          properties: { mode: { type: 'string', enum: ['SFTP_V2'] }, folder: { type: 'string' } },
          required: ['mode', 'folder'],
        },
      },
    };
    const plan: Plan = {
      ...futurePlan,
      destination: {
        connectionSpecId: sftp,
        auth: { specName: 'SFTP with SSH Key', params: { domain: 'x', sshKey: { $secret: 'env:K' } } },
        location: { mode: 'SFTP_V2', folder: '/x' },
      },
    };
    expect(readPlan(JSON.stringify(plan)).kind).toBe('plan');
    expect((await applyTo(plan, { connectionSpecs: [card] })).outcome).toBe('verified');
    // On an organisation that publishes what is documented, it is told before anything is made.
    const usual = await applyTo(plan, {});
    expect([usual.outcome, countsOf(usual.emulator)]).toEqual(['failed', none]);
  });

  it('a migrated organisation gets nothing of an older card', async () => {
    const { outcome, emulator } = await applyTo(s3Plan, { organisation: 'migrated' });
    expect([outcome, countsOf(emulator)]).toEqual(['failed', none]);
    expect((await applyTo(s3Plan, { organisation: 'legacy' })).outcome).toBe('verified');
    // What no migration took away works on.
    expect((await applyTo(futurePlan, { organisation: 'migrated' })).outcome).toBe('verified');
  });
});
