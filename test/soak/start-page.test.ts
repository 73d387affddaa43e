import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { english } from '../../source/locale/catalogs.ts';
import { emptyDraft, type SavedDraft } from '../../source/wizard/draft.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { holdFirst } from '../helpers/held.ts';
import { keys } from '../helpers/keys.ts';
import { runProgram } from '../helpers/program.ts';
import { futurePlan, orgId, signedInTo } from '../helpers/runs.ts';
import { Talk } from '../helpers/talk.ts';
import { freshFolder, openTerminal } from '../helpers/terminal.ts';
import { chosen } from '../helpers/wizard-events.ts';

function rig(url: string, drafts: readonly SavedDraft[] = []) {
  const folder = freshFolder();
  const state = path.join(folder, 'state');
  const plan = path.join(folder, 'a.plan.json');
  writeFileSync(plan, JSON.stringify({ ...futurePlan, sandbox: 'dev' }));
  mkdirSync(path.join(state, 'drafts'), { recursive: true });
  for (const [at, draft] of drafts.entries())
    writeFileSync(path.join(state, 'drafts', `${at}.draft.json`), JSON.stringify(draft));
  const env = {
    ...signedInTo(url),
    FERRY_SANDBOX: 'dev',
    CAMPAIGN_S3_SECRET: 'A'.repeat(40),
    FERRY_STATE_DIR: state,
  };
  const open = (args: readonly string[], more: Record<string, string> = {}) =>
    openTerminal({ args: [...args], env: { ...env, ...more }, cwd: folder, columns: 120 });
  return { plan, open, run: (args: readonly string[]) => runProgram(args, { env, cwd: folder }) };
}

describe.concurrent('a run that another ferry is at', () => {
  it('is told of on the first page, and not offered to be finished', async () => {
    const held = holdFirst('POST', /\/flows$/);
    const emulator = await emulatorWith({ segments: 20, hold: held.hold });
    const { open, plan, run } = rig(emulator.url);
    const applying = run(['apply', plan, '--yes']);
    await held.reached;
    const terminal = open([]);
    await terminal.waitFor(/Run [0-9a-f]{8} is under way/);
    const screen = terminal.screen();
    expect(screen).toMatch(/by \S+: process \d+ on \S+, since/);
    expect(screen).not.toContain('Finish run');
    expect(screen).not.toContain('Undo run');
    const { stderr, exitCode } = await run(['resume', '--yes']);
    expect([exitCode, stderr]).toEqual([expect.any(Number), expect.stringContaining('It is process')]);
    // The file is part of a command, not of a sentence.
    expect(stderr.replaceAll(/rm -r \S+holder\.json/g, '')).not.toContain('holder.json');
    held.release();
    expect((await applying).exitCode).toBe(0);
    terminal.write(keys.ctrl('c'));
    await terminal.waitForEnd();
  });
});

describe.concurrent('answers of another platform', () => {
  const draft = {
    ...emptyDraft,
    sandbox: { name: 'dev', isProduction: false },
    destination: chosen('Adobe Campaign'),
  };
  const saved = (facts: Partial<SavedDraft>): SavedDraft => ({
    version: 1,
    savedMs: Date.now(),
    page: 'segments',
    draft: { ...draft, platform: 'organisation' },
    ...facts,
  });
  const mine = english('welcome.draft');

  it('are told of, and those of the platform that was asked for go on there', async () => {
    const emulator = await emulatorWith({ segments: 20 });
    const { host } = new URL(emulator.url);
    const { open } = rig(emulator.url, [
      saved({ place: { host, orgId } }),
      saved({ place: { host: 'elsewhere.example', orgId } }),
      saved({ draft: { ...draft, platform: 'emulator' } }),
    ]);
    const terminal = open(['--api-url', emulator.url]);
    await terminal.waitFor(english('question.welcome'));
    const rows = terminal
      .screen()
      .split('\n')
      .filter((row) => row.includes(mine));
    expect(rows).toHaveLength(3);
    expect(rows.filter((row) => row.includes('belongs to another platform: elsewhere.example'))).toHaveLength(
      1,
    );
    expect(rows.filter((row) => row.includes('belongs to the embedded emulator'))).toHaveLength(1);
    await terminal.press(keys.enter, english('question.segments'));
    expect(terminal.screen()).toContain(host);
  });

  it('of the embedded emulator are offered where no other was asked for', async () => {
    const emulator = await emulatorWith({ segments: 20 });
    const { open } = rig(emulator.url, [saved({ draft: { ...draft, platform: 'emulator' } })]);
    const terminal = open([]);
    await terminal.waitFor(new RegExp(`❯ .*${mine}`));
    expect(terminal.screen()).not.toContain('belongs to');
    const asked = open(['--api-url', emulator.url]);
    // Alone they are no reason for a page.
    await asked.waitFor(english('question.platform'));
  });
});

describe.concurrent('a plan that is opened', () => {
  it('shows the fields that the platform publishes', async () => {
    const emulator = await emulatorWith({ segments: 20 });
    const { open, plan } = rig(emulator.url);
    // A secret that is there is not asked for.
    const unset = { CAMPAIGN_S3_SECRET: '' };
    const drawn = open([plan, '--emulator'], unset);
    await drawn.waitFor('Secret key');
    expect(drawn.screen()).not.toContain('lists no fields');
    const talk = new Talk(open([plan, '--emulator', '--accessible'], unset));
    expect(await talk.hear(/Access ID/)).not.toContain('lists no fields');
  });
});
