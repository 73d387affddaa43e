import { mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../../source/ground/make-folder.ts';
import { freshFolder } from '../helpers/folders.ts';

/** Makes a place ready; gives the folder that is wanted there. */
type Place = (home: string) => string;

describe('a folder', () => {
  it.each<[string, Place]>([
    ['that is there', (home) => home],
    ['below one that is there', (home) => path.join(home, 'a')],
    ['far below one', (home) => path.join(home, 'a', 'b', 'c')],
    [
      'behind a link',
      (home) => {
        mkdirSync(path.join(home, 'real'));
        symlinkSync(path.join(home, 'real'), path.join(home, 'link'));
        return path.join(home, 'link', 'a');
      },
    ],
  ])('is made: one %s', (_, place) => {
    const folder = place(freshFolder());
    makeFolder(folder);
    expect(statSync(folder).isDirectory()).toBe(true);
    makeFolder(folder);
  });

  it('is for this account alone', () => {
    const home = freshFolder();
    makeFolder(path.join(home, 'a', 'b'));
    for (const one of ['a', 'a/b']) expect(statSync(path.join(home, one)).mode & 0o777).toBe(0o700);
  });

  it.each<[string, string, Place]>([
    ['a file', 'ENOTDIR', (home) => path.join(home, 'file')],
    ['something below a file', 'ENOTDIR', (home) => path.join(home, 'file', 'a', 'b')],
    ['a link to nothing', 'ENOENT', (home) => path.join(home, 'link')],
    ['something below a link to nothing', 'ENOENT', (home) => path.join(home, 'link', 'a')],
    ['a link to itself', 'ELOOP', (home) => path.join(home, 'circle', 'a')],
    ['a device', 'ENOTDIR', () => '/dev/null/a'],
    ...(process.platform === 'linux'
      ? ([
          ['what lets nothing be made', 'ENOENT', () => '/proc/nowhere'],
          ['something below that', 'ENOENT', () => '/proc/nowhere/a/b'],
        ] satisfies [string, string, Place][])
      : []),
  ])('is not %s: %s', (_, code, place) => {
    const home = freshFolder();
    writeFileSync(path.join(home, 'file'), '');
    symlinkSync(path.join(home, 'gone'), path.join(home, 'link'));
    symlinkSync(path.join(home, 'circle'), path.join(home, 'circle'));
    expect(() => makeFolder(place(home))).toThrow(expect.objectContaining({ code }));
  });
});
