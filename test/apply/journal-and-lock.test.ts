import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../source/apply/journal/journal.ts';
import { decodeJournal, encodeEntry } from '../../source/apply/journal/lines.ts';
import { orNothing } from '../../source/state/folder/kept-files.ts';
import { steadyNow } from '../../source/apply/journal/steady.ts';
import { bootId } from '../../source/ground/boot-id.ts';
import type { RunHolder } from '../../source/apply/journal/run-store.ts';
import { holderOf, holdRun } from '../../source/state/folder/run-lock.ts';
import { futurePlan, orgId, runsIn } from '../helpers/runs.ts';
import { freshFolder } from '../helpers/terminal.ts';

const run = '0a1b2c3d';
const at = '2035-01-01T00:00:00.000Z';
const place = { apiUrl: 'https://platform.example', orgId, sandbox: 'dev' };
const entries: JournalEntry[] = [
  { kind: 'begun', version: 1, run, plan: futurePlan, place, who: { user: '使用者' }, at },
  { kind: 'intent', step: 'flow', at },
  { kind: 'made', step: 'flow', id: 'F', at },
];
const good = entries.map(encodeEntry);
const torn = '{"kind":"made","st';

describe('decodeJournal', () => {
  it.each([0, 1])('refuses damage in line %i, though all after it is good', (index) => {
    const lines = good.map((line, number) => (number === index ? line.replace('"kind"', '"kinds"') : line));
    expect(() => decodeJournal(lines.join(''), 'F')).toThrow(expect.objectContaining({ line: index + 1 }));
  });

  it.each<[string, string, number]>([
    ['nothing', '', 3],
    ['half a line', torn, 3],
    ['a line that says something else', `${good[2]?.replace('F', 'G') ?? ''}`, 3],
    ['a line end', '\n', 3],
  ])('leaves out %s at the end, and says where the good ones end', (_, tail, count) => {
    const text = good.join('') + tail;
    const decoded = decodeJournal(text, 'F');
    expect(decoded.entries).toHaveLength(count);
    expect(decoded.isTorn).toBe(tail !== '');
    expect(decoded.goodBytes).toBe(Buffer.byteLength(good.join('')));
  });
});

describe('a torn last line', () => {
  it.each<[string, (line: string) => string]>([
    ['plain', (line) => line],
    ['CRLF', (line) => line.replace(/\n$/, '\r\n')],
    ['added spaces', (line) => `  ${line.replace(/\n$/, '   \n')}`],
    ['spaces within', (line) => line.replaceAll('":', '" : ')],
  ])('is cut, and no good line with it: %s', async (_, change) => {
    const folder = freshFolder();
    const file = path.join(folder, 'runs', run, 'journal.ndjson');
    mkdirSync(path.dirname(file), { recursive: true });
    const whole = good.map(change).join('');
    writeFileSync(file, whole + torn);
    const runs = runsIn(folder, () => 0);
    const journal = await runs.open(run);
    expect(readFileSync(file, 'utf8')).toBe(whole);
    await journal.note({ kind: 'patched' });
    await journal.close();
    expect(await runs.read(run)).toMatchObject({
      made: { flowId: 'F' },
      doubts: {},
      patched: new Set(['activate']),
    });
  });
});

const openFiles = '/proc/self/fd';
it.runIf(existsSync(openFiles))('a journal that is closed holds no file open', async () => {
  const folder = freshFolder();
  const linked = (): string[] =>
    readdirSync(openFiles).flatMap((name) => {
      try {
        return readlinkSync(path.join(openFiles, name));
      } catch {
        return [];
      }
    });
  const isHeld = (): boolean => linked().some((file) => file.startsWith(folder));
  const journal = await runsIn(folder, () => 0).open(run);
  expect(isHeld()).toBe(true);
  await journal.close();
  expect(isHeld()).toBe(false);
});

const clockTable = '/proc/self/ns/time';
it.runIf(existsSync(clockTable))('a moment is of one boot and, in it, of one clock', () => {
  expect(bootId()).toMatch(/^[0-9a-f-]{36}$/);
  expect(steadyNow().boot).toBe(`${bootId()} ${readlinkSync(clockTable)}`);
});

describe('who holds a run', () => {
  const now = Date.now;
  const since = '2026-01-01T00:00:00.000Z';
  const holderIn = (folder: string): string => path.join(folder, 'holder.json');

  it.each([
    '{}',
    '',
    'null',
    '[]',
    '{"pid":0,"host":"h","since":"s"}',
    '{"pid":-1,"host":"h","since":"s"}',
    '{"pid":"7"}',
    '{"pi',
  ])('is nobody by a file that says %j, and that is told with its age', async (text) => {
    const folder = freshFolder();
    writeFileSync(holderIn(folder), text);
    const told: RunHolder[] = [];
    const release = await holdRun(folder, now, (holder) => told.push(holder));
    expect(told).toEqual([{ kind: 'nameless', since: expect.stringMatching(/^\d{4}-/) as string }]);
    await release();
    expect(existsSync(holderIn(folder))).toBe(false);
    expect(await holderOf(folder)).toBeUndefined();
  });

  it('is nobody who was killed and not reaped', async () => {
    const folder = freshFolder();
    // The shell begins a child, and becomes a program that never asks how it ended. The child ends only
    // then: a shell would ask.
    const child = 'while read name < /proc/$$/comm && [ "$name" != sleep ]; do sleep 0.01; done';
    const parent = spawn('sh', ['-c', `{ ${child}; } & echo $!; exec sleep 60`], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      const pid = Number(
        await new Promise<string>((resolve) =>
          parent.stdout.once('data', (data: Buffer) => resolve(String(data))),
        ),
      );
      await expect.poll(() => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0]).toBe('Z');
      writeFileSync(holderIn(folder), JSON.stringify({ pid, host: hostname(), since }));
      const told: RunHolder[] = [];
      await (
        await holdRun(folder, now, (holder) => told.push(holder))
      )();
      expect(told).toEqual([{ kind: 'process', pid, host: hostname(), since }]);
      writeFileSync(holderIn(folder), JSON.stringify({ pid, host: hostname(), since }));
      expect(await holderOf(folder)).toBeUndefined();
    } finally {
      parent.kill('SIGKILL');
    }
  });

  it('is asked by another name of this host, and dead', async () => {
    const folder = freshFolder();
    const release = await holdRun(folder, now);
    const mine = JSON.parse(readFileSync(holderIn(folder), 'utf8')) as object;
    await release();
    writeFileSync(holderIn(folder), JSON.stringify({ ...mine, host: 'renamed-since', pid: 2 ** 22 + 1 }));
    await expect(holdRun(folder, now)).resolves.toBeTypeOf('function');
  });

  it.each([
    ['another host', { pid: 1, host: 'elsewhere', since }],
    [
      'another host, of other processes',
      { pid: 2 ** 22 + 1, host: 'elsewhere', since, table: 'another boot' },
    ],
    ['somebody alive', { pid: process.pid, host: hostname(), since }],
  ])('is %s, named with the file that says so', async (_, holder) => {
    const folder = freshFolder();
    writeFileSync(holderIn(folder), JSON.stringify(holder));
    await expect(holdRun(folder, now)).rejects.toMatchObject({
      kind: 'runHeld',
      holder: { kind: 'process', pid: holder.pid, host: holder.host, since },
      file: holderIn(folder),
    });
    expect(await holderOf(folder)).toEqual({ kind: 'process', pid: holder.pid, host: holder.host, since });
  });

  it('is told to nobody else of this machine', async () => {
    const folder = freshFolder();
    const release = await holdRun(folder, now);
    expect(statSync(holderIn(folder)).mode & 0o777).toBe(0o600);
    await release();
  });

  it('is not taken for nobody where it cannot be read', async () => {
    const folder = freshFolder();
    mkdirSync(holderIn(folder));
    await expect(holdRun(folder, now)).rejects.toMatchObject({ code: 'EISDIR' });
  });

  it('is nobody by a lock from the future', async () => {
    const folder = freshFolder();
    const lock = `${folder}.lock`;
    mkdirSync(lock);
    const future = Date.now() / 1000 + 7200;
    utimesSync(lock, future, future);
    await (
      await holdRun(folder, now)
    )();
    expect(existsSync(lock)).toBe(false);
  });
});

describe('a file that cannot be read', () => {
  const coded = (code: string): Error => Object.assign(new Error(code), { code });

  it.each(['gone', 'gone/too'])('is none where nothing is: %s', (name) => {
    expect(orNothing(path.join(freshFolder(), name), coded('ENOENT'))).toBeUndefined();
  });

  it.each<[string, string, Error, string]>([
    ['a link that leads nowhere', 'link', coded('ENOENT'), 'ENOENT'],
    ['below a link that leads nowhere', 'link/file', coded('ENOENT'), 'ENOENT'],
    ['another refusal, of one that is not there', 'gone', coded('EACCES'), 'EACCES'],
    ['an error without a code', 'gone', new Error('?'), 'UNKNOWN'],
  ])('is never taken for nothing: %s', (_, name, error, code) => {
    const folder = freshFolder();
    symlinkSync(path.join(folder, 'nowhere'), path.join(folder, 'link'));
    expect(() => orNothing(path.join(folder, name), error)).toThrow(
      expect.objectContaining({ name: 'StateUnreadableError', code }),
    );
  });
});
