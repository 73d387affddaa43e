import { describe, expect, it } from 'vitest';
import { holdFirst } from '../helpers/held.ts';
import { keys } from '../helpers/ink.tsx';
import { openTerminal } from '../helpers/terminal.ts';
import { startEmulator } from '../../source/emulator/server.ts';
import { countsOf, exactlyOne, signedInTo } from '../helpers/runs.ts';
import { applyFromReview, choose, journeys, walkToReview, walkToSegments } from '../helpers/walk.ts';

const answers = journeys['Adobe Campaign'];

describe.concurrent('the whole job', () => {
  // The two smallest have their golden frames, with the same look at them.
  it.each([
    [80, 24],
    [40, 15],
    [200, 60],
    [300, 100],
  ] as const)('fits a terminal of %i × %i', async (columns, rows) => {
    if (!answers) throw new Error('no answers');
    const terminal = openTerminal({ args: ['--emulator'], columns, rows });
    await walkToReview(terminal, answers);
    await applyFromReview(terminal);
    await terminal.waitFor('Verified');
    terminal.write(keys.enter);
    expect(await terminal.waitForEnd()).toBe(0);
    // Ink wipes the screen when a frame is taller than the terminal: then it would not have fitted.
    expect(terminal.bytes()).not.toContain('\u001B[3J');
  });

  it('survives being made smaller and larger, with its answers', async () => {
    if (!answers) throw new Error('no answers');
    const terminal = openTerminal({ args: ['--emulator'] });
    await walkToReview(terminal, answers);
    terminal.resize(30, 8);
    await terminal.waitFor('The window is too small');
    terminal.resize(40, 15);
    await terminal.waitFor('Apply this plan');
    terminal.resize(120, 40);
    await terminal.waitFor(/crm-exports.*daily/);
    await applyFromReview(terminal);
    await terminal.waitFor('Verified');
  });

  it('has no broken frame while it is resized again and again', async () => {
    if (!answers) throw new Error('no answers');
    const terminal = openTerminal({ args: ['--emulator', '--guide'] });
    await walkToSegments(terminal, answers);
    await terminal.waitFor('1,204 in total');
    const sizes = [
      [40, 15],
      [300, 100],
      [41, 40],
      [120, 16],
      [109, 24],
      [110, 24],
      [40, 100],
      [80, 24],
    ] as const;
    for (const [columns, rows] of sizes) {
      terminal.resize(columns, rows);
      const isWhole = (screen: string): boolean => {
        const lines = screen.split('\n');
        const [header = '', ...rest] = lines;
        // Where there is room, what was answered stands above the question.
        const question = rest.find((line) => !line.startsWith('✓ ')) ?? '';
        return (
          header.startsWith(' ferry ') &&
          question.startsWith('● Which segments') &&
          (lines.at(-1) ?? '').includes(' keys') &&
          lines.length === rows - 1 &&
          lines.filter((line) => line.startsWith('●')).length === 1 &&
          lines.filter((line) => line.startsWith('❯')).length === 1
        );
      };
      await terminal.waitFor(isWhole);
    }
    expect(terminal.bytes()).not.toContain('\u001b[3J');
  });

  it('keeps what was searched while the window is too small', async () => {
    if (!answers) throw new Error('no answers');
    const terminal = openTerminal({ args: ['--emulator'] });
    await walkToSegments(terminal, answers);
    await terminal.waitFor('1,204 in total');
    await terminal.press('loyalty', '1 of 1,204 match');
    terminal.resize(30, 8);
    await terminal.waitFor('The window is too small');
    terminal.resize(40, 15);
    await terminal.waitFor(/Search: loyalty/);
  });

  it.each([
    [80, 24, 130, 40],
    [130, 40, 80, 24],
  ] as const)(
    'keeps search and place when explanations move beside the page: %i × %i → %i × %i',
    async (columns, rows, thenColumns, thenRows) => {
      if (!answers) throw new Error('no answers');
      const terminal = openTerminal({ args: ['--emulator', '--guide'], columns, rows });
      await walkToSegments(terminal, answers);
      await terminal.waitFor('1,204 in total');
      await terminal.press('hikers', /Search: hikers .*of 1,204 match/);
      await terminal.press(keys.down, (seen) => !/Search.*\n❯/.test(seen));
      const under = /❯ ☐ (.{10})/.exec(terminal.screen())?.[1] ?? 'none';
      terminal.resize(thenColumns, thenRows);
      const seen = await terminal.waitFor(
        (screen) => screen.split('\n').length === thenRows - 1 && screen.includes(' keys'),
      );
      expect(seen).toMatch(/Search: hikers .*of 1,204 match/);
      expect(seen).toContain(`❯ ☐ ${under}`);
    },
  );

  it('applies once, however the window is resized meanwhile', async () => {
    if (!answers) throw new Error('no answers');
    const held = holdFirst('POST', /\/flows$/);
    const emulator = await startEmulator({ segments: 40, hold: held.hold });
    try {
      const terminal = openTerminal({
        env: {
          ...signedInTo(emulator.url),
          FERRY_SANDBOX: 'dev',
        },
      });
      await terminal.waitFor('Where do you want to work?');
      await choose(terminal, 'Your organisation');
      await walkToReview(terminal, answers);
      await choose(terminal, 'Apply this plan');
      await terminal.waitFor('Apply it to sandbox');
      await terminal.press('y', /Storage location +\S* *\d.*s$/m);
      await held.reached;
      terminal.resize(30, 8);
      await terminal.waitFor('The window is too small');
      terminal.resize(80, 24);
      await terminal.waitFor(/Storage location +\S* *\d.*s$/m);
      held.release();
      await terminal.waitFor('Verified');
      expect(countsOf(emulator)).toEqual(exactlyOne);
    } finally {
      await emulator.close();
    }
  });
});
