import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { english } from '../../source/locale/catalogs.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { keys } from '../helpers/keys.ts';
import { type Finished, runProgram } from '../helpers/program.ts';
import { orgId } from '../helpers/runs.ts';
import { freshFolder, openTerminal, projectRoot } from '../helpers/terminal.ts';
import { choose, fillForms, questions, walkHome } from '../helpers/walk.ts';
import { byDay, itInSoak } from '../helpers/soak.ts';

interface AuditLine {
  act: string;
  command: string;
  sshClient?: string;
  user: string;
}

/** A console with a profile of an organisation on an emulator, and with plans. */
async function rig(flows = 0) {
  const emulator = await emulatorWith({ segments: 40, flows });
  const folder = freshFolder();
  const plans = path.join(folder, 'plans');
  mkdirSync(path.join(folder, 'config'));
  mkdirSync(plans);
  writeFileSync(path.join(folder, 'secret'), 'PLANTED-client-secret\n', { mode: 0o600 });
  const profile = {
    clientId: 'abc',
    orgId,
    secret: `file:${path.join(folder, 'secret')}`,
    sandbox: 'dev',
    apiUrl: emulator.url,
    imsUrl: emulator.url,
  };
  writeFileSync(
    path.join(folder, 'config', 'profiles.json'),
    JSON.stringify({ version: 1, current: 'console', profiles: { console: profile } }),
  );
  const flags = [
    '--restricted',
    ...['--config-dir', path.join(folder, 'config'), '--state-dir', path.join(folder, 'state')],
    ...['--plan-dir', plans],
  ];
  const run = (original: string, env: Record<string, string> = {}): Promise<Finished> =>
    runProgram(flags, {
      env: { SSH_CONNECTION: '192.0.2.7 50022 192.0.2.1 22', SSH_ORIGINAL_COMMAND: original, ...env },
    });
  const audit = (): AuditLine[] =>
    readFileSync(path.join(folder, 'state', 'audit.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as AuditLine);
  return { emulator, folder, plans, flags, run, audit };
}

const example = (name: string): string =>
  readFileSync(path.join(projectRoot, 'examples', 'plans', `${name}.plan.json`), 'utf8');

describe.concurrent('a restricted console, asked for a command', () => {
  it.each(
    byDay(
      [
        ['list segments --json', '"id"'],
        ['ferry list sandboxes', 'dev'],
        ['whoami --json', '"profile": "console"'],
        ['history', ''],
        ["plan check 'crm one.plan.json'", 'crm one.plan.json'],
        ['plan show "crm one.plan.json" --requests', 'source-base-connection'],
        ['plan upgrade "crm one.plan.json"', '"Server-to-server"'],
        ['plan schema', 'ferry plan'],
        ['--version', '0.'],
      ],
      (_, at) => at === 4,
    ),
  )('runs %s', async (command, said) => {
    const { plans, run } = await rig();
    writeFileSync(path.join(plans, 'crm one.plan.json'), example('s3'));
    const { exitCode, stdout, stderr } = await run(command);
    expect(exitCode).toBe(0);
    expect(stdout + stderr).toContain(said);
  });

  it.each(
    byDay(
      [
        'sh -i',
        'bash',
        'scp -t /tmp',
        'internal-sftp',
        '/usr/lib/openssh/sftp-server',
        'apply crm.plan.json --yes',
        'ferry',
        'resume',
        'rollback',
        'login',
        'emulator --port 0',
        'plan new x.plan.json',
        'plan upgrade crm.plan.json x.plan.json',
        'list segments; id',
        'list segments && id',
        'list segments | sh',
        'list $(id)',
        'list `id`',
        'list segments > /tmp/x',
        'list segments\nid',
        'list segments --api-url http://evil.example',
        'history --prune 0',
        'list segments --emulator',
        'list segments --profile other',
        'whoami --restricted',
        'list segments --config-dir /tmp',
        'plan check "unclosed',
        'x'.repeat(10_000),
      ],
      (_, at) => at % 14 === 0,
    ),
  )('refuses %j', async (command) => {
    const { emulator, run, audit } = await rig();
    const { exitCode, stderr, stdout } = await run(command);
    expect(stderr).toContain('This console does not run');
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(audit().at(-1)).toMatchObject({ act: 'refused', sshClient: '192.0.2.7' });
    expect(emulator.requests).toEqual([]);
  });

  it.each(
    byDay(
      [
        ['up and away', '../secret'],
        ['an absolute path', '/etc/passwd'],
        ['a link', 'link.plan.json'],
        ['a link to a folder', 'there/secret'],
        ['what is not there', '../../nothing'],
      ],
      ([file]) => file === 'a link',
    ),
  )('reads no file outside: %s', async (_, file) => {
    const { folder, plans, run } = await rig();
    symlinkSync(path.join(folder, 'secret'), path.join(plans, 'link.plan.json'));
    symlinkSync(folder, path.join(plans, 'there'));
    for (const command of [`plan check ${file}`, `plan show ${file}`, `plan diff ${file} ${file}`]) {
      const { exitCode, stderr, stdout } = await run(command);
      expect(stderr).toContain('is outside of');
      expect(exitCode).toBe(2);
      expect(stdout + stderr).not.toContain('PLANTED');
    }
  });

  it('goes where the profile says, whatever the environment says', async () => {
    const { emulator, run } = await rig();
    const { exitCode } = await run('list sandboxes', {
      FERRY_API_URL: 'http://127.0.0.1:9',
      FERRY_IMS_URL: 'http://127.0.0.1:9',
      FERRY_CONFIG_DIR: '/nonexistent',
      FERRY_ACCESS_TOKEN: 'mine',
      FERRY_ORG_ID: 'mine@AdobeOrg',
      XDG_CONFIG_HOME: '/nonexistent',
    });
    expect(exitCode).toBe(0);
    expect(emulator.requests.map(({ path: asked }) => asked)).toEqual([
      '/ims/token/v3',
      '/data/foundation/sandbox-management/',
    ]);
  });

  itInSoak('writes a line for each session, with who came from where', async () => {
    const { run, audit } = await rig();
    await run('list sandboxes');
    await run('sh');
    expect(audit()).toMatchObject([
      { act: 'console', command: 'list sandboxes', sshClient: '192.0.2.7', user: userInfo().username },
      { act: 'refused', command: 'sh', sshClient: '192.0.2.7' },
    ]);
  });

  itInSoak('takes no secret from a helper or from a file elsewhere', async () => {
    const { folder, plans, flags } = await rig();
    const plan = JSON.parse(example('s3')) as { destination: { auth: { params: Record<string, unknown> } } };
    for (const reference of ['command:id', `file:${path.join(folder, 'secret')}`]) {
      plan.destination.auth.params['s3SecretKey'] = { $secret: reference };
      writeFileSync(path.join(plans, 'p.plan.json'), JSON.stringify(plan));
      const { exitCode, stderr } = await runProgram(['apply', 'p.plan.json', '--yes', ...flags]);
      expect(stderr).toContain('does not allow secrets');
      expect(exitCode).toBe(2);
    }
  });

  it('without a command and without a terminal says what it needs', async () => {
    const { run } = await rig();
    const { exitCode, stderr } = await run('');
    expect(exitCode).toBe(3);
    expect(stderr).not.toBe('');
  });

  itInSoak('takes no other platform on its own command line either', async () => {
    const { flags } = await rig();
    const { exitCode, stderr } = await runProgram([...flags, '--api-url', 'http://127.0.0.1:9']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('only on the platform of its profile');
  });
});

describe.concurrent('what a console lets people do', () => {
  const secrets = { CAMPAIGN_S3_SECRET: 'A'.repeat(40) };
  it.each(
    byDay(
      [
        ['view', 's3', 'activate'],
        ['view,change,delete', 's3', 'activate'],
        ['view,activate', 'live', 'change'],
        ['activate,change', '', 'view'],
      ],
      (_, at) => at === 2,
    ),
  )('is said by its wrapper: %s, but not %s (%s)', async (allow, name, right) => {
    const { emulator, plans, flags, audit } = await rig();
    const plan = JSON.parse(example('s3')) as object;
    writeFileSync(path.join(plans, 's3.plan.json'), JSON.stringify(plan));
    const flow = { flow: 'cccccccc-0000-4000-8000-00000000000c' };
    writeFileSync(path.join(plans, 'live.plan.json'), JSON.stringify({ ...plan, ...flow }));
    const asked = name === '' ? ['list', 'flows'] : ['apply', `${name}.plan.json`, '--yes'];
    const { exitCode, stderr } = await runProgram([...flags, '--allow', allow, ...asked], { env: secrets });
    expect(stderr).toContain(`This console does not allow this: ${right}.`);
    expect(exitCode).toBe(4);
    expect(audit().at(-1)).toMatchObject({
      act: 'refused',
      why: `This console does not allow this: ${right}.`,
    });
    expect(
      emulator.requests.filter(({ method, path }) => method !== 'GET' && !path.startsWith('/ims')),
    ).toEqual([]);
  });

  it('is nothing where its wrapper has a slip', async () => {
    const { emulator, flags } = await rig();
    const { exitCode, stderr } = await runProgram([...flags, '--allow', 'view,chnage', 'list', 'flows']);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('chnage')]);
    expect(emulator.requests).toEqual([]);
  });

  itInSoak('is no longer for a person to say', async () => {
    const { run } = await rig();
    expect((await run('list segments --allow delete')).stderr).toContain('This console does not run');
    expect(await run('pull 00000000-0000-4000-8000-000000000000')).toMatchObject({ exitCode: 2 });
    expect((await run('pull x y.plan.json')).stderr).toContain('This console does not run');
    const looked = await run('storage check a.plan.json');
    expect([looked.exitCode, looked.stderr]).toEqual([4, expect.stringContaining('allow this: storage.')]);
  });
});

describe.concurrent('a restricted wizard', () => {
  it('shows nothing of a secret, not even its end, and saves plans in its folder only', async () => {
    const { plans, flags } = await rig();
    writeFileSync(path.join(plans, 'crm.plan.json'), example('campaign-s3'));
    const terminal = openTerminal({
      args: ['crm.plan.json', ...flags, '--emulator'],
      columns: 100,
      rows: 40,
    });
    await terminal.waitFor(/^❯ Secret key/m);
    await terminal.press('PLANTEDsecret9x7Q', /Secret key +••••/);
    await terminal.press(keys.enter, questions.review);
    await terminal.waitFor(/Sign-in +S3 access key · .* · ••••/);
    expect(terminal.bytes()).not.toContain('9x7Q');
    await terminal.press('s', /activate-segments.*plan\.json/);
    expect(readFileSync(path.join(plans, 'activate-segments-to-adobe-campaign.plan.json'), 'utf8')).toContain(
      '"version"',
    );
  });

  itInSoak.each([
    ['view,activate', false],
    ['view,activate,storage', true],
  ] as const)(
    'asks about the storage where its wrapper lets it be looked at: %s',
    async (allow, isOffered) => {
      const { flags } = await rig();
      const terminal = openTerminal({ args: [...flags, '--allow', allow] });
      await walkHome(terminal);
      await terminal.press(keys.enter, questions.destination);
      await choose(terminal, 'Data Landing Zone');
      let isAsked = false;
      const answers = {
        destination: 'Data Landing Zone',
        signInFields: {},
        locationFields: { 'Folder path': 'daily' },
      };
      await fillForms(terminal, answers, undefined, () => {
        isAsked = true;
        return Promise.resolve();
      });
      expect(isAsked).toBe(isOffered);
    },
  );

  itInSoak('ends when nobody presses a key, and says so', async () => {
    const { flags } = await rig();
    const terminal = openTerminal({ args: [...flags, '--idle-minutes', '0.05'] });
    await terminal.waitFor('Where do you want to work?');
    await choose(terminal, 'Your organisation');
    await terminal.waitFor(questions.sandbox);
    expect(await terminal.waitForEnd()).toBe(130);
    expect(terminal.bytes()).toContain('without input');
    expect(terminal.bytes()).toContain('[?1049l');
  });

  itInSoak('ends so in plain lines too', async () => {
    const { flags } = await rig();
    const terminal = openTerminal({ args: [...flags, '--idle-minutes', '0.05'], env: { TERM: 'dumb' } });
    expect(await terminal.waitForEnd()).toBe(130);
    expect(terminal.bytes()).toContain('Where do you want to work?');
    expect(terminal.bytes()).toContain('without input');
  });
});

describe.concurrent('the dataflows of a restricted console', () => {
  const acts = ['change', 'look', 'disable', 'pull', 'delete'] as const;

  it.each(
    byDay(
      [
        [undefined, ['change', 'pull'], 'e change · r runs · w why · s save · esc back'],
        ['view', ['look', 'pull'], 'e change · r runs · w why · s save · esc back'],
        ['view,pause', ['disable', 'pull'], 'p pause · r runs · w why · s save · esc back'],
        ['view,change,pause,delete', ['change', 'disable', 'pull', 'delete'], 'e change · p pause · '],
      ],
      (_, at) => at === 2,
    ),
  )('offer with --allow %s no more than %j, and no key for more', async (allow, wanted, hints) => {
    const { flags, emulator } = await rig(6);
    const terminal = openTerminal({
      args: [...flags, ...(allow === undefined ? [] : ['--allow', allow])],
      columns: 90,
    });
    await terminal.waitFor(questions.platform);
    await choose(terminal, 'Your organisation');
    await terminal.waitFor(questions.sandbox);
    await choose(terminal, 'dev');
    await terminal.waitFor(questions.home);
    await choose(terminal, 'Dataflows');
    await terminal.waitFor('CRM weekly');
    await terminal.press(keys.enter, english('flow.pull'));
    const screen = await terminal.waitFor(hints);
    const offered = acts.filter((act) =>
      new RegExp(`^[❯ ] . ${english(`flow.${act}`)}(  |$)`, 'm').test(screen),
    );
    expect(offered).toEqual(wanted);
    // A key that is not offered does nothing.
    if (!offered.includes('delete')) terminal.write('D');
    await terminal.press('?', /Esc|keys/);
    expect(emulator.requests.filter(({ method }) => method !== 'GET').map(({ path: at }) => at)).toEqual(
      emulator.requests.filter(({ path: at }) => at.includes('token')).map(({ path: at }) => at),
    );
  });
});
