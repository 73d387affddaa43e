import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { EmulatorOptions } from '../../source/emulator/server.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { untilGone } from '../helpers/until-gone.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { holdFirst } from '../helpers/held.ts';
import { keys } from '../helpers/keys.ts';
import { runProgram } from '../helpers/program.ts';
import { countsOf, exactlyOne, signedInTo } from '../helpers/runs.ts';
import { Talk } from '../helpers/talk.ts';
import { freshFolder, openTerminal, projectRoot, type Terminal } from '../helpers/terminal.ts';
import { applyFromReview, choose, fill, questions } from '../helpers/walk.ts';

const example = (name: string): string => path.join(projectRoot, 'examples', 'plans', `${name}.plan.json`);

/** A person's organisation on an emulator, and what is kept of its runs. */
async function rig(options: EmulatorOptions = {}) {
  const emulator = await emulatorWith({ segments: 40, patchDelayMs: 20, ...options });
  const folder = freshFolder();
  const state = path.join(folder, 'state');
  const env: Record<string, string> = {
    ...signedInTo(emulator.url),
    FERRY_STATE_DIR: state,
    FERRY_SANDBOX: 'dev',
    FERRY_DOUBT_MS: '100',
    S3_SECRET_KEY: 'A'.repeat(40),
  };
  const kept = (...names: string[]): string => readFileSync(path.join(state, ...names), 'utf8');
  return {
    emulator,
    folder,
    state,
    env,
    /** Short ids of the runs that are kept. */
    runs: (): string[] => readdirSync(path.join(state, 'runs')),
    journalOf: (run: string): Line[] => linesOf(kept('runs', run, 'journal.ndjson')),
    kept,
    run: (args: readonly string[], more: Record<string, string> = {}) =>
      runProgram(args, { env: { ...env, ...more }, cwd: folder }),
    open: (args: readonly string[]): Terminal => openTerminal({ args, env, cwd: folder, rows: 30 }),
  };
}

type Line = Record<string, unknown> & { kind: string };
const linesOf = (text: string): Line[] =>
  text
    .trimEnd()
    .split('\n')
    .map((one) => JSON.parse(one) as Line);

/** From the start of a wizard with a plan to its review. */
async function toReview(terminal: Terminal): Promise<void> {
  await terminal.waitFor('Where do you want to work?');
  await choose(terminal, 'Your organisation');
  await terminal.waitFor('Sign-in: S3');
  await fill(terminal, { 'Secret key': 'PLANTED-secret-key' });
  await terminal.waitFor(questions.review);
}

/** Cuts the line, and waits until the program has dealt with it: it sleeps, and no signal waits for it. */
async function hangUp(terminal: Terminal): Promise<void> {
  terminal.hangUp();
  let quietLooks = 0;
  await vi.waitFor(
    () => {
      const status = readFileSync(`/proc/${terminal.pid}/status`, 'utf8');
      const isQuiet = /^State:\tS/m.test(status) && /^ShdPnd:\t0+$/m.test(status);
      quietLooks = isQuiet ? quietLooks + 1 : 0;
      expect(quietLooks).toBeGreaterThan(5);
    },
    { timeout: 40_000, interval: 10 },
  );
}

describe.concurrent('the wizard and the command', () => {
  /** What must be the same: everything but moments, ids that are dealt out, and the checksums over them. */
  const facts = ({ at, sum, run, id, requestId, steady, became, ...rest }: Line): object => ({
    ...rest,
    has: [at, sum, run, id, requestId, steady, became].map((one) => typeof one),
  });
  /** The two chains run side by side, so what their lines say counts and not their order. */
  const sorted = (lines: readonly Line[]): object[] =>
    lines
      .toSorted((a, b) => (`${a.kind} ${String(a.step)}` < `${b.kind} ${String(b.step)}` ? -1 : 1))
      .map(facts);

  it('leave the same journal, receipt and audit line for the same plan', async () => {
    const { folder, state, open, run, runs, journalOf, kept } = await rig();
    const terminal = open([example('campaign-s3')]);
    await toReview(terminal);
    await vi.waitFor(() => expect(readdirSync(path.join(state, 'drafts'))).toHaveLength(1), 40_000);
    await applyFromReview(terminal);
    await terminal.waitFor('Verified');
    // Whatever becomes of the terminal now, nothing of it is unfinished.
    await vi.waitFor(() => expect(readdirSync(path.join(state, 'drafts'))).toEqual([]), 40_000);
    terminal.write(keys.enter);
    expect(await terminal.waitForEnd()).toBe(0);
    const [byWizard = ''] = runs();
    // The plan that the wizard has saved, for another dataflow than the one that it is about.
    const [saved = ''] = readdirSync(folder).filter((name) => name.endsWith('.plan.json'));
    const { flow, ...plan } = JSON.parse(readFileSync(path.join(folder, saved), 'utf8')) as Plan;
    expect(JSON.parse(kept('runs', byWizard, 'receipt.json'))).toMatchObject({ flowId: flow });
    writeFileSync(path.join(folder, saved), JSON.stringify(plan));
    const [, secret = ''] = /"env:(\w+)"/.exec(JSON.stringify(plan)) ?? [];
    const applied = await run(['apply', saved, '--yes', '--again'], { [secret]: 'PLANTED-secret-key' });
    expect(applied.exitCode, applied.stderr).toBe(0);
    const [byCommand = ''] = runs().filter((one) => one !== byWizard);

    const [wizard, command] = [journalOf(byWizard), journalOf(byCommand)];
    expect(wizard.map(({ kind }) => kind)).toContain('ended');
    expect(sorted(wizard)).toEqual(sorted(command));
    const receiptOf = (one: string) => {
      const receipt = JSON.parse(kept('runs', one, 'receipt.json')) as Record<string, object> & {
        steps: { step: string }[];
      };
      const { at, run: itself, flowId, made, steps, report, ...rest } = receipt;
      const told = [
        typeof at,
        itself,
        typeof flowId,
        Object.keys(made ?? {}).sort(),
        Object.keys(report ?? {}),
      ];
      return {
        ...rest,
        told: told.map((value) => (value === one ? 'its run' : value)),
        steps: steps.map(({ step }) => step).sort(),
      };
    };
    expect(receiptOf(byWizard)).toEqual(receiptOf(byCommand));
    const audited = linesOf(kept('audit.ndjson')).map(({ at, run: itself, flowId, ...rest }) => ({
      ...rest,
      told: [typeof at, typeof itself, typeof flowId],
    }));
    expect(audited).toHaveLength(2);
    expect(audited[0]).toEqual(audited[1]);
  });

  it('go on with the same journal in a second attempt', async () => {
    const { emulator, open, runs, journalOf } = await rig({ faults: ['POST /flows=403x1'] });
    const terminal = open([example('campaign-s3')]);
    await toReview(terminal);
    await choose(terminal, 'Apply this plan');
    await terminal.waitFor('Apply it to sandbox');
    terminal.write('y');
    await terminal.waitFor('does not allow this (403)');
    const before = journalOf(runs()[0] ?? '');
    await terminal.press(keys.enter, 'Verified');
    expect(runs()).toHaveLength(1);
    const after = journalOf(runs()[0] ?? '');
    expect(after.slice(0, before.length)).toEqual(before);
    const added = after.slice(before.length).map(({ kind, step }) => `${kind} ${String(step ?? '')}`.trim());
    expect(added).toEqual([
      'absent flow',
      'intent flow',
      'made flow',
      'intent activate',
      'patched activate',
      'ended',
    ]);
    expect(countsOf(emulator)).toEqual(exactlyOne);
  });

  it('let resume finish a run whose wizard is still there', async () => {
    const { emulator, open, run } = await rig({ faults: ['POST /flows=403x1'] });
    const terminal = open([example('campaign-s3')]);
    await toReview(terminal);
    await choose(terminal, 'Apply this plan');
    await terminal.waitFor('Apply it to sandbox');
    terminal.write('y');
    await terminal.waitFor('does not allow this (403)');
    expect((await run(['resume', '--yes'])).exitCode).toBe(0);
    // The wizard goes on where that has ended: there is nothing left to do.
    await terminal.press(keys.enter, 'Verified');
    expect(countsOf(emulator)).toEqual(exactlyOne);
    expect(emulator.requests.filter(({ method }) => method === 'PATCH')).toHaveLength(1);
  });
});

describe.concurrent('a record that cannot be kept', () => {
  const stands = /The change is done, but its line in the audit log could not be saved in \S+ \(EISDIR\)\./;

  /** No line can be added to a folder. */
  async function withoutAudit() {
    const rigged = await rig();
    mkdirSync(path.join(rigged.state, 'audit.ndjson'), { recursive: true });
    return rigged;
  }

  it('leaves the result of a command as it is', async () => {
    const { run } = await withoutAudit();
    const { exitCode, stdout, stderr } = await run(['apply', example('s3'), '--yes']);
    expect(stderr).toMatch(stands);
    expect(stdout).toContain('Verified');
    expect(stdout).toContain('receipt.md');
    expect(exitCode).toBe(0);
  });

  it('leaves the result of a folder as it is', async () => {
    const { run, folder } = await withoutAudit();
    mkdirSync(path.join(folder, 'plans'));
    writeFileSync(path.join(folder, 'plans', 's3.plan.json'), readFileSync(example('s3')));
    const { exitCode, stdout, stderr } = await run(['apply', 'plans', '--yes', '--json']);
    expect(stderr).toMatch(stands);
    expect(stdout).toContain('"outcome":"verified"');
    expect(exitCode).toBe(0);
  });

  it('leaves the result of a rollback as it is', async () => {
    const { run } = await withoutAudit();
    await run(['apply', example('s3'), '--yes'], { FERRY_DIE_AT: 'answered:flow' });
    const { exitCode, stderr } = await run(['rollback', '--yes']);
    expect(stderr).toMatch(stands);
    expect(exitCode).toBe(0);
  });

  it('is told at the end of the wizard', async () => {
    const { open } = await withoutAudit();
    const terminal = open([example('campaign-s3')]);
    await toReview(terminal);
    await applyFromReview(terminal);
    await terminal.waitFor('Verified');
    terminal.write(keys.enter);
    expect(await terminal.waitForEnd()).toBe(0);
    expect(terminal.screen().replaceAll(/\s+/g, ' ')).toMatch(stands);
  });
});

describe.concurrent('a wizard whose terminal goes away while it applies', () => {
  it('lets the call under way end, notes it, and begins no other', async () => {
    const held = holdFirst('POST', /\/flows$/);
    const { emulator, open, runs, journalOf, run } = await rig({ hold: held.hold });
    const terminal = open([example('campaign-s3')]);
    await toReview(terminal);
    await choose(terminal, 'Apply this plan');
    await terminal.waitFor('Apply it to sandbox');
    terminal.write('y');
    await held.reached;
    await hangUp(terminal);
    held.release();
    await untilGone(terminal.pid);
    expect(journalOf(runs()[0] ?? '').at(-1)).toMatchObject({ kind: 'made', step: 'flow' });
    expect(emulator.requests.filter(({ method }) => method === 'PATCH')).toEqual([]);
    expect((await run(['resume', '--yes'])).exitCode).toBe(0);
    expect(countsOf(emulator)).toEqual(exactlyOne);
  });
});

describe.concurrent('a run that is finished from the wizard', () => {
  const ways: [string, (terminal: Terminal) => Promise<void>, string[]][] = [
    [
      'drawn',
      async (terminal) => {
        await terminal.waitFor(/Finish run [0-9a-f]{8}/);
        await choose(terminal, 'Finish run');
        await terminal.waitFor(/Finish run .* Type "yes":/);
        terminal.write('yes\r');
      },
      [],
    ],
    [
      'spoken',
      async (terminal) => {
        const talk = new Talk(terminal);
        await talk.answer(/Number or name[^\n]*: $/, '1');
        await talk.answer(/Finish run .* Type "yes": /, 'yes');
      },
      ['--accessible'],
    ],
  ];

  /** A run that was interrupted before its dataflow, whose dataflow is held. */
  async function brokenOff(args: readonly string[], choose: (terminal: Terminal) => Promise<void>) {
    const held = holdFirst('POST', /\/flows$/);
    const rigged = await rig({ hold: held.hold });
    await rigged.run(['apply', example('s3'), '--yes'], { FERRY_DIE_AT: 'answered:target-connection' });
    const terminal = rigged.open(args);
    await choose(terminal);
    await held.reached;
    const patches = (): unknown[] => rigged.emulator.requests.filter(({ method }) => method === 'PATCH');
    const [name = ''] = rigged.runs();
    return { ...rigged, held, terminal, patches, last: () => rigged.journalOf(name).at(-1) };
  }

  it.each(ways)('ends with the call under way at one Ctrl+C, %s', async (_, choosing, args) => {
    const { terminal, held, patches, last } = await brokenOff(args, choosing);
    terminal.write(keys.ctrl('c'));
    await terminal.waitFor('Press Ctrl+C again to abandon it');
    held.release();
    expect(await terminal.waitForEnd()).toBe(130);
    expect(terminal.screen()).toContain('ferry resume');
    expect(last()).toMatchObject({ kind: 'made', step: 'flow' });
    expect(patches()).toEqual([]);
  });

  it.each(ways)('leaves at once at a second Ctrl+C, %s', async (_, choosing, args) => {
    const { terminal, last } = await brokenOff(args, choosing);
    terminal.write(keys.ctrl('c'));
    await terminal.waitFor('Press Ctrl+C again to abandon it');
    terminal.write(keys.ctrl('c'));
    // It is never answered.
    expect(await terminal.waitForEnd()).toBe(130);
    expect(last()).toMatchObject({ kind: 'doubtful', step: 'flow' });
  });

  it.each(ways)('lets the call under way end when the terminal goes away, %s', async (_, choosing, args) => {
    const { terminal, held, patches, last, run, emulator } = await brokenOff(args, choosing);
    await hangUp(terminal);
    held.release();
    await untilGone(terminal.pid);
    expect(last()).toMatchObject({ kind: 'made', step: 'flow' });
    expect(patches()).toEqual([]);
    expect((await run(['resume', '--yes'])).exitCode).toBe(0);
    expect(countsOf(emulator)).toEqual(exactlyOne);
  });
});
