import { describe, expect, it } from 'vitest';
import { keys } from '../helpers/keys.ts';
import { openTerminal, type Terminal } from '../helpers/terminal.ts';
import { journeys, questions, walkToSegments } from '../helpers/walk.ts';
import { itInSoak } from '../helpers/soak.ts';

async function atSegments(): Promise<Terminal> {
  const terminal = openTerminal({ args: ['--emulator'], rows: 30, columns: 100 });
  const campaign = journeys['Adobe Campaign'];
  if (!campaign) throw new Error('no journey');
  await walkToSegments(terminal, campaign);
  await terminal.waitFor(questions.segments);
  await terminal.waitFor('1,204 in total');
  return terminal;
}

describe.concurrent('choosing segments', () => {
  itInSoak('has what was answered before above it, one beneath the other', async () => {
    const answered = [...(await atSegments()).screen().matchAll(/^✓ .*? {2,}(?=\S)/gm)];
    expect(answered.map(([label]) => label.trim())).toEqual([
      '✓ Destination',
      '✓ Sign-in',
      '✓ Storage location',
    ]);
    expect(new Set(answered.map(([label]) => label.length)).size).toBe(1);
  });

  it('finds what is misspelt, and shows what the marked one is', async () => {
    const terminal = await atSegments();
    await terminal.press('mntainbking', /^❯ ☐ .*Mountain Biking/m);
    await terminal.waitFor(/│ .*\n.*│ .*\n.*│ Real-Time Customer Profile · merge policy .* · 9f7d37fd/);
  });

  itInSoak('offers no key for a row where nothing matches, here and among the columns', async () => {
    const terminal = await atSegments();
    // Of segments none is selected yet, of columns some are proposed.
    const atSegmentsKeys = /^ctrl\+f filter[^\n]*esc show all · F1 keys$/m;
    const atColumns = /^enter continue · tab selected only[^\n]*esc show all · F1 keys$/m;
    await terminal.press('zzqqzz', (seen) => seen.includes('Nothing matches.') && atSegmentsKeys.test(seen));
    await terminal.press(keys.ctrl('u'), /^space select/m);
    await terminal.press(keys.space, /^ +1 selected/m);
    await terminal.press(keys.enter, questions.attributes);
    await terminal.waitFor('147 in total');
    await terminal.press('zzqqzz', (seen) => seen.includes('Nothing matches.') && atColumns.test(seen));
    await terminal.press(keys.ctrl('u'), /^space /m);
  });

  itInSoak('selects a range with shift, and from the last chosen to here', async () => {
    const terminal = await atSegments();
    await terminal.press(keys.shiftDown, /^ +2 selected/m);
    await terminal.press(keys.shiftDown, /^ +3 selected/m);
    await terminal.press(keys.down, /^ +3 selected/m);
    await terminal.press(keys.down, /^ +3 selected/m);
    await terminal.press(keys.ctrl('r'), /^ +5 selected/m);
  });

  itInSoak('filters and sorts without losing what is chosen', async () => {
    const terminal = await atSegments();
    await terminal.press('loyalty seg', /^❯ ☐ .*Loyalty Segment/m);
    await terminal.press(keys.space, /^ +1 selected/m);
    await terminal.press(keys.ctrl('u'), /1,204 in total/);
    const form = await terminal.press(keys.ctrl('f'), /^❯ Evaluation/m);
    expect(form.split('\n').at(-1)).toMatch(/enter next .* esc back · (\?|F1) keys$/);
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
    await terminal.press(keys.escape, /1,204 in total/);
    await terminal.waitFor(/^ +1 selected · 1 of 250 +\d/m);
  });

  itInSoak('sets what is marked at once: some, and not the others', async () => {
    const terminal = await atSegments();
    await terminal.press(keys.shiftDown, /^ +2 selected/m);
    await terminal.press(keys.shiftDown, /^ +3 selected/m);
    await terminal.waitFor(/^ +3 selected · 3 of 250/m);
    await terminal.press(keys.enter, questions.attributes);
    await terminal.waitFor(/^ +4 columns/m);
    await terminal.press(keys.enter, questions.schedule);
    const modes = (screen: string): string[] =>
      [...screen.matchAll(/^..[☐☑] .* (full|incremental) /gm)].map(([, mode]) => mode ?? '');
    expect(modes(terminal.screen())).toEqual(['full', 'full', 'full']);
    // From the row that goes on, upwards: the last two of three are marked.
    await terminal.press(keys.up, /^❯ ☐/m);
    await terminal.press(keys.space, /^❯ ☑/m);
    await terminal.press(keys.up, /^❯ ☐/m);
    await terminal.press(keys.space, /^❯ ☑/m);
    await terminal.press('m', /^❯ ☑.* incremental /m);
    expect(modes(terminal.screen())).toEqual(['full', 'incremental', 'incremental']);
    await terminal.press('f', /^❯ ☑.* every 3 h(ours)? /m);
    // The form says whom it is about, and comes back to the row it was opened from, with the same ones marked.
    await terminal.press('n', 'How and when: all 2 segments');
    await terminal.waitFor(/^❯ File name/m);
    const back = await terminal.press(keys.escape, questions.schedule);
    expect(modes(back)).toEqual(['full', 'incremental', 'incremental']);
    expect(back).toMatch(/^ {2}☐.*\n^❯ ☑.*\n^ {2}☑/m);
    // The row of all is about all three.
    await terminal.press(keys.home, /^❯ +All 3 segments +different/m);
    await terminal.press('m', /^❯ +All 3 segments +full/m);
    expect(modes(terminal.screen())).toEqual(['full', 'full', 'full']);
  });

  itInSoak('shows the blank that a name goes on with, and selects with the next one', async () => {
    const terminal = await atSegments();
    await terminal.press('loyal', /Search: loyal +newly created first/);
    await terminal.press(' ', /Search: loyal␣ .*match · space again: select/);
    expect(terminal.screen()).toMatch(/^ +0 selected/m);
    const selected = await terminal.press(' ', /^ +1 selected · 1 of 250/m);
    expect(selected).toMatch(/^❯ ☑ Loyal/m);
    expect(selected).not.toContain('space again');
  });

  itInSoak('takes a pasted list of ids and names, and names what it has not', async () => {
    const terminal = await atSegments();
    const list = ['25768be6-ebd5-45cc-8913-12fb3f348613', 'interested in mountain biking', 'Nobody’s'].join(
      '\r',
    );
    const screen = await terminal.press(keys.paste(list), /^ +2 selected/m);
    expect(screen).toMatch(/2 of the list selected\. Not found: Nobody’s\./);
    await terminal.press(
      keys.tab,
      (seen) => /☑ Loyalty Segment/.test(seen) && /☑ Interested in M/.test(seen),
    );
    // A name alone is searched.
    await terminal.press(keys.tab, /1,204 in total/);
    await terminal.press(keys.paste('Loyalty Segment'), /Search: Loyalty Segment/);
  });

  itInSoak('has what was chosen in sight on return', async () => {
    const terminal = await atSegments();
    await terminal.press('loyalty seg', /^❯ ☐ .*Loyalty Segment/m);
    await terminal.press(keys.space, /^ +1 selected/m);
    await terminal.press(keys.enter, questions.attributes);
    await terminal.press(keys.escape, questions.segments);
    await terminal.waitFor(/^❯ ☑ Loyalty Segment/m);
  });
});
