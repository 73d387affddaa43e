import { expect, it } from 'vitest';
import { absentRows, leadMs } from '../../source/commands/flow/absent-rows.ts';
import { inOne } from '../../source/flow-service/paging.ts';
import { clientOf } from '../helpers/answers.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { orgId } from '../helpers/runs.ts';

const now = Date.UTC(2026, 10, 26, 13, 34);
const hourMs = 3_600_000;

async function rowsOf(runFaults: string[], enabled = new Map<string, number>(), keptMs?: number) {
  const emulator = await emulatorWith({ flows: 6, now: () => now, runFaults });
  const client = clientOf(emulator.url, { orgId });
  const listed = await inOne(client.listFlows());
  const sinceMs = now - 24 * hourMs;
  const read = await client.readRuns({ flowIds: listed.map(({ id }) => id), sinceMs: sinceMs - leadMs });
  const idOf = (name: string): string => listed.find((flow) => flow.name === name)?.id ?? '';
  const rows = await absentRows({
    listed,
    read,
    sinceMs,
    atMs: now,
    keptMs: () => Promise.resolve(keptMs),
    here: { enabledMs: new Map([...enabled].map(([name, ms]) => [idOf(name), ms])), onDemand: new Set() },
  });
  return rows.map(
    ({ flow, state, slotMs }) => `${state} ${flow.name} ${new Date(slotMs).toISOString().slice(5, 13)}`,
  );
}

it('what has no run is listed, and nothing else', async () => {
  expect(await rowsOf(['*=none'])).toEqual([]);
  const missing = [
    'Loyalty to SFTP/*=missing@2026-11-26T12',
    'Newsletter/*=missing@2026-11-26T00',
    'CRM weekly=failed',
  ];
  const rows = await rowsOf(missing);
  expect(rows).toContain('late Loyalty to SFTP 11-26T12');
  expect(new Set(rows.map((row) => row.split(' ').slice(1, -1).join(' ')))).toEqual(
    new Set(['Loyalty to SFTP', 'Newsletter'].filter((name) => rows.some((row) => row.includes(name)))),
  );
  expect(rows.every((row) => /^(late|missed) /.test(row))).toBe(true);
});

it('nothing is expected of what was enabled from here since', async () => {
  const missing = ['Loyalty to SFTP/*=missing@2026-11-26T12'];
  const enabled = new Map([['Loyalty to SFTP', now - 90 * 60_000]]);
  expect(await rowsOf(missing, enabled)).toEqual([]);
});

it('nothing is claimed of a time that the platform has forgotten', async () => {
  const missing = ['Loyalty to SFTP/*=missing@2026-11-26T12'];
  expect(await rowsOf(missing, new Map(), now - 3 * hourMs)).not.toEqual([]);
  expect(await rowsOf(missing, new Map(), now - hourMs)).toEqual([]);
});
