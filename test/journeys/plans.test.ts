import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../source/activation/plan/plan.ts';
import type { Problem } from '../../source/activation/plan/problem.ts';
import { newerParams, newerPlan } from '../helpers/newer-plan.ts';
import { ed25519Key, rsaKey } from '../helpers/public-keys.ts';
import { keys } from '../helpers/keys.ts';
import { runProgram } from '../helpers/program.ts';
import { freshFolder, openTerminal, projectRoot } from '../helpers/terminal.ts';
import { applyFromReview, fill, moveTo, questions } from '../helpers/walk.ts';
import { byDay, describeInSoak, itInSoak } from '../helpers/soak.ts';

const example = (name: string): string => path.join(projectRoot, 'examples', 'plans', `${name}.plan.json`);
const segment = '9f7d37fd-7039-4454-94ef-2b0cd6c3206a';
const answers = [
  ...['--destination', 'amazon s3', '--param', 's3AccessKey=AKIAIOSFODNN7EXAMPLE'],
  ...['--location', 'bucketName=crm-exports', '--location', 'path=daily', '--segment', `${segment}=Bikes`],
  ...[
    '--key',
    'personalEmail.address',
    '--export-mode',
    'incremental',
    '--every',
    '6h',
    '--start',
    '2035-01-01',
  ],
];

describe.concurrent('ferry plan new', () => {
  it('writes a plan that checks, applies and verifies', async () => {
    const cwd = freshFolder();
    const { exitCode, stderr } = await runProgram(['plan', 'new', 'crm.plan.json', ...answers], { cwd });
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    expect(JSON.parse(readFileSync(path.join(cwd, 'crm.plan.json'), 'utf8'))).toMatchObject({
      destination: {
        auth: {
          specName: 'Access Key',
          params: {
            s3AccessKey: 'AKIAIOSFODNN7EXAMPLE',
            s3SecretKey: { $secret: 'env:AMAZON_S3_SECRET_KEY' },
          },
        },
        location: { mode: 'Server-to-server', bucketName: 'crm-exports', path: 'daily', fileType: 'CSV' },
      },
      segments: [
        { id: segment, name: 'Bikes', schedule: { frequency: 'EVERY_6_HOURS', startTime: '12:00' } },
      ],
    });
    const applied = await runProgram(['apply', 'crm.plan.json', '--emulator', '--yes'], { cwd });
    expect(applied.exitCode).toBe(0);
    const again = await runProgram(['plan', 'new', 'crm.plan.json', ...answers], { cwd });
    expect(again.exitCode).toBe(2);
    expect(again.stderr).toContain('was not overwritten');
  });

  it('prints it where no file is named, and tells beside it what is missing', async () => {
    const { stdout, stderr, exitCode } = await runProgram([
      ...['plan', 'new', '--destination', 'landing zone', '--segment', segment],
      ...['--location', 'fileType=PARQUET', '--start', '2035-01-01'],
    ]);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      sandbox: 'dev',
      destination: { location: { fileType: 'PARQUET' } },
    });
    expect(stderr).toContain('Give --location path=…');
  });

  it.each(
    byDay<[string, string[], number, string]>(
      [
        ['what is missing', ['--destination', 's3'], 3, '--segment'],
        [
          'a destination that there is not',
          ['--destination', 'ftp9', '--segment', segment],
          2,
          'Oracle Eloqua',
        ],
        ['a sign-in that there is not', [...answers, '--auth', 'Basic'], 2, 'Access Key'],
        ['a frequency that there is not', [...answers, '--every', '5h'], 2, '12h'],
        [
          'a frequency that does not go',
          [...answers, '--export-mode', 'full', '--every', '3h'],
          2,
          'frequency',
        ],
        ['a secret in clear', [...answers, '--param', 's3SecretKey=hunter2'], 2, 'not the secret itself'],
        ['half a pair', [...answers, '--location', 'path'], 2, 'KEY=VALUE'],
        ['a bad date', [...answers, '--end', '2034-01-01'], 2, 'endDate'],
      ],
      ([what]) => what === 'what is missing' || what === 'a secret in clear',
    ),
  )('says %s', async (_, args, exit, said) => {
    const { exitCode, stderr, stdout } = await runProgram(['plan', 'new', ...args]);
    expect(stderr).toContain(said);
    expect(exitCode).toBe(exit);
    expect(stdout + stderr).not.toContain('hunter2');
  });
});

describe.concurrent('ferry plan check', () => {
  it('judges every plan of a folder, and ends with the worst', async () => {
    const cwd = freshFolder();
    const sound = readFileSync(example('campaign-s3'), 'utf8');
    writeFileSync(path.join(cwd, 'a.plan.json'), sound.replace('"version"', '"versio"'));
    writeFileSync(path.join(cwd, 'b.plan.json'), sound);
    writeFileSync(path.join(cwd, 'c.json'), '');
    const { exitCode, stdout, stderr } = await runProgram(['plan', 'check', '.'], { cwd });
    expect([exitCode, stderr, stdout]).toEqual([
      2,
      expect.stringContaining('a.plan.json'),
      expect.stringContaining('b.plan.json'),
    ]);
    expect(stdout + stderr).not.toContain('c.json');
    const told = (await runProgram(['plan', 'check', '.', '--json'], { cwd })).stdout.trim().split('\n');
    expect(told.map((one) => JSON.parse(one) as object)).toMatchObject([
      { file: 'a.plan.json', valid: false },
      { file: 'b.plan.json', valid: true },
    ]);
    writeFileSync(path.join(cwd, 'a.plan.json'), sound);
    expect((await runProgram(['plan', 'check', '.'], { cwd })).exitCode).toBe(0);
    expect((await runProgram(['plan', 'check', freshFolder()])).exitCode).toBe(2);
  });

  it.each(
    byDay<[string, (text: string) => Buffer, number]>(
      [
        ['UTF-16, as Windows saves it', (text) => Buffer.from(`\ufeff${text}`, 'utf16le'), 2],
        ['UTF-16 without its mark', (text) => Buffer.from(text, 'utf16le'), 2],
        ['UTF-16 the other way round', (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), 2],
        ['Latin-1', (text) => Buffer.from(text.replace('"name": "', '"name": "é'), 'latin1'), 2],
        ['UTF-8 with a mark', (text) => Buffer.from(`\ufeff${text}`), 0],
      ],
      (_, at) => at === 0,
    ),
  )('takes no text for another: %s', async (_, write, code) => {
    const cwd = freshFolder();
    writeFileSync(path.join(cwd, 'a.plan.json'), write(readFileSync(example('campaign-s3'), 'utf8')));
    const { exitCode, stderr } = await runProgram(['plan', 'check', 'a.plan.json'], { cwd });
    expect(exitCode).toBe(code);
    if (code !== 0) expect(stderr).toContain('save it as UTF-8');
  });
});

describeInSoak.concurrent('ferry plan diff', () => {
  itInSoak('tells in words what changed, and as JSON', async () => {
    const cwd = freshFolder();
    const plan = JSON.parse(readFileSync(example('campaign-s3'), 'utf8')) as { sandbox: string };
    writeFileSync(path.join(cwd, 'b.plan.json'), JSON.stringify({ ...plan, sandbox: 'stage' }));
    const { exitCode, stdout } = await runProgram(['plan', 'diff', example('campaign-s3'), 'b.plan.json'], {
      cwd,
    });
    expect(stdout).toBe('  ~ sandbox: dev → stage\n');
    expect(exitCode).toBe(6);
    const same = await runProgram(['plan', 'diff', 'b.plan.json', 'b.plan.json', '--json'], { cwd });
    expect(JSON.parse(same.stdout)).toEqual({ differences: [] });
    expect(same.exitCode).toBe(0);
  });
});

describe.concurrent('ferry plan upgrade', () => {
  const desk = (change: object = {}): string => {
    const cwd = freshFolder();
    const plan = JSON.parse(readFileSync(example('s3'), 'utf8')) as Plan;
    writeFileSync(path.join(cwd, 'old.plan.json'), JSON.stringify({ ...plan, ...change }));
    return cwd;
  };

  itInSoak('writes a plan for the newer card that checks, applies and verifies', async () => {
    const cwd = desk();
    const { exitCode, stdout, stderr } = await runProgram(
      ['plan', 'upgrade', 'old.plan.json', 'new.plan.json'],
      {
        cwd,
      },
    );
    expect(exitCode).toBe(0);
    expect(stdout).toContain('newer card "Amazon S3"');
    expect(stderr).toContain('What changes:');
    expect(stderr).toMatch(
      /\$\.attributes\.selected .*"homeAddress\.countryCode" is\s+"homeAddress_countryCode"/,
    );
    expect(stderr).not.toContain('To decide');
    const checked = await runProgram(['plan', 'check', 'new.plan.json'], { cwd });
    expect(checked.exitCode).toBe(0);
    const args = ['apply', 'new.plan.json', '--emulator', '--yes'];
    const applied = await runProgram(args, { cwd });
    expect(applied.stdout).toContain('Verified');
    const again = await runProgram(['plan', 'upgrade', 'new.plan.json'], { cwd });
    expect(again).toMatchObject({ exitCode: 2, stdout: '' });
    expect(again.stderr).toContain('already for the newer card "Amazon S3"');
  });

  it('prints it where no file is named, and what it says of it elsewhere', async () => {
    const cwd = desk();
    const printed = await runProgram(['plan', 'upgrade', 'old.plan.json'], { cwd });
    const newer = '4fce964d-3f37-408f-9778-e597338a21ee';
    expect(JSON.parse(printed.stdout)).toMatchObject({ destination: { connectionSpecId: newer } });
    const told = await runProgram(['plan', 'upgrade', 'old.plan.json', '--json', '--lang', 'zh-TW'], { cwd });
    expect(JSON.parse(told.stdout)).toMatchObject({
      plan: JSON.parse(printed.stdout) as object,
      decisions: [
        { id: 'upgrade.csvOptions', path: '$.destination.location.csvOptions', isOpen: false },
        {
          id: 'upgrade.columns',
          path: '$.attributes.selected',
          values: { column: 'homeAddress_countryCode' },
        },
      ],
    });
    expect(told.stderr).toContain('從此不同的地方：');
  });

  itInSoak('writes also what cannot be applied yet, and says with 2 that something is open', async () => {
    const destination = {
      ...(JSON.parse(readFileSync(example('s3'), 'utf8')) as Plan).destination,
      auth: undefined,
      baseConnectionId: 'ca5c6e9a-8559-4a08-97a5-f15b756da600',
    };
    const cwd = desk({ destination });
    const upgraded = await runProgram(['plan', 'upgrade', 'old.plan.json', 'new.plan.json'], { cwd });
    expect(upgraded.exitCode).toBe(2);
    expect(upgraded.stderr).toMatch(/Decide these before it can be applied:\s+\S+ \$\.destination\.auth /);
    expect(readFileSync(path.join(cwd, 'new.plan.json'), 'utf8')).not.toContain('baseConnectionId');
  });

  it('is for no other card', async () => {
    const other = await runProgram(['plan', 'upgrade', example('campaign-s3')]);
    expect(other).toMatchObject({ exitCode: 2, stdout: '' });
    expect(other.stderr).toContain('No newer card has replaced "Adobe Campaign"');
  });
});

describe.concurrent('a plan that encrypts', () => {
  async function check(key: string) {
    const cwd = freshFolder();
    const publicKey = { $secret: 'file:exports.asc' };
    const { destination, ...plan } = newerPlan;
    const document = { ...plan, destination: { ...destination, encryption: { publicKey } } };
    writeFileSync(path.join(cwd, 'a.plan.json'), JSON.stringify(document));
    if (key !== '') writeFileSync(path.join(cwd, 'exports.asc'), key, { mode: 0o644 });
    const env = { S3_SECRET: newerParams.s3SecretKey };
    return { cwd, env, checked: await runProgram(['plan', 'check', 'a.plan.json'], { cwd, env }) };
  }

  it.each(
    byDay(
      [
        ['is not there', '', 'The public key is missing: file:exports.asc.'],
        ['is a private one', rsaKey.armored.replaceAll('PUBLIC', 'PRIVATE'), 'This is a private key.'],
        ['is cut off', rsaKey.armored.slice(0, 500), 'damaged or cut off'],
        ['is no RSA key', ed25519Key, 'RSA key'],
      ],
      ([what]) => what === 'is a private one',
    ),
  )('is not sound where its key %s', async (_, key, wanted) => {
    const { checked } = await check(key);
    expect([checked.exitCode, checked.stderr]).toEqual([2, expect.stringContaining(wanted)]);
    expect(checked.stderr).toContain('$.destination.encryption.publicKey');
  });

  itInSoak('is sound with a key that others may read, and applies', async () => {
    const { checked, cwd, env } = await check(rsaKey.armored);
    expect([checked.exitCode, checked.stderr]).toEqual([0, '']);
    const applied = await runProgram(['apply', 'a.plan.json', '--emulator', '--yes'], { cwd, env });
    expect([applied.exitCode, applied.stdout]).toEqual([0, expect.stringContaining('Verified')]);
  });
});

describe.concurrent('a plan that its card refuses', () => {
  it('is not sound, and each value is told with its place', async () => {
    const cwd = freshFolder();
    const plan = JSON.parse(readFileSync(example('newer-sftp-key'), 'utf8')) as Plan;
    const { location } = plan.destination;
    const destination = { ...plan.destination, location: { ...location, compression: 'ZIP' } };
    writeFileSync(path.join(cwd, 'a.plan.json'), JSON.stringify({ ...plan, destination }));
    const { privateKey } = generateKeyPairSync('ed25519');
    const env = { SFTP_SSH_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
    const { exitCode, stdout } = await runProgram(['plan', 'check', 'a.plan.json', '--json'], { cwd, env });
    const { valid, problems } = JSON.parse(stdout) as { valid: boolean; problems: Problem[] };
    expect([exitCode, valid]).toEqual([2, false]);
    expect(problems.map((one) => `${one.path} ${one.id}`)).toEqual([
      '$.destination.location.compression field.notOneOf',
      '$.destination.auth.params.sshKey key.notRsa',
    ]);
  });
});

describe.concurrent('ferry plan schema', () => {
  it('is the schema beside the examples', async () => {
    const { stdout } = await runProgram(['plan', 'schema']);
    const kept = readFileSync(path.join(projectRoot, 'examples', 'plan.schema.json'), 'utf8');
    expect(JSON.parse(stdout)).toEqual(JSON.parse(kept));
    expect(JSON.parse(stdout)).toMatchObject({
      required: expect.arrayContaining([
        'version',
        'name',
        'destination',
        'segments',
        'attributes',
      ]) as unknown,
    });
  });
});

describe.concurrent('ferry PLAN', () => {
  it.each(
    byDay(
      [
        [
          'en',
          'monthly on day 31 (in shorter months on the last day)',
          'monthly on day 31',
          'every Thursday',
          'once',
        ],
        ['zh-TW', '每月 31 日（較短的月份為最後一天）', '每月 31 日', '每週四', '一次'],
      ],
      ([lang]) => lang === 'en',
    ),
  )(
    'says in %s on which day a newer card exports, and changes it with a key',
    async (lang, whole, short, weekly, once) => {
      const cwd = freshFolder();
      const plan = JSON.parse(readFileSync(example('newer-landing-zone'), 'utf8')) as Plan;
      const segments = plan.segments.slice(0, 1).map((one) => ({
        ...one,
        schedule: { frequency: 'MONTHLY', startDate: '2036-01-31', startTime: '17:00' },
      }));
      writeFileSync(path.join(cwd, 'x.plan.json'), JSON.stringify({ ...plan, segments }));
      const terminal = openTerminal({
        args: ['x.plan.json', '--emulator', '--lang', lang],
        cwd,
        columns: 80,
        rows: 24,
      });
      await terminal.waitFor(whole);
      // Nothing was asked before the review of a plan: behind it is the shell.
      await terminal.press(keys.escape, /◉ \S+ ?[(（]n[)）]/);
      await terminal.press(keys.escape, whole);
      await moveTo(terminal, lang === 'en' ? '1 segment' : '1 個區段');
      const page = await terminal.press(keys.enter, /f {2}◯/);
      expect(page).toContain(short);
      // A leap year.
      expect(page).toMatch(/29.* 17:00 UTC .*31.* 17:00 UTC/);
      // One segment has one row, above the one that goes on.
      await terminal.press(keys.up, /❯ +Interested/);
      await terminal.press('f', new RegExp(`◉ ${once}`));
      await terminal.press('ff', weekly);
      await terminal.waitFor(/31.* 17:00 UTC .*07.* 17:00 UTC .*14.* 17:00 UTC/);
    },
  );

  itInSoak(
    'begins the wizard with the plan: only the secret is asked, and a finding is mended with one key',
    async () => {
      const cwd = freshFolder();
      const plan = JSON.parse(readFileSync(example('campaign-s3'), 'utf8')) as Plan;
      const attributes = { ...plan.attributes, deduplication: [] };
      writeFileSync(path.join(cwd, 'crm.plan.json'), JSON.stringify({ ...plan, attributes }));
      const terminal = openTerminal({ args: ['crm.plan.json', '--emulator'], cwd, rows: 40, columns: 100 });
      await terminal.waitFor('Sign-in: S3');
      // Where the person is needed.
      await terminal.waitFor(/^❯ Secret key/m);
      await fill(terminal, { 'Secret key': 'PLANTED-secret-key' });
      await terminal.waitFor(questions.review);
      // The end of a plan is exclusive; what counts is the last export, and there is nothing to mend.
      await terminal.waitFor(/every 6 hours from 22 Dec 2035 17:00 UTC\n +last export 30 Dec 2035 23:00 UTC/);
      await terminal.press('f', 'No automatic fix for this line; enter: Apply this plan.');
      await terminal.waitFor(
        /Deduplication +none\n.*the same person can be in a file twice.*\n +f: key personalEmail.address/,
      );
      while (!/^❯.*Deduplication/m.test(terminal.screen())) {
        const before = terminal.screen();
        terminal.write(keys.down);
        await terminal.waitFor((seen) => seen !== before);
      }
      const mended = await terminal.press('f', '✓ Fixed: key personalEmail.address');
      expect(mended).toMatch(/^❯ +Deduplication +personalEmail\.address\n +Profile Store/m);
      terminal.write(keys.home);
      await terminal.waitFor(/^❯.*Apply this plan/m);
      await applyFromReview(terminal);
      await terminal.waitFor('Verified');
      expect(terminal.bytes()).not.toContain('PLANTED');
    },
  );

  itInSoak('works in the sandbox that is named beside it', async () => {
    const terminal = openTerminal({ args: [example('campaign-s3'), '--emulator', '--sandbox', 'stage'] });
    expect(await terminal.waitFor('Sign-in: S3')).toContain('stage · emulator');
    await fill(terminal, { 'Secret key': 'PLANTED-secret-key' });
    expect(await terminal.waitFor(questions.review)).toMatch(/Sandbox +stage/);
  });

  it('says what is wrong with a plan before anything is drawn', async () => {
    const cwd = freshFolder();
    writeFileSync(path.join(cwd, 'broken.plan.json'), '{"version": 1');
    const terminal = openTerminal({ args: ['broken.plan.json'], cwd });
    expect(await terminal.waitForEnd()).toBe(2);
    expect(terminal.bytes()).toContain('broken.plan.json: 1 problem');
  });
});
