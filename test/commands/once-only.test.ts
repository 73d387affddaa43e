import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../source/activation/plan/plan.ts';
import type { Connected } from '../../source/commands/connect/open-client.ts';
import { isStop } from '../../source/commands/console/stop.ts';
import type { Streams } from '../../source/commands/console/streams.ts';
import { onceOnly } from '../../source/commands/runs/once-only.ts';
import { english } from '../../source/locale/catalogs.ts';
import { clientOf } from '../helpers/answers.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { freshFolder } from '../helpers/folders.ts';
import { applyHere, countsOf, futurePlan, orgId, rollBackHere } from '../helpers/runs.ts';

const plan: Plan = { ...futurePlan, sandbox: 'dev' };
const elsewhere: Plan = {
  ...plan,
  destination: { ...plan.destination, location: { ...plan.destination.location, path: 'elsewhere' } },
};

/** An earlier apply whose create of the dataflow met a fault, and what comes of asking for another one. */
async function askedAfter(faults: string[], { asked = plan, doubtMs = 300, isUndone = false } = {}) {
  const emulator = await emulatorWith({ segments: 20, patchDelayMs: 5, faults });
  const run = { folder: freshFolder(), run: '0a1b2c3d', emulator, plan };
  const { outcome } = await applyHere(run);
  expect(outcome).toBe('failed');
  if (isUndone) await rollBackHere(run);
  const stderr = new PassThrough();
  const connected = {
    client: clientOf(emulator.url, { orgId }),
    scene: { host: 'h', sandbox: 'dev' },
    isEmulator: false,
  } as Connected;
  const streams = {
    env: { FERRY_STATE_DIR: run.folder, FERRY_DOUBT_MS: String(doubtMs) },
    text: english,
    stderr,
    stdin: { isTTY: false },
  } as unknown as Streams;
  const once = await onceOnly({ file: undefined, plan: asked }, connected, { yes: true }, streams).then(
    (found) => (found?.plan.flow === undefined ? 'another' : 'bound'),
    (error: unknown) => (isStop(error) ? `exit ${error.exitCode}` : error),
  );
  return { once, said: String(stderr.read() ?? ''), counts: countsOf(emulator) };
}

describe.concurrent('a second apply of a plan', () => {
  // Much longer than it takes until the list shows it: it ends with what is found.
  const patient = { doubtMs: 60_000 };
  it.each([400, 412, 422, 403, 404])(
    'looks for what the first one may have made, though it was refused with %i',
    async (status) => {
      const faults = ['POST /flows=hide:1500', `POST /flows=act:${status}x9`];
      const { once, said, counts } = await askedAfter(faults, patient);
      expect(once).toBe('exit 3');
      expect(said).toContain('run 0a1b2c3d, may have created its dataflow');
      expect(counts[3]).toBe(1);
    },
  );

  it('goes on where it was not made after all', async () => {
    expect(await askedAfter(['POST /flows=400x1'], { doubtMs: 2000 })).toMatchObject({
      once: 'another',
      said: expect.stringContaining('ferry resume 0a1b2c3d') as unknown,
    });
  });

  it.each([
    ['stores elsewhere', { asked: elsewhere, ...patient }],
    ['comes after the first was undone', { isUndone: true }],
  ])('waits for nothing where it %s', async (_, how) => {
    expect(await askedAfter(['POST /flows=400x1'], how)).toMatchObject({ once: 'another', said: '' });
  });

  it('waits for nothing where the first has not come to its dataflow', async () => {
    expect(await askedAfter(['POST /targetConnections=400x1'], patient)).toMatchObject({
      once: 'another',
      said: '',
    });
  });
});
