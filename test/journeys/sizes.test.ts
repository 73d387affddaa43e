import { describe, expect, it } from 'vitest';
import { keys } from '../helpers/ink.tsx';
import { openTerminal } from '../helpers/terminal.ts';
import { applyFromReview, journeys, walkToReview } from '../helpers/walk.ts';

const answers = journeys['Adobe Campaign'];

describe('the whole job', () => {
  it.each([
    [80, 24],
    [40, 15],
    [200, 60],
  ])('fits a terminal of %i × %i', { timeout: 60_000 }, async (columns, rows) => {
    if (!answers) throw new Error('no answers');
    const terminal = openTerminal({ args: ['--emulator'], columns, rows });
    await walkToReview(terminal, answers);
    await applyFromReview(terminal);
    await terminal.waitFor('Verified');
    terminal.write(keys.enter);
    expect(await terminal.ended).toBe(0);
    // Ink wipes the screen when a frame is taller than the terminal: then it would not have fitted.
    expect(terminal.bytes()).not.toContain('\u001B[3J');
  });

  it('survives being made smaller and larger, with its answers', { timeout: 60_000 }, async () => {
    if (!answers) throw new Error('no answers');
    const terminal = openTerminal({ args: ['--emulator'] });
    await walkToReview(terminal, answers);
    terminal.resize(30, 8);
    await terminal.waitFor('Please make the window');
    terminal.resize(40, 15);
    await terminal.waitFor('Apply this plan');
    terminal.resize(120, 40);
    await terminal.waitFor(/crm-exports.*daily/);
    await applyFromReview(terminal);
    await terminal.waitFor('Verified');
  });
});
