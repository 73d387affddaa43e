import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { emulatorWith } from '../helpers/emulator.ts';
import { runProgram } from '../helpers/program.ts';
import { signedInTo } from '../helpers/runs.ts';
import { freshFolder } from '../helpers/terminal.ts';
import { itInSoak } from '../helpers/soak.ts';

const now = () => Date.parse('2026-11-26T13:34:00Z');

/** `ferry status …` in the sandbox, to its end. */
const status = (url: string, ...args: string[]) =>
  runProgram(['status', '--sandbox', 'dev', ...args], { env: signedInTo(url) });

describe('ferry status', () => {
  itInSoak('ends with 0 where nothing is wrong, and has nothing to say to cron', async () => {
    const { url } = await emulatorWith({ flows: 6, now, runFaults: ['Newsletter/*=none'] });
    const quiet = await status(url, '--quiet');
    expect(quiet).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    const json = await status(url, '--json');
    expect(json.exitCode).toBe(0);
    expect(JSON.parse(json.stdout)).toMatchObject({
      sandbox: 'dev',
      isComplete: true,
      findings: [],
      dataflows: 6,
    });
  });

  it('ends with 6 where something is, and says what, how that was decided, and a monitoring in one line', async () => {
    const { url } = await emulatorWith({
      flows: 6,
      now,
      runFaults: ['Loyalty to SFTP/*=missing@2026-11-26T12'],
    });
    const [said, why, plugin] = await Promise.all([
      status(url),
      status(url, '--explain', 'Loyalty to SFTP'),
      status(url, '--nagios'),
    ]);
    expect(said.exitCode).toBe(6);
    expect(said.stdout).toMatch(/^✗ late  Loyalty to SFTP › .*12:00 UTC.*, 1 h 3[34] min ago\n/);
    expect(said.stdout).toMatch(/\n6 dataflows: 1 late · \d+ calls · as of 13:3\d UTC.*\n$/);
    expect(why.stdout).toContain('Expected 12:00 UTC');
    const [id = ''] = /late:[\w:-]+/.exec(why.stdout) ?? [];
    const alone = await runProgram([id, '--sandbox', 'dev'], { env: signedInTo(url) });
    expect([alone.exitCode, alone.stdout]).toEqual([6, expect.stringContaining(`    ${id}\n`)]);
    expect(plugin.exitCode).toBe(2);
    expect(plugin.stdout).toMatch(
      /^FERRY CRITICAL - 1 late of 6 dataflows in dev: Loyalty to SFTP .* \| late=1;;0;0 /,
    );
  });

  itInSoak(
    'is unknown where runs may not be read: 4, nothing of it is kept, and a monitoring hears 3',
    async () => {
      const { url } = await emulatorWith({ flows: 6, now, faults: ['GET /runs=403'] });
      const file = path.join(freshFolder(), 'ferry.prom');
      const refused = await status(url, '--openmetrics', file);
      expect(refused.exitCode).toBe(4);
      expect(refused.stdout).toMatch(
        /^\? unknown  .*\n +its runs cannot be read: the permission "View Destinations" is/,
      );
      expect(existsSync(file)).toBe(false);
      const plugin = await status(url, '--nagios');
      expect([plugin.exitCode, plugin.stdout.slice(0, 16)]).toEqual([3, 'FERRY UNKNOWN - ']);
    },
  );

  itInSoak('gives up in time, with the reason', async () => {
    const { url } = await emulatorWith({ flows: 6, now, faults: ['GET /runs=slow:30000'] });
    const [plugin, plain] = await Promise.all([
      status(url, '--nagios', '--timeout', '1'),
      status(url, '--timeout', '1'),
    ]);
    expect(plugin).toMatchObject({
      exitCode: 3,
      stdout: 'FERRY UNKNOWN - The platform could not be read within 1 s (--timeout).\n',
    });
    expect(plain.exitCode).toBe(7);
  });

  itInSoak('never ends above 3 for a monitoring, whatever it was told', async () => {
    const folder = freshFolder();
    const endings = await Promise.all([
      status('http://127.0.0.1:1', '--nagios'),
      status('http://127.0.0.1:1', '--nagios', '--bogus'),
      status('http://127.0.0.1:1', '--nagios', '--json'),
      status('http://127.0.0.1:1', '--nagios', '--length', 'long'),
      runProgram(['status', '--nagios'], { env: { FERRY_CONFIG_DIR: folder } }),
    ]);
    expect(endings.map(({ exitCode, stdout }) => [exitCode, stdout.slice(0, 16)])).toEqual(
      endings.map(() => [3, 'FERRY UNKNOWN - ']),
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  itInSoak('writes metrics that everybody may read, in the words of no language', async () => {
    const { url } = await emulatorWith({ flows: 6, now, runFaults: ['Newsletter/*=none'] });
    const file = path.join(freshFolder(), 'ferry.prom');
    const ended = await status(url, '--lang', 'zh-TW', '--quiet', '--openmetrics', file);
    expect(ended).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(statSync(file).mode & 0o777).toBe(0o644);
    const nowhere = await status(url, '--openmetrics', path.join(file, 'ferry.prom'));
    expect([nowhere.exitCode, nowhere.stderr.slice(0, 28)]).toEqual([2, '✗ Cannot write the metrics t']);
  });
});
