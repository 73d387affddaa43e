import { openPty } from '../test/helpers/pty.ts';

/** A program that takes this long is stuck, milliseconds. */
const deadlineMs = 30_000;

/**
 * Runs a Node program in a pseudo-terminal of 80 × 24 and tells how long it took, in milliseconds, until its
 * output has `wanted`, or until it ended when nothing is wanted. It ends by itself, with Ctrl-C where it would
 * stay: a program that is killed leaves out what others do at their end.
 */
export function timeUntil(args, { wanted, stays = false, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    let seen = '';
    let took;
    const startedMs = performance.now();
    const pty = openPty(process.execPath, args, {
      columns: 80,
      rows: 24,
      env: { PATH: process.env.PATH, HOME: '/nonexistent', TERM: 'xterm-256color', LANG: 'C.UTF-8', ...env },
    });
    const deadline = setTimeout(() => pty.kill('SIGKILL'), deadlineMs);
    pty.onData((chunk) => {
      seen += chunk;
      if (took !== undefined || wanted === undefined || !seen.includes(wanted)) return;
      took = performance.now() - startedMs;
      if (stays) pty.write('\u0003');
    });
    void pty.ended.then((exitCode) => {
      clearTimeout(deadline);
      const endedMs = performance.now() - startedMs;
      // The end of the last output may come after the end of the program.
      if (wanted === undefined) took = endedMs;
      else if (seen.includes(wanted)) took ??= endedMs;
      if (took !== undefined && exitCode === (stays ? 130 : 0)) resolve(took);
      else
        reject(new Error(`${args.join(' ')} did not write "${wanted}" and end well (${exitCode}):\n${seen}`));
    });
  });
}
