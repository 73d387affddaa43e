import { spawn } from 'node:child_process';
import { errorMonitor } from 'node:events';
import { expect, it } from 'vitest';
import { ignoreGone } from './gone.ts';
import { giveInput } from './program.ts';
import { openPty, type Pty } from './pty.ts';

const env = { PATH: process.env['PATH'] ?? '', TERM: 'xterm' };

/** What a program writes until it ends. */
async function heard(pty: Pty): Promise<string> {
  let said = '';
  pty.onData((chunk) => (said += chunk));
  await pty.ended;
  return said;
}

it('a program that ends before its input is read has ended, and nothing else', async () => {
  const child = spawn('sh', ['-c', 'exec <&-; echo deaf; read held < /dev/fd/3'], {
    env,
    stdio: ['pipe', 'pipe', 'ignore', 'pipe'],
  });
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  // More than a pipe holds, into one that nobody has open any more.
  // Looked at and not taken: what nobody takes fails the run.
  const said = new Promise<NodeJS.ErrnoException>((resolve) => child.stdin?.once(errorMonitor, resolve));
  giveInput(child, 'x'.repeat(1_000_000));
  expect((await said).code).toBe('EPIPE');
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('close', resolve));
});

it('any other error of a stream is told', () => {
  expect(() => ignoreGone(Object.assign(new Error('no room'), { code: 'ENOSPC' }))).toThrow('no room');
});

it('a terminal whose program is gone takes what is done to it, and hands it to no other', async () => {
  const size = { columns: 80, rows: 24, env };
  const first = openPty('true', [], size);
  expect(await first.ended).toBe(0);
  // It gets the descriptor that the first one had.
  const second = openPty('sh', ['-c', 'read said; echo "$said"; stty size'], size);
  first.write('of the first\r');
  first.resize(50, 10);
  first.kill('SIGKILL');
  first.hangUp();
  const said = heard(second);
  second.write('of the second\r');
  expect((await said).split('\r\n')).toEqual(['of the second', 'of the second', '24 80', '']);
});

it('a terminal that is written to while its program dies is quiet', async () => {
  const pty = openPty('sh', ['-c', 'sleep 60'], { columns: 80, rows: 24, env });
  let hasEnded = false;
  void pty.ended.then(() => (hasEnded = true));
  pty.kill('SIGKILL');
  for (let round = 0; !hasEnded; round++) {
    pty.write('x'.repeat(10_000));
    pty.resize(80 + (round % 10), 24);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await pty.ended).toBe(128 + 9);
});
