import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { startEmulator } from '../../source/emulator/server.ts';
import { textsOf } from '../../source/locale/texts.ts';
import { zhTW } from '../../source/locale/zh-TW.ts';
import { untilGone } from '../helpers/until-gone.ts';
import { holdFirst } from '../helpers/held.ts';
import { countsOf, exactlyOne, none, signedInTo } from '../helpers/runs.ts';
import {
  Talk,
  promptsIn,
  talkFromSegments,
  talkToApply,
  talkToEnd,
  talkToSegments,
} from '../helpers/talk.ts';
import { freshFolder, openTerminal, projectRoot } from '../helpers/terminal.ts';
import { applyFromReview, journeys, newerJourneys, walkToReview } from '../helpers/walk.ts';
import { keys } from '../helpers/keys.ts';
import { byDay, itInSoak } from '../helpers/soak.ts';
import { some } from '../helpers/some.ts';

const inPlainLines = 'ferry in plain-text mode.';
const campaign = journeys['Adobe Campaign'] ?? expect.unreachable();

/** The plan that was saved in a folder, byte for byte. */
function savedPlan(folder: string): string {
  const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.plan.json'));
  return readFileSync(path.join(folder, file), 'utf8');
}

const examplePlan = path.join(projectRoot, 'examples', 'plans', 'campaign-s3.plan.json');

/** Secrets of all journeys begin with this. */
const planted = /PLANTED/;

describe.concurrent('the wizard in plain lines', () => {
  const cards = { ...journeys, ...newerJourneys };
  const heard = ['Adobe Campaign', 'Oracle Eloqua', 'SFTP', 'SFTP, password', 'Data Landing Zone'];
  itInSoak.each(heard)('has the same steps and the same plan as on the screen: %s', async (destination) => {
    const answers = cards[destination] ?? expect.unreachable();
    const drawn = openTerminal({ args: ['--emulator'] });
    await walkToReview(drawn, answers);
    await applyFromReview(drawn);
    await drawn.waitFor('Verified');
    drawn.write(keys.enter);
    expect(await drawn.waitForEnd()).toBe(0);
    const plan = savedPlan(drawn.cwd);
    const { selected } = (JSON.parse(plan) as { attributes: { selected: string[] } }).attributes;

    const spoken = openTerminal({ args: ['--emulator', '--accessible'], rows: 60 });
    const talk = new Talk(spoken);
    await talkToSegments(talk, answers);
    await talkFromSegments(talk, selected.at(-1) ?? '');
    expect(await talkToEnd(talk)).toContain('Verified. The dataflow holds what you asked for.');
    expect(await spoken.waitForEnd()).toBe(0);
    expect(savedPlan(spoken.cwd)).toBe(plan);
    expect(spoken.bytes()).toMatch(/Run it again without questions:\s+ferry apply/);
    // Nothing is ever drawn again, and no secret is said.
    expect(spoken.bytes()).not.toContain('\u001b');
    expect(spoken.bytes()).not.toMatch(planted);
  });

  itInSoak('says everything in Chinese, for the same plan', async () => {
    const say = textsOf(zhTW, 'zh-TW');
    const prompts = promptsIn(say);
    const env = { LANG: 'zh_TW.UTF-8', ACCESSIBLE: '1' };
    const terminal = openTerminal({ args: ['--emulator'], env });
    const talk = new Talk(terminal);
    const inChinese = {
      ...campaign,
      signInFields: {
        [say('param.accessId')]: 'AKIAMINE234567ABCDEF',
        [say('param.secretKey')]: 'PLANTEDsecret9x7Q',
      },
      locationFields: { [say('param.bucketName')]: 'crm-exports', [say('param.path')]: 'daily' },
    };
    await talkToSegments(talk, inChinese, prompts);
    await talkFromSegments(talk, 'homeAddress.countryCode', prompts);
    expect(await talkToEnd(talk, prompts)).toContain(say('report.verified'));
    expect(await terminal.waitForEnd()).toBe(0);
    const plan = JSON.parse(savedPlan(terminal.cwd)) as { name: string; segments: unknown[] };
    expect(plan).toMatchObject({ name: '啟用區段到 Adobe Campaign', sandbox: 'dev' });
    expect(terminal.bytes()).not.toMatch(planted);
  });

  it.each(
    byDay(
      [
        ['a terminal that cannot move the cursor', { TERM: 'dumb' }, []],
        ['ACCESSIBLE', { ACCESSIBLE: '1' }, []],
        ['INK_SCREEN_READER', { INK_SCREEN_READER: 'true' }, []],
        ['--accessible', {}, ['--accessible']],
      ],
      (_, at) => at === 1,
    ),
  )('begins with %s', async (_, env, args) => {
    const terminal = openTerminal({ args: ['--emulator', ...args], env: env as Record<string, string> });
    const talk = new Talk(terminal);
    await talk.hear(inPlainLines);
    await talk.hear('Number or name (Enter: dev): ');
    expect(terminal.bytes()).not.toContain('\u001b');
  });

  itInSoak('knows ASCII only where the terminal does', async () => {
    const env = { TERM: 'dumb', LC_ALL: 'C' };
    const terminal = openTerminal({ args: ['--emulator', '--guide'], env });
    const talk = new Talk(terminal);
    await talk.answer(/Number or name/, 'prod');
    await talk.answer(/Number or name/, 'Activate');
    await talk.answer(/Number or name/, 'Adobe Campaign');
    await talk.hear(/Number or name: $/);
    // The title of a sandbox is the platform's own.
    expect(terminal.bytes().replaceAll('Last year’s campaign', '')).toMatch(/^[\x00-\x7f]*$/);
  });

  it('goes back with every answer kept, explains, and takes another', async () => {
    const terminal = openTerminal({ args: ['--emulator', '--accessible'] });
    const talk = new Talk(terminal);
    await talkToSegments(talk, campaign);
    await talk.answer('Search text', ':b');
    await talk.answer(/Bucket name \(Enter: crm-exports\): $/, ':b');
    await talk.answer(/Number or name \(Enter: S3 bucket\): $/, ':?');
    await talk.answer(/What it is: The kind of storage[^]*Number or name \(Enter: S3 bucket\): $/, ':b');
    await talk.answer(/Access ID \(Enter: AKIAMINE234567ABCDEF\): $/, '');
    await talk.answer(/Secret key \(not shown; Enter keeps/, ':b');
    await talk.answer(/Access ID \(Enter: AKIAMINE234567ABCDEF\): $/, ':b');
    await talk.answer(/Number or name \(Enter: S3 access key\): $/, ':b');
    await talk.answer(/Number or name \(Enter: Adobe Campaign\): $/, ':b');
    await talk.answer(/Number or name \(Enter: Activate segments…\): $/, ':b');
    await talk.answer(/Number or name \(Enter: dev\): $/, ':b');
    await talk.hear('This is the first question.');
  });

  itInSoak('keeps what was begun: a form half filled, a list half chosen', async () => {
    const env = { FERRY_STATE_DIR: path.join(freshFolder(), 'state') };
    const terminal = openTerminal({ args: ['--emulator', '--accessible'], env });
    const talk = new Talk(terminal);
    await talkToSegments(talk, campaign);
    await talk.answer('Search text', 'loyalty seg');
    await talk.answer('Numbers, search text', '1');
    await talk.answer('1 selected', ':b');
    await talk.answer('Bucket name (Enter: crm-exports): ', 'other-bucket');
    await talk.answer('Folder path (Enter: daily): ', ':b');
    await talk.answer('Bucket name (Enter: other-bucket): ', ':b');
    await talk.answer(/Number or name \(Enter: S3 bucket\): $/, '');
    await talk.answer('Bucket name (Enter: other-bucket): ', '');
    await talk.answer('Folder path (Enter: daily): ', '');
    await talk.hear(/1 selected[^]*Search text/);
    const folder = path.join(env.FERRY_STATE_DIR, 'drafts');
    const kept = (): string =>
      readdirSync(folder)
        .map((file) => readFileSync(path.join(folder, file), 'utf8'))
        .join('');
    await vi.waitFor(() => expect(kept()).toMatch(/other-bucket[^]*Loyalty Segment/), 40_000);
    terminal.kill('SIGKILL');
    await terminal.waitForEnd();
    expect(kept()).toMatch(/other-bucket[^]*Loyalty Segment/);
  });

  it('refuses with a sentence and an example, and goes on from there', async () => {
    const terminal = openTerminal({ args: ['--emulator', '--accessible'] });
    const talk = new Talk(terminal);
    await talk.answer(/Number or name/, '77');
    expect(await talk.answer(/Number or name/, 'dev')).toContain('No such choice.');
    await talk.answer(/Number or name/, '');
    await talk.answer(/Number or name/, 'Amazon S3 (older card)');
    await talk.answer('Access key ID: ', 'wrong');
    expect(await talk.hear(/Access key ID: $/)).toMatch(/AKIA/);
  });

  itInSoak('leaves after one question, keeps the answers, and offers them again', async () => {
    const env = { FERRY_STATE_DIR: path.join(freshFolder(), 'state') };
    const terminal = openTerminal({ args: ['--emulator', '--accessible'], env });
    const talk = new Talk(terminal);
    await talkToSegments(talk, campaign);
    await talk.hear('Search text');
    terminal.write('\u0003');
    await talk.hear('Type ":q" again to leave, or press Enter to stay: ');
    await talk.answer('Enter to stay: ', '');
    await talk.hear(/Which segments \(audiences\) should be exported\?[^]*Search text/);
    terminal.write('\u0003');
    await talk.hear('Enter to stay: ');
    terminal.write('\u0003');
    expect(await terminal.waitForEnd()).toBe(130);
    expect(terminal.bytes()).toContain('Left. Nothing was written to the platform.');

    const again = openTerminal({ args: ['--emulator', '--accessible'], env });
    const next = new Talk(again);
    await next.answer(
      /1\. Continue with my answers, rehearsal · Adobe Campaign · dev[^]*Number or name/,
      '1',
    );
    // Secrets are in no draft.
    await next.answer('Access ID (Enter: AKIAMINE234567ABCDEF): ', '');
    await next.answer('Secret key (not shown): ', 'PLANTEDagain');
    await next.hear('Which segments (audiences) should be exported?');
    again.write('\u0004');
    expect(await again.waitForEnd()).toBe(130);
    for (const file of some(readdirSync(path.join(env.FERRY_STATE_DIR, 'drafts'))))
      expect(readFileSync(path.join(env.FERRY_STATE_DIR, 'drafts', file), 'utf8')).not.toMatch(planted);
  });

  itInSoak('ends by itself when the line is cut', async () => {
    const terminal = openTerminal({ args: ['--emulator', '--accessible'] });
    await new Talk(terminal).hear(/Number or name/);
    terminal.hangUp();
    await untilGone(terminal.pid);
  });

  it.each(byDay(['\u0003', 'SIGTERM', 'SIGHUP'], (signal) => signal === 'SIGHUP'))(
    'can be left by %j while the platform does not answer',
    async (signal) => {
      const emulator = await startEmulator({ segments: 60, faults: ['GET /**=slow:60000x9'] });
      try {
        const terminal = openTerminal({ args: ['--accessible'], env: signedInTo(emulator.url) });
        const talk = new Talk(terminal);
        await talk.answer(/Number or name/, 'Your organisation');
        await talk.hear('Contacting the platform. This can take a moment.');
        if (signal === '\u0003') terminal.write(signal);
        else process.kill(terminal.pid, signal);
        expect(await terminal.waitForEnd()).toBe(130);
      } finally {
        await emulator.close();
      }
    },
  );

  itInSoak('lets the call under way end when the line is cut, and notes it', async () => {
    const emulator = await startEmulator({ segments: 60, faults: ['POST /flows=slow:1500x1'] });
    const env = { ...signedInTo(emulator.url), FERRY_STATE_DIR: path.join(freshFolder(), 'state') };
    try {
      const terminal = openTerminal({ args: [examplePlan, '--accessible'], env });
      const talk = new Talk(terminal);
      await talkToApply(talk);
      await talk.answer('(apply) or n (not yet): ', 'y');
      await talk.hear('Done: Storage location');
      const [run = ''] = readdirSync(path.join(env.FERRY_STATE_DIR, 'runs'));
      const journal = (): string =>
        readFileSync(path.join(env.FERRY_STATE_DIR, 'runs', run, 'journal.ndjson'), 'utf8');
      // What is intended is sent: from here on the call is under way.
      await vi.waitFor(() => expect(journal()).toMatch(/"kind":"intent","step":"flow"/), 40_000);
      terminal.hangUp();
      await untilGone(terminal.pid);
      expect(journal()).not.toContain('doubtful');
      expect(emulator.count('flows')).toBe(1);
    } finally {
      await emulator.close();
    }
  });

  itInSoak('takes no key that was pressed during an apply for an answer', async () => {
    const held = holdFirst('POST', /\/flows$/);
    const faults = ['PATCH /flows/*=403x1'];
    const emulator = await startEmulator({ segments: 60, faults, hold: held.hold });
    try {
      const terminal = openTerminal({ args: [examplePlan, '--accessible'], env: signedInTo(emulator.url) });
      const talk = new Talk(terminal);
      await talkToApply(talk);
      await talk.answer('(apply) or n (not yet): ', 'y');
      await talk.hear('Done: Storage location');
      await held.reached;
      terminal.write('\r\r\r');
      held.release();
      await talk.hear('Press Enter to try again');
      const heard = terminal.bytes().length;
      await talk.answer('Press Enter to try again', '');
      await talk.hear('Press Enter to save the plan and finish');
      // Not before it was said.
      expect(terminal.bytes().slice(0, heard)).not.toContain('Verified');
    } finally {
      await emulator.close();
    }
  });

  itInSoak('shows a hostile plan as harmless text', async () => {
    const cwd = freshFolder();
    const plan = JSON.parse(readFileSync(examplePlan, 'utf8')) as {
      segments: { name: string }[];
    };
    const [first] = plan.segments;
    if (!first) throw new Error('no segments');
    first.name = 'daily\u001b]0;pwned\u0007\u202e\u009b2J\u200b\nFORGED';
    writeFileSync(path.join(cwd, 'p.plan.json'), JSON.stringify(plan));
    const terminal = openTerminal({ args: ['p.plan.json', '--emulator', '--accessible'], cwd });
    const talk = new Talk(terminal);
    await talk.answer(/Access ID/, '');
    await talk.answer(/Secret key/, 'PLANTEDsecret');
    await talk.hear(/Line number to change/);
    expect(terminal.bytes()).toContain('daily');
    expect(terminal.bytes()).not.toMatch(/[\u001b\u0007\u0080-\u009f\u200b\u202e]/);
    expect(terminal.bytes()).not.toMatch(/^FORGED/m);
  });

  itInSoak('says what failed, and tries again when it is told to', async () => {
    const faults = ['GET /connectionSpecs=403x1', 'POST /flows=403x1'];
    const emulator = await startEmulator({ segments: 60, faults });
    try {
      // A create that was refused so is looked for before it is sent again.
      const env = { ...signedInTo(emulator.url), FERRY_DOUBT_MS: '100' };
      const terminal = openTerminal({ args: ['--accessible'], env });
      const talk = new Talk(terminal);
      await talk.answer(/Number or name/, 'Your organisation');
      await talk.answer(/Number or name/, 'dev');
      await talk.answer(/Number or name/, '');
      expect(await talk.answer('Press Enter to try again', '')).toContain(
        '✗ The platform does not allow this (403).',
      );
      await talk.answer(/Number or name/, 'Adobe Campaign');
      await talk.answer(/Number or name/, 'S3');
      await talk.answer('Access ID: ', 'AKIAMINE234567ABCDEF');
      await talk.answer('Secret key (not shown): ', 'PLANTEDsecret');
      await talk.answer(/Number or name/, 'S3');
      await talk.answer('Bucket name: ', 'crm-exports');
      await talk.answer('Folder path: ', 'daily');
      // The storage is an organisation's, and may be looked at.
      await talk.answer(/Number or name/, '');
      await talkFromSegments(talk, 'homeAddress.countryCode');
      await talk.answer('"1" to apply: ', '1');
      await talk.answer('(apply) or n (not yet): ', 'apply');
      const failed = await talk.answer('Press Enter to try again', '');
      expect(failed).toContain('The platform does not allow this (403).');
      expect(failed).toContain('Undo it instead: ferry rollback');
      expect(failed).toMatch(/\(403\).*Objects created so far: \d.*administrator.*Undo it instead/s);
      await talk.answer('Press Enter to save the plan and finish', '');
      expect(await terminal.waitForEnd()).toBe(0);
      expect(countsOf(emulator)).toEqual(exactlyOne);
    } finally {
      await emulator.close();
    }
  });

  itInSoak('writes to production only when its name is typed', async () => {
    const emulator = await startEmulator({ segments: 60 });
    try {
      const env = { ...signedInTo(emulator.url), FERRY_SANDBOX: 'prod' };
      const inProduction = JSON.parse(readFileSync(examplePlan, 'utf8')) as Record<string, unknown>;
      const cwd = freshFolder();
      writeFileSync(path.join(cwd, 'p.plan.json'), JSON.stringify({ ...inProduction, sandbox: 'prod' }));
      const terminal = openTerminal({ args: ['p.plan.json', '--accessible'], env, cwd });
      const talk = new Talk(terminal);
      await talk.answer(/Number or name/, 'Your organisation');
      await talk.answer(/Access ID \(Enter: .*\): $/, '');
      await talk.answer('Secret key (not shown): ', 'PLANTEDsecret');
      await talk.answer('"1" to apply: ', '1');
      await talk.answer('Type its name to apply. > ', 'yes');
      expect(await talk.answer('"1" to apply: ', '1')).toContain(
        'The name does not match. Nothing has changed.',
      );
      expect(countsOf(emulator)).toEqual(none);
      await talk.answer('Type its name to apply. > ', 'prod');
      await talk.answer('Press Enter to save the plan and finish', '');
      expect(await terminal.waitForEnd()).toBe(0);
      expect(countsOf(emulator)).toEqual(exactlyOne);
    } finally {
      await emulator.close();
    }
  });
});
