import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ApplyEvent } from '../../source/apply/events.ts';
import { memoryRuns } from '../../source/apply/journal/run-store.ts';
import { openClient, type Target } from '../../source/commands/connect/open-client.ts';
import { notKeptText } from '../../source/commands/runs/record-run.ts';
import { performRun, type Performing } from '../../source/commands/runs/perform-run.ts';
import { unicodeGlyphs } from '../../source/components/theme/glyphs.ts';
import { staticToken } from '../../source/flow-service/token.ts';
import { closeConnections } from '../../source/flow-service/send.ts';
import { english } from '../../source/locale/catalogs.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { freshFolder } from '../helpers/folders.ts';
import { authParams, countsOf, exactlyOne, futurePlan, orgId, runsIn } from '../helpers/runs.ts';

const run = '0a1b2c3d';
const calm = new AbortController().signal;

afterAll(closeConnections);

/** A run on an organisation, or on the embedded emulator. */
async function prepare(kind: Target['kind'], faults: string[] = []) {
  const emulator = await emulatorWith({ segments: 20, patchDelayMs: 5, faults });
  const signIn = { kind: 'token', token: 't' } as const;
  const platform = { apiUrl: emulator.url, apiKey: 'k', orgId, sandbox: 'dev', signIn };
  const target: Target =
    kind === 'emulator'
      ? { kind, url: emulator.url, sandbox: 'dev' }
      : { kind, platform, token: staticToken('t') };
  const state = path.join(freshFolder(), 'state');
  const performing: Performing = {
    plan: futurePlan,
    authParams,
    connected: openClient(target, { readOnly: false }),
    restriction: undefined,
    run,
    runs: kind === 'emulator' ? memoryRuns(Date.now) : runsIn(state),
    env: { FERRY_STATE_DIR: state, FERRY_DOUBT_MS: '100' },
    text: english,
    glyphs: unicodeGlyphs,
    stop: calm,
    abort: calm,
  };
  const events: ApplyEvent[] = [];
  const perform = () => performRun(performing, (event) => events.push(event));
  return { emulator, state, performing, perform, events };
}

describe('a run', () => {
  it('whose receipt cannot be written stands, and says so', async () => {
    const { state, perform } = await prepare('organisation');
    const folder = path.join(state, 'runs', run);
    // No file can take the place of a folder.
    mkdirSync(path.join(folder, 'receipt.json'), { recursive: true });
    const { result, failure, kept } = await perform();
    expect([result.outcome, failure]).toEqual(['verified', undefined]);
    expect(kept).toEqual({ notKept: [{ what: 'receipt', folder, code: 'EISDIR' }] });
    expect(kept.notKept.map((one) => notKeptText(one, english))).toEqual([
      `The change is done, but its receipt could not be saved in ${folder} (EISDIR).`,
    ]);
    // One that cannot be kept does not take the other with it.
    expect(readFileSync(path.join(state, 'audit.ndjson'), 'utf8')).toContain('"result":"verified"');
  });

  it.each(['organisation', 'emulator'] as const)(
    'goes on where the last attempt ended, on an %s',
    async (kind) => {
      const { emulator, perform, events } = await prepare(kind, ['POST /flows=400x1']);
      const first = await perform();
      expect(first).toMatchObject({
        result: { outcome: 'failed' },
        failure: { kind: 'refused', status: 400 },
      });
      events.length = 0;
      expect((await perform()).result.outcome).toBe('verified');
      const earlier = events.flatMap((one) =>
        one.kind === 'succeeded' && one.isEarlier === true ? [one.step] : [],
      );
      expect(earlier.sort()).toEqual([
        'source-base-connection',
        'source-connection',
        'target-base-connection',
        'target-connection',
      ]);
      expect(countsOf(emulator)).toEqual(exactlyOne);
    },
  );

  it.each([
    ['at once', [], ['verified']],
    ['by the attempt that makes it', ['POST /flows=400x1'], ['failed', 'verified']],
  ])('has the file of its plan name the dataflow %s, and notes it', async (_, faults, outcomes) => {
    const { state, performing } = await prepare('organisation', faults);
    const written: string[] = [];
    const binding = {
      file: '/plans/a.plan.json',
      write: (flowId: string) => Promise.resolve(written.push(flowId)),
    };
    const kept = async () => (await runsIn(state).read(run))?.toBind;
    let flowId: string | undefined;
    for (const [at, outcome] of outcomes.entries()) {
      const { result } = await performRun({ ...performing, binding }, () => undefined);
      expect(result.outcome).toBe(outcome);
      ({ flowId } = result);
      expect(await kept()).toBe(at === outcomes.length - 1 ? undefined : binding.file);
    }
    expect(written).toEqual([flowId]);
  });

  it('whose file cannot be written is verified, and still to be bound', async () => {
    const { state, performing } = await prepare('organisation');
    const write = () => Promise.reject(new Error('EACCES'));
    const binding = { file: '/plans/a.plan.json', write };
    await expect(performRun({ ...performing, binding }, () => undefined)).rejects.toThrow('EACCES');
    expect(await runsIn(state).read(run)).toMatchObject({
      outcome: 'verified',
      toBind: binding.file,
    });
  });

  it('on the embedded emulator leaves nothing on the disk', async () => {
    const { state, perform } = await prepare('emulator');
    const { result, kept } = await perform();
    expect(result.outcome).toBe('verified');
    expect(kept).toEqual({ notKept: [] });
    expect(() => readFileSync(state)).toThrow('ENOENT');
  });

  it('is held while it is performed, and let go of at its end', async () => {
    const { state, perform } = await prepare('organisation');
    const journal = await runsIn(state).open(run);
    // This process lives, so nobody takes over from it.
    await expect(perform()).rejects.toMatchObject({ kind: 'runHeld' });
    await journal.close();
    expect((await perform()).result.outcome).toBe('verified');
    await (await runsIn(state).open(run)).close();
  });
});
