import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { english } from '../../source/locale/catalogs.ts';
import { type Text, textsOf } from '../../source/locale/texts.ts';
import { zhTW } from '../../source/locale/zh-TW.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { liveFlows } from '../helpers/live-flows.ts';
import { keys } from '../helpers/keys.ts';
import { signedInTo } from '../helpers/runs.ts';
import { Talk } from '../helpers/talk.ts';
import { freshFolder, openTerminal, type Terminal, type TerminalOptions } from '../helpers/terminal.ts';
import { choose, moveTo, walkHome, walkToFlows, type WalkWords, wordsIn } from '../helpers/walk.ts';
import { describeInSoak, itInSoak } from '../helpers/soak.ts';

const chinese = textsOf(zhTW, 'zh-TW');
const inEnglish = wordsIn(english);
const inChinese = wordsIn(chinese);
const flow = 'Loyalty to SFTP';

/** From the first page by Home to the table. */
async function toFlows(terminal: Terminal, words: WalkWords = inEnglish): Promise<void> {
  await walkHome(terminal, words);
  await walkToFlows(terminal, 'CRM weekly', words);
}

/** From the first page to one dataflow. */
async function toFlow(terminal: Terminal, name: string, words: WalkWords = inEnglish): Promise<void> {
  await toFlows(terminal, words);
  await terminal.press(name, (seen) => words.inRow(name).test(seen));
  // The table has that word and the id as well, but in no row that is chosen.
  await terminal.press(keys.enter, (seen) => words.inRow(words.change).test(seen));
}

/** On the terminal as it is, after a command: back into the wizard. */
async function goOn(terminal: Terminal, say: Text = english): Promise<void> {
  await terminal.waitFor((seen) => seen.trimEnd().endsWith(say('flow.goOn').trim()));
  terminal.write(keys.enter);
}

/** On the review: another name. */
async function rename(terminal: Terminal, name: string): Promise<void> {
  await moveTo(terminal, 'Name');
  await terminal.press(keys.enter, /^❯ Name +\S/m);
  await terminal.waitFor(/enter continue/);
  await terminal.press(keys.ctrl('u'), /^❯ Name *$/m);
  await terminal.press(name, new RegExp(`^❯ Name +${name}`, 'm'));
  await terminal.press(keys.enter, '~ name');
}

describe.concurrent('the table of dataflows', () => {
  itInSoak(
    'shows those to batch destinations, the last change first, is searched, and leads back',
    async () => {
      const { open, idOf, writes } = await liveFlows(30);
      const terminal = open([]);
      await toFlows(terminal);
      const screen = await terminal.waitFor(inEnglish.allOf(24));
      const names = [...screen.matchAll(/^[❯ ] {3}[✓‖✗▲] (.+?) {2,}/gm)].map(([, name]) => name);
      expect(names.slice(0, 3)).toEqual(['CRM weekly', 'Loyalty to SFTP', 'Winback test']);
      expect(screen).toMatch(/‖ Winback test +Amazon S3 +disabled/);
      expect(screen).not.toMatch(/datasets|streaming/);
      // What is found by its id is found.
      const id = idOf('Winback test');
      await terminal.press(id.slice(0, 8), (seen) => inEnglish.inRow('Winback test').test(seen));
      await terminal.waitFor(id);
      await terminal.press(keys.escape, inEnglish.allOf(24));
      await terminal.press(keys.escape, inEnglish.questions.home);
      await terminal.press(keys.escape, inEnglish.questions.sandbox);
      expect(writes()).toEqual([]);
    },
  );

  it('leads to a dataflow that is changed, read back, and put back as it was', async () => {
    const { open, client, idOf, run, writes, folder } = await liveFlows();
    const before = (await client.getFlow(idOf(flow))).name;
    const terminal = open([]);
    await toFlow(terminal, flow);
    await terminal.press('e', inEnglish.questions.review);
    expect(terminal.screen().replaceAll(/\s+/g, ' ')).toContain(english('change.none'));
    await rename(terminal, 'Renamed');
    await terminal.press(keys.home, inEnglish.inRow(inEnglish.apply));
    await terminal.press(keys.enter, 'Change dataflow "');
    await terminal.press('y', english('report.verified'));
    expect(writes()).toEqual(['PATCH']);
    expect((await client.getFlow(idOf(flow))).name).toBe('Renamed');
    expect(terminal.screen()).toContain(`enter/esc ${english('key.to-flows')}`);
    await terminal.press(keys.enter, inEnglish.allOf(6));
    await terminal.waitFor(inEnglish.inRow('Renamed'));
    expect(readdirSync(folder).filter((name) => name.endsWith('.json'))).toEqual([]);
    // It is over: nothing is left to go on with, and nothing is asked on leaving.
    terminal.write(keys.ctrl('c'));
    expect(await terminal.waitForEnd()).toBe(130);
    await open([]).waitFor(inEnglish.questions.platform);
    const [{ run: id }] = JSON.parse((await run(['history', '--json'])).stdout) as [{ run: string }];
    expect((await run(['rollback', id, '--yes'])).exitCode).toBe(0);
    expect((await client.getFlow(idOf(flow))).name).toBe(before);
  });

  itInSoak('pauses one by its key and lets it go on, as the commands do', async () => {
    const { open, stateOf, run } = await liveFlows();
    const terminal = open([]);
    await toFlow(terminal, flow);
    await terminal.press('p', `Pause "${flow}" in dev?`);
    // Enter alone is no yes.
    await terminal.press(keys.enter, (seen) => !seen.includes('in dev?'));
    expect(await stateOf(flow)).toBe('enabled');
    await terminal.press('p', `Pause "${flow}" in dev?`);
    await terminal.press('y', 'is paused');
    expect(await stateOf(flow)).toBe('disabled');
    await goOn(terminal);
    await terminal.waitFor(english('flow.enableHint'));
    await terminal.press(keys.escape, /‖ Loyalty to SFTP .*disabled/);
    await terminal.press(keys.enter, english('flow.enableHint'));
    await terminal.press('p', `Let "${flow}" in dev export again?`);
    await terminal.press('y', 'Enabling the dataflow');
    await terminal.waitFor((seen) => seen.trimEnd().endsWith(english('flow.goOn').trim()));
    expect(await stateOf(flow)).toBe('enabled');
    const acts = JSON.parse((await run(['history', '--json'])).stdout) as { errand: string }[];
    expect(acts.map(({ errand }) => errand).sort()).toEqual(['disable', 'enable']);
  });

  itInSoak(
    'removes one by its name only, says what becomes of its connections, and has it no more',
    async () => {
      const { open, client, idOf, writes } = await liveFlows();
      const terminal = open([]);
      await toFlow(terminal, flow);
      await terminal.press('D', 'Type its name');
      // Neither Enter nor the key that asked is a name.
      await terminal.press('D\r', english('review.confirmMismatch'));
      expect(writes()).toEqual([]);
      await terminal.press(keys.escape, (seen) => !seen.includes('Type its name'));
      await terminal.press('D', 'Type its name');
      await terminal.press(`${flow}\r`, 'is deleted');
      expect(terminal.screen()).toMatch(/Storage location Loyalty to SFTP/);
      expect(await client.exists('flows', idOf(flow))).toBe(false);
      expect(writes()).toEqual(['DELETE']);
      await goOn(terminal);
      await terminal.waitFor(inEnglish.allOf(5));
      expect(terminal.screen()).not.toContain(flow);
    },
  );

  itInSoak('removes the one that it named, or none: not the one that stands there by now', async () => {
    const { open, client, idOf, writes, run } = await liveFlows();
    const terminal = open([]);
    await toFlow(terminal, flow);
    await terminal.press('D', 'Type its name');
    // Somebody else is quicker, and another one takes its name.
    expect((await run(['delete', idOf(flow), '--yes'])).exitCode).toBe(0);
    const before = writes().length;
    await terminal.press(`${flow}\r`, (seen) => seen.trimEnd().endsWith(english('flow.goOn').trim()));
    expect(writes().slice(before)).toEqual([]);
    expect(await client.exists('flows', idOf('CRM weekly'))).toBe(true);
  });

  itInSoak(
    'exports at once what is still there of what was marked, and nothing where that is left',
    async ({ expect }) => {
      const { open, client, idOf, names, writes } = await liveFlows();
      const terminal = open([]);
      const name = 'Nightly all';
      await toFlow(terminal, name);
      await terminal.press('x', 'commas:');
      // Typed ahead, between two questions.
      terminal.write(`1-3\r${keys.ctrl('c')}`);
      await goOn(terminal);
      await terminal.waitFor((seen) => inEnglish.inRow(inEnglish.change).test(seen));
      expect(writes()).toEqual([]);
      await terminal.press('x', 'commas:');
      await terminal.press('1-3\r', 'Type "yes":');
      const { etag = '' } = await client.getFlow(idOf(name));
      const at = '/transformations/0/params/segmentSelectors/selectors/1';
      await client.patchFlow(idOf(name), etag, [{ op: 'remove', path: at }]);
      await expect.poll(() => names(name)).toHaveLength(117);
      const taken = english('export.taken', { name, id: idOf(name), count: 2 });
      await terminal.press('yes\r', (seen) => seen.replaceAll(/\s+/g, ' ').includes(taken));
      expect(writes()).toEqual(['PATCH', 'POST']);
    },
  );

  itInSoak.each<[string, string, string | undefined]>([
    ['p', `Pause "${flow}" in dev?`, undefined],
    ['D', 'Type its name', undefined],
    ['x', 'commas:', 'None of them is'],
  ])('takes %s again, and what is pasted, for no answer', async (key, asked, refused) => {
    const { open, writes } = await liveFlows();
    const terminal = open([]);
    await toFlow(terminal, flow);
    // Nothing that is pasted is a key.
    terminal.write(keys.paste(`${key}y\ryes\r`));
    await terminal.press(key, asked);
    terminal.write(key);
    terminal.write(keys.paste(`${key}y\ryes\r`));
    if (refused !== undefined)
      await terminal.waitFor((seen) => seen.includes(refused) && seen.trimEnd().endsWith(asked));
    // Only what comes of it is looked at: the second key may have put it away, be its text, or be no answer.
    await terminal.press(keys.escape, () => true);
    terminal.write(keys.ctrl('c'));
    await terminal.waitFor((seen) => !seen.trimEnd().endsWith(asked));
    expect(writes()).toEqual([]);
  });

  itInSoak.each([`p${keys.left}y`, `p${keys.left}${keys.enter}`, `p${keys.down}${keys.right}y`, 'py'])(
    'confirms nothing by what came with the key that asks: %j',
    async (pressed) => {
      const { open, writes } = await liveFlows();
      const terminal = open([]);
      await toFlow(terminal, flow);
      terminal.write(pressed);
      // What is pressed once the question is there is heard.
      await terminal.press(keys.escape, (seen) => !seen.includes('in dev?') || seen.includes('Dataflows'));
      terminal.write(keys.ctrl('c'));
      await terminal.waitForEnd();
      expect(writes()).toEqual([]);
    },
  );

  itInSoak('saves one as a plan that differs in nothing, and never over another file', async () => {
    const { open, folder, idOf, run } = await liveFlows();
    const terminal = open([]);
    await toFlow(terminal, flow);
    await terminal.press('s', 'loyalty-to-sftp.plan.json');
    await goOn(terminal);
    await terminal.waitFor(english('flow.pullHint'));
    const plans = readdirSync(folder).filter((name) => name.endsWith('.plan.json'));
    expect(plans).toEqual(['loyalty-to-sftp.plan.json']);
    const plan = JSON.parse(readFileSync(path.join(folder, plans[0] ?? ''), 'utf8')) as Plan;
    expect(plan.flow).toBe(idOf(flow));
    expect((await run(['diff', plans[0] ?? ''])).exitCode).toBe(0);
  });

  itInSoak(
    'offers what a change of an earlier start left, and says what somebody has changed since',
    async () => {
      const { open, client, idOf, writes } = await liveFlows();
      const first = open([]);
      await toFlow(first, flow);
      await first.press('e', inEnglish.questions.review);
      await rename(first, 'Mine');
      await first.press(keys.ctrl('c'), english('frame.yes'));
      first.write(keys.ctrl('c'));
      await first.waitForEnd();
      expect(writes()).toEqual([]);

      const { etag = '' } = await client.getFlow(idOf(flow));
      await client.patchFlow(idOf(flow), etag, [{ op: 'replace', path: '/name', value: 'Theirs' }]);
      const second = open([]);
      await second.waitFor(english('question.welcome'));
      await choose(second, english('welcome.new'));
      await walkHome(second);
      await choose(second, english('welcome.change'));
      const seen = await second.waitFor('Someone else has made 1 change');
      expect(seen.replaceAll(/\s+/g, ' ')).toContain(`before ${flow} · theirs Theirs · yours Mine`);
      // Nothing is sent that takes that back.
      await second.press(keys.enter, 'Change dataflow "');
      await second.press('y', 'Someone else has changed the same');
      expect(writes()).toEqual(['PATCH']);
    },
  );

  itInSoak('is rehearsed on the embedded emulator, from the table and by a name', async () => {
    const stage = ['--emulator', '--sandbox', 'stage'];
    const named = openTerminal({ args: ['Winback test', ...stage] });
    await named.waitFor(inEnglish.questions.review);
    await rename(named, 'Mine');
    await named.press(keys.home, inEnglish.inRow(inEnglish.apply));
    await named.press(keys.enter, 'Change dataflow "');
    await named.press('y', english('report.verified'));
    const table = openTerminal({ args: stage });
    await table.waitFor(inEnglish.questions.sandbox);
    await choose(table, 'stage');
    await table.waitFor(inEnglish.questions.home);
    await choose(table, english('home.flows'));
    await table.waitFor(inEnglish.allOf(6));
    await table.press(keys.escape, inEnglish.questions.home);
    await table.press(keys.escape, inEnglish.questions.sandbox);
    await choose(table, 'dev');
    await table.waitFor(inEnglish.questions.home);
    await choose(table, english('home.flows'));
    await table.waitFor(english('flows.none').slice(0, 60));
    // There is no row to move to, and none to choose.
    expect(await table.waitFor(/^esc back/m)).not.toMatch(/enter choose/);
  });

  itInSoak('keeps nothing of a dataflow that was only looked at', async () => {
    const { open } = await liveFlows();
    const terminal = open([]);
    await toFlow(terminal, flow);
    await terminal.press('e', inEnglish.questions.review);
    await terminal.press(keys.ctrl('c'), english('frame.yes'));
    terminal.write(keys.ctrl('c'));
    await terminal.waitForEnd();
    const again = open([]);
    await again.waitFor(inEnglish.questions.platform);
  });

  itInSoak('says why it could not be read, tries again, and keeps what was read', async () => {
    const emulator = await emulatorWith({ segments: 60, flows: 6, faults: ['GET /flows=503x8'] });
    const terminal = openTerminal({
      env: { ...signedInTo(emulator.url), FERRY_STATE_DIR: path.join(freshFolder(), 'state') },
    });
    await walkHome(terminal);
    await choose(terminal, english('home.flows'));
    await terminal.waitFor('✗');
    await terminal.press(keys.enter, 'CRM weekly');
  });

  itInSoak.for<[string, WalkWords, Text, Pick<TerminalOptions, 'rows' | 'columns' | 'env'>]>([
    ['en/80x24', inEnglish, english, {}],
    ['en/40x15', inEnglish, english, { columns: 40, rows: 15 }],
    ['zh-TW/80x24', inChinese, chinese, { env: { LANG: 'zh_TW.UTF-8' } }],
    ['zh-TW/40x15', inChinese, chinese, { env: { LANG: 'zh_TW.UTF-8' }, columns: 40, rows: 15 }],
  ])('is worked with in %s: paused and removed', async ([, words, say, options], { expect }) => {
    const { open, client, idOf, stateOf } = await liveFlows();
    const terminal = open([], options);
    await toFlow(terminal, flow, words);
    await terminal.waitFor(idOf(flow));
    terminal.write('p');
    const plain = (seen: string): string => seen.replaceAll(/\s+/g, '');
    const asked = (id: 'flow.ask.disable' | 'flow.ask.delete'): string =>
      plain(say(id, { name: flow, sandbox: 'dev' }));
    await terminal.waitFor((seen) => plain(seen).includes(asked('flow.ask.disable')));
    terminal.write('y');
    await goOn(terminal, say);
    await terminal.waitFor((seen) => words.inRow(words.change).test(seen));
    expect(await stateOf(flow)).toBe('disabled');
    terminal.write('D');
    await terminal.waitFor((seen) => plain(seen).includes(asked('flow.ask.delete')));
    terminal.write(`${flow}\r`);
    await goOn(terminal, say);
    await terminal.waitFor(words.allOf(5));
    expect(await client.exists('flows', idOf(flow))).toBe(false);
  });

  itInSoak('is spoken: the list, what can be done with one, and what was done', async () => {
    const { open, stateOf } = await liveFlows();
    const terminal = open(['--accessible'], { rows: 60 });
    const talk = new Talk(terminal);
    await talk.answer(/Where do you want[^]*: $/, 'Your organisation');
    await talk.answer(/In which sandbox[^]*: $/, 'dev');
    await talk.answer(/What would you like[^]*: $/, 'Dataflows');
    const heard = await talk.answer(/Dataflows in sandbox dev[^]*: $/, 'loyalty to');
    expect(heard).toMatch(/✓ Loyalty to SFTP, SFTP, /);
    expect(await talk.answer(/Dataflow "Loyalty to SFTP"[^]*: $/, 'Pause')).toMatch(
      /1\. Change[^]*2\. Pause[^]*3\. Runs[^]*4\. Why[^]*5\. Arrived[^]*6\. Export now[^]*7\. Save as a plan[^]*8\. Delete/,
    );
    await talk.answer(/Type "yes": /, 'yes');
    await talk.answer(/is paused[^]*goes back/, '');
    await talk.answer(/Dataflow "Loyalty to SFTP"[^]*2\. Enable[^]*: $/, ':b');
    await talk.answer(/Dataflows in sandbox dev[^]*: $/, ':b');
    await talk.answer(/What would you like[^]*: $/, 'Dataflows');
    expect(await stateOf(flow)).toBe('disabled');
    // A change that was proven leads back to the list.
    await talk.answer(/Dataflows in sandbox dev[^]*: $/, 'Winback');
    await talk.answer(/Dataflow "Winback test"[^]*: $/, 'Change');
    await talk.answer(english('dialogue.reviewCompare'), '1');
    await talk.answer(english('dialogue.finishToFlows'), '');
    await talk.hear(/Dataflows in sandbox dev[^]*: $/);
  });
});

describeInSoak.concurrent('what broke off', () => {
  itInSoak.each<[string, string[], string[]]>([
    ['pausing', ['POST /flows/*/action=400'], ['disable', flow, '--yes']],
    ['deleting', ['DELETE /flows/*=403'], ['delete', flow, '--yes']],
    ['deleting all of it', ['DELETE /flows/*=403'], ['delete', flow, '--with-connections', '--yes']],
    ['a change', ['PATCH /flows/*=403'], ['apply', 'changed.json', '--yes']],
  ])('offers only commands that are not refused: %s', async (_, faults, args) => {
    const { run, folder } = await liveFlows(6, faults);
    expect((await run(['pull', flow, 'plan.json'])).exitCode).toBe(0);
    const plan = JSON.parse(readFileSync(path.join(folder, 'plan.json'), 'utf8')) as Plan;
    writeFileSync(path.join(folder, 'changed.json'), JSON.stringify({ ...plan, name: 'Changed' }));
    const { exitCode, stderr } = await run(args);
    expect([2, 4]).toContain(exitCode);
    const offered = [...stderr.matchAll(/\b(resume|rollback) ([0-9a-f]{8})/g)];
    expect(offered.length).toBeGreaterThan(0);
    for (const [, command = '', id = ''] of offered) {
      const offer = await run([command, id, '--yes']);
      // It is begun, whatever becomes of it.
      expect([command, offer.stderr]).not.toEqual([command, expect.stringMatching(/undone|no run/i)]);
      expect([0, 2, 4]).toContain(offer.exitCode);
      expect(offer.stderr).not.toMatch(/undone by|cannot be undone|no run/i);
    }
  });
});
