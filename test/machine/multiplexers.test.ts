import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { textsOf } from '../../source/locale/texts.ts';
import { zhTW } from '../../source/locale/zh-TW.ts';
import { keys } from '../helpers/keys.ts';
import { endWithTest } from '../helpers/scope.ts';
import {
  builtProgram,
  freshFolder,
  openTerminal as openAnyTerminal,
  type Terminal,
  type TerminalOptions,
} from '../helpers/terminal.ts';
import {
  applyFromReview,
  journeys,
  questions,
  walkFromSegments,
  walkToSegments,
  wordsIn,
} from '../helpers/walk.ts';

const campaign = journeys['Adobe Campaign'] ?? expect.unreachable();

/** Ends a session with the test that began it; it may have ended already. */
const endSession = (file: string, args: readonly string[]): void =>
  endWithTest(() => void spawnSync(file, args, { stdio: 'ignore' }));

/** Where the sockets of tmux are, for the session and for those who look for it. */
const sockets = freshFolder();
process.env['TMUX_TMPDIR'] = sockets;
const openTerminal = (options: TerminalOptions): Terminal =>
  openAnyTerminal({ ...options, env: { TMUX_TMPDIR: sockets, ...options.env } });

const program = [process.execPath, builtProgram, '--emulator'];

function inTmux(name: string, cwd: string): [string, ...string[]] {
  endSession('tmux', ['-L', name, 'kill-server']);
  return ['tmux', '-L', name, '-f', '/dev/null', 'new-session', '-c', cwd, ...program];
}

function inScreen(name: string): [string, ...string[]] {
  endSession('screen', ['-S', name, '-X', 'quit']);
  return ['screen', '-U', '-c', '/dev/null', '-S', name, ...program];
}

describe('inside a multiplexer', () => {
  it.each(['tmux', 'screen'])('%s shows the whole job', async (multiplexer) => {
    const cwd = freshFolder();
    const name = `ferry-${process.pid}-${multiplexer}`;
    const command = multiplexer === 'tmux' ? inTmux(name, cwd) : inScreen(name);
    const terminal = openTerminal({ command, cwd });
    await walkToSegments(terminal, campaign);
    await walkFromSegments(terminal);
    await applyFromReview(terminal);
    await terminal.waitFor('Verified');
    terminal.write(keys.enter);
    expect(await terminal.waitForEnd()).toBe(0);
    expect(readdirSync(cwd)).toContain('activate-segments-to-adobe-campaign.plan.json');
  });

  it('tmux gives it back to another terminal, of another size', async () => {
    const cwd = freshFolder();
    const name = `ferry-${process.pid}-again`;
    const first = openTerminal({ command: inTmux(name, cwd), cwd });
    await walkToSegments(first, campaign);
    await first.waitFor('1,204 in total');
    await first.press('loyalty', /of 1,204 match/);
    execFileSync('tmux', ['-L', name, 'detach-client']);
    await first.waitForEnd();
    const attach: [string, ...string[]] = ['tmux', '-L', name, 'attach'];
    const second = openTerminal({ command: attach, cwd, columns: 120, rows: 40 });
    await second.waitFor(/Search: loyalty +.*of 1,204 match/);
    await second.press(keys.escape, '1,204 in total');
    await walkFromSegments(second);
    await second.waitFor(questions.review);
  });

  it('tmux shows nothing of the wizard under what it leaves behind', async () => {
    const cwd = freshFolder();
    const name = `ferry-${process.pid}-left`;
    const held = ['sh', '-c', '"$@"; read held', 'sh', ...program];
    const inside = inTmux(name, cwd).slice(0, -program.length);
    const terminal = openTerminal({ command: ['tmux', ...inside.slice(1), ...held], cwd });
    await walkToSegments(terminal, campaign);
    await walkFromSegments(terminal);
    terminal.resize(130, 40);
    await terminal.waitFor((seen) => seen.includes('? keys') && seen.split('\n').length > 30);
    await applyFromReview(terminal);
    await terminal.waitFor('Verified');
    terminal.write(keys.enter);
    await terminal.waitFor(/^✓ Verified[^]*Plan saved to/);
  });

  it('tmux keeps wide letters in their columns', async () => {
    const cwd = freshFolder();
    const name = `ferry-${process.pid}-wide`;
    const words = wordsIn(textsOf(zhTW, 'zh-TW'));
    const terminal = openTerminal({
      command: inTmux(name, cwd),
      cwd,
      env: { LANG: 'zh_TW.UTF-8', LC_ALL: 'zh_TW.UTF-8' },
    });
    await walkToSegments(terminal, campaign, words);
    await terminal.waitFor(words.questions.segments);
    // Before there is a list, nobody searches it.
    const inAll = words.allOf(1204);
    await terminal.waitFor(inAll);
    await terminal.press('台北', (seen) => /^[❯ ] [☐☑] .*台北/m.test(seen) && !seen.includes(inAll));
    const columns = (await terminal.waitFor(/批次/)).split('\n').flatMap((line) => {
      const at = line.search(/批次|串流|邊緣/);
      return at < 0 || !/[☐☑]/.test(line) ? [] : [cellsOf(line.slice(0, at))];
    });
    expect(columns.length).toBeGreaterThan(3);
    expect(new Set(columns).size).toBe(1);
  });
});

/** Cells of a text as terminals count them. */
function cellsOf(text: string): number {
  return [...text].reduce(
    (sum, one) => sum + (/[\p{sc=Han}\p{Emoji_Presentation}\uff01-\uff60]/u.test(one) ? 2 : 1),
    0,
  );
}
