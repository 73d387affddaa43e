import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { untilGone } from '../helpers/until-gone.ts';
import { holdFirst } from '../helpers/held.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { keys } from '../helpers/ink.tsx';
import { freshFolder, openTerminal } from '../helpers/terminal.ts';
import { beginIn, choose, journeys, questions, walkToReview } from '../helpers/walk.ts';
import { signedInTo } from '../helpers/runs.ts';
import { byDay, describeInSoak, itInSoak } from '../helpers/soak.ts';

const interrupt = keys.ctrl('c');

describe.concurrent('leaving', () => {
  it('is done at once with Ctrl+C while nothing is answered, and ends with 130', async () => {
    const terminal = openTerminal();
    await terminal.waitFor('Where do you want to work?');
    terminal.write(interrupt);
    expect(await terminal.waitForEnd()).toBe(130);
    expect(terminal.screen()).toContain('Nothing was written to the platform.');
  });

  itInSoak('asks once when there are answers, and stays when asked to', async () => {
    const terminal = openTerminal({ args: ['--emulator'] });
    await terminal.waitFor(questions.sandbox);
    // There is nothing before the first question.
    expect(terminal.screen()).not.toContain('esc back');
    await beginIn(terminal, 'dev');
    expect(await terminal.waitFor(questions.destination)).toContain('esc back');
    await choose(terminal, 'Oracle Eloqua');
    await terminal.waitFor('How do you sign in');
    const asked = await terminal.press(interrupt, 'Leave?');
    // The keys of the page below do nothing now.
    expect(asked.split('\n').at(-1)).toBe('←→ move · enter choose · esc back');
    await terminal.press('n', (screen) => !screen.includes('Leave?'));
    expect(terminal.screen()).toContain('Oracle Eloqua');
    await terminal.press(interrupt, 'Leave?');
    terminal.write(interrupt);
    expect(await terminal.waitForEnd()).toBe(130);
  });

  itInSoak('gives the terminal back as it was', async () => {
    const terminal = openTerminal({ args: ['--emulator'] });
    await terminal.waitFor(questions.sandbox);
    terminal.write(interrupt);
    await terminal.waitForEnd();
    const bytes = terminal.bytes();
    const last = (on: string, off: string): boolean => bytes.lastIndexOf(off) > bytes.lastIndexOf(on);
    expect(last('\u001B[?1049h', '\u001B[?1049l'), 'alternate screen').toBe(true);
    expect(last('\u001B[?25l', '\u001B[?25h'), 'cursor').toBe(true);
    expect(last('\u001B[?2004h', '\u001B[?2004l'), 'bracketed paste').toBe(true);
  });

  it.each(byDay(['SIGTERM', 'SIGHUP', 'SIGINT'], (signal) => signal === 'SIGHUP'))(
    'ends on %s and leaves no process behind',
    async (signal) => {
      const terminal = openTerminal({ args: ['--emulator'] });
      await terminal.waitFor(questions.sandbox);
      terminal.kill(signal);
      expect(await terminal.waitForEnd()).toBeGreaterThanOrEqual(128);
      expect(() => process.kill(terminal.pid, 0)).toThrow('ESRCH');
    },
  );

  describe('an apply that is interrupted', () => {
    /** An apply in the wizard whose dataflow is never answered before it is released, with one Ctrl+C. */
    async function interrupted() {
      const held = holdFirst('POST', /\/flows$/);
      const emulator = await emulatorWith({ segments: 40, hold: held.hold });
      const answers = journeys['Adobe Campaign'];
      if (!answers) throw new Error('no answers');
      const terminal = openTerminal({
        rows: 30,
        env: { ...signedInTo(emulator.url), FERRY_SANDBOX: 'dev' },
      });
      await terminal.waitFor('Where do you want to work?');
      await choose(terminal, 'Your organisation');
      await walkToReview(terminal, answers);
      await choose(terminal, 'Apply this plan');
      const question = await terminal.waitFor('Apply it to sandbox');
      expect(question.split('\n').at(-1)).toBe('←→ move · enter choose · esc back');
      await terminal.press('y', /Storage location +\S* *\d.*s$/m);
      await held.reached;
      const asked = await terminal.press(
        interrupt,
        'Finishing the current request. Press Ctrl+C again to abandon it.',
      );
      expect(asked.split('\n').at(-1)).toBe('ctrl+c stop waiting · ? keys');
      return { held, emulator, terminal };
    }

    it('finishes the call under way, and tells what exists', async () => {
      const { held, emulator, terminal } = await interrupted();
      held.release();
      const frame = await terminal.waitFor('Objects created so far');
      expect(frame).toContain('The current request was finished, and no other was started.');
      expect(frame).toContain('Objects created so far: 5');
      expect(emulator.count('flows')).toBe(1);
      expect(emulator.requests.filter(({ method }) => method === 'PATCH')).toEqual([]);
    });

    itInSoak('gives the call under way up when it is asked twice', async () => {
      const { terminal } = await interrupted();
      const frame = await terminal.press(interrupt, 'Objects created so far');
      expect(frame).toMatch(/POST \S*\/flows was abandoned/);
      expect(frame).toContain('Objects created so far: 4');
    });
  });
});

describe.concurrent('a terminal that goes away', () => {
  it('ends the wizard, with its answers kept', async () => {
    const state = path.join(freshFolder(), 'state');
    const open = () => openTerminal({ args: ['--emulator'], env: { FERRY_STATE_DIR: state } });
    const terminal = open();
    await terminal.waitFor(questions.sandbox);
    await beginIn(terminal, 'dev');
    await terminal.waitFor(questions.destination);
    await choose(terminal, 'Oracle Eloqua');
    await terminal.waitFor('How do you sign in');
    terminal.hangUp();
    await untilGone(terminal.pid);
    expect(await open().waitFor('Something was left unfinished')).toContain('Oracle Eloqua');
  });
});

describeInSoak.concurrent('a wizard that is suspended', () => {
  itInSoak('draws its screen anew and reads keys when it is continued', async () => {
    const terminal = openTerminal({ args: ['--emulator'] });
    await terminal.waitFor(questions.sandbox);
    await terminal.waitFor(/^❯ ● dev/m);
    process.kill(terminal.pid, 'SIGSTOP');
    const before = terminal.bytes().length;
    process.kill(terminal.pid, 'SIGCONT');
    await terminal.waitFor(() => terminal.bytes().length > before);
    await terminal.waitFor(questions.sandbox);
    await terminal.press(keys.down, /^❯ {3}stage/m);
  });
});
