import { describe, expect, it } from 'vitest';
import { keys } from '../helpers/ink.tsx';
import { openTerminal, type Terminal } from '../helpers/terminal.ts';
import { applyFromReview, choose, fill, journeys, pageOf, questions, walkToReview } from '../helpers/walk.ts';

const campaign = journeys['Adobe Campaign'];
const amazon = journeys['Amazon S3'];
const eloqua = journeys['Oracle Eloqua'];

/** Every line of a review that may be longer than the screen, without the marks of the cursor. */
async function readReview(terminal: Terminal): Promise<string[]> {
  await terminal.press(keys.home, /^❯ . Apply this plan/m);
  // Counted while the review is read already.
  await terminal.waitFor(/of at most 100/);
  const lines = new Map<string, true>();
  for (let step = 0; step < 120; step++) {
    const screen = terminal.screen();
    for (const line of screen.split('\n').slice(1, -2)) lines.set(line.slice(2).trimEnd(), true);
    if (isAtEnd(screen)) break;
    terminal.write(keys.down);
    await terminal.waitFor((seen) => underCursor(seen) !== underCursor(screen));
  }
  // How much of it is in sight depends on when it was counted.
  return [...lines.keys()].filter((line) => line !== '' && !/\d+–\d+ of \d+$/.test(line)).sort();
}

/** The line with the cursor; none while something is read. What else moves on a screen says nothing about a key. */
function underCursor(screen: string): string {
  return /^[❯>] .*$/m.exec(screen)?.[0] ?? '';
}

/** Where the next key arrives. */
function placeOn(screen: string): string {
  return `${pageOf(screen)}\n${underCursor(screen)}`;
}

/** The list of a review begins again at its top after the last line. */
function isAtEnd(screen: string): boolean {
  return /^❯.*Profile Store/m.test(screen);
}

async function backToStart(terminal: Terminal): Promise<string[]> {
  const pages: string[] = [];
  while (!terminal.screen().includes(questions.sandbox)) {
    const before = pageOf(terminal.screen());
    pages.push(before);
    terminal.write(keys.escape);
    await terminal.waitFor((seen) => pageOf(seen) !== before);
  }
  return pages;
}

async function forwardToReview(terminal: Terminal): Promise<void> {
  while (!terminal.screen().includes(questions.review)) {
    const before = placeOn(terminal.screen());
    terminal.write(keys.enter);
    await terminal.waitFor((seen) => underCursor(seen) !== '' && placeOn(seen) !== before);
  }
}

describe.concurrent('going back', () => {
  it.each([
    ['Adobe Campaign', campaign],
    ['Oracle Eloqua, with a pasted key', eloqua],
  ])('from the last question to the first and forward again keeps every answer: %s', async (_, answers) => {
    if (!answers) throw new Error('no answers');
    const terminal = openTerminal({ args: ['--emulator'] });
    await walkToReview(terminal, answers);
    const reviewed = await readReview(terminal);
    const pages = await backToStart(terminal);
    expect(pages).toHaveLength(10);
    await forwardToReview(terminal);
    expect(await readReview(terminal)).toEqual(reviewed);
    await terminal.press(keys.home, /^❯ . Apply this plan/m);
    await applyFromReview(terminal);
    expect(await terminal.waitFor('Verified')).toMatch(/✓ ▸ 5 columns.* 5 of 5/);
  });

  it('asks again only what depends on a change', async () => {
    if (!campaign || !amazon) throw new Error('no answers');
    const terminal = openTerminal({ args: ['--emulator'] });
    await walkToReview(terminal, campaign);
    await choose(terminal, 'Destination');
    await terminal.waitFor(questions.destination);
    await choose(terminal, amazon.destination);
    await terminal.waitFor('Sign-in: Access key');
    expect(terminal.screen()).not.toContain(campaign.signInFields['Access ID']);
    await fill(terminal, amazon.signInFields);
    await terminal.waitFor('Where should the files');
    await choose(terminal, 'S3');
    await terminal.waitFor('Storage location: S3');
    await fill(terminal, amazon.locationFields);
    // Segments, attributes and schedules do not depend on the destination: back at the review.
    await terminal.waitFor(questions.review);
    await applyFromReview(terminal);
    expect(await terminal.waitFor('Verified')).toMatch(/✓ ▸ Loyalty Segment.* 7 of 7/);
  });
});
