import { spawn } from '@lydell/node-pty';

/**
 * Runs a Node program in a pseudo-terminal of 80 × 24 and tells how long it took, in milliseconds, until
 * its output has `wanted`, or until it ended when nothing is wanted. The program is killed then.
 */
export function timeUntil(args, wanted, env = {}) {
  return new Promise((resolve, reject) => {
    let seen = '';
    let took;
    const startedMs = performance.now();
    const pty = spawn(process.execPath, args, {
      name: 'xterm-256color',
      cols: 80,
      rows: 24,
      env: { PATH: process.env.PATH, HOME: '/nonexistent', TERM: 'xterm-256color', LANG: 'C.UTF-8', ...env },
    });
    pty.onData((chunk) => {
      seen += chunk;
      if (took !== undefined || wanted === undefined || !seen.includes(wanted)) return;
      took = performance.now() - startedMs;
      pty.kill('SIGKILL');
    });
    pty.onExit(() => {
      if (wanted === undefined) resolve(performance.now() - startedMs);
      else if (took === undefined) reject(new Error(`${args.join(' ')} never wrote "${wanted}":\n${seen}`));
      else resolve(took);
    });
  });
}
