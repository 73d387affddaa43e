import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { english, textIn } from '../../source/locale/catalogs.ts';
import type { Language } from '../../source/locale/texts.ts';
import { displayWidth } from '../../source/components/text/width.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { keys } from '../helpers/keys.ts';
import { signedInTo } from '../helpers/runs.ts';
import { Talk } from '../helpers/talk.ts';
import { freshFolder, openTerminal } from '../helpers/terminal.ts';
import { choose, wordsIn } from '../helpers/walk.ts';

const nowMs = Date.UTC(2026, 10, 26, 13, 34);

/** A morning on which the exports of one dataflow failed and those of another never began. */
async function morning() {
  const emulator = await emulatorWith({
    flows: 6,
    segments: 200,
    runFaults: ['Loyalty to SFTP/*=failed@2026-11-26T12', 'Newsletter/*=missing@2026-11-26T12', '*=none'],
    now: () => nowMs,
  });
  const env = { ...signedInTo(emulator.url), FERRY_STATE_DIR: path.join(freshFolder(), 'state') };
  return { emulator, env };
}

const exportsAsked = ({ requests }: Awaited<ReturnType<typeof morning>>['emulator']): number =>
  requests.filter(({ method, path: at }) => method === 'POST' && at.endsWith('/adhocrun')).length;

/** The line under the cursor says so. */
const underCursor = (said: string): RegExp => new RegExp(`^[❯>] [^\\n]*${escaped(said)}`, 'm');

const escaped = (said: string): string => said.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');

describe.concurrent('the pages of the console', () => {
  for (const language of ['en', 'zh-TW'] as const satisfies Language[])
    for (const [columns, rows] of [
      [80, 24],
      [40, 15],
      [120, 40],
    ] as const)
      it(`lead from what is wrong to its export: ${language}, ${columns} × ${rows}`, async () => {
        const { emulator, env } = await morning();
        const say = await textIn(language, {});
        const words = wordsIn(say);
        const lang = language === 'en' ? {} : { LANG: 'zh_TW.UTF-8' };
        const terminal = openTerminal({ env: { ...env, ...lang }, columns, rows });
        const fits = async (wanted: Parameters<typeof terminal.waitFor>[0]): Promise<string> => {
          const seen = await terminal.waitFor(wanted);
          for (const line of seen.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
          expect(seen.split('\n').length).toBeLessThanOrEqual(rows);
          return seen;
        };
        await terminal.waitFor(words.questions.platform);
        await choose(terminal, words.organisation);
        await terminal.waitFor(words.questions.sandbox);
        await choose(terminal, 'dev');
        // How everything stands is read by then: nothing on the page changes by itself any more.
        await fits((seen) => seen.includes(words.questions.home) && seen.includes(say('home.why')));
        // The findings, and why one of them is one.
        await terminal.press('w', (seen) => seen.includes('Loyalty to SFTP') && seen.includes('Newsletter'));
        await fits(say('status.kind.failed'));
        await terminal.press(keys.enter, (seen) => !seen.includes('Loyalty to SFTP ›'));
        await fits('Newsletter');
        await terminal.press(keys.escape, (seen) => seen.includes('Loyalty to SFTP'));
        await terminal.press(keys.escape, (seen) => seen.includes(words.questions.home));
        // The table has each stand the same way.
        // By its number: what is said beside the rows may be read anew while a cursor goes there.
        await terminal.press(
          '2',
          (seen) => seen.includes(words.questions.flows) && seen.includes(say('list.search')),
        );
        await fits((seen) => seen.includes('✗ Loyalty to SFTP') && seen.includes('✗ Newsletter'));
        await terminal.press('Loyalty to', underCursor('Loyalty to SFTP'));
        const isFlow = (seen: string): boolean =>
          underCursor(words.change).test(seen) && !seen.includes(say('list.search'));
        await terminal.press(keys.enter, isFlow);
        // Why, its runs, and the export of two of its segments.
        await terminal.press('w', '13:34:00 UTC');
        await fits('13:34:00 UTC');
        await terminal.press(keys.escape, isFlow);
        await terminal.press('r', /✗ \d\d:\d\d/);
        await fits(/✗ \d\d:\d\d/);
        await terminal.press(keys.escape, isFlow);
        const plain = (seen: string): string => seen.replaceAll(/\s+/g, '');
        await terminal.press('x', (seen) => plain(seen).includes('1,3-5'));
        terminal.write('1, 3\r');
        await terminal.waitFor((seen) => /2(segments|個區段)/.test(plain(seen)) && seen.includes('yes'));
        terminal.write('yes\r');
        await terminal.waitFor((seen) => seen.trimEnd().endsWith(say('flow.goOn').trim()));
        expect(exportsAsked(emulator)).toBe(1);
        // What was asked for is followed.
        terminal.write(keys.enter);
        await fits(/✗ \d\d:\d\d|⠦|▲/);
      });

  it('are heard as lines', async () => {
    const { emulator, env } = await morning();
    const talk = new Talk(openTerminal({ args: ['--accessible'], env, rows: 60 }));
    await talk.answer(/Where do you want[^]*: $/, 'Your organisation');
    await talk.answer(/In which sandbox[^]*: $/, 'dev');
    const home = await talk.answer(/What would you like[^]*: $/, 'Findings');
    expect(home).toMatch(/Exports now: \d+ late, \d+ failed\./);
    const found = await talk.answer(/as of 13:34[^]*: $/, ':b');
    expect(found).toMatch(/✗ late {2}Newsletter[^]*✗ failed {2}Loyalty to SFTP/);
    await talk.answer(/What would you like[^]*: $/, 'Dataflows');
    expect(await talk.answer(/Dataflows in sandbox dev[^]*: $/, 'Loyalty to')).toMatch(
      /✗ Loyalty to SFTP, SFTP, failed 1 h ago/,
    );
    await talk.answer(/Dataflow "Loyalty to SFTP"[^]*: $/, 'Export now');
    await talk.answer(/1, 3-5[^]*commas:/, '2');
    await talk.answer(/Type "yes": /, 'yes');
    await talk.hear(english('flow.goOn').trim());
    expect(exportsAsked(emulator)).toBe(1);
  });
});
