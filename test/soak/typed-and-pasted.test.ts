import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { keys } from '../helpers/keys.ts';
import { runProgram } from '../helpers/program.ts';
import { freshFolder, openTerminal, projectRoot, type Terminal } from '../helpers/terminal.ts';
import { beginIn, choose, journeys, questions, walkToSegments } from '../helpers/walk.ts';

async function atSegments(): Promise<Terminal> {
  const terminal = openTerminal({ args: ['--emulator'], rows: 30, columns: 100 });
  const campaign = journeys['Adobe Campaign'];
  if (!campaign) throw new Error('no journey');
  await walkToSegments(terminal, campaign);
  await terminal.waitFor(questions.segments);
  await terminal.waitFor('1,204 in total');
  return terminal;
}

describe.concurrent('several keys in one piece, as a slow line brings them', () => {
  it.each<[string, string, RegExp]>([
    ['Enter and Enter', '\r\r', /^● Sign-in: S3 access key/m],
    ['a choice and another', '\r\u001b[B\r', /^● Sign-in: SFTP with Password/m],
    ['there and back', '\r\u001b[27u', /^● Where should the segments go/m],
    ['there, back and elsewhere', '\r\u001b[27u\u001b[B\r', /^● How do you sign in to Amazon S3/m],
  ])('are pressed one after the other: %s', async (_, burst, wanted) => {
    const terminal = openTerminal({ args: ['--emulator'] });
    await terminal.waitFor(questions.sandbox);
    await beginIn(terminal, 'dev');
    await terminal.waitFor(/^❯ +Adobe Campaign/m);
    terminal.write(burst);
    await terminal.waitFor(wanted);
  });
});

describe.concurrent('the search', () => {
  it('takes no answer of the terminal for text, whole or in pieces', async () => {
    const terminal = await atSegments();
    terminal.write('loy\u001b]11;rgb:1e1e/1e1e/1e1e\u0007\u001b[24;80R');
    // An escape that comes alone is the key, where the rest of it is late: a busy machine may part them.
    for (const piece of ['\u001bP>|x', 'term', '(390)\u001b\\al']) terminal.write(piece);
    terminal.write('ty\u009d10;rgb:ffff/ffff/ffff\u009c');
    await terminal.waitFor(/Search: loyalty +newly created first · \d/);
  });

  it('goes on after a paste whose end was lost, and after far too much', async () => {
    const terminal = await atSegments();
    terminal.write('\u001b[200~loyalty');
    await terminal.waitFor(/Search: loyalty +newly created first · \d/);
    await terminal.press(keys.ctrl('u'), '1,204 in total');
    for (const long of ['a'.repeat(1000), 'b'.repeat(20_000), 'xyz '.repeat(25_000)]) {
      // Where both have no room, what is typed is read before how much it finds.
      await terminal.press(
        keys.paste(long),
        (seen) => seen.includes(long.trimEnd().slice(-12)) && seen.includes('Nothing matches.'),
      );
      await terminal.press(keys.ctrl('u'), '1,204 in total');
    }
  });

  const interrupts: [string, string][] = [
    ['as a byte', '\u0003'],
    ['of kitty', '\u001b[99;5u'],
    ['of modifyOtherKeys', '\u001b[27;5;99~'],
  ];

  it.each(interrupts)('hears Ctrl+C %s in a paste without an end', async (_, interrupt) => {
    const terminal = await atSegments();
    terminal.write('\u001b[200~loyalty');
    await terminal.press(interrupt, 'Leave?');
    terminal.write(interrupt);
    expect(await terminal.waitForEnd()).toBe(130);
  });
});

describe.concurrent('a field that is shown', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

  it('refuses a private key and several lines, draws nothing of them, and says what a host should read', async () => {
    const terminal = openTerminal({ args: ['--emulator'], rows: 30, columns: 100 });
    await terminal.waitFor(questions.sandbox);
    await beginIn(terminal, 'dev');
    await terminal.waitFor(questions.destination);
    await choose(terminal, 'Oracle Eloqua');
    await terminal.waitFor('How do you sign in');
    await choose(terminal, 'SFTP with SSH Key');
    await terminal.waitFor(/^❯ Domain/m);
    await terminal.press(keys.paste(key), 'This looks like a private key');
    await terminal.press(keys.paste('firstline\nsecondline'), 'this has several');
    expect(terminal.bytes()).not.toMatch(/BEGIN PRIVATE|MII|firstline|secondline/);
    await terminal.press('sftp://crm@sftp.example.com:2222', 'tab: sftp.example.com');
    await terminal.press(keys.enter, 'without a scheme');
    await terminal.press(keys.tab, (seen) => !seen.includes('sftp://'));
    await terminal.press(keys.enter, /^❯ Host/m);
  });
});

describe.concurrent('a plan from standard input', () => {
  const file = path.join(projectRoot, 'examples', 'plans', 'campaign-s3.plan.json');
  const input = readFileSync(file, 'utf8');

  it('is checked, shown, compared and applied', async () => {
    expect(await runProgram(['plan', 'check', '-'], { input })).toMatchObject({ exitCode: 0, stderr: '' });
    const shown = await runProgram(['plan', 'show', '-', '--json'], { input });
    expect(JSON.parse(shown.stdout)).toMatchObject({ version: 1 });
    expect(await runProgram(['plan', 'diff', file, '-'], { input })).toMatchObject({ exitCode: 0 });
    const applied = await runProgram(['apply', '-', '--emulator', '--yes'], { input });
    expect(applied).toMatchObject({ exitCode: 0 });
    expect(applied.stdout).toContain('Verified');
  });

  it('leaves nobody to answer, and can be read once', async () => {
    const unsure = await runProgram(['apply', '-', '--emulator'], { input });
    expect(unsure.exitCode).toBe(3);
    expect(unsure.stderr).toContain('--yes');
    const twice = await runProgram(['plan', 'diff', '-', '-'], { input });
    expect(twice.exitCode).toBe(2);
    expect(twice.stderr).toContain('only one plan');
    expect(await runProgram(['plan', 'check', '-'], { input: '' })).toMatchObject({ exitCode: 2 });
  });

  it('that asks for a secret ends with 3, and names what to use', async () => {
    const asking = input.replace(/"env:[A-Z0-9_]+"/, '"prompt"');
    const { exitCode, stderr } = await runProgram(
      ['apply', '-', '--yes', '--api-url', 'http://127.0.0.1:9'],
      {
        input: asking,
        env: { FERRY_ACCESS_TOKEN: 't', FERRY_API_KEY: 'k', FERRY_ORG_ID: 'X@AdobeOrg' },
      },
    );
    expect(exitCode).toBe(3);
    expect(stderr).toContain('env:NAME');
  });
});

describe.concurrent('a secret that no server can mean', () => {
  it('is named by plan check and before the first write, and never repeated', async () => {
    const cwd = freshFolder();
    const locked = 'ssh-rsa AAAAB3NzaC1yc2EPLANTED crm@host';
    writeFileSync(path.join(cwd, 'key.pub'), locked, { mode: 0o600 });
    const source = readFileSync(
      path.join(projectRoot, 'examples', 'plans', 'eloqua-sftp-key.plan.json'),
      'utf8',
    );
    writeFileSync(path.join(cwd, 'x.plan.json'), source.replace(/"env:[A-Z0-9_]+"/, '"file:key.pub"'));
    for (const args of [
      ['plan', 'check', 'x.plan.json'],
      ['apply', 'x.plan.json', '--emulator', '--yes'],
    ]) {
      const { exitCode, stdout, stderr } = await runProgram(args, { cwd });
      expect(exitCode).toBe(2);
      expect(stderr).toContain('is a public key');
      expect(stdout + stderr).not.toContain('PLANTED');
    }
  });
});

describe.concurrent('a setting that is wrong', () => {
  const env = {
    FERRY_ACCESS_TOKEN: 't',
    FERRY_API_KEY: 'k',
    FERRY_ORG_ID: 'X@AdobeOrg',
    FERRY_SANDBOX: 'dev',
  };

  it.each<[string, Record<string, string>, string]>([
    ['FERRY_API_KEY', { FERRY_API_KEY: 'the\u200bkey' }, 'U+200B'],
    ['FERRY_ORG_ID', { FERRY_ORG_ID: 'X＠AdobeOrg' }, 'U+FF20'],
    ['FERRY_ACCESS_TOKEN', { FERRY_ACCESS_TOKEN: 'the\ntoken' }, 'line end'],
    ['HTTPS_PROXY', { HTTPS_PROXY: 'ftp://h:1' }, 'http://HOST:PORT'],
  ])('is named: %s', async (name, wrong, why) => {
    const { exitCode, stderr } = await runProgram(['list', 'sandboxes', '--api-url', 'http://127.0.0.1:9'], {
      env: { ...env, ...wrong },
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(name);
    expect(stderr).toContain(why);
    expect(stderr).not.toContain('Cannot reach');
  });
});
