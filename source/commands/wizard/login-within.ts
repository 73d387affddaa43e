import type { Flags } from '../console/arguments.ts';
import { askLine } from '../console/ask.ts';
import { exitCode } from '../console/exit-codes.ts';
import { isStop } from '../console/stop.ts';
import { line, type Streams } from '../console/streams.ts';
import { runLogin } from '../login.ts';

/**
 * `ferry login` from within the wizard, on the terminal as it is: Esc and Ctrl+C lead back.
 *
 * @returns the secret that was typed, if one was; nothing where nobody signed in
 */
export async function loginWithin(
  flags: Flags,
  streams: Streams,
): Promise<{ readonly typed: string | undefined } | undefined> {
  const { stdin, stdout, text } = streams;
  const within: Streams = { ...streams, stdin, stdout, leavesWithEscape: true };
  line(stdout);
  line(stdout, text('platform.loginHint'));
  let typed: string | undefined;
  const code = await runLogin({ command: 'login', rest: [], flags }, within, (secret) => (typed = secret));
  if (code === exitCode.done) return { typed };
  if (code === exitCode.interrupted) return undefined;
  // Why it failed stands above, and would be gone with the next frame.
  await askLine(text('platform.loginFailed'), within).catch((error: unknown) => {
    if (!isStop(error)) throw error;
  });
  return undefined;
}
