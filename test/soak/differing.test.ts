import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { english } from '../../source/locale/catalogs.ts';
import type { SavedDraft } from '../../source/wizard/draft.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { keys } from '../helpers/keys.ts';
import { relayTo } from '../helpers/relay.ts';
import { countsOf, exactlyOne, futurePlan, signedInTo } from '../helpers/runs.ts';
import { Talk, talkToApply } from '../helpers/talk.ts';
import { freshFolder, openTerminal } from '../helpers/terminal.ts';
import { choose, fill } from '../helpers/walk.ts';

const asked = '2035-02-01';
const held = '2035-01-25';

/** A platform that holds another end than was asked for, until a patch has come so often. */
async function rig(honestAfter: number, size: { columns?: number; rows?: number } = {}) {
  const emulator = await emulatorWith({ segments: 20 });
  let patches = 0;
  let refuses = false;
  const url = await relayTo(emulator.url, {
    before({ method, url: called }, response) {
      if (method === 'PATCH') patches++;
      if (!refuses || !called.includes('/flows/')) return false;
      response.writeHead(403, { 'content-type': 'application/json' }).end('{}');
      return true;
    },
    rewrite: ({ method, url: called }, text) =>
      method === 'GET' && /\/flows\/[^/?]+/.test(called) && patches < honestAfter
        ? text.replaceAll(asked, held)
        : text,
  });
  const folder = freshFolder();
  writeFileSync(path.join(folder, 'a.plan.json'), JSON.stringify({ ...futurePlan, sandbox: 'dev' }));
  const env = { ...signedInTo(url), FERRY_STATE_DIR: path.join(folder, 'state') };
  const open = (...args: string[]) =>
    openTerminal({ args: ['a.plan.json', ...args], env, cwd: folder, ...size });
  const saved = (kind: string): Record<string, unknown> => {
    const [file = ''] = readdirSync(folder).filter((name) => name.endsWith(kind) && name !== 'a.plan.json');
    return JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Record<string, unknown>;
  };
  const draftFlow = async (): Promise<unknown> => {
    const drafts = path.join(folder, 'state', 'drafts');
    const read = (): SavedDraft[] =>
      readdirSync(drafts)
        .filter((name) => name.endsWith('.draft.json'))
        .map((name) => JSON.parse(readFileSync(path.join(drafts, name), 'utf8')) as SavedDraft);
    await vi.waitFor(() => expect(read()[0]?.draft.flow).toBeDefined(), 40_000);
    return read()[0]?.draft.flow;
  };
  return { emulator, draftFlow, open, saved, patches: () => patches, refuse: () => (refuses = true) };
}

const again = 'Send the difference again to sandbox dev?';

describe.concurrent('a proof that differs', () => {
  it.each([
    [80, 24],
    [40, 15],
  ])('is sent again from the page (%i × %i), and its report saved', async (columns, rows) => {
    const { emulator, open, saved, patches } = await rig(2, { columns, rows });
    const terminal = open();
    await choose(terminal, 'Your organisation');
    await terminal.waitFor(english('question.signInFields', { specName: '' }).trim());
    await fill(terminal, { 'Secret key': 'PLANTEDsecret' });
    await terminal.waitFor(english('question.review'));
    await terminal.press(keys.enter, /Apply it to sandbox/);
    await terminal.press('y', /It differs/);
    expect(patches()).toBe(1);
    const [hints = ''] = terminal.screen().split('\n').slice(-1);
    expect(terminal.screen().split('\n').slice(-2).join(' ')).toContain('enter send');
    expect(hints).not.toContain('…');
    await terminal.press('s', /Report saved to/);
    const report = saved('.report.json');
    expect(report).toMatchObject({
      flowId: expect.any(String) as string,
      plan: { flow: report['flowId'], sandbox: 'dev' },
      report: { isVerified: false },
    });
    expect(JSON.stringify(report)).not.toContain('PLANTED');
    await terminal.press(keys.enter, (seen) => seen.replaceAll(/\s+/g, ' ').includes(again));
    expect(terminal.screen()).toMatch(/not yet[^]*←→ move · enter choose · esc back$/);
    // Thought better of it: nothing is sent.
    await terminal.press(keys.escape, (seen) => !seen.replaceAll(/\s+/g, ' ').includes(again));
    expect(patches()).toBe(1);
    await terminal.press(keys.enter, (seen) => seen.replaceAll(/\s+/g, ' ').includes(again));
    await terminal.press('y', /✓ Verified/);
    expect(patches()).toBe(2);
    expect(countsOf(emulator)).toEqual(exactlyOne);
    terminal.write(keys.enter);
    expect(await terminal.waitForEnd()).toBe(0);
  });

  it('that cannot be sent again is come back to, and can be left as it is', async () => {
    const { emulator, open, saved, patches, refuse, draftFlow } = await rig(99);
    const terminal = open();
    await choose(terminal, 'Your organisation');
    await terminal.waitFor('Secret key');
    await fill(terminal, { 'Secret key': 'PLANTEDsecret' });
    await terminal.waitFor(english('question.review'));
    await terminal.press(keys.enter, /Apply it to sandbox/);
    await terminal.press('y', /It differs/);
    refuse();
    await terminal.press(keys.enter, again);
    await terminal.press('y', /403[^]*enter try again · esc back/);
    expect(patches()).toBe(1);
    await terminal.press(keys.escape, /It differs/);
    // Whoever goes on another day changes what was made, and makes nothing again.
    expect(await draftFlow()).toEqual(expect.any(String));
    terminal.write(keys.escape);
    expect(await terminal.waitForEnd()).toBe(6);
    expect(saved('.plan.json')['flow']).toEqual(expect.any(String));
    expect(countsOf(emulator)).toEqual(exactlyOne);
  });

  it('is sent again in plain lines, with the same words', async () => {
    const { emulator, open, saved, patches } = await rig(2);
    const terminal = open('--accessible');
    const talk = new Talk(terminal);
    await talkToApply(talk);
    await talk.answer('(apply) or n (not yet): ', 'y');
    expect(await talk.answer('":r" to save both as a report', ':r')).toContain('✗ It differs');
    expect(await talk.answer('":a" to send the difference again', ':a')).toContain('Report saved to');
    expect(saved('.report.json')['report']).toMatchObject({ isVerified: false });
    await talk.answer(again, 'n');
    await talk.answer('":a" to send the difference again', ':a');
    await talk.answer(again, 'y');
    expect(await talk.answer('Press Enter to save the plan and finish', '')).toContain('✓ Verified');
    expect(await terminal.waitForEnd()).toBe(0);
    expect(patches()).toBe(2);
    expect(countsOf(emulator)).toEqual(exactlyOne);
  });
});
