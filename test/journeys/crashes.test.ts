import { cp, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { freshFolder, takeReport } from '../helpers/folders.ts';
import { keys } from '../helpers/keys.ts';
import { itInSoak } from '../helpers/soak.ts';
import { openTerminal, projectRoot } from '../helpers/terminal.ts';

it.concurrent.each(['key', 'promise'])(
  'a crash (%s) gives the terminal back, and is told as a report',
  async (kind) => {
    const program = path.join(projectRoot, 'test', 'helpers', 'crashing.ts');
    const terminal = openTerminal({
      command: [process.execPath, program, kind],
      env: { FERRY_CLIENT_SECRET: 'PLANTED-in-env' },
    });
    expect(await terminal.waitForEnd()).toBe(1);
    const said = terminal.bytes();
    for (const mode of ['[?1049l', '[?2004l', '[?25h']) expect(said).toContain(mode);
    const after = said.slice(said.indexOf('[?1049l'));
    const report = /\S+report\.txt/.exec(after)?.[0] ?? '';
    expect(takeReport(report)).toContain('a bug [redacted]');
    expect(said.split('[?1049l')).toHaveLength(2);
    expect(said).not.toMatch(/\n\s+at /);
    expect(said).not.toContain('PLANTED');
  },
);

itInSoak(
  'a build that is replaced under it is said in a sentence, and leaves the wizard usable',
  async () => {
    const folder = path.join(freshFolder(), 'dist');
    await cp(path.join(projectRoot, 'dist'), folder, { recursive: true });
    const terminal = openTerminal({ command: [process.execPath, path.join(folder, 'cli.js')] });
    await terminal.waitFor('Rehearse');
    await rm(folder, { recursive: true });
    terminal.write(keys.enter);
    await terminal.waitFor('A part of ferry is missing');
    terminal.write(keys.ctrl('c'));
    await terminal.waitForEnd();
    expect(terminal.bytes()).not.toMatch(/\n\s+at /);
  },
);
