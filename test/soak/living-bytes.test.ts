import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { english } from '../../source/locale/catalogs.ts';
import { quietEmulator } from '../helpers/emulator.ts';
import { keys } from '../helpers/keys.ts';
import { signedInTo } from '../helpers/runs.ts';
import { freshFolder, openTerminal, type Terminal } from '../helpers/terminal.ts';
import { choose, walkHome, wordsIn } from '../helpers/walk.ts';

const words = wordsIn(english);
/** Nothing more is drawn of a frame after this, milliseconds. */
const quietMs = 500;
/** A page that draws by a clock draws within this, milliseconds. */
const idleMs = 4000;
/** What is older is read as soon as it is looked at again, milliseconds. */
const oldMs = 16_000;
const focus = { in: '\u001B[I', out: '\u001B[O' };

/** From the first page to the page. */
const pages: readonly [string, (terminal: Terminal) => Promise<unknown>][] = [
  ['dataflows', toFlows],
  [
    'runs',
    async (terminal) => {
      await toHome(terminal);
      await choose(terminal, 'Runs of');
      await terminal.waitFor(/runs · /);
    },
  ],
  [
    'why',
    async (terminal) => {
      await toFlows(terminal);
      await terminal.press('Loyalty to', words.inRow('Loyalty to SFTP'));
      await terminal.press(keys.enter, words.inRow(words.change));
      await terminal.press('w', 'as of');
    },
  ],
];

async function toHome(terminal: Terminal): Promise<void> {
  await walkHome(terminal);
  await terminal.waitFor(words.stands);
}

async function toFlows(terminal: Terminal): Promise<void> {
  await toHome(terminal);
  await choose(terminal, words.flows);
  await terminal.waitFor(words.allOf(6));
}

const written = (terminal: Terminal): number => Buffer.byteLength(terminal.bytes());

/** Waits until nothing more is written. @returns how many bytes there were */
async function settled(terminal: Terminal): Promise<number> {
  for (let before = -1; ; await pause(quietMs)) {
    const now = written(terminal);
    if (now === before) return now;
    before = now;
  }
}

describe.concurrent('a page that follows by itself', () => {
  for (const [name, walk] of pages)
    for (const [columns, rows] of [
      [80, 24],
      [40, 15],
      [120, 40],
    ] as const)
      it(`writes nothing while it waits, and little for a round without change: ${name}, ${columns} × ${rows}`, async () => {
        const { clock, emulator } = await quietEmulator();
        const env = { ...signedInTo(emulator.url), FERRY_STATE_DIR: path.join(freshFolder(), 'state') };
        const terminal = openTerminal({ env, columns, rows });
        await walk(terminal);
        const before = await settled(terminal);
        await pause(idleMs);
        expect(written(terminal) - before).toBe(0);
        terminal.write(focus.out);
        await pause(oldMs);
        expect(written(terminal) - before).toBe(0);
        const calls = emulator.requests.length;
        clock.ms += 30_000;
        terminal.write(focus.in);
        await terminal.waitFor(`as of ${new Date(clock.ms).toISOString().slice(11, 19)}`);
        const took = (await settled(terminal)) - before;
        expect(emulator.requests.length).toBeGreaterThan(calls);
        expect(took).toBeLessThanOrEqual(200);
      });
});
