import { describe, expect, it } from 'vitest';
import { keys } from '../helpers/keys.ts';
import { openTerminal } from '../helpers/terminal.ts';
import {
  beginIn,
  choose,
  fill,
  journeys,
  pageOf,
  questions,
  walkFromSegments,
  walkToSegments,
} from '../helpers/walk.ts';

const campaign = journeys['Adobe Campaign'] ?? expect.unreachable();

/** The list names the key that opens it, which is another one while its own search is typed. */
const isOpen = /^[❯ ] {3}keys +(\?|F1)$/m;

/** The list of keys by either key that may open it, and away again. */
async function looksAtKeys(terminal: ReturnType<typeof openTerminal>, shown: string): Promise<void> {
  const page = pageOf(terminal.screen());
  for (const key of ['?', keys.f1]) {
    await terminal.press(key, isOpen);
    await terminal.press(keys.escape, (seen) => seen.includes(shown) && !isOpen.test(seen));
    expect(pageOf(terminal.screen())).toBe(page);
  }
  await terminal.press(keys.f1, isOpen);
  await terminal.press(keys.f1, (seen) => seen.includes(shown) && !isOpen.test(seen));
}

describe.concurrent('the list of keys', () => {
  it('opens on every kind of page and closes without a trace', async () => {
    const terminal = openTerminal({ args: ['--emulator'] });
    await terminal.waitFor(/❯.*dev/);
    await looksAtKeys(terminal, 'Staging');
    await beginIn(terminal, 'dev');
    await terminal.waitFor(/^ +SFTP( |$)/m);
    await looksAtKeys(terminal, 'Oracle Eloqua');
    await choose(terminal, 'Adobe Campaign');
    await terminal.waitFor('How do you sign in');
    await looksAtKeys(terminal, 'Azure Blob');
    await choose(terminal, 'S3');
    // In a form where nothing is typed yet.
    await terminal.waitFor(/^❯ Access ID/m);
    await looksAtKeys(terminal, 'Secret key');
    await fill(terminal, campaign.signInFields);
    await choose(terminal, 'S3');
    await terminal.waitFor('Storage location:');
    await fill(terminal, campaign.locationFields);
    await walkFromSegments(terminal);
    await looksAtKeys(terminal, 'Apply this plan');
    await choose(terminal, 'Apply this plan');
    await terminal.waitFor('Apply it to sandbox');
    await terminal.press('y', 'Verified');
    await looksAtKeys(terminal, 'Verified');
  });

  it('is searched, and runs what is chosen', async () => {
    const terminal = openTerminal({ args: ['--emulator'] });
    await walkToSegments(terminal, campaign);
    await terminal.waitFor('1,204 in total');
    await terminal.press('loyalty', /1 of 1,204 match|of 1,204 match/);
    // A query takes the question mark; an empty one asks for the keys.
    await terminal.press(keys.escape, '1,204 in total');
    await terminal.press('?', isOpen);
    await terminal.press('all sh', (screen) => /^❯ +select all shown +ctrl\+a/m.test(screen));
    await terminal.press(keys.enter, '1,204 selected');
    await terminal.press('?', isOpen);
    await terminal.press('filt', (screen) => /^❯ +filter +ctrl\+f/m.test(screen));
    await terminal.press(keys.enter, /^❯ Evaluation/m);
    await terminal.press(keys.escape, '1,204 in total');
    await terminal.press('?', isOpen);
    await terminal.press('back', (screen) => /^❯ +back +esc/m.test(screen));
    await terminal.press(keys.enter, 'Storage location:');
  });

  it('runs the keys of a guided session too', async () => {
    const terminal = openTerminal({ args: ['--emulator', '--guide'] });
    await terminal.waitFor(/❯.*dev/);
    await terminal.press('?', isOpen);
    await terminal.press('large', (screen) => /^❯ +large step names/m.test(screen));
    await terminal.press(keys.enter, '|____/');
    await terminal.press('?', isOpen);
    await terminal.press('expl', (screen) => /^❯ +explain/m.test(screen));
    await terminal.press(keys.enter, /What to do/);
  });

  it('leaves a question mark to what is being typed', async () => {
    const terminal = openTerminal({ args: ['--emulator'] });
    await terminal.waitFor(questions.sandbox);
    await beginIn(terminal, 'dev');
    await terminal.waitFor(/^ +SFTP( |$)/m);
    await choose(terminal, 'Adobe Campaign');
    await terminal.waitFor('How do you sign in');
    await choose(terminal, 'S3');
    await terminal.waitFor(/^❯ Access ID/m);
    await terminal.press('AK', /AK/);
    await terminal.press('?', /AK\?/);
    await terminal.press(keys.enter, /^❯ Secret key/m);
    // A secret may begin with anything, and is not changed by who asks for help.
    await terminal.press('?', /•••/);
    await terminal.press('wJalrXUtnFEMIK7MDENGbPxRfiCYaaab', /••••aaab/);
    expect(terminal.screen()).toMatch(/F1 keys/);
    await terminal.press(keys.f1, isOpen);
    await terminal.press(keys.escape, /^❯ Secret key +••••aaab$/m);
  });
});
