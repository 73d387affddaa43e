import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { startEmulator } from '../../source/emulator/server.ts';
import { english } from '../../source/locale/catalogs.ts';
import { banners } from '../../source/locale/en/banners.ts';
import { guide } from '../../source/locale/en/guide.ts';
import { textsOf } from '../../source/locale/texts.ts';
import { banners as chineseBanners } from '../../source/locale/zh-TW/banners.ts';
import { guide as chineseGuide } from '../../source/locale/zh-TW/guide.ts';
import { zhTW } from '../../source/locale/zh-TW.ts';
import { keys } from '../helpers/keys.ts';
import { countsOf, none, signedInTo } from '../helpers/runs.ts';
import { Talk, talkToApply } from '../helpers/talk.ts';
import { freshFolder, openTerminal, type TerminalOptions } from '../helpers/terminal.ts';
import {
  applyFromReview,
  beginIn,
  choose,
  journeys,
  questions,
  walkToReview,
  walkToSegments,
} from '../helpers/walk.ts';
import { some } from '../helpers/some.ts';

const campaign = journeys['Adobe Campaign'] ?? expect.unreachable();
const planted = /PLANTED/;

/** A state folder of its own, and the options that use it. */
function own(more: TerminalOptions = {}): { options: TerminalOptions; transcripts: string } {
  const state = path.join(freshFolder(), 'state');
  return {
    options: { ...more, env: { FERRY_STATE_DIR: state, ...more.env } },
    transcripts: path.join(state, 'transcripts'),
  };
}

function transcript(folder: string): string {
  const [name = '', another] = readdirSync(folder);
  expect(another).toBeUndefined();
  const file = path.join(folder, name);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  return readFileSync(file, 'utf8');
}

/** What stands in the explanation, its lines put together again. */
const explained = (screen: string): string =>
  screen
    .split('\n')
    .map((line) => line.split('│ ')[1] ?? (/^[A-Z● ]/.test(line) ? line : ''))
    .join(' ')
    .replaceAll(/\s+/g, ' ');

describe.concurrent('a guided session', () => {
  it.each([
    [130, 36],
    [80, 24],
  ])('explains what, why and where beside each question, at %i × %i', async (columns, rows) => {
    const terminal = openTerminal({ args: ['--emulator', '--guide'], columns, rows });
    await terminal.waitFor(questions.sandbox);
    const wanted = (page: keyof typeof guide) => (screen: string) =>
      Object.values(guide[page]).every((said) => explained(screen).includes(said));
    await terminal.waitFor(wanted('sandbox'));
    await beginIn(terminal, 'dev');
    await terminal.waitFor(questions.destination);
    await terminal.waitFor(wanted('destination'));
    // There is room for the page all the same.
    await terminal.waitFor('Data Landing Zone');
  });

  it('shows the whole explanation over a page that has no room for it', async () => {
    const terminal = openTerminal({ args: ['--emulator', '--guide'], columns: 40, rows: 15 });
    // As much as there is room for, said once, and the key for the rest.
    const seen = await terminal.waitFor(/^│ .*… ctrl\+g$/m);
    expect(seen).toContain('│ A sandbox is');
    terminal.write(keys.ctrl('g'));
    await terminal.waitFor((screen) => !screen.includes('│'));
    await terminal.waitFor((screen) => screen.replaceAll(/\s+/g, ' ').includes(guide.sandbox.what));
    terminal.write(keys.down.repeat(12));
    await terminal.waitFor((screen) => screen.replaceAll(/\s+/g, ' ').includes('Sandboxes in the menu.'));
    await terminal.press(keys.escape, /dev +Development/);
    await beginIn(terminal, 'dev');
    await terminal.waitFor(questions.destination);
  });

  it.each([
    ['en', {}, banners, 'step 2 of 8', english],
    ['zh-TW', { LANG: 'zh_TW.UTF-8' }, chineseBanners, '步驟 2/8', textsOf(zhTW, 'zh-TW')],
  ])('has large step names for people who watch, in %s', async (_, env, large, step, say) => {
    const terminal = openTerminal({ args: ['--emulator', '--guide'], env });
    const isLarge = (page: 'sandbox' | 'home' | 'destination') => (screen: string) =>
      large[`page.${page}`].every((line) => screen.includes(line));
    await terminal.waitFor('dev');
    terminal.write(keys.ctrl('p'));
    await terminal.waitFor(isLarge('sandbox'));
    await choose(terminal, 'dev');
    await terminal.waitFor(isLarge('home'));
    await choose(terminal, say('home.activate'));
    await terminal.waitFor(isLarge('destination'));
    await terminal.waitFor(step);
    await terminal.press(keys.ctrl('p'), (screen) => !isLarge('destination')(screen));
  });

  it('begins with them where that was asked for, and spaces names out where they do not fit', async () => {
    const terminal = openTerminal({ args: ['--emulator', '--presenter'], columns: 40, rows: 15 });
    await terminal.waitFor('S A N D B O X');
  });

  it('keeps a transcript of everything but secrets, and says where', async () => {
    const { options, transcripts } = own({ args: ['--emulator', '--guide'], rows: 40 });
    const terminal = openTerminal(options);
    await walkToReview(terminal, campaign);
    await applyFromReview(terminal);
    await terminal.waitFor('Verified');
    terminal.write(keys.enter);
    expect(await terminal.waitForEnd()).toBe(0);
    const said = transcript(transcripts);
    for (const page of [
      'sandbox',
      'destination',
      'signInFields',
      'segments',
      'attributes',
      'review',
    ] as const)
      expect(said).toContain(guide[page].what);
    expect(said).toContain('## Step 5 of 8: segments\n\nWhich segments (audiences) should be exported?');
    expect(said).toContain('Answer: Interested in Mountain Biking, Loyalty Segment');
    expect(said).toContain('Answer: S3 access key · AKIAMINE234567ABCDEF · ••••\n');
    expect(said).toMatch(/- ✓ Dataflow: [0-9a-f-]{36}/);
    expect(said).toContain('✓ Verified. The dataflow holds what you asked for.');
    expect(said).not.toMatch(planted);
    // Not even its end.
    expect(said).not.toContain('9x7Q');
    expect(terminal.bytes()).toContain(`Transcript: ${transcripts}`);
  });

  it('has it up to the last step when it is killed', async () => {
    const { options, transcripts } = own({ args: ['--emulator', '--guide'] });
    const terminal = openTerminal(options);
    await walkToSegments(terminal, campaign);
    await terminal.waitFor(questions.segments);
    terminal.kill('SIGKILL');
    await terminal.waitForEnd();
    const said = transcript(transcripts);
    expect(said).toContain('Which segments (audiences) should be exported?');
    expect(said).not.toMatch(planted);
  });

  it('keeps none that it was not asked for', async () => {
    const { options, transcripts } = own({ args: ['--emulator'] });
    const terminal = openTerminal(options);
    await terminal.waitFor(questions.sandbox);
    terminal.write(keys.ctrl('c'));
    await terminal.waitForEnd();
    expect(() => readdirSync(transcripts)).toThrow('ENOENT');
  });

  it('goes on without one where it cannot be written, and says so', async () => {
    const terminal = openTerminal({
      args: ['--emulator', '--guide'],
      env: { FERRY_STATE_DIR: '/dev/null/x' },
    });
    await terminal.waitFor(questions.sandbox);
    terminal.write(keys.ctrl('c'));
    expect(await terminal.waitForEnd()).toBe(130);
    expect(terminal.bytes()).toContain('The transcript could not be saved: ENOTDIR');
  });

  it('explains in plain lines too, in Chinese', async () => {
    const { options, transcripts } = own({
      args: ['--emulator', '--guide'],
      env: { TERM: 'dumb', LANG: 'zh_TW.UTF-8' },
    });
    const terminal = openTerminal(options);
    const talk = new Talk(terminal);
    const heard = await talk.hear(/編號或名稱/);
    for (const said of some(Object.values(chineseGuide.sandbox))) expect(heard).toContain(said);
    terminal.write('\u0003');
    expect(await terminal.waitForEnd()).toBe(130);
    expect(transcript(transcripts)).toContain(chineseGuide.sandbox.what);
  });
});

describe.concurrent('a run that only reads', () => {
  const readOnly = async (args: string[]) => {
    const emulator = await startEmulator({ segments: 60 });
    const env = {
      ...signedInTo(emulator.url),
      FERRY_SANDBOX: 'dev',
    };
    return { emulator, terminal: openTerminal({ args: ['--read-only', ...args], env }) };
  };

  it('walks everything and writes nothing', async () => {
    const { emulator, terminal } = await readOnly(['--guide']);
    try {
      await terminal.waitFor(questions.platform);
      await choose(terminal, 'Your organisation');
      await terminal.waitFor('read-only');
      await walkToReview(terminal, campaign);
      await choose(terminal, 'Show what would be sent');
      const shown = await terminal.waitFor('What would be sent');
      for (const request of [/POST +\/sourceConnections/, /POST +\/flows/, /PATCH +\/flows\/\{flowId\}/])
        expect(shown).toMatch(request);
      // Back is never refused, and leads to the same page again.
      await terminal.press(keys.escape, questions.review);
      await choose(terminal, 'Show what would be sent');
      await terminal.waitFor('What would be sent');
      terminal.write(keys.enter);
      expect(await terminal.waitForEnd()).toBe(0);
      expect(terminal.bytes()).toContain('Nothing was sent or written to the platform.');
      expect(countsOf(emulator)).toEqual(none);
      expect(readdirSync(terminal.cwd)).toEqual([]);
    } finally {
      await emulator.close();
    }
  });

  it('does so in plain lines too', async () => {
    const { emulator, terminal } = await readOnly([
      '--accessible',
      new URL('../../examples/plans/campaign-s3.plan.json', import.meta.url).pathname,
    ]);
    try {
      const talk = new Talk(terminal);
      await talkToApply(talk);
      expect(await talk.answer('Press Enter to finish, or type ":b" to go back: ', '')).toMatch(
        /Dataflow: POST \/flows/,
      );
      expect(await terminal.waitForEnd()).toBe(0);
      expect(countsOf(emulator)).toEqual(none);
    } finally {
      await emulator.close();
    }
  });
});
