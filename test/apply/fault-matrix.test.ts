import { afterAll, describe, expect, it } from 'vitest';
import { emulatorWith } from '../helpers/emulator.ts';
import {
  applyHere,
  exactlyOne,
  none,
  printTable,
  rollBackHere,
  type RunHere,
  settledCounts,
  stateOf,
} from '../helpers/runs.ts';
import { byDay, isSoak } from '../helpers/soak.ts';
import { freshFolder } from '../helpers/terminal.ts';

/** The calls of an apply and of a rollback, and the rules that let a fault fall on that very one. */
const calls: Readonly<Record<string, (fault: string) => string[]>> = {
  'POST /connections (first)': (fault) => [`POST /connections=${fault}`],
  'POST /connections (second)': (fault) => ['POST /connections=slow:0x1', `POST /connections=${fault}`],
  'POST /sourceConnections': (fault) => [`POST /sourceConnections=${fault}`],
  'POST /targetConnections': (fault) => [`POST /targetConnections=${fault}`],
  'POST /flows': (fault) => [`POST /flows=${fault}`],
  'GET /flows/{id} before': (fault) => [`GET /flows/*=${fault}`],
  'PATCH /flows/{id}': (fault) => [`PATCH /flows/*=${fault}`],
  'GET /flows/{id} after': (fault) => ['GET /flows/*=slow:0x1', `GET /flows/*=${fault}`],
  'DELETE /flows/{id}': (fault) => [`DELETE /flows/*=${fault}`],
  'DELETE /connections/{id}': (fault) => [`DELETE /connections/*=${fault}`],
};
const usual = ['resetx1', 'lostx1', '503x2', '429:0x1', '412x1', 'slow:350x1', '503x9'];
const acting = [
  'act:400x1',
  'act:412x1',
  'act:422x1',
  'act:403x1',
  'act:500x1',
  'act:503x1',
  'act:302x1',
  'act:401x1',
  'act:408x1',
  'act:409x1',
  'act:429x1',
  'act:404x1',
  'act:htmlx1',
  'act:emptyx1',
  'act:tornx1',
  'redirectx1',
  'twicex1',
  'htmlx1',
  '404x1',
];
/** The same, and what was made shows only later. */
const hiding = [
  ...[
    'act:400x1',
    'act:401x1',
    'act:403x1',
    'act:404x1',
    'act:409x1',
    'act:412x1',
    'act:422x1',
    'act:307x1',
    'act:emptyx1',
    'act:tornx1',
  ],
  ...['act:503x1', 'redirectx1', 'act:htmlx1', 'lostx1', 'slow:0x1'],
].map((one) => `${one} late`);
const all = [...usual, ...acting, ...hiding];

/**
 * Every day each call meets the faults that tell most, ended by resume or by rollback, by turns; the two calls that
 * tell most meet those both ways, and some of all the others.
 */
const toldEachDay = ['lostx1', 'act:503x1'];
const toldMost = ['POST /flows', 'PATCH /flows/{id}'];
const cases = Object.keys(calls).flatMap((call) => {
  const faults = call.startsWith('POST') ? all : [...usual, ...acting];
  const share = isSoak || toldMost.includes(call) ? faults : toldEachDay;
  return share.map((fault): [string, string] => [call, fault]);
});
const endedBy = (way: 'resume' | 'rollback') =>
  byDay(cases, ([call, fault]) => {
    const turn = way === 'resume' ? 0 : 1;
    const told = toldEachDay.indexOf(fault);
    if (!toldMost.includes(call)) return (Object.keys(calls).indexOf(call) + told) % 2 === turn;
    return told >= 0 || (all.indexOf(fault) + toldMost.indexOf(call)) % 12 === turn * 6;
  });
const endings = { resume: endedBy('resume'), rollback: endedBy('rollback') };

/** A run on an emulator where one call meets a fault. */
async function rigOf(call: string, named: string): Promise<RunHere> {
  const [fault = '', late] = named.split(' ');
  const [path = ''] = /\/\w+/.exec(call) ?? [];
  const emulator = await emulatorWith({
    segments: 20,
    patchDelayMs: 20,
    touchDelayMs: 30,
    strictEtags: true,
    faults: [...(late === undefined ? [] : [`POST ${path}=hide:120x2`]), ...(calls[call]?.(fault) ?? [])],
  });
  const own = fault.startsWith('slow:3') ? { timeoutMs: 200 } : {};
  return { folder: freshFolder(), run: '0a1b2c3d', emulator, ...own };
}

const outcomes = new Map<string, string>();
const counted = { resume: 0, rollback: 0 };

describe.concurrent('call × fault', () => {
  it.each(endings.resume)('%s with %s ends, by resume, with exactly one of each', async (call, fault) => {
    const here = await rigOf(call, fault);
    const went: string[] = [];
    for (let attempt = 0; attempt < 5 && went.at(-1) !== 'verified'; attempt++) {
      went.push((await applyHere(here)).outcome);
    }
    outcomes.set(`${call}\t${fault}, resume`, went.join(' → '));
    expect(went.at(-1)).toBe('verified');
    expect(await settledCounts(here.emulator)).toEqual(exactlyOne);
    expect((await stateOf(here)).outcome).toBe('verified');
    counted.resume++;
  });

  it.each(endings.rollback)('%s with %s ends, by rollback, with nothing', async (call, fault) => {
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
    expect(await settledCounts(here.emulator)).toEqual(none);
    counted.rollback++;
  });
});

afterAll(() =>
  printTable(
    `call × fault, to the end by resume and by rollback: ${counted.resume} of ${endings.resume.length} and ${counted.rollback} of ${endings.rollback.length} right`,
    outcomes,
  ),
);
