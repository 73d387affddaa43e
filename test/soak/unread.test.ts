import { spawn } from 'node:child_process';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { emulatorWith } from '../helpers/emulator.ts';
import { signedInTo } from '../helpers/runs.ts';
import { cleanEnv, freshFolder, installedProgram, projectRoot } from '../helpers/terminal.ts';

const plan = path.join(projectRoot, 'examples', 'plans', 'campaign-s3.plan.json');

const newer = path.join(projectRoot, 'examples', 'plans', 's3.plan.json');

/** Runs the program while nobody reads one of its streams any more. */
async function unread(which: 'stdout' | 'stderr', args: readonly string[], url: string, into?: string) {
  const folder = freshFolder();
  writeFileSync(path.join(folder, 'bad.plan.json'), '{"version":1}');
  const full = into === undefined ? undefined : openSync(into, 'w');
  const child = spawn(process.execPath, [installedProgram(), ...args], {
    cwd: folder,
    env: cleanEnv({
      ...signedInTo(url),
      FERRY_SANDBOX: 'dev',
      CAMPAIGN_S3_SECRET: 'A'.repeat(40),
      TMPDIR: folder,
    }),
    stdio: ['ignore', full ?? 'pipe', 'pipe'],
  });
  if (full !== undefined) closeSync(full);
  child[which]?.destroy();
  let said = '';
  const other = which === 'stdout' ? child.stderr : child.stdout;
  other?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const exitCode = await new Promise((resolve) => child.once('close', resolve));
  return { exitCode, said };
}

describe.concurrent('a command that is not read any more', () => {
  it.each([
    [['list', 'segments'], 0],
    [['list', 'flows'], 0],
    [['plan', 'check', 'none.plan.json'], 2],
    [['pull', 'nothing of that name'], 2],
    [['delete', 'nothing of that name', '--yes'], 2],
    [['aply'], 2],
    [['history', '--bad'], 2],
    [['whoami'], 0],
    [['apply', plan, '--yes', '--sandbox', 'none'], 2],
  ])('on stderr does its work: %j', async (args, code) => {
    const { url } = await emulatorWith({ segments: 5 });
    const { exitCode, said } = await unread('stderr', args, url);
    expect(exitCode).toBe(code);
    expect(said).not.toContain('EPIPE');
  });

  it.each([[['list', 'segments']], [['list', 'segments', '--json']], [['plan', 'show', plan]], [['--help']]])(
    'on stdout ends without a crash: %j',
    async (args) => {
      const { url } = await emulatorWith({ segments: 200 });
      const { exitCode, said } = await unread('stdout', args, url);
      expect(exitCode).toBe(0);
      expect(said).not.toMatch(/EPIPE|went wrong/);
    },
  );

  it.each([
    [['plan', 'check', plan], 0, 2],
    [['plan', 'check', plan, '--json'], 0, 2],
    [['plan', 'check', 'bad.plan.json', '--json'], 2, 2],
    [['diff', plan], 6, 6],
    [['diff', plan, '--json'], 6, 6],
    [['plan', 'upgrade', newer, '-'], 0, 2],
    [['list', 'segments'], 0, 2],
  ])('has its verdict all the same, and says what is lost: %j', async (args, code, lostCode) => {
    const { url } = await emulatorWith({ segments: 5 });
    expect(await unread('stdout', args, url)).toMatchObject({ exitCode: code });
    const lost = await unread('stdout', args, url, '/dev/full');
    expect(lost).toMatchObject({ exitCode: lostCode });
    expect(lost.said).toContain('Not all of the output could be written (ENOSPC).');
    expect(lost.said).not.toContain('went wrong');
  });
});
