import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { emulatorWith } from '../helpers/emulator.ts';
import { keys } from '../helpers/keys.ts';
import { runProgram } from '../helpers/program.ts';
import { signedInTo } from '../helpers/runs.ts';
import { freshFolder, openTerminal, projectRoot, type Terminal } from '../helpers/terminal.ts';
import { itInSoak } from '../helpers/soak.ts';

const campaign = path.join(projectRoot, 'examples', 'plans', 'campaign-s3.plan.json');

/** A dataflow made by a plan, being validated. */
async function validating(): Promise<Terminal> {
  const emulator = await emulatorWith();
  const env = {
    ...signedInTo(emulator.url),
    FERRY_SANDBOX: 'dev',
    FERRY_STATE_DIR: path.join(freshFolder(), 'state'),
    CAMPAIGN_S3_SECRET: 'A'.repeat(40),
  };
  const { stdout } = await runProgram(['apply', campaign, '--yes', '--json'], { env });
  const { flowId } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { flowId: string };
  return openTerminal({ args: ['validate', campaign, '--flow', flowId], env });
}

describe.concurrent('ferry validate in a terminal', () => {
  it('scrolls the proof in any size, and leaves its lines behind', async () => {
    const terminal = await validating();
    await terminal.waitFor(/^✓ Verified[^]*a all fields · .*y copy the id · enter finish$/m);
    for (const [columns, rows, range] of [
      [40, 15, '1–8 of 17'],
      [120, 40, undefined],
      [60, 20, undefined],
      [300, 100, undefined],
      [41, 16, '1–9 of 17'],
    ] as const) {
      terminal.resize(columns, rows);
      await terminal.waitFor((seen) => {
        const lines = seen.split('\n');
        // All of it, once, in as many lines as there are for it.
        return (
          lines.length <= rows - 1 &&
          lines[0]?.startsWith('✓ Verified') === true &&
          lines.at(-1)?.endsWith('enter finish') === true &&
          lines.filter((line) => line.includes('Verified')).length === 1 &&
          /\d+–\d+ of \d+/.exec(seen)?.[0] === range
        );
      });
    }
    // As many lines as a small terminal has were never more than it has.
    expect(terminal.bytes()).not.toContain('\u001b[3J');
    await terminal.press(keys.end, (seen) => /[^1]–17 of 17/.test(seen));
    await terminal.press('d', 'No differences.');
    await terminal.press(keys.enter, /✓ ▾ Connections/);
    terminal.write(keys.escape);
    expect(await terminal.waitForEnd()).toBe(0);
    await terminal.waitFor(/^✓ Verified[^]*Deduplication  1 of 1$/m);
    expect(terminal.screen()).not.toContain('enter finish');
  });

  itInSoak.each([
    ['Ctrl+C', (terminal: Terminal) => terminal.write(keys.ctrl('c'))],
    ['SIGTERM', (terminal: Terminal) => terminal.kill('SIGTERM')],
  ])('gives the terminal back after %s', async (_, leave) => {
    const terminal = await validating();
    await terminal.waitFor('enter finish');
    leave(terminal);
    expect(await terminal.waitForEnd()).toBe(0);
    const said = terminal.bytes();
    expect(said.lastIndexOf('\u001b[?1049l')).toBeGreaterThan(said.lastIndexOf('\u001b[?1049h'));
    expect(said.lastIndexOf('\u001b[?25h')).toBeGreaterThan(said.lastIndexOf('\u001b[?25l'));
    expect(said.lastIndexOf('\u001b[?2004l')).toBeGreaterThan(said.lastIndexOf('\u001b[?2004h'));
    await terminal.waitFor(/^✓ Verified/m);
  });
});
