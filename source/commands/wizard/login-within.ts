import type { Flags } from '../console/arguments.ts';
import { exitCode } from '../console/exit-codes.ts';
import { line, type Streams } from '../console/streams.ts';
import { tell } from '../console/wrap-said.ts';
import { runLogin } from '../login.ts';
import { untilRead, withinWizard } from './within.ts';

/**
 * `ferry login` from within the wizard, on the terminal as it is: Esc and Ctrl+C lead back.
 *
 * @returns the secret that was typed, if one was; nothing where nobody signed in
 */
export function loginWithin(
  flags: Flags,
  streams: Streams,
): Promise<{ readonly typed: string | undefined } | undefined> {
  const { text } = streams;
  return withinWizard(streams, async (within) => {
    const { stdout } = within;
    line(stdout);
    tell(stdout, text('platform.loginHint'));
    let typed: string | undefined;
    const code = await runLogin({ command: 'login', rest: [], flags }, within, (secret) => (typed = secret));
    if (code === exitCode.done) return { typed };
    if (code === exitCode.interrupted) return undefined;
    await untilRead(text('platform.loginFailed'), within);
    return undefined;
  });
}
