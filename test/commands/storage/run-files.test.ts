import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../../source/activation/content/columns.ts';
import type { Plan } from '../../../source/activation/plan/plan.ts';
import { readFlow } from '../../../source/apply/live/live.ts';
import type { Connected } from '../../../source/commands/connect/open-client.ts';
import type { Flags } from '../../../source/commands/console/arguments.ts';
import { isStop } from '../../../source/commands/console/stop.ts';
import type { Streams } from '../../../source/commands/console/streams.ts';
import { filesIn } from '../../../source/commands/storage/files.ts';
import { unicodeGlyphs } from '../../../source/components/theme/glyphs.ts';
import { english } from '../../../source/locale/catalogs.ts';
import { clientOf, failureOf } from '../../helpers/answers.ts';
import { blobServer, writeBlobPlan } from '../../helpers/blob-server.ts';
import { emulatorWith } from '../../helpers/emulator.ts';
import { freshFolder } from '../../helpers/folders.ts';
import { runProgram } from '../../helpers/program.ts';
import { orgId, signedInTo } from '../../helpers/runs.ts';

const day = 86_400_000;
const midnightMs = Math.floor(Date.now() / day) * day;

/** A dataflow with a run of last midnight that has a manifest, and the container it writes to. */
async function exported() {
  const clock = { ms: midnightMs - day };
  const emulator = await emulatorWith({ flows: 0, runFaults: ['*=none'], now: () => clock.ms });
  const server = await blobServer();
  const folder = freshFolder();
  const startDate = new Date(midnightMs).toISOString().slice(0, 10);
  const file = writeBlobPlan(folder, {
    location: { includeFileManifest: true },
    segment: {
      exportMode: 'DAILY_FULL_EXPORT',
      schedule: { frequency: 'ONCE', startDate, startTime: '00:00' },
    },
  });
  const env = {
    ...signedInTo(emulator.url),
    HOME: folder,
    FERRY_STATE_DIR: path.join(folder, 'state'),
    BLOB_CONNECTION_STRING: server.connectionString,
  };
  const applied = await runProgram(['apply', file, '--yes', '--json'], { env });
  const { flowId } = JSON.parse(applied.stdout.trimEnd().split('\n').at(-1) ?? '') as { flowId: string };
  clock.ms = midnightMs + day / 4;
  const client = clientOf(emulator.url, { orgId, now: () => clock.ms });
  const { runs } = await client.readRuns({ flowIds: [flowId], sinceMs: midnightMs - day });
  const [run = expect.unreachable()] = runs;
  // Each segment has a run of its own.
  const segment = run.segments[0]?.id ?? expect.unreachable();
  const plan = JSON.parse(readFileSync(file, 'utf8')) as Plan;
  return { server, env, client, flowId, run: run.id, segment, plan };
}

/** Somebody who asks without a terminal. */
function asker(env: Streams['env'], flags: Flags, restriction?: Streams['restriction']) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const words = { text: english, english, glyphs: unicodeGlyphs };
  const brokenPipe = { isBroken: false, act: () => undefined };
  const streams = { stdin, stdout, stderr, env, ...words, brokenPipe, restriction } as unknown as Streams;
  return { stdout, asking: { flags: { ...flags, 'no-input': true }, streams, enter: () => undefined } };
}

describe('what arrived of a run', () => {
  it('is told with its header and its manifest, which is held against what is there', async () => {
    const { server, env, client, flowId, run, segment, plan } = await exported();
    const stamp = new Date(midnightMs).toISOString().slice(0, 10).replaceAll('-', '');
    const name = `AzureBlobStorage_${segment}_${stamp}_000000.csv`;
    const manifest = `manifest-4f8c0000-0000-4000-8000-000000000001-${run}.json`;
    const header = columnsOf(plan.attributes.selected)
      .map(({ column }) => column)
      .join(',');
    const put = (one: string, text: string): void =>
      void server.files.set(`monthly/${one}`, Buffer.from(text));
    const manifestWith = (...more: object[]): void =>
      put(
        manifest,
        JSON.stringify({ flowRunId: run, exportResults: [{ name, size: header.length + 1 }, ...more] }),
      );
    const told = async (): Promise<[number, string]> => {
      const { asking, stdout } = asker(env, { param: ['connectionString=env:BLOB_CONNECTION_STRING'] });
      const flow = { ...(await readFlow(client, flowId, {})), id: flowId };
      const code = await filesIn({ client } as Partial<Connected> as Connected, flow, run, asking);
      return [code, String(stdout.read())];
    };
    put(name, `${header}\n`);
    expect((await told())[1]).toContain('There is no manifest.');
    manifestWith();
    const [code, said] = await told();
    expect(said).toContain(`Manifest: ${manifest}`);
    expect(said).toContain(`Header: ${header.replaceAll(',', ', ')}`);
    manifestWith({ name: name.replace('.csv', '_2.csv'), size: 5 });
    const [differs, found] = await told();
    expect(found).toMatch(/manifest-\S+ lists \S+_2\.csv, which does not exist/);
    expect([code, differs]).toEqual([0, 6]);
    // The manifest of another run is none of its own.
    server.files.delete(`monthly/${manifest}`);
    put(manifest.replace(run, '57b64cb2-0000-4000-8000-00000000000a'), '{}');
    expect((await told())[1]).toContain('There is no manifest.');
  });

  it('needs what opens it, from where it can be given', async () => {
    const { env, client, flowId, run } = await exported();
    const flow = { ...(await readFlow(client, flowId, {})), id: flowId };
    const restriction = { planFolder: '/', idleMs: 1, rights: new Set(['storage'] as const) };
    const said = async (within?: typeof restriction): Promise<unknown> => {
      const { asking } = asker(env, {}, within);
      const error = await failureOf(
        filesIn({ client } as Partial<Connected> as Connected, flow, run, asking),
      );
      if (!isStop(error)) throw error;
      return [error.exitCode, ...error.sentences.map((say) => say(english))];
    };
    expect(await said()).toEqual([3, expect.stringContaining('--param connectionString=env:')]);
    expect(await said(restriction)).toEqual([3, expect.stringMatching(/wizard of this console asks for it/)]);
  });
});
