import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { emulatorWith } from '../helpers/emulator.ts';
import { keys } from '../helpers/ink.tsx';
import { runProgram } from '../helpers/program.ts';
import { countsOf, exactlyOne, signedInTo } from '../helpers/runs.ts';
import { freshFolder, openTerminal, projectRoot, type Terminal } from '../helpers/terminal.ts';
import {
  applyFromReview,
  beginIn,
  choose,
  fill,
  journeys,
  questions,
  walkToReview,
} from '../helpers/walk.ts';

const answers = journeys['Adobe Campaign'];
if (!answers) throw new Error('no answers');
const question = 'Something was left unfinished';

function open(
  state: string,
  env: Record<string, string> = {},
  args: readonly string[] = ['--emulator'],
): Terminal {
  return openTerminal({ args, env: { FERRY_STATE_DIR: state, ...env } });
}

describe.concurrent('a wizard that is killed', () => {
  it('costs one question and the secrets at the next start', async () => {
    const state = path.join(freshFolder(), 'state');
    const first = open(state);
    await walkToReview(first, answers);
    const drafts = path.join(state, 'drafts');
    await first.waitFor(
      () =>
        existsSync(drafts) &&
        readdirSync(drafts).some(
          (one) =>
            one.endsWith('.draft.json') &&
            readFileSync(path.join(drafts, one), 'utf8').includes('"page":"review"'),
        ),
    );
    first.kill('SIGKILL');
    await first.waitForEnd();
    const [name = ''] = readdirSync(drafts).filter((one) => one.endsWith('.draft.json'));
    const file = path.join(drafts, name);
    expect(readFileSync(file, 'utf8')).not.toContain('PLANTED');
    expect(statSync(file).mode & 0o777).toBe(0o600);

    const second = open(state);
    await second.waitFor(question);
    await second.waitFor(
      /❯ . Continue with my answers[^]*^ {2}rehearsal · Adobe Campaign · dev · 2 segments · just now/m,
    );
    second.write(keys.enter);
    await second.waitFor('Sign-in: S3');
    expect(second.screen()).toContain('AKIAMINE234567ABCDEF');
    await fill(second, { 'Secret key': 'PLANTEDagain9x7Q' });
    await second.waitFor(questions.review);
    await applyFromReview(second);
    expect(await second.waitFor('Verified')).toMatch(/✓ ▸ 5 columns.*5 of 5/);
    second.write(keys.enter);
    expect(await second.waitForEnd()).toBe(0);

    // What is done is not offered again.
    const third = open(state);
    await third.waitFor(questions.sandbox);
    expect(readdirSync(drafts).filter((one) => one.endsWith('.draft.json'))).toEqual([]);
  });

  it('can be begun anew, and keeps both', async () => {
    const state = path.join(freshFolder(), 'state');
    const first = open(state);
    await first.waitFor(questions.sandbox);
    await beginIn(first, 'dev');
    await first.waitFor(questions.destination);
    await choose(first, 'Oracle Eloqua');
    await first.waitFor('How do you sign in');
    await first.waitFor(
      () =>
        existsSync(path.join(state, 'drafts')) &&
        readdirSync(path.join(state, 'drafts')).some((one) => one.endsWith('.draft.json')),
    );
    first.kill('SIGKILL');
    await first.waitForEnd();
    const second = open(state);
    await second.waitFor(question);
    await choose(second, 'Start a new plan');
    await second.waitFor(questions.sandbox);
    second.write(keys.ctrl('c'));
    await second.waitForEnd();
    const third = open(state);
    await third.waitFor(/Continue with my answers +rehearsal · Oracle Eloqua · dev/);
    await third.press(keys.enter, 'How do you sign in to Oracle Eloqua');
  });

  it('is offered as a run to finish when it had begun to write', async () => {
    const emulator = await emulatorWith({ segments: 40 });
    const folder = freshFolder();
    const state = path.join(folder, 'state');
    const env = {
      FERRY_STATE_DIR: state,
      ...signedInTo(emulator.url),
      FERRY_SANDBOX: 'dev',
      FERRY_DOUBT_MS: '200',
      S3_SECRET_KEY: 'A'.repeat(40),
    };
    const plan = path.join(projectRoot, 'examples', 'plans', 's3.plan.json');
    await runProgram(['apply', plan, '--yes'], { env: { ...env, FERRY_DIE_AT: 'answered:flow' } });
    const terminal = open(state, env, []);
    await terminal.waitFor(question);
    await terminal.waitFor(/Finish run [0-9a-f]{8} +dev · 4 of 5 created · interrupted just now/);
    // Nothing that writes is a press of Enter away.
    await terminal.waitFor(/^❯ . Start a new plan/m);
    await choose(terminal, 'Finish run');
    await terminal.waitFor(/Finish run [0-9a-f]{8} in dev on [^ ]+\? Type "yes":/);
    terminal.write('yes\r');
    await terminal.waitFor('Verified. The dataflow holds what you asked for.');
    expect(await terminal.waitForEnd()).toBe(0);
    expect(countsOf(emulator)).toEqual(exactlyOne);
  });
});

describe.concurrent('a state folder that cannot be written', () => {
  it('costs the draft and not the work', async () => {
    const state = path.join(freshFolder(), 'state');
    writeFileSync(state, 'a file where a folder should be');
    const terminal = open(state);
    await walkToReview(terminal, answers);
    await applyFromReview(terminal);
    await terminal.waitFor('Verified');
  });
});
