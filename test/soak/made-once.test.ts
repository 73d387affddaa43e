import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { holdFirst } from '../helpers/held.ts';
import { runProgram } from '../helpers/program.ts';
import { countsOf, none, settledCounts, signedInTo } from '../helpers/runs.ts';
import { freshFolder, projectRoot } from '../helpers/terminal.ts';

const campaign = path.join(projectRoot, 'examples', 'plans', 'campaign-s3.plan.json');

async function desk(options: Parameters<typeof emulatorWith>[0] = {}) {
  const emulator = await emulatorWith({ patchDelayMs: 20, ...options });
  const cwd = freshFolder();
  const state = path.join(freshFolder(), 'state');
  const env = {
    ...signedInTo(emulator.url),
    FERRY_SANDBOX: 'dev',
    FERRY_STATE_DIR: state,
    FERRY_DOUBT_MS: '50',
    CAMPAIGN_S3_SECRET: 'A'.repeat(40),
  };
  const put = (file: string, change: (plan: Plan) => object = (plan) => plan): void => {
    mkdirSync(path.dirname(path.join(cwd, file)), { recursive: true });
    writeFileSync(
      path.join(cwd, file),
      JSON.stringify(change(JSON.parse(readFileSync(campaign, 'utf8')) as Plan)),
    );
  };
  copyFileSync(campaign, path.join(cwd, 'a.plan.json'));
  copyFileSync(campaign, path.join(cwd, 'b.plan.json'));
  const run = (args: readonly string[], more: Record<string, string> = {}) =>
    runProgram([...args, '--no-input'], { cwd, env: { ...env, ...more } });
  return { emulator, state, put, run, cwd };
}

/** What is left of the places where makers wait for each other. */
const making = (state: string): string[] =>
  existsSync(path.join(state, 'making')) ? readdirSync(path.join(state, 'making')) : [];

describe.concurrent('a plan that is to name its dataflow', () => {
  const flowIn = (cwd: string): string | undefined =>
    (JSON.parse(readFileSync(path.join(cwd, 'a.plan.json'), 'utf8')) as Plan).flow;

  for (const point of ['sent:target-connection', 'intended:flow', 'answered:activate', 'answered:settle'])
    it(`does so once it is resumed, killed at ${point}`, async () => {
      const { run, cwd } = await desk();
      const died = await run(['apply', 'a.plan.json', '--yes', '--bind'], { FERRY_DIE_AT: point });
      expect([died.exitCode, flowIn(cwd)]).toEqual([128, undefined]);
      const resumed = await run(['resume', '--yes', '--json']);
      expect(resumed.exitCode).toBe(0);
      expect(resumed.stdout).toContain(`"flowId":"${flowIn(cwd)}"`);
      expect((await run(['diff', 'a.plan.json'])).exitCode).toBe(0);
    });

  it('does so once it is resumed after a refusal, where its file is still the same plan', async () => {
    const { run, cwd, put } = await desk({ faults: ['PATCH /flows/*=400x2'] });
    expect((await run(['apply', 'a.plan.json', '--yes', '--bind'])).exitCode).toBe(2);
    // Somebody has made another plan of it meanwhile.
    put('a.plan.json', (plan) => ({ ...plan, name: 'Another' }));
    expect((await run(['resume', '--yes'])).exitCode).toBe(2);
    put('a.plan.json');
    expect((await run(['resume', '--yes'])).exitCode).toBe(0);
    expect(flowIn(cwd)).toBeDefined();
    expect((await run(['resume', '--yes'])).stderr).toContain('there is no unfinished run');
  });
});

describe.concurrent('two at once of one plan', () => {
  it('make one dataflow: the second waits, and is told as if it had come later', async ({ expect }) => {
    const held = holdFirst('POST', /\/flows$/);
    const { emulator, run, state } = await desk({ hold: held.hold });
    const first = run(['apply', 'a.plan.json', '--yes']);
    await held.reached;
    const second = run(['apply', 'b.plan.json', '--yes']);
    // The second has looked, and seen nothing, when the first goes on.
    const looks = () =>
      emulator.requests.filter(({ method, path: at }) => method === 'GET' && /\/flows(\?|$)/.test(at)).length;
    await expect.poll(looks).toBe(2);
    held.release();
    expect(await first).toMatchObject({ exitCode: 0 });
    const { exitCode, stderr } = await second;
    expect(stderr).toMatch(/--bind.*--again/);
    expect(exitCode).toBe(3);
    expect(await settledCounts(emulator)).toEqual([2, 1, 1, 1]);
    expect(making(state)).toEqual([]);
  });

  it('make two where that is meant', async () => {
    const { emulator, run } = await desk();
    const both = await Promise.all(
      ['a', 'b'].map((one) => run(['apply', `${one}.plan.json`, '--yes', '--again'])),
    );
    expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(await settledCounts(emulator)).toEqual([4, 2, 2, 2]);
  });

  it('make it once where the first died, and nobody waits for the dead', async () => {
    const { emulator, run, state } = await desk();
    await run(['apply', 'a.plan.json', '--yes'], { FERRY_DIE_AT: 'intended:flow' });
    expect(making(state)).toHaveLength(1);
    const after = await run(['apply', 'b.plan.json', '--yes']);
    expect([after.exitCode, after.stderr]).toEqual([0, expect.not.stringContaining('waiting')]);
    expect((await settledCounts(emulator)).at(-1)).toBe(1);
    expect(making(state)).toEqual([]);
  });
});

describe.concurrent('a folder that has a plan twice', () => {
  const id = 'ca5c6e9a-8559-4a08-97a5-f15b756da600';
  it.each<[string, (plan: Plan) => object, (plan: Plan) => object]>([
    ['the same bytes', (plan) => plan, (plan) => plan],
    ['other segments', (plan) => plan, (plan) => ({ ...plan, segments: plan.segments.slice(1) })],
    [
      'a place that says more',
      (plan) => plan,
      (plan) => ({
        ...plan,
        destination: { ...plan.destination, location: { ...plan.destination.location, more: 1 } },
      }),
    ],
    [
      'one dataflow by its id',
      (plan) => ({ ...plan, name: 'x', flow: id }),
      (plan) => ({ ...plan, name: 'y', flow: id.toUpperCase() }),
    ],
  ])('is told of before anything is sent, with both files: %s', async (_, one, other) => {
    const { emulator, run, put } = await desk();
    put('plans/one.plan.json', one);
    put('plans/two.plan.json', other);
    const { exitCode, stderr } = await run(['apply', 'plans', '--yes']);
    expect(stderr).toMatch(/one\.plan\.json and .*two\.plan\.json are about the same dataflow/);
    expect([exitCode, countsOf(emulator)]).toEqual([2, none]);
    expect(emulator.requests).toEqual([]);
  });

  it.each<[string, (plan: Plan) => object, string[]]>([
    ['another name', (plan) => ({ ...plan, name: 'Another' }), []],
    [
      'another folder to store in',
      (plan) => ({
        ...plan,
        destination: {
          ...plan.destination,
          location: { ...plan.destination.location, path: 'elsewhere' },
        },
      }),
      [],
    ],
    ['a second one that is meant', (plan) => plan, ['--again']],
  ])('is none with %s', async (_, other, flags) => {
    const { emulator, run, put } = await desk();
    put('plans/one.plan.json');
    put('plans/two.plan.json', other);
    expect(await run(['apply', 'plans', '--yes', ...flags])).toMatchObject({ exitCode: 0 });
    expect((await settledCounts(emulator)).at(-1)).toBe(2);
  });
});
