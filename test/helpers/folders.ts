import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Where the workers of a run find the folder that all of its folders are in. */
const rootVariable = 'FERRY_TEST_ROOT';
const prefix = 'ferry-test-';

/** The folder that all folders of one run are in: of a run of vitest, or of one program of bench/ or scripts/. */
export interface Root {
  readonly folder: string;
  /** What lies in it that no test has made: a program left it there. */
  strays(): string[];
  /** Removes it, with everything in it. */
  remove(): void;
}

/**
Makes the root of a run, and has everything temporary below it: of this process, of those it starts,
and of their libraries, which all go by TMPDIR.
*/
export function openRoot(): Root {
  const folder = mkdtempSync(path.join(tmpdir(), 'ferry-tests-'));
  // Another account may go through it: the console behind sshd runs as one.
  chmodSync(folder, 0o711);
  process.env[rootVariable] = folder;
  process.env['TMPDIR'] = folder;
  const remove = (): void => {
    // A program that was killed a moment ago may still be writing its last file.
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  };
  process.on('exit', remove);
  return {
    folder,
    strays: () => readdirSync(folder).filter((name) => !name.startsWith(prefix)),
    remove,
  };
}

/** A folder that only this run uses, and that goes with it. */
export function freshFolder(): string {
  const root = process.env[rootVariable] ?? openRoot().folder;
  return mkdtempSync(path.join(root, prefix));
}

/** Reads the report of a crash, and takes it away: it is for the person, so the program leaves it. */
export function takeReport(file: string): string {
  const told = readFileSync(file, 'utf8');
  rmSync(path.dirname(file), { recursive: true });
  return told;
}
