import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { english } from '../../source/locale/catalogs.ts';
import { keys } from '../helpers/keys.ts';
import type { Terminal } from '../helpers/pseudo-terminal.ts';
import { orgId } from '../helpers/runs.ts';
import { cleanEnv, installedProgram } from '../helpers/terminal.ts';
import {
  applyFromReview,
  fillForms,
  moveTo,
  walkFromSegments,
  walkHome,
  walkToDestination,
  walkToFlows,
  wordsIn,
} from '../helpers/walk.ts';

/** The program's emulator that delivers, with a clock that is so many times as fast. */
export async function delivering(
  env: Readonly<Record<string, string>>,
  speed: number,
  ...args: readonly string[]
): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const words = ['emulator', '--deliver', '--json', '--speed', String(speed), '--run-fault', '*=none'];
  const child = spawn(process.execPath, [installedProgram(), ...words, ...args], {
    env: cleanEnv(env),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(child.stdout)) return { child, url: urlIn(line) };
  throw new Error('it ended');
}

const urlIn = (line: string): string => (JSON.parse(line) as { url: string }).url;

/** A server that files go to. */
export interface Destined {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly folder: string;
}

const words = wordsIn(english);
const goOn = english('flow.goOn').trim();

/** From the first page to the proof, with a look at the storage on the way. @param keep - A screen that is worth a look. */
export async function walkWithCheck(
  terminal: Terminal,
  { host, port, user, password, folder }: Destined,
  keep: (name: string) => void = () => undefined,
): Promise<void> {
  await walkToDestination(terminal, 'SFTP');
  const answers = {
    destination: 'SFTP',
    signIn: 'SFTP with Password',
    signInFields: { Domain: host, Username: user, Password: password, Port: String(port) },
    locationFields: { 'Remote path': folder },
  };
  await fillForms(terminal, answers, words, async () => {
    keep('storage');
    await moveTo(terminal, english('storagePage.look').slice(0, 20));
    terminal.write(keys.enter);
    await terminal.waitFor(goOn);
    keep('check');
    await terminal.press(keys.enter, 'as far as this machine can see');
    await moveTo(terminal, english('storagePage.goOn'));
  });
  await walkFromSegments(terminal);
  keep('review');
  await applyFromReview(terminal);
  await terminal.waitFor(words.verified);
  keep('verified');
}

/** Waits until a segment of the one dataflow may be exported at once: an hour after it was added, by the emulator's clock. */
export async function untilExportable(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/data/foundation/flowservice/flows`, {
      headers: {
        authorization: 'Bearer token',
        'x-api-key': 'key',
        'x-gw-ims-org-id': orgId,
        'x-sandbox-name': 'dev',
      },
    });
    const [, seconds] = /"createTime":"(\d+)"/.exec(await answer.text()) ?? [];
    if (Date.parse(answer.headers.get('date') ?? '') - Number(seconds) * 1000 > 3_601_000) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** From the first page of another start to a run of the one dataflow and to what has arrived of it. */
export async function walkToArrival(
  terminal: Terminal,
  { password }: Destined,
  keep: (name: string) => void = () => undefined,
): Promise<void> {
  await walkHome(terminal);
  await walkToFlows(terminal, words.allOf(1));
  await terminal.press(keys.enter, words.inRow(words.change));
  const confirm = 'Type "yes":';
  const endsWith = (seen: string, ...ends: readonly string[]): boolean =>
    ends.some((end) => seen.trimEnd().endsWith(end));
  await terminal.press('x', (seen) => endsWith(seen, confirm));
  await terminal.press('yes', (seen) => endsWith(seen, 'yes'));
  await terminal.press(keys.enter, (seen) => endsWith(seen, goOn));
  keep('export');
  terminal.write(keys.enter);
  const readAt = (seen: string): string | undefined => /as of [\d:]+/.exec(seen)?.[0];
  await terminal.waitFor((seen) => /^[❯>] /m.test(seen) && readAt(seen) !== undefined);
  while (!/^[❯>] ✓/m.test(terminal.screen())) {
    const before = readAt(terminal.screen());
    await terminal.press('r', (seen) => readAt(seen) !== undefined && readAt(seen) !== before);
  }
  keep('run');
  await terminal.press(keys.enter, 'what arrived');
  await terminal.press('a', (seen) => endsWith(seen, 'assword:'));
  terminal.write(password);
  await terminal.press(keys.enter, (seen) => endsWith(seen, goOn));
  keep('arrived');
}
