import { chmodSync, mkdirSync, realpathSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { preparedFolder, userCodeCache } from '../../source/settings/code-cache.ts';
import { freshFolder } from '../helpers/folders.ts';

const uid = process.getuid?.() ?? 0;

let home: string;
beforeEach(() => {
  home = realpathSync(freshFolder());
});

describe("the user's cache folder", () => {
  it.each<[NodeJS.Platform, Record<string, string>, string]>([
    ['linux', {}, '/home/anna/.cache/ferry'],
    ['linux', { XDG_CACHE_HOME: '/var/cache/anna' }, '/var/cache/anna/ferry'],
    // The specification of XDG: what is not absolute does not count.
    ['linux', { XDG_CACHE_HOME: 'cache' }, '/home/anna/.cache/ferry'],
    ['linux', { XDG_CACHE_HOME: '' }, '/home/anna/.cache/ferry'],
    ['darwin', { XDG_CACHE_HOME: '/var/cache/anna' }, '/home/anna/Library/Caches/ferry'],
    ['win32', {}, '/home/anna/AppData/Local/ferry/Cache'],
    ['win32', { LOCALAPPDATA: '/local' }, '/local/ferry/Cache'],
  ])('on %s with %j is %s', (platform, env, folder) => {
    expect(userCodeCache(platform, env, '/home/anna')).toBe(folder);
  });
});

describe('a folder for code', () => {
  const folder = (): string => path.join(home, 'cache', 'ferry');

  it('is made for the user alone', () => {
    expect(preparedFolder(folder(), uid)).toBe(folder());
    expect(statSync(folder()).mode & 0o777).toBe(0o700);
    expect(preparedFolder(folder(), uid)).toBe(folder());
  });

  it('is not one of somebody else', () => {
    mkdirSync(folder(), { recursive: true });
    expect(preparedFolder(folder(), uid + 1)).toBeUndefined();
  });

  it.each([0o770, 0o707, 0o1777])('is not one that others can write (%o)', (mode) => {
    mkdirSync(folder(), { recursive: true });
    chmodSync(folder(), mode);
    expect(preparedFolder(folder(), uid)).toBeUndefined();
  });

  it.each([
    [0o770, false],
    [0o777, false],
    // As /tmp: what is in it is safe from others.
    [0o1777, true],
    [0o755, true],
  ])('in a folder of mode %o: %s', (mode, isGood) => {
    mkdirSync(folder(), { recursive: true, mode: 0o700 });
    chmodSync(path.dirname(folder()), mode);
    expect(preparedFolder(folder(), uid)).toBe(isGood ? folder() : undefined);
  });

  it('is where a link leads, and as safe as that', () => {
    const other = path.join(home, 'other');
    mkdirSync(other, { mode: 0o700 });
    symlinkSync(other, path.join(home, 'cache'));
    expect(preparedFolder(folder(), uid)).toBe(path.join(other, 'ferry'));
    chmodSync(other, 0o777);
    expect(preparedFolder(folder(), uid)).toBeUndefined();
  });

  it('is none where none can be made', () => {
    writeFileSync(path.join(home, 'cache'), '');
    expect(preparedFolder(folder(), uid)).toBeUndefined();
  });

  it('is taken as it is where folders have no such owners', () => {
    mkdirSync(folder(), { recursive: true });
    chmodSync(folder(), 0o777);
    expect(preparedFolder(folder(), undefined)).toBe(folder());
  });
});
