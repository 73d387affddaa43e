import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { blobKey, blobServer, writeBlobPlan } from '../helpers/blob-server.ts';
import { runProgram } from '../helpers/program.ts';
import { freshFolder } from '../helpers/terminal.ts';

/** A console whose plan writes into a container of this machine, with what opens it in its own folder. */
async function consoleWith(allow: string) {
  const server = await blobServer();
  const folder = freshFolder();
  const plans = path.join(folder, 'plans');
  mkdirSync(plans);
  const secret = path.join(plans, 'opens');
  writeFileSync(secret, server.connectionString, { mode: 0o600 });
  writeBlobPlan(plans, { secret: `file:${secret}` });
  const run = async (asked: string) => {
    const done = await runProgram(
      ['--restricted', '--plan-dir', plans, '--state-dir', path.join(folder, 'state'), '--allow', allow],
      { env: { SSH_CONNECTION: '192.0.2.7 50022 192.0.2.1 22', SSH_ORIGINAL_COMMAND: asked } },
    );
    expect(done.stdout + done.stderr).not.toMatch(new RegExp(`PLANTED|${blobKey.slice(0, 12)}`));
    return done;
  };
  const audit = (): object[] =>
    readFileSync(path.join(folder, 'state', 'audit.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
  return { server, run, audit };
}

describe.concurrent('the storage of a restricted console', () => {
  it('is looked at where its wrapper says so, and never written to', async () => {
    const { server, run, audit } = await consoleWith('view,storage');
    const { exitCode, stdout, stderr } = await run('storage check a.plan.json');
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('This storage can be opened.')]);
    // Nobody gave a flag.
    expect(stderr).toContain('Writing files was not checked');
    expect(stdout + stderr).not.toContain('--no-write');
    expect(audit()).toMatchObject([
      { act: 'console', command: 'storage check a.plan.json', sshClient: '192.0.2.7' },
      { act: 'storage check', server: `127.0.0.1:${server.port}`, result: 'fine' },
    ]);
    const files = await run('ferry storage files a.plan.json');
    expect([files.exitCode, files.stdout]).toEqual([0, expect.stringContaining('No file of this plan')]);
    expect(server.asked.map(({ act }) => act)).not.toContain('PUT');
  });

  it.each(['storage sample a.plan.json', 'storage sample a.plan.json --yes', 'storage sample --remove'])(
    'gets no file: %s',
    async (asked) => {
      const { server, run, audit } = await consoleWith('view,storage');
      const { exitCode, stdout, stderr } = await run(asked);
      expect([exitCode, stdout]).toEqual([2, '']);
      expect(stderr).toContain('This console does not run');
      expect(audit()).toMatchObject([{ act: 'refused', command: asked }]);
      expect(server.connections).toBe(0);
    },
  );

  it.each(['storage check a.plan.json', 'storage files a.plan.json'])(
    "is nobody's where its wrapper does not say so, and nobody connects: %s",
    async (asked) => {
      const { server, run, audit } = await consoleWith('view,change');
      const { exitCode, stderr } = await run(asked);
      expect([exitCode, stderr]).toEqual([4, expect.stringContaining('does not allow this: storage.')]);
      expect(audit()).toMatchObject([
        { act: 'refused', command: asked, why: 'This console does not allow this: storage.' },
      ]);
      expect(server.connections).toBe(0);
    },
  );
});
