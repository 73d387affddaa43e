import { afterAll, describe, expect, it } from 'vitest';
import { emulatorWith } from '../helpers/emulator.ts';
import {
  applyHere,
  countsOf,
  exactlyOne,
  none,
  printTable,
  rollBackHere,
  type RunHere,
  stateOf,
} from '../helpers/runs.ts';
import { freshFolder } from '../helpers/terminal.ts';

/** The calls of an apply; `hit` are the rules that let the fault fall on that very one. */
const calls: Readonly<Record<string, (fault: string) => string[]>> = {
  'POST /connections (first)': (fault) => [`POST /connections=${fault}`],
  'POST /connections (second)': (fault) => ['POST /connections=slow:0x1', `POST /connections=${fault}`],
  'POST /sourceConnections': (fault) => [`POST /sourceConnections=${fault}`],
  'POST /targetConnections': (fault) => [`POST /targetConnections=${fault}`],
  'POST /flows': (fault) => [`POST /flows=${fault}`],
  'GET /flows/{id} before': (fault) => [`GET /flows/*=${fault}`],
  'PATCH /flows/{id}': (fault) => [`PATCH /flows/*=${fault}`],
  'GET /flows/{id} after': (fault) => ['GET /flows/*=slow:0x1', `GET /flows/*=${fault}`],
};
const faults = ['resetx1', 'lostx1', '503x2', '429:0x1', '412x1', 'slow:350x1', '503x9'];

/** A run on an emulator where one call meets a fault. */
async function rigOf(call: string, fault: string): Promise<RunHere> {
  const emulator = await emulatorWith({
    segments: 20,
    patchDelayMs: 20,
    touchDelayMs: 30,
    strictEtags: true,
    faults: calls[call]?.(fault) ?? [],
  });
  const own = fault.startsWith('slow') ? { timeoutMs: 200 } : {};
  return { folder: freshFolder(), run: '0a1b2c3d', emulator, ...own };
}

const outcomes = new Map<string, string>();

describe.concurrent.each(Object.keys(calls))('%s', (call) => {
  it.each(faults)('with %s ends, by resume, with exactly one of each', async (fault) => {
    const here = await rigOf(call, fault);
    const went: string[] = [];
    for (let attempt = 0; attempt < 5 && went.at(-1) !== 'verified'; attempt++) {
      went.push((await applyHere(here)).outcome);
    }
    outcomes.set(`${call}\t${fault}, resume`, went.join(' → '));
    expect(went.at(-1)).toBe('verified');
    expect(countsOf(here.emulator)).toEqual(exactlyOne);
    expect((await stateOf(here)).outcome).toBe('verified');
  });

  it.each(faults)('with %s ends, by rollback, with nothing', async (fault) => {
    const here = await rigOf(call, fault);
    const { outcome } = await applyHere(here);
    const went: string[] = [outcome];
    // A fault that lasts hits the rollback too; it is gone on with like an apply.
    for (let attempt = 0; attempt < 5 && went.at(-1) !== 'rolledBack'; attempt++) {
      await rollBackHere(here);
      went.push(String((await stateOf(here)).outcome));
    }
    outcomes.set(`${call}\t${fault}, rollback`, went.join(' → '));
    expect(went.at(-1)).toBe('rolledBack');
    expect(countsOf(here.emulator)).toEqual(none);
  });
});

afterAll(() => printTable('call × fault, to the end by resume and by rollback', outcomes));
