import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { askLine } from '../../source/commands/console/ask.ts';
import { listenForEnd } from '../../source/commands/console/listen-for-end.ts';
import { readOn, type Streams } from '../../source/commands/console/streams.ts';
import { untilRead, withinWizard } from '../../source/commands/wizard/within.ts';
import { unicodeGlyphs } from '../../source/components/theme/glyphs.ts';
import { english } from '../../source/locale/catalogs.ts';
import { keys } from '../helpers/keys.ts';

/** A terminal on which somebody is asked. */
function terminal() {
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  const stdout = new PassThrough();
  let said = '';
  stdout.on('data', (data: Buffer) => (said += data.toString()));
  const streams: Streams = {
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout: stdout as unknown as NodeJS.WriteStream,
    stderr: new PassThrough() as unknown as NodeJS.WriteStream,
    env: {},
    text: english,
    english,
    glyphs: unicodeGlyphs,
    brokenPipe: readOn(),
  };
  /** Types once the question is there. */
  const type = async (question: string, typed: string): Promise<void> => {
    await expect.poll(() => said).toContain(question);
    stdin.write(typed);
  };
  return { streams, type };
}

const isLeft = { exitCode: 130 };
const interrupt = (): boolean => process.emit('SIGINT', 'SIGINT');

describe('what leaves a question within the wizard', () => {
  it.each([
    ['Ctrl+C', keys.ctrl('c')],
    ['Esc', keys.escape],
  ])('is heard where it was typed ahead of that: %s', async (_, key) => {
    const { streams, type } = terminal();
    await withinWizard(streams, async (within) => {
      const first = askLine('First? ', within);
      await type('First?', `1\r${key}`);
      expect(await first).toBe('1');
      await expect(askLine('Second? ', within)).rejects.toMatchObject(isLeft);
    });
  });

  it('is heard once where it came while nobody was asked', async () => {
    const { streams, type } = terminal();
    await withinWizard(streams, async (within) => {
      interrupt();
      await expect(askLine('First? ', within)).rejects.toMatchObject(isLeft);
      const second = askLine('Second? ', within);
      await type('Second?', '2\r');
      expect(await second).toBe('2');
    });
  });

  it('is heard while it is asked, also as a signal', async () => {
    const { streams, type } = terminal();
    await withinWizard(streams, async (within) => {
      const first = askLine('First? ', within);
      const left = expect(first).rejects.toMatchObject(isLeft);
      await type('First?', 'text');
      interrupt();
      await left;
    });
  });

  it('is heard by what is begun after the question', async () => {
    const { streams } = terminal();
    await withinWizard(streams, (within) => {
      interrupt();
      let ends = 0;
      listenForEnd(within, () => ends++)();
      listenForEnd(within, () => ends++)();
      expect(ends).toBe(1);
      return Promise.resolve();
    });
  });

  it('does not pass by what is to be read', async () => {
    const { streams, type } = terminal();
    await withinWizard(streams, async (within) => {
      interrupt();
      let isRead = false;
      const reading = untilRead('Enter goes back', within).then(() => (isRead = true));
      await type('Enter goes back', '');
      expect(isRead).toBe(false);
      await type('Enter goes back', '\r');
      await reading;
    });
  });
});
