import type { Flags } from './arguments.ts';
import { exitCode } from './exit-codes.ts';
import { wasRead } from './standard-input.ts';
import { type Sentence, Stop } from './stop.ts';
import { interrupted, line, type Streams, takeUnheard } from './streams.ts';
import { columnsOf, promptOf, tell } from './wrap-said.ts';

/** Whether somebody is there to be asked, a line at a time. */
export const canAsk = (flags: Flags, { stdin, stdout }: Streams): boolean =>
  flags['no-input'] !== true && flags.json !== true && stdin.isTTY && stdout.isTTY && !wasRead(stdin);

/**
 * Asks for a line.
 *
 * @throws Stop (130) when the person ends it with Ctrl+C or Ctrl+D.
 */
export function askLine(question: string, streams: Streams): Promise<string> {
  const { stdout } = streams;
  const { above, prompt } = promptOf(stdout, question);
  for (const one of above) line(stdout, one);
  return readLine(prompt, stdout, streams);
}

/** How secrets are asked for in a run; nothing where nobody can be asked. */
export const secretPrompt = (
  flags: Flags,
  streams: Streams,
): ((name: string) => Promise<string>) | undefined =>
  canAsk(flags, streams) ? (name) => askHidden(streams.text('command.ask', { name }), streams) : undefined;

/** Asks for a secret without showing it; otherwise as `askLine`. */
export async function askHidden(question: string, streams: Streams): Promise<string> {
  const { stdin, stdout } = streams;
  const { Writable } = await import('node:stream');
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  // The terminal stops showing what is typed before anybody is asked to type.
  stdin.setRawMode(true);
  const { above, prompt } = promptOf(stdout, question);
  for (const one of above) line(stdout, one);
  stdout.write(prompt);
  try {
    return await readLine('', silent, streams);
  } finally {
    stdout.write('\n');
  }
}

async function readLine(
  question: string,
  output: NodeJS.WritableStream,
  { stdin, stdout: shown, leavesWithEscape = false, unheard }: Streams,
): Promise<string> {
  const { createInterface } = await import('node:readline');
  const { escapeKey, interruptKey, KeyStream } = await import('../../terminal/key-stream.ts');
  const isShown = output === shown;
  const left = (): Stop => {
    if (isShown) shown.write('\n');
    return new Stop(exitCode.interrupted, (text) => text('command.notConfirmed'));
  };
  if (takeUnheard(unheard)) throw left();
  const input = new KeyStream(stdin);
  const asking = createInterface({ input, output, terminal: true });
  if (unheard) unheard.act = () => asking.close();
  return new Promise<string>((resolve, reject) => {
    const leave = (): void => reject(left());
    asking.once('SIGINT', () => asking.close());
    if (leavesWithEscape)
      input.on('keypress', (_, { sequence }: { sequence?: string }) => {
        if (sequence === escapeKey) asking.close();
      });
    asking.once('close', leave);
    asking.question(question, (said) => {
      asking.off('close', leave);
      asking.close();
      resolve(said.trim());
    });
  }).finally(() => {
    if (unheard) unheard.act = undefined;
    // What leaves is heard also where it was typed ahead of a question that is still to come.
    const ahead = input.close();
    if (!ahead.includes(interruptKey) && !(leavesWithEscape && ahead.includes(escapeKey))) return;
    if (unheard) interrupted(unheard);
    else process.kill(process.pid, 'SIGINT');
  });
}

/**
 * Asks for one of several things, by its number or its name.
 *
 * @param preferred - What Enter alone means.
 */
export async function askChoice(
  question: string,
  options: readonly { name: string; hint?: string }[],
  preferred: string | undefined,
  streams: Streams,
): Promise<string> {
  const { stdout, text } = streams;
  const { tableLines } = await import('./table-text.ts');
  tell(stdout, question);
  const rows = options.map(({ name, hint = '' }, at) => [`  ${at + 1}`, name, hint]);
  for (const one of tableLines(rows, columnsOf(stdout))) line(stdout, one);
  const prompt = preferred === undefined ? '> ' : `[${preferred}] > `;
  for (;;) {
    const said = (await askLine(prompt, streams)) || (preferred ?? '');
    const chosen =
      options[Number(said.normalize('NFKC')) - 1]?.name ?? options.find(({ name }) => name === said)?.name;
    if (chosen !== undefined) return chosen;
    tell(stdout, text('ask.notOneOf', { most: options.length }));
  }
}

/** Whether a question that can be asked is answered with yes; anything else is no. */
export const askSure = async (question: string, streams: Streams): Promise<boolean> =>
  /^y(es)?$/i.test((await askLine(question, streams)).normalize('NFKC'));

/**
 * Whether the person is sure, by `--yes` or by an answer.
 *
 * @param unasked - What to say where nobody can be asked.
 * @param wanted - What has to be typed; `yes` where nothing is named.
 * @throws Stop (3) where nobody can be asked.
 */
export async function confirmText(
  question: string,
  unasked: Sentence,
  flags: Flags,
  streams: Streams,
  wanted?: string,
): Promise<boolean> {
  if (flags.yes === true) return true;
  if (!canAsk(flags, streams)) throw new Stop(exitCode.needsTerminal, unasked);
  const { stdout, text } = streams;
  const isSure =
    wanted === undefined ? await askSure(question, streams) : (await askLine(question, streams)) === wanted;
  if (!isSure) tell(stdout, text('command.notConfirmed'));
  return isSure;
}
