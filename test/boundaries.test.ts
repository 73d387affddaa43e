import { readdirSync } from 'node:fs';
import path from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..');
const eslint = new ESLint({ cwd: root });

/** Says what the lint has against an import in a file of a room. */
async function against(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: path.join(root, file) });
  return (result?.messages ?? [])
    .filter(({ ruleId }) => ruleId?.endsWith('no-restricted-imports') === true)
    .map(({ message }) => message);
}

describe('who may import whom', () => {
  it.each([
    ['source/screens/x.tsx', '../components/a.ts', true],
    ['source/screens/x.tsx', '../wizard/a.ts', true],
    ['source/screens/x.tsx', '../apply/a.ts', true],
    ['source/screens/x.tsx', '../locale/a.ts', true],
    ['source/screens/x.tsx', '../flow-service/a.ts', false],
    ['source/screens/x.tsx', '../commands/a.ts', false],
    ['source/screens/x.tsx', '../settings/a.ts', false],
    ['source/apply/x.ts', '../flow-service/a.ts', true],
    ['source/apply/x.ts', '../wizard/a.ts', false],
    ['source/wizard/x.ts', '../activation/a.ts', true],
    ['source/wizard/x.ts', '../flow-service/a.ts', false],
    ['source/wizard/x.ts', '../locale/a.ts', false],
    ['source/activation/x.ts', '../flow-service/a.ts', false],
    ['source/activation/x.ts', '../locale/a.ts', false],
    ['source/components/list/x.tsx', '../../activation/a.ts', false],
    ['source/components/list/x.tsx', '../theme/a.ts', true],
    ['source/flow-service/x.ts', '../activation/a.ts', false],
    ['source/terminal/x.ts', '../components/a.ts', false],
    ['source/settings/x.ts', '../locale/a.ts', false],
    ['source/locale/x.ts', '../activation/a.ts', false],
    ['source/emulator/x.ts', '../flow-service/a.ts', false],
    ['source/emulator/routes/x.ts', '../../activation/a.ts', false],
    ['source/commands/x.ts', '../emulator/a.ts', true],
    ['source/commands/x.ts', '../../cli.tsx', true],
    ['source/screens/x.tsx', '../../cli.tsx', false],
  ])('%s imports %s: %s', async (file, from, isAllowed) => {
    const messages = await against(file, `import { a } from '${from}';\nexport { a };\n`);
    expect(messages.length === 0).toBe(isAllowed);
  });

  it.each([
    ['source/screens/x.tsx', false],
    ['source/commands/x.tsx', false],
    ['source/components/keys/keyboard.tsx', true],
  ])('%s listens to the terminal: %s', async (file, isAllowed) => {
    const messages = await against(file, "import { useInput } from 'ink';\nexport { useInput };\n");
    expect(messages.length === 0).toBe(isAllowed);
  });

  it('rules may use the shapes of the wire, as types only', async () => {
    const file = 'source/activation/x.ts';
    expect(
      await against(file, "import type { A } from '../flow-service/a.ts';\nexport type B = A;\n"),
    ).toEqual([]);
  });

  it('covers every room there is', async () => {
    const rooms = readdirSync(path.join(root, 'source'));
    for (const room of rooms.filter((one) => one !== 'commands')) {
      const other = room === 'emulator' ? 'flow-service' : 'emulator';
      expect([
        room,
        (await against(`source/${room}/x.ts`, `export * from '../${other}/a.ts';\n`)).length,
      ]).toEqual([room, 1]);
    }
  });
});
