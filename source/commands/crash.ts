import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { english } from '../locale/texts.ts';
import { redact } from './redact.ts';
import { line, type Streams } from './streams.ts';

/** Our bug: says so, and keeps the details, without secrets, in a file that only its owner can read. */
export async function reportCrash(error: unknown, streams: Streams): Promise<void> {
  line(streams.stderr, english('error.unexpected.what'));
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const details = redact(told, streams.env);
  try {
    const file = path.join(await mkdtemp(path.join(tmpdir(), 'ferry-')), 'report.txt');
    await writeFile(
      file,
      `${new Date().toISOString()}\n${process.version} ${process.platform}\n${details}\n`,
      { mode: 0o600 },
    );
    line(streams.stderr, `${english('error.unexpected.next')} ${file}`);
  } catch {
    line(streams.stderr, details);
  }
}
