import { execFile } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { keys } from '../helpers/keys.ts';
import { orgId } from '../helpers/runs.ts';
import { builtProgram, cleanEnv, freshFolder, openTerminal, projectRoot } from '../helpers/terminal.ts';

const plan = path.join(projectRoot, 'examples', 'plans', 'campaign-s3.plan.json');
const built = path.dirname(builtProgram);

interface Ran {
  output: string;
  exitCode: number;
  /** Built files that were compiled from the cache, and those that were not. */
  fromCache: string[];
  compiled: string[];
  /** Built files of which something was left in the cache. */
  left: string[];
}

/** Runs a program, with Node telling what it does with its code cache. */
function ran(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  command = process.execPath,
): Promise<Ran> {
  return new Promise((resolve) => {
    const options = { env: { ...cleanEnv(env), NODE_DEBUG_NATIVE: 'COMPILE_CACHE' }, cwd: freshFolder() };
    execFile(command, args, options, (error, stdout, stderr) => {
      const told = [
        ...(stdout + stderr).matchAll(/V8 code cache for (?:ESM|CommonJS) (\S+) was (accepted|.*?),/g),
      ];
      const named = (wanted: boolean): string[] =>
        told
          .filter(([, , verdict]) => (verdict === 'accepted') === wanted)
          .map(([, file = '']) => path.basename(file));
      const writing = (stdout + stderr).matchAll(/writing cache for (?:ESM|CommonJS) (\S+)/g);
      const left = [...writing].map(([, file = '']) => path.basename(file));
      const output = (stdout + stderr).replaceAll(/^\[compile cache\].*\n/gm, '');
      const exitCode = error ? Number(error.code) : 0;
      resolve({ output, exitCode, fromCache: named(true), compiled: named(false), left });
    });
  });
}

/** A copy of the built program somewhere else. */
function moved(): string {
  const folder = path.join(freshFolder(), 'dist');
  cpSync(built, folder, { recursive: true });
  return folder;
}

const cacheOf = (dist: string): string => path.join(dist, 'cache');
const chunks = readdirSync(path.join(built, 'chunks'));

describe.concurrent('the code cache beside the program', () => {
  it('is what runs, and is only read', async () => {
    const home = freshFolder();
    const { fromCache, compiled, left, output } = await ran([builtProgram, 'plan', 'check', plan], {
      HOME: home,
    });
    expect(output).toContain('no problems found');
    expect(fromCache).toContain('plan-check.js');
    expect({ compiled, left }).toEqual({ compiled: [], left: [] });
    const told = path.join(home, 'told');
    // The shell keeps what Node tells about its cache; the page is drawn on standard output.
    const terminal = openTerminal({
      command: ['/bin/sh', '-c', `exec "$0" "$@" 2>${told}`, process.execPath, builtProgram, '--emulator'],
      env: { HOME: home, NODE_DEBUG_NATIVE: 'COMPILE_CACHE' },
    });
    await terminal.waitFor('In which sandbox?');
    terminal.write(keys.ctrl('c'));
    await terminal.waitForEnd();
    const drawn = readFileSync(told, 'utf8');
    expect(drawn).toMatch(/because cache was the same/);
    expect(drawn).not.toMatch(/writing cache for/);
    // What is not bundled is read for the key store.
    const profile = { clientId: 'abc', orgId, secret: 'keystore:nobody', sandbox: 'dev' };
    const profiles = { version: 1, current: 'here', profiles: { here: profile } };
    writeFileSync(path.join(home, 'profiles.json'), JSON.stringify(profiles));
    const forgotten = await ran([builtProgram, 'logout'], { HOME: home, FERRY_CONFIG_DIR: home });
    expect(forgotten.exitCode).toBe(0);
    expect(forgotten.fromCache).toContain('index.js');
    expect(forgotten).toMatchObject({ compiled: [], left: [] });
    expect(existsSync(path.join(home, '.cache'))).toBe(false);
  });

  it('goes along when the program is moved', async () => {
    const dist = moved();
    const { fromCache, compiled } = await ran([path.join(dist, 'cli.js'), 'plan', 'check', plan], {});
    expect(fromCache).toContain('plan-check.js');
    expect(compiled).toEqual([]);
  });

  it('is left alone when others can write it', async () => {
    const dist = moved();
    const home = freshFolder();
    const [folder = ''] = readdirSync(cacheOf(dist));
    chmodSync(path.join(cacheOf(dist), folder), 0o777);
    const { fromCache } = await ran([path.join(dist, 'cli.js'), '--version'], { HOME: home });
    expect(fromCache).toEqual([]);
    expect(existsSync(path.join(home, '.cache', 'ferry'))).toBe(true);
  });

  it('is not run for a file that has changed, be it by one sign', async () => {
    const dist = moved();
    const { version } = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as {
      version: string;
    };
    const other = version.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10));
    const having = chunks.filter((name) =>
      readFileSync(path.join(dist, 'chunks', name), 'utf8').includes(version),
    );
    for (const name of having) {
      const file = path.join(dist, 'chunks', name);
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll(version, other));
    }
    const { output, compiled } = await ran([path.join(dist, 'cli.js'), '--version'], {});
    expect(output).toBe(`${other}\n`);
    expect(compiled.length).toBeGreaterThan(0);
  });
});

describe.concurrent('where the build has left no code cache', () => {
  it("one in the user's cache folder is filled by the first run and read by the second", async () => {
    const dist = moved();
    rmSync(cacheOf(dist), { recursive: true });
    const home = freshFolder();
    const run = (): Promise<Ran> => ran([path.join(dist, 'cli.js'), 'plan', 'check', plan], { HOME: home });
    expect((await run()).fromCache).toEqual([]);
    const folder = path.join(home, '.cache', 'ferry');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const second = await run();
    expect(second.fromCache).toContain('plan-check.js');
    expect(second.compiled).toEqual([]);
    expect(existsSync(cacheOf(dist))).toBe(false);
  });
});

describe.concurrent('a restricted console', () => {
  const console = [builtProgram, '--restricted'];
  const asked = { SSH_ORIGINAL_COMMAND: 'history' };

  it('runs no code from a cache, and leaves none', async () => {
    const home = freshFolder();
    const { fromCache, compiled, exitCode } = await ran(
      [...console, '--plan-dir', path.join(home, 'plans'), '--state-dir', path.join(home, 'state')],
      { ...asked, HOME: home },
    );
    expect({ fromCache, compiled, exitCode }).toEqual({ fromCache: [], compiled: [], exitCode: 0 });
    expect(readdirSync(home).sort()).toEqual(['plans', 'state']);
  });

  it('does not start with a cache from its environment', async () => {
    const cache = freshFolder();
    const { output, exitCode } = await ran(console, { ...asked, NODE_COMPILE_CACHE: cache });
    expect(output).toContain('does not run with NODE_COMPILE_CACHE');
    expect(exitCode).toBe(2);
  });

  it('gets none through the wrapper of the example', async () => {
    const cache = freshFolder();
    const wrapper = path.join(freshFolder(), 'ferry-console');
    const example = readFileSync(path.join(projectRoot, 'examples', 'sshd', 'ferry-console'), 'utf8')
      .replace('node=/usr/bin/node', `node=${process.execPath}`)
      .replace('ferry=/opt/ferry/dist/cli.js', `ferry=${builtProgram}`)
      .replace('--plan-dir plans', `--plan-dir ${freshFolder()} --state-dir ${freshFolder()}`);
    writeFileSync(wrapper, example, { mode: 0o755 });
    const env = { ...asked, NODE_COMPILE_CACHE: cache, USER: 'anna', LOGNAME: 'anna' };
    const { exitCode, output } = await ran([wrapper], env, '/bin/sh');
    expect({ exitCode, output }).toEqual({
      exitCode: 0,
      output: expect.stringContaining('No run') as unknown,
    });
    expect(readdirSync(cache)).toEqual([]);
  });
});
