/** Terminals that are known to leave it alone, by what they say of themselves. */
const deaf = (env: Readonly<Record<string, string | undefined>>): boolean =>
  env['TERM_PROGRAM'] === 'Apple_Terminal' ||
  env['VTE_VERSION'] !== undefined ||
  // A multiplexer takes it only where it was told to.
  env['TMUX'] !== undefined ||
  /^(screen|linux|dumb)/.test(env['TERM'] ?? '');

/**
 * Asks the terminal to put a text into the clipboard of whoever sits before it (OSC 52), also over SSH.
 *
 * @returns Whether nothing speaks against it: no terminal says that it has done so.
 */
export function copyText(
  stdout: NodeJS.WritableStream,
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  stdout.write(`\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`);
  return !deaf(env);
}
