import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../source/components/text/width.ts';
import { english } from '../../source/locale/catalogs.ts';
import { textsOf } from '../../source/locale/texts.ts';
import { zhTW } from '../../source/locale/zh-TW.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { keptFrame } from '../helpers/kept-frame.ts';
import { keys } from '../helpers/keys.ts';
import { signedInTo } from '../helpers/runs.ts';
import { endWithTest } from '../helpers/scope.ts';
import { byDay, itInSoak } from '../helpers/soak.ts';
import { freshFolder, openTerminal, type Terminal, type TerminalOptions } from '../helpers/terminal.ts';
import {
  type Answers,
  choose,
  fillForms,
  moveTo,
  newerJourneys,
  walkHome,
  type WalkWords,
  wordsIn,
} from '../helpers/walk.ts';

const inEnglish = wordsIn(english);
const inZhTW = textsOf(zhTW, 'zh-TW');
const inChinese = wordsIn(inZhTW);
const landingZone: Answers = {
  destination: 'Data Landing Zone',
  signInFields: {},
  locationFields: { 'Folder path': 'daily' },
};
const sftp = newerJourneys['SFTP, password'] ?? expect.unreachable();
const blob = newerJourneys['Azure Blob'] ?? expect.unreachable();

/** The wizard on an organisation, up to the question of the storage, and with it whatever is done there. */
async function atStorage(
  answers: Answers,
  { env, ...options }: TerminalOptions,
  words: WalkWords,
  work: (terminal: Terminal) => Promise<void>,
): Promise<void> {
  const emulator = await emulatorWith();
  const state = { HOME: freshFolder(), FERRY_STATE_DIR: freshFolder() };
  const terminal = openTerminal({ ...options, env: { ...signedInTo(emulator.url), ...state, ...env } });
  await walkHome(terminal, words);
  await terminal.press(keys.enter, words.questions.destination);
  await choose(terminal, answers.destination);
  await fillForms(terminal, answers, words, () => work(terminal));
}

const chinese = { LANG: 'zh_TW.UTF-8' };
const frames: [string, WalkWords, TerminalOptions][] = [
  ['en-80x24', inEnglish, {}],
  ['en-40x15', inEnglish, { columns: 40, rows: 15 }],
  ['ascii-80x24', inEnglish, { env: { LC_ALL: 'C' } }],
  ['zh-TW-80x24', inChinese, { env: chinese }],
  ['zh-TW-40x15', inChinese, { env: chinese, columns: 40, rows: 15 }],
];
/** Ports, and the moment of a look, as wide as they were. */
const steady = (screen: string): string =>
  screen.replaceAll(/(?<=127\.0\.0\.1:)\d{5}/g, 'nnnnn').replaceAll(/\d\d:\d\d:\d\d(?= UTC)/g, 'hh:mm:ss');

/** A port of this machine where nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe.concurrent('the page that looks at the storage', () => {
  itInSoak.for(frames)('looks as it should: %s', async ([name, words, options], { expect: expects }) => {
    const { columns = 80, rows = 24 } = options;
    await atStorage(landingZone, options, words, async (terminal) => {
      await terminal.waitFor(/(?:^| )\? \S+$/m);
      const screen = await keptFrame(terminal, `storage/${name}.txt`, steady);
      await expects(screen).toMatchFileSnapshot(`../golden/storage/${name}.txt`);
      expects(screen.split('\n').length).toBeLessThan(rows);
      for (const line of screen.split('\n')) expects(displayWidth(line)).toBeLessThanOrEqual(columns);
    });
  });

  it.for(byDay(frames, ([name]) => name === 'zh-TW-40x15'))(
    'says what is wrong, and says it again on the page: %s',
    async ([name, words, options], { expect: expects }) => {
      const { columns = 80 } = options;
      const text = name.startsWith('zh') ? inZhTW : english;
      const key = Buffer.from('PLANTEDkey').toString('base64');
      const where = `http://127.0.0.1:${await closedPort()}/acme`;
      const opens = `DefaultEndpointsProtocol=http;AccountName=acme;AccountKey=${key};BlobEndpoint=${where}`;
      const signInFields = { 'Connection string': opens };
      await atStorage({ ...blob, signInFields }, options, words, async (terminal) => {
        await moveTo(terminal, text('storagePage.look'));
        await terminal.press(keys.enter, text('flow.goOn').trim());
        const said = await keptFrame(terminal, `storage/check-${name}.txt`, steady);
        await expects(said).toMatchFileSnapshot(`../golden/storage/check-${name}.txt`);
        await terminal.press(keys.enter, text('storagePage.goOn'));
        const page = await keptFrame(terminal, `storage/seen-${name}.txt`, steady);
        await expects(page).toMatchFileSnapshot(`../golden/storage/seen-${name}.txt`);
        for (const screen of [said, page]) {
          for (const secret of ['PLANTED', key]) expects(screen).not.toContain(secret);
          for (const line of screen.split('\n')) expects(displayWidth(line)).toBeLessThanOrEqual(columns);
        }
        await moveTo(terminal, text('storagePage.goOn'));
      });
    },
  );

  itInSoak.each([
    ['Esc', keys.escape],
    ['Ctrl+C', '\u0003'],
  ])('lets go of a server that says nothing, with %s', async (_, key) => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => void sockets.push(socket.on('error', () => undefined)));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    endWithTest(() => {
      for (const socket of sockets) socket.destroy();
      silent.close();
    });
    const port = String((silent.address() as AddressInfo).port);
    const signInFields = { Domain: '127.0.0.1', Username: 'crm', Password: 'PLANTEDpassword', Port: port };
    await atStorage({ ...sftp, signInFields }, {}, inEnglish, async (terminal) => {
      await moveTo(terminal, english('storagePage.look'));
      await terminal.press(keys.enter, english('storage.waitsWithin'));
      await terminal.press(key, english('flow.goOn').trim());
      expect(terminal.screen()).toContain(english('command.left'));
      const page = await terminal.press(keys.enter, english('storagePage.goOn'));
      // Nobody has seen that anything is wrong.
      expect(page).not.toContain('Looked at');
      await moveTo(terminal, english('storagePage.goOn'));
    });
  });
});
