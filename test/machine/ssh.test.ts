import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../source/emulator/server.ts';
import { keys } from '../helpers/keys.ts';
import { giveInput } from '../helpers/program.ts';
import { countsOf, exactlyOne, none, orgId } from '../helpers/runs.ts';
import { Talk, talkFromSegments, talkToSegments } from '../helpers/talk.ts';
import { freshFolder, openTerminal, projectRoot, type Terminal } from '../helpers/terminal.ts';
import {
  applyFromReview,
  beginIn,
  choose,
  journeys,
  questions,
  walkToReview,
  walkToSegments,
} from '../helpers/walk.ts';
import { changeAccounts, freePort, idOf, listening } from './servers.ts';

const sshd = '/usr/sbin/sshd';
const missing = !existsSync(sshd)
  ? 'there is no sshd (apt-get install openssh-server openssh-client)'
  : process.getuid?.() !== 0
    ? 'sshd takes other accounts only from root'
    : undefined;
if (missing !== undefined) process.stderr.write(`\nNOT TESTED: the console behind sshd, as ${missing}\n\n`);

interface Finished {
  status: number;
  stdout: string;
  stderr: string;
}

const user = 'ferry-console-test';
const group = 'ferry-console';
const run = (file: string, ...args: string[]): string => execFileSync(file, args, { encoding: 'utf8' });

/** A machine as docs/ssh-console.md sets it up, below a folder of its own. */
class Machine {
  readonly folder = freshFolder();
  readonly home = path.join(this.folder, 'home');
  port = 0;
  #sshd: ReturnType<typeof spawn> | undefined;
  emulator: Emulator | undefined;

  async start(): Promise<void> {
    chmodSync(this.folder, 0o755);
    const at = (...parts: string[]): string => path.join(this.folder, ...parts);
    this.emulator = await startEmulator({ segments: 1204 });

    // ferry and the Node it runs on, where every account can read them.
    cpSync(path.join(projectRoot, 'dist'), at('dist'), { recursive: true });
    cpSync(process.execPath, at('node'));
    mkdirSync(at('etc'), { mode: 0o755 });

    await changeAccounts('groupadd', '--force', group);
    await changeAccounts('userdel', user).catch(() => undefined);
    const shell = ['--shell', '/bin/sh', '--home-dir', this.home, '--no-create-home'];
    await changeAccounts('useradd', '--gid', group, ...shell, user);
    await changeAccounts('usermod', '-p', '*', user);
    const uid = idOf(user);
    const gid = Number(run('id', '-g', user));
    mkdirSync(this.home, { mode: 0o755 });
    for (const own of ['plans', '.local']) {
      mkdirSync(path.join(this.home, own), { mode: 0o700 });
      chownSync(path.join(this.home, own), uid, gid);
    }
    // The secret belongs to the account: ferry reads no file that others may.
    writeFileSync(at('etc', 'secret'), 'PLANTED-client-secret\n', { mode: 0o600 });
    chownSync(at('etc', 'secret'), uid, gid);
    const profile = {
      clientId: 'abc',
      orgId,
      secret: `file:${at('etc', 'secret')}`,
      sandbox: 'dev',
      apiUrl: this.emulator.url,
      imsUrl: this.emulator.url,
    };
    const profiles = { version: 1, current: 'console', profiles: { console: profile } };
    writeFileSync(at('etc', 'profiles.json'), JSON.stringify(profiles), { mode: 0o644 });

    // The two files of the example, with the paths of this machine.
    const example = (name: string): string =>
      readFileSync(path.join(projectRoot, 'examples', 'sshd', name), 'utf8');
    const wrapper = example('ferry-console')
      .replace('node=/usr/bin/node', `node=${at('node')}`)
      .replace('ferry=/opt/ferry/dist/cli.js', `ferry=${at('dist', 'cli.js')}`)
      .replace('config=/etc/ferry', `config=${at('etc')}`);
    writeFileSync(at('ferry-console'), wrapper, { mode: 0o755 });
    const console = example('ferry.conf').replace('/usr/local/bin/ferry-console', at('ferry-console'));
    for (const name of ['host', 'client']) run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', at(name));
    cpSync(at('client.pub'), at('authorized_keys'));
    chmodSync(at('authorized_keys'), 0o644);
    this.port = await freePort();
    const config = [
      `Port ${this.port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${at('host')}`,
      `PidFile ${at('pid')}`,
      `AuthorizedKeysFile ${at('authorized_keys')}`,
      'UsePAM no',
      'StrictModes no',
      'PasswordAuthentication no',
      'Subsystem sftp internal-sftp',
      console,
    ];
    writeFileSync(at('sshd_config'), config.join('\n'));
    mkdirSync('/run/sshd', { recursive: true });
    run(sshd, '-t', '-f', at('sshd_config'));
    this.#sshd = spawn(sshd, ['-D', '-e', '-f', at('sshd_config')], { stdio: 'ignore' });
    await listening(this.port);
  }

  async stop(): Promise<void> {
    this.#sshd?.kill();
    spawnSync('pkill', ['-9', '-u', user]);
    await changeAccounts('userdel', user);
    await this.emulator?.close();
  }

  options(): string[] {
    const options = [
      'StrictHostKeyChecking=no',
      'UserKnownHostsFile=/dev/null',
      'LogLevel=ERROR',
      'BatchMode=yes',
    ];
    return ['-i', path.join(this.folder, 'client'), ...options.flatMap((one) => ['-o', one])];
  }

  /** The console in a pseudo-terminal of its own, by `ssh -tt`. */
  open({
    env = {},
    ...size
  }: { columns?: number; rows?: number; env?: Record<string, string> } = {}): Terminal {
    const sent = Object.keys(env).flatMap((name) => ['-o', `SendEnv=${name}`]);
    const args = [...this.options(), ...sent, '-p', String(this.port), '-tt', `${user}@127.0.0.1`];
    return openTerminal({ command: ['ssh', ...args], ...size, env });
  }

  ssh(...args: string[]): Promise<Finished> {
    return this.#run('ssh', [
      '-p',
      String(this.port),
      ...args.slice(0, -1),
      `${user}@127.0.0.1`,
      ...args.slice(-1),
    ]);
  }

  /** Not synchronously: the platform answers from this very process. */
  #run(file: string, args: readonly string[], env = process.env): Promise<Finished> {
    return new Promise((resolve) => {
      const options = { encoding: 'utf8', timeout: 15_000, env } as const;
      const child = execFile(file, [...this.options(), ...args], options, (error, stdout, stderr) => {
        resolve({ status: error ? Number(error.code ?? -1) : 0, stdout, stderr });
      });
      giveInput(child, '');
    });
  }

  /** As `ssh`, with variables of the person's own. */
  sshWith(env: Record<string, string>, ...args: string[]): Promise<Finished> {
    return this.#run('ssh', ['-p', String(this.port), ...args], { ...process.env, ...env });
  }

  copy(file: 'scp' | 'sftp', ...args: string[]): Promise<Finished> {
    return this.#run(file, ['-P', String(this.port), ...args]);
  }

  audit(): { act: string; command?: string; user: string; sshClient?: string; result?: string }[] {
    return readFileSync(path.join(this.home, '.local', 'share', 'ferry', 'audit.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as ReturnType<Machine['audit']>[number]);
  }

  /** Programs of the account that are running. */
  processes(): string {
    return spawnSync('pgrep', ['-u', user, '-f', 'cli.js'], { encoding: 'utf8' }).stdout.trim();
  }
}

async function until(isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + 15_000;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error('it did not come to be');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const campaign = journeys['Adobe Campaign'];

/** To the sandboxes of the organisation. */
async function begin(terminal: Terminal): Promise<void> {
  const seen = await terminal.waitFor(/Where do you want|left unfinished/);
  if (seen.includes('left unfinished')) {
    await choose(terminal, 'Start a new plan');
    await terminal.waitFor('Where do you want');
  }
  await choose(terminal, 'Your organisation');
}

describe.skipIf(missing !== undefined)('the console behind sshd', () => {
  const machine = new Machine();
  beforeAll(() => machine.start());
  afterAll(() => machine.stop());

  it.each(['sandbox', 'destination', 'segments', 'review'] as const)(
    'loses nothing when the line drops at: %s',
    async (step) => {
      if (!campaign) throw new Error('no journey');
      const terminal = machine.open();
      await begin(terminal);
      await terminal.waitFor(questions.sandbox);
      if (step === 'destination') {
        await beginIn(terminal, 'dev');
        await terminal.waitFor(questions.destination);
      }
      if (step === 'segments') await walkToSegments(terminal, campaign);
      if (step === 'review') await walkToReview(terminal, campaign);
      if (step === 'segments') await terminal.waitFor('in total');
      terminal.kill('SIGKILL');
      // Nothing of the account goes on running, and nothing was written to the platform.
      await until(() => machine.processes() === '');
      const again = machine.open();
      if (step === 'segments' || step === 'review') {
        await again.waitFor('left unfinished');
        await choose(again, 'Continue with my answers');
        await again.waitFor('Sign-in: S3');
      } else {
        await again.waitFor(/Where do you want|left unfinished/);
      }
      again.kill('SIGKILL');
      await until(() => machine.processes() === '');
    },
  );

  it.each<[string, Record<string, string>]>([
    ['a terminal that cannot move the cursor', { TERM: 'dumb' }],
    ['a screen reader', { ACCESSIBLE: '1' }],
  ])('speaks in plain lines to %s, and ends when the line drops', async (_, env) => {
    if (!campaign) throw new Error('no journey');
    const terminal = machine.open({ env });
    const talk = new Talk(terminal);
    const first = await talk.hear(/Number or name[^\n]*: $/);
    if (first.includes('left unfinished')) await talk.answer(/: $/, 'Start a new plan');
    await talk.answer(/Where do you want[^]*: $/, 'Your organisation');
    await talkToSegments(talk, campaign);
    await talkFromSegments(talk, 'homeAddress.countryCode');
    expect(terminal.bytes()).toMatch(/Sign-in: S3 access key · AKIA\S+ · ••••\r?\n/);
    expect(terminal.bytes()).not.toContain('\u001b');
    expect(terminal.bytes()).not.toContain('PLANTED');
    expect(terminal.bytes()).not.toContain('9x7Q');
    terminal.kill('SIGKILL');
    await until(() => machine.processes() === '');
  });

  it('does the whole job over ssh -tt, resized on the way, and shows no secret', async () => {
    if (!campaign) throw new Error('no journey');
    const terminal = machine.open({ columns: 80, rows: 24 });
    await begin(terminal);
    await walkToReview(terminal, campaign);
    terminal.resize(40, 15);
    await terminal.waitFor(/(\d+)\/\1/);
    terminal.resize(120, 40);
    await terminal.waitFor(/step (\d+) of \1/);
    await terminal.waitFor(/Sign-in +S3 access key · AKIA\S+ · ••••$/m);
    await applyFromReview(terminal);
    await terminal.waitFor('Verified');
    terminal.write(keys.enter);
    expect(await terminal.waitForEnd()).toBe(0);
    if (!machine.emulator) throw new Error('no emulator');
    expect(countsOf(machine.emulator)).toEqual(exactlyOne);
    expect(terminal.bytes()).not.toContain('PLANTED');
    expect(terminal.bytes()).not.toContain('9x7Q');
    const said = machine.audit().filter(({ act }) => act === 'apply');
    expect(said).toMatchObject([{ act: 'apply', user, sshClient: '127.0.0.1', result: 'verified' }]);
  });

  it('speaks the language of the one who connects', async () => {
    const terminal = machine.open({ env: { LANG: 'zh_TW.UTF-8' } });
    await terminal.waitFor(/要在哪個環境操作|有未完成的工作/);
    terminal.kill('SIGKILL');
    await until(() => machine.processes() === '');
    const { stdout } = await machine.ssh('list sandboxes --lang zh-TW');
    expect(stdout).toMatch(/^prod .*生產/m);
  });

  it('answers commands that look, and audits them', async () => {
    const { status, stdout } = await machine.ssh('list segments --search loyalty --json');
    expect(status).toBe(0);
    expect(stdout).toContain('Loyalty Segment');
    expect(machine.audit().at(-1)).toMatchObject({ act: 'console', user, sshClient: '127.0.0.1' });
  });

  it.each([
    'sh',
    'id',
    'cat /etc/passwd',
    '/bin/sh -c id',
    'list segments; id',
    'list $(id)',
    'apply x.plan.json --yes',
    'list segments --api-url http://127.0.0.1:9',
    'plan check ../../etc/passwd',
    'plan check /etc/passwd',
    'plan check link.plan.json',
  ])('lets nobody out by: %s', async (command) => {
    const link = path.join(machine.home, 'plans', 'link.plan.json');
    if (!existsSync(link)) symlinkSync('/etc/passwd', link);
    const { status, stdout, stderr } = await machine.ssh('-T', command);
    expect(status).toBe(2);
    expect(stderr).toMatch(/This console does not run|is outside of/);
    expect(stdout).not.toMatch(/uid=|root:/);
  });

  it('gives no terminal no shell either', async () => {
    const { status, stdout, stderr } = await machine.ssh('-T', '');
    expect(status).toBe(3);
    expect(stdout + stderr).not.toMatch(/\$ $/);
  });

  it('takes no variables along', async () => {
    const { status } = await machine.sshWith(
      { FERRY_API_URL: 'http://127.0.0.1:9', NODE_OPTIONS: '--require=/nonexistent' },
      ...['-o', 'SendEnv=FERRY_* NODE_OPTIONS', `${user}@127.0.0.1`, 'list sandboxes'],
    );
    expect(status).toBe(0);
  });

  it('forwards no port', async () => {
    const local = await freePort();
    const forward = `${local}:127.0.0.1:${machine.port}`;
    const args = [...machine.options(), '-p', String(machine.port), '-N', '-L', forward, `${user}@127.0.0.1`];
    const tunnel = spawn('ssh', args, { stdio: 'ignore' });
    try {
      await listening(local);
      const said = await new Promise<string>((resolve) => {
        let text = '';
        const socket = connect(local, '127.0.0.1');
        socket.on('data', (chunk) => (text += String(chunk)));
        socket.on('close', () => resolve(text));
        socket.on('error', () => resolve(text));
      });
      // An sshd greets; nothing came through.
      expect(said).toBe('');
    } finally {
      tunnel.kill('SIGKILL');
    }
  });

  it.each(['scp', 'sftp'] as const)('copies no files by %s', async (file) => {
    const target = path.join(machine.folder, 'stolen');
    const from = `${user}@127.0.0.1:/etc/passwd`;
    const { status } = await machine.copy(file, from, target);
    expect(status).not.toBe(0);
    expect(existsSync(target)).toBe(false);
    expect(machine.audit().at(-1)).toMatchObject({ act: 'refused' });
  });

  it('has written to the platform only once, in all of this', () => {
    if (!machine.emulator) throw new Error('no emulator');
    expect(countsOf(machine.emulator)).toEqual(exactlyOne);
    expect(countsOf(machine.emulator)).not.toEqual(none);
  });
});
