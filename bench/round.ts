// npm run bench:round: from a key press to the frame in which the cursor has moved, on the page of 21,600 runs of 100
// dataflows, once while nothing is read and once while a round of all of them comes in. The platform is a process of
// its own.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { keys } from '../test/helpers/keys.ts';
import { openTerminal, type Terminal } from '../test/helpers/pseudo-terminal.ts';
import { choose, questions } from '../test/helpers/walk.ts';
import { quantile, setting } from './median.mjs';
import { signedIn } from './signed-in.ts';

const presses = Number(process.argv[2] ?? 120);
const mostMs = 50;

const underCursor = (screen: string): string => /^[❯>] .*$/m.exec(screen)?.[0] ?? '';

/** Milliseconds from a key to the frame that it moves the cursor in. */
async function press(terminal: Terminal, key: string): Promise<number> {
  const before = underCursor(terminal.screen());
  const startedMs = performance.now();
  terminal.write(key);
  // Whoever waits must not take what the program could have worked with.
  while (underCursor(terminal.screen()) === before) await new Promise((resolve) => setTimeout(resolve, 1));
  return performance.now() - startedMs;
}

const platform = fork(fileURLToPath(new URL('round/platform.ts', import.meta.url)));
const [url] = (await once(platform, 'message')) as [string];
const terminal = openTerminal({
  env: signedIn(url),
});
await terminal.waitFor('Where do you want to work?');
await choose(terminal, 'Your organisation');
await choose(terminal, 'dev');
await terminal.waitFor(questions.home);
await terminal.waitFor(/Nothing is late|Exports now/);
await choose(terminal, 'Runs of');
await terminal.waitFor(/\d\d,\d\d\d runs · /);

/** Moves up and down at the pace of a hand. */
async function work(readsNow: boolean): Promise<number[]> {
  const took: number[] = [];
  for (let at = 0; at < presses; at++) {
    // A round lasts some seconds, and then there is the next.
    if (readsNow && at % 30 === 0) terminal.write('r');
    took.push(await press(terminal, at % 2 === 0 ? keys.down : keys.up));
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  return took;
}

await work(false);
await terminal.press('z', 'held since');
const still = await work(false);
await terminal.press('z', (seen) => !seen.includes('held since'));
const busy = await work(true);
console.log(`From a key press to the frame of it, 21,600 runs, 80 × 24 (${setting()})`);
for (const [what, took] of [
  ['nothing is read', still],
  ['a round comes in', busy],
] as const)
  console.log(
    `  ${what.padEnd(18)} median ${quantile(took, 0.5).toFixed(1)} ms   p95 ${quantile(took, 0.95).toFixed(1)} ms   most ${Math.max(...took).toFixed(1)} ms`,
  );
const p95 = quantile(busy, 0.95);
console.log(`  p95 while a round comes in: at most ${mostMs} ms   ${p95 <= mostMs ? 'ok' : 'TOO SLOW'}`);
console.log(`  p95 with a round ÷ without: ${(p95 / quantile(still, 0.95)).toFixed(2)}`);
terminal.kill('SIGKILL');
await terminal.ended;
platform.kill();
