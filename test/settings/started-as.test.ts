import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../../source/commands/console/command-table.ts';
import { english } from '../../source/locale/catalogs.ts';
import { en, type MessageId } from '../../source/locale/en.ts';
import { guideIn } from '../../source/locale/guide.ts';
import { textsOf } from '../../source/locale/texts.ts';
import { zhTW } from '../../source/locale/zh-TW.ts';
import { startedAs, type Start } from '../../source/settings/started-as.ts';
import { freshFolder } from '../helpers/folders.ts';

const root = '/home/ann/ferry';
const started = (start: Partial<Start>) =>
  startedAs({ program: `${root}/dist/cli.js`, root, cwd: root, env: {}, ...start });

const byNpm = { npm_lifecycle_event: 'start', npm_package_json: `${root}/package.json` };

describe('how the program was started', () => {
  it.each<[string, Partial<Start>, string, string]>([
    ['npm start', { env: { ...byNpm, INIT_CWD: root } }, 'npm start', 'npm start --'],
    ['npm start below', { env: { ...byNpm, INIT_CWD: `${root}/docs` } }, 'npm start', 'npm start --'],
    [
      'npm start from elsewhere',
      { env: { ...byNpm, INIT_CWD: '/home/ann' } },
      'npm --prefix /home/ann/ferry start',
      'npm --prefix /home/ann/ferry start --',
    ],
    [
      'another package of npm that starts it',
      { env: { npm_lifecycle_event: 'start', npm_package_json: '/home/ann/crm/package.json' } },
      'node dist/cli.js',
      'node dist/cli.js',
    ],
    ['Node', {}, 'node dist/cli.js', 'node dist/cli.js'],
    ['Node from elsewhere', { cwd: '/tmp' }, `node ${root}/dist/cli.js`, `node ${root}/dist/cli.js`],
    [
      'a folder with a blank',
      { program: "/home/ann's files/cli.js", cwd: '/' },
      `node 'home/ann'\\''s files/cli.js'`,
      `node 'home/ann'\\''s files/cli.js'`,
    ],
    ['installed', { program: '/usr/bin/ferry', env: { PATH: '/bin:/usr/bin' } }, 'ferry', 'ferry'],
    ['not on the path', { program: '/opt/ferry', env: { PATH: '/bin' } }, '/opt/ferry', '/opt/ferry'],
    [
      'npx of a project',
      { program: '/home/ann/crm/node_modules/.bin/ferry', cwd: '/home/ann/crm/plans' },
      'npx ferry',
      'npx ferry',
    ],
  ])('by %s', (_, start, alone, before) => {
    expect(started(start)).toEqual({ alone, before });
  });

  it('by npx, which fetched it: what npx was asked for', () => {
    const project = path.join(freshFolder(), '_npx', '0a1b2c');
    mkdirSync(project, { recursive: true });
    const program = path.join(project, 'node_modules', '.bin', 'ferry');
    expect(started({ program, env: { PATH: path.dirname(program) } }).before).toBe('ferry');
    writeFileSync(path.join(project, 'package.json'), '{"_npx":{"packages":["./aep-ferry-0.1.0.tgz"]}}');
    expect(started({ program }).before).toBe('npx ./aep-ferry-0.1.0.tgz');
  });

  it('by npm is seen through npm itself', () => {
    const folder = freshFolder();
    const script = `${JSON.stringify(process.execPath)} -e "process.stdout.write(JSON.stringify(process.env))"`;
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ scripts: { start: script } }));
    const env = { ...process.env, npm_config_update_notifier: 'false', TMPDIR: folder };
    const said = execFileSync('npm', ['start', '--silent'], { cwd: folder, encoding: 'utf8', env });
    const seen = JSON.parse(said) as Record<string, string>;
    const program = path.join(folder, 'dist', 'cli.js');
    expect(startedAs({ program, root: folder, cwd: folder, env: seen }).before).toBe('npm start --');
  });
});

describe('a command in our words', () => {
  const npm = { startedAs: { alone: 'npm start', before: 'npm start --' } };
  const languages = [
    ['en', en, textsOf(en, 'en', npm)],
    ['zh-TW', zhTW, textsOf(zhTW, 'zh-TW', npm)],
  ] as const;

  it.each(languages)('is said as it was started (%s)', async (_, catalog, text) => {
    expect(text('command.resumeNext', { run: '0a1b2c3d' })).toMatch(
      /npm start -- resume 0a1b2c3d.*npm start -- rollback 0a1b2c3d/,
    );
    expect(text('validation.leftKept')).toContain('npm start');
    expect(text.command('apply crm.plan.json')).toBe('npm start -- apply crm.plan.json');
    // The program, where it does something, keeps its name.
    const isCommand = new RegExp(`\\bferry (${Object.keys(commands).join('|')}|--[a-z])(?!\\w)`);
    const ids = Object.keys(catalog) as MessageId[];
    expect(ids.filter((id) => isCommand.test(catalog[id])).length).toBeGreaterThan(15);
    expect(ids.filter((id) => isCommand.test(text(id)))).toEqual([]);
    expect(JSON.stringify(await guideIn(text))).not.toMatch(isCommand);
  });

  it('is "ferry" where it is installed', () => {
    expect(english('validation.leftKept')).toContain('run ferry to');
    expect(english.command('history')).toBe('ferry history');
  });
});
