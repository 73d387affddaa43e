import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { keys } from '../helpers/ink.tsx';
import { runProgram } from '../helpers/program.ts';
import { openTerminal } from '../helpers/terminal.ts';
import { applyFromReview, journeys, walkToReview } from '../helpers/walk.ts';

describe.concurrent.each(Object.entries(journeys))('to %s', (name, answers) => {
  it('goes from the first question to a verified dataflow, and saves a plan that does it again', async () => {
    const terminal = openTerminal({ args: ['--emulator'] });
    await walkToReview(terminal, answers);
    await applyFromReview(terminal);
    const proof = await terminal.waitFor('Verified. The dataflow holds what you asked for.');
    expect(proof).toMatch(/✓ ▸ Interested in Mountain Biking.*6 of 6/);
    expect(proof).toMatch(/✓ ▸ Loyalty Segment.*7 of 7/);
    expect(proof).toMatch(/✓ ▸ 5 columns.*5 of 5/);
    expect(proof).toMatch(/✓ ▸ 2 mandatory attributes.*2 of 2/);
    expect(proof).toMatch(/✓ ▸ 1 deduplication key.*1 of 1/);

    terminal.write(keys.enter);
    expect(await terminal.waitForEnd()).toBe(0);
    const [, file] = /Plan saved to (\S+\.plan\.json)/.exec(await terminal.waitFor('Plan saved to')) ?? [];
    expect(file).toBeDefined();
    // What is there to be copied stands alone on its line.
    expect(terminal.screen()).toMatch(/^ {2}Dataflow\n {4}[\da-f-]{36}$/m);
    // A long one goes over the edge of the screen, and is one line all the same.
    expect(terminal.bytes().replaceAll('\r\n', '\n')).toContain(
      `\n    ferry apply ${file ?? ''} --emulator\n`,
    );
    expect(terminal.bytes()).not.toContain('PLANTED');

    const plan = readFileSync(path.join(terminal.cwd, file ?? ''), 'utf8');
    expect(plan).not.toContain('PLANTED');
    const again = await runProgram(['apply', file ?? '', '--emulator', '--yes'], { cwd: terminal.cwd });
    expect(again.stdout).toContain('Verified');
    expect(again.exitCode, name).toBe(0);
  });
});
