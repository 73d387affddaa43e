import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { beforeAll, describe, expect, it } from 'vitest';
import { freshFolder } from './helpers/folders.ts';

const root = path.join(import.meta.dirname, '..');
const there = readdirSync(path.join(root, 'source'));

/** Files with an import each, and the rule that is broken; nothing for those that are allowed. */
const imports: [file: string, code: string, broken: string | undefined][] = [
  ['source/screens/a.tsx', "import '../components/x.ts';", undefined],
  ['source/screens/b.tsx', "import '../wizard/x.ts';", undefined],
  ['source/screens/c.tsx', "import '../apply/x.ts';", undefined],
  ['source/screens/d.tsx', "import '../locale/x.ts';", undefined],
  ['source/screens/e.tsx', "import '../pages/x.ts';", undefined],
  ['source/screens/f.tsx', "import '../flow-service/x.ts';", 'screens: types only'],
  ['source/screens/g.tsx', "import type { X } from '../flow-service/x.ts';", undefined],
  ['source/screens/h.tsx', "import { type X } from '../flow-service/x.ts';", undefined],
  ['source/screens/i.tsx', "import { type X, x } from '../flow-service/x.ts';", 'screens: types only'],
  ['source/screens/j.tsx', "export type { X } from '../flow-service/x.ts';", undefined],
  ['source/screens/k.tsx', "export { x } from '../flow-service/x.ts';", 'screens: types only'],
  ['source/screens/l.tsx', "void import('../flow-service/x.ts');", 'screens: types only'],
  ['source/screens/m.tsx', "import '../commands/x.ts';", 'screens: room'],
  ['source/screens/n.tsx', "import type { X } from '../commands/x.ts';", 'screens: room'],
  ['source/screens/o.tsx', "import '../settings/x.ts';", 'screens: room'],
  ['source/screens/p.tsx', "import '../dialogue/x.ts';", 'screens: room'],
  ['source/screens/kinds/q.tsx', "import '../../state/x.ts';", 'screens: room'],
  ['source/pages/a.ts', "import '../wizard/x.ts';", undefined],
  ['source/pages/b.ts', "import '../components/x.ts';", 'pages: types only'],
  ['source/pages/c.ts', "import type { X } from '../components/x.ts';", undefined],
  ['source/pages/d.ts', "import '../screens/x.ts';", 'pages: room'],
  ['source/dialogue/a.ts', "import '../pages/x.ts';", undefined],
  ['source/dialogue/b.ts', "import '../settings/x.ts';", 'dialogue: room'],
  ['source/apply/a.ts', "import '../flow-service/x.ts';", undefined],
  ['source/apply/d.ts', "import '../ground/x.ts';", undefined],
  ['source/settings/b.ts', "import '../ground/x.ts';", undefined],
  ['source/ground/a.ts', "import '../settings/x.ts';", 'ground: room'],
  ['source/emulator/d.ts', "import '../ground/x.ts';", 'emulator: room'],
  ['source/apply/b.ts', "import '../wizard/x.ts';", 'apply: room'],
  ['source/apply/c.ts', "import '../state/x.ts';", 'apply: room'],
  ['source/state/a.ts', "import type { X } from '../apply/x.ts';", undefined],
  ['source/state/b.ts', "import '../apply/x.ts';", 'state: types only'],
  ['source/state/c.ts', "import '../ground/x.ts';", undefined],
  ['source/state/d.ts', "import '../settings/x.ts';", 'state: room'],
  ['source/wizard/a.ts', "import '../activation/x.ts';", undefined],
  ['source/wizard/b.ts', "import type { X } from '../flow-service/x.ts';", 'wizard: room'],
  ['source/wizard/c.ts', "import '../locale/x.ts';", 'wizard: room'],
  ['source/activation/a.ts', "import type { X } from '../flow-service/x.ts';", undefined],
  ['source/activation/b.ts', "import '../flow-service/x.ts';", 'activation: types only'],
  ['source/activation/c.ts', "import '../locale/x.ts';", 'activation: room'],
  ['source/components/list/a.tsx', "import '../theme/x.ts';", undefined],
  ['source/components/list/b.tsx', "import '../../activation/x.ts';", 'components: room'],
  ['source/flow-service/a.ts', "import '../activation/x.ts';", 'flow-service: room'],
  ['source/storage/a.ts', "import '../flow-service/x.ts';", 'storage: room'],
  ['source/commands/c.ts', "import '../storage/x.ts';", undefined],
  ['source/commands/d.ts', "import '../storage/s3.ts';", 'storage: late'],
  ['source/commands/g.ts', "import '../emulator/deliver/uploads/s3.ts';", 'storage: late'],
  ['source/commands/e.ts', "void import('../storage/s3.ts');", undefined],
  ['source/commands/f.ts', "import type { X } from '../storage/s3.ts';", undefined],
  ['source/pages/e.ts', "import '../storage/x.ts';", 'pages: room'],
  ['source/terminal/a.ts', "import '../components/x.ts';", 'terminal: room'],
  ['source/settings/a.ts', "import '../locale/x.ts';", 'settings: room'],
  ['source/locale/a.ts', "import '../activation/x.ts';", 'locale: types only'],
  ['source/locale/b.ts', "import type { X } from '../activation/x.ts';", undefined],
  ['source/locale/c.ts', "import type { X } from '../wizard/x.ts';", 'locale: room'],
  ['source/emulator/a.ts', "import '../flow-service/x.ts';", 'emulator: room'],
  ['source/emulator/b.ts', "import type { X } from '../flow-service/x.ts';", 'emulator: room'],
  ['source/emulator/routes/c.ts', "import '../../activation/x.ts';", 'emulator: room'],
  ['source/commands/a.ts', "import '../emulator/x.ts';", undefined],
  ['source/commands/b.ts', "import '../../cli.tsx';", 'the door'],
  ['source/utils/a.ts', "import '../locale/x.ts';", 'unknown room'],
  ['cli.tsx', "import './source/commands/x.ts';", 'the door: late'],
  ['source/commands/here.ts', "import './there.ts';", 'circle'],
  ['source/commands/there.ts', "export const late = () => import('./here.ts');", 'circle'],
  ['source/apply/here.ts', "import './there.ts';", undefined],
  ['source/apply/there.ts', "import type { X } from './here.ts';", undefined],
];

describe('who may import whom', () => {
  const broken = new Map<string, string[]>();

  beforeAll(async () => {
    const folder = freshFolder();
    const put = (file: string, code: string): void => {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), `${code}\n`);
    };
    const folders = new Set(
      imports.flatMap(([, code]) => /(?:source|\.\.)\/([a-z-]+)\/x/.exec(code)?.[1] ?? []),
    );
    for (const room of [...there, ...folders, 'components/theme'])
      put(`source/${room}/x.ts`, 'export const x = 1;\nexport type X = number;');
    put('source/storage/s3.ts', 'export type X = number;');
    put('source/emulator/deliver/uploads/s3.ts', 'export type X = number;');
    for (const room of there) put(`source/${room}/own.ts`, "import './x.ts';");
    for (const [file, code] of imports) put(file, code);
    const options = await extractOptions(path.join(root, '.dependency-cruiser.mjs'));
    const { output } = await cruise(['cli.tsx', 'source'], { ...options, baseDir: folder });
    for (const { from, rule, cycle = [{ name: from }] } of (output as ICruiseResult).summary.violations)
      for (const { name } of cycle) broken.set(name, [...(broken.get(name) ?? []), rule.name]);
  });

  it.each(imports)('%s with "%s": %s', (file, _, rule) => {
    expect(broken.get(file) ?? []).toEqual(rule === undefined ? [] : [rule]);
  });

  it.each(there)('knows the room %s', (room) => {
    expect(broken.get(`source/${room}/own.ts`)).toBeUndefined();
  });
});

/** Code that one place may write, and every other must not. */
const kept: [rule: string, file: string, code: string, isAllowed: boolean][] = [
  ...(
    [
      ['source/screens/x.tsx', false],
      ['source/commands/x.tsx', false],
      ['source/components/keys/keyboard.tsx', true],
    ] as const
  ).map(([file, is]): [string, string, string, boolean] => [
    'no-restricted-imports',
    file,
    "import { useInput } from 'ink';\nexport { useInput };",
    is,
  ]),
  ['no-default-export', 'source/screens/y.ts', 'export default 1;', false],
  ['no-restricted-imports', 'test/x/y.test.ts', "export { spawn } from '@lydell/node-pty';", false],
  ['no-restricted-imports', 'test/helpers/pty.ts', "export { spawn } from '@lydell/node-pty';", true],
  ['no-restricted-imports', 'bench/x.ts', "export { mkdtemp } from 'node:fs/promises';", false],
  ['no-restricted-imports', 'scripts/x.mjs', "export { tmpdir } from 'node:os';", false],
  ['no-restricted-properties', 'test/x/z.test.ts', "process.stdin.write('');", false],
  ['no-restricted-properties', 'test/helpers/program.ts', "process.stdin.write('');", true],
];

describe('what one place does for all', () => {
  const against = new Set<string>();

  beforeAll(() => {
    const folder = freshFolder();
    cpSync(path.join(root, '.oxlintrc.json'), path.join(folder, '.oxlintrc.json'));
    for (const [, file, code] of kept) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), `${code}\n`);
    }
    const { stdout } = spawnSync(path.join(root, 'node_modules/.bin/oxlint'), ['--format', 'unix'], {
      cwd: folder,
      encoding: 'utf8',
    });
    for (const line of stdout.split('\n')) {
      const found = /^(?<file>[^:]+):.*\((?<rule>[\w-]+)\)\]$/.exec(line)?.groups;
      if (found) against.add(`${found['rule']} ${found['file']}`);
    }
  });

  it.each(kept)('%s: %s %s: %s', (rule, file, _, isAllowed) => {
    expect(against.has(`${rule} ${file}`)).toBe(!isAllowed);
  });
});
