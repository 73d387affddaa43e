import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Measured } from './asked.ts';
import type { Verdict } from './verdict.ts';

const file = 'node_modules/.cache/mutation.json';

/** What is remembered from one run to the next; each with the text that it is true of. */
export interface Memory {
  /** By change; of the text of the file that was changed. */
  verdicts: Record<string, { of: string; verdict: Verdict }>;
  /** By file of tests; of its own text. */
  measured: Record<string, { of: string; measured: Measured }>;
  /** By the changed text. */
  compiling: Record<string, boolean>;
}

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

export function readMemory(): Memory {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Memory;
  } catch {
    return { verdicts: {}, measured: {}, compiling: {} };
  }
}

export function writeMemory(memory: Memory): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(memory));
}
