import fs from 'node:fs';
import { promisify } from 'node:util';

// What a plan is read with at every start: `node:fs/promises` has Node read its watchers and its reader of lines first.

export const stat = promisify(fs.stat);
export const readdir = promisify(fs.readdir);
export const open = promisify(fs.open);
export const fstat = promisify(fs.fstat);
export const read = promisify(fs.read);
export const close = promisify(fs.close);
