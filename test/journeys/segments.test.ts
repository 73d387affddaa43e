import { describe, expect, it } from 'vitest';
import { keys } from '../helpers/keys.ts';
import { openTerminal, type Terminal } from '../helpers/terminal.ts';
import { choose, journeys, questions, walkToSegments } from '../helpers/walk.ts';

async function atSegments(): Promise<Terminal> {
  const terminal = openTerminal({ args: ['--emulator'], rows: 30, columns: 100 });
  const campaign = journeys['Adobe Campaign'];
  if (!campaign) throw new Error('no journey');
  await walkToSegments(terminal, campaign);
  await terminal.waitFor(questions.segments);
  await terminal.waitFor('1,204 in all');
  return terminal;
}

describe.concurrent('choosing segments', () => {
  it('finds what is misspelt, and shows what the marked one is', async () => {
    const terminal = await atSegments();
    await terminal.press('mntainbking', /^❯ ◯ .*Mountain Biking/m);
    await terminal.waitFor(/│ .*\n.*│ .*\n.*│ 9f7d37fd · Real-Time Customer Profile · merge policy/);
  });

  it('selects a range with shift, and from the last chosen to here', async () => {
    const terminal = await atSegments();
    await terminal.press(keys.shiftDown, /^ +2 selected/m);
    await terminal.press(keys.shiftDown, /^ +3 selected/m);
    await terminal.press(keys.down, /^ +3 selected/m);
    await terminal.press(keys.down, /^ +3 selected/m);
    await terminal.press(keys.ctrl('r'), /^ +5 selected/m);
  });

  it('filters and sorts without losing what is chosen', async () => {
    const terminal = await atSegments();
    await terminal.press('loyalty seg', /^❯ ◯ .*Loyalty Segment/m);
    await terminal.press(keys.space, /^ +1 selected/m);
    await terminal.press(keys.ctrl('u'), /1,204 in all/);
    const form = await terminal.press(keys.ctrl('f'), /^❯ Evaluation/m);
    expect(form.split('\n').at(-1)).toMatch(/^enter next .* esc back · \? keys$/);
    await terminal.press(keys.right, /◉ batch/);
    await terminal.press(keys.enter, /^❯ Origin/m);
    await terminal.press(keys.enter, /^❯ Changed/m);
    await terminal.press(keys.enter, /^❯ Order/m);
    await terminal.press(keys.left, /◉ by name/);
    // Loyalty Segment streams: hidden, and still chosen.
    await terminal.press(
      keys.enter,
      (seen) => /batch · [\d,]+ of 1,204/.test(seen) && /1 selected · 1 hidden/.test(seen),
    );
    // Esc takes the filter away before it leaves the page.
    await terminal.press(keys.escape, /1,204 in all/);
    await terminal.waitFor(/^ +1 selected +\d/m);
  });

  it('sets what is marked at once: some, and not the others', async () => {
    const terminal = await atSegments();
    await terminal.press(keys.shiftDown, /^ +2 selected/m);
    await terminal.press(keys.shiftDown, /^ +3 selected/m);
    await terminal.waitFor(/3 of at most 250 segments/);
    await terminal.press(keys.enter, questions.attributes);
    await terminal.waitFor(/4 of at most 50 attributes/);
    await terminal.press(keys.enter, questions.mandatory);
    await terminal.press(keys.enter, questions.deduplication);
    await terminal.press(keys.enter, questions.exportMode);
    const rows = (screen: string): string[] =>
      screen.split('\n').filter((line) => / {2}(full|first full)/.test(line));
    // Continue, all, then the three: the last two are marked.
    for (let down = 0; down < 3; down++) {
      const before = /^❯.*$/m.exec(terminal.screen())?.[0];
      await terminal.press(keys.down, (seen) => /^❯.*$/m.exec(seen)?.[0] !== before);
    }
    await terminal.press(keys.space, /^❯ ✓/m);
    await terminal.press(keys.down, /^❯ {3}/m);
    await terminal.press(keys.space, /^❯ ✓/m);
    await terminal.press(keys.enter, 'Which export mode for all 2 segments');
    await choose(terminal, 'first full');
    const screen = await terminal.waitFor(
      (seen) => seen.includes(questions.exportMode) && /first full/.test(seen),
    );
    expect(rows(screen).map((line) => /first full/.test(line))).toEqual([false, true, true]);
  });
});
