import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { cleanEnv, freshFolder, projectRoot } from '../helpers/terminal.ts';

/** The package as npm installs it, with nothing of the checkout and nothing from a registry. */
let installed: string;
let npmEnv: Record<string, string>;

const npm = (args: readonly string[], cwd: string): string =>
  // On Windows npm is a script of the shell.
  execFileSync('npm', args, { cwd, env: npmEnv, encoding: 'utf8', shell: process.platform === 'win32' });

beforeAll(() => {
  const folder = realpathSync(freshFolder());
  npmEnv = cleanEnv({
    npm_config_cache: path.join(folder, 'empty-cache'),
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
    // Newer ones keep what they compiled, in the system's temporary folder.
    NODE_DISABLE_COMPILE_CACHE: '1',
  });
  const prefix = path.join(folder, 'prefix');
  mkdirSync(prefix);
  // What is built is what is packed: `npm test` has built it.
  npm(['pack', '--ignore-scripts', '--pack-destination', folder], projectRoot);
  const [tarball = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  npm(['install', '--global', '--prefix', prefix, '--omit=optional', path.join(folder, tarball)], folder);
  installed = prefix;
});

const home = freshFolder();
/** Runs what npm has put on the path, by the Node that runs the tests. */
const ferry = (...args: string[]): string =>
  execFileSync(process.execPath, [path.join(installed, 'bin', 'ferry'), ...args], {
    cwd: freshFolder(),
    env: cleanEnv({ HOME: home }),
    encoding: 'utf8',
  });
const packageFolder = (): string => path.join(installed, 'lib', 'node_modules', 'aep-ferry');

describe('the packed program', () => {
  it('brings no other package, and no cache of the machine that packed it', () => {
    expect(
      readdirSync(path.join(installed, 'lib', 'node_modules')).filter((name) => !name.startsWith('.')),
    ).toEqual(['aep-ferry']);
    const names = readdirSync(packageFolder());
    expect(names).toContain('dist');
    expect(names).not.toContain('node_modules');
    expect(readdirSync(path.join(packageFolder(), 'dist'))).not.toContain('cache');
  });

  it('says which version it is', () => {
    const { version } = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect(ferry('--version')).toBe(`${version}\n`);
  });

  it('checks and applies a plan that came with it', () => {
    const plan = path.join(packageFolder(), 'examples', 'plans', 'campaign-s3.plan.json');
    expect(ferry('plan', 'check', plan)).toContain('no problems found');
    expect(ferry('apply', plan, '--emulator', '--yes')).toContain('Verified');
  });

  it('has the license of every package that is in it', () => {
    const licenses = readFileSync(path.join(packageFolder(), 'dist', 'THIRD-PARTY-LICENSES'), 'utf8');
    for (const name of [
      'react',
      'ink',
      'yoga-layout',
      'zod',
      'undici',
      'hono',
      'temporal-polyfill',
      '@leeoniya/ufuzzy',
    ])
      expect(licenses).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(MIT\\)$`, 'm'));
    const each = licenses.split(`\n${'-'.repeat(80)}\n\n`);
    expect(each.length).toBeGreaterThan(40);
    for (const one of each) expect(one).toMatch(/permission|permitted|as is/i);
  });
});
