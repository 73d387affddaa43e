import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { redact } from './redact.ts';
import { json, line, type Streams } from './streams.ts';
import { tell } from './wrap-said.ts';

/** Our bug: says so, and keeps the details, without secrets, in a file that only its owner can read. */
export async function reportCrash(
  error: unknown,
  { stdout, stderr, env, text, english }: Streams,
  isJson: boolean,
): Promise<void> {
  if (isJson) {
    const [what, next] = [english('error.unexpected.what'), english('error.unexpected.next')];
    json(stdout, { error: { kind: 'unexpected', what, why: '', next } });
  }
  tell(stderr, text('error.unexpected.what'));
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const details = redact(told, env);
  try {
    const file = path.join(await mkdtemp(path.join(tmpdir(), 'ferry-')), 'report.txt');
    await writeFile(
      file,
      `${new Date().toISOString()}\n${process.version} ${process.platform}\n${details}\n`,
      { mode: 0o600 },
    );
    tell(stderr, `${text('error.unexpected.next')} ${file}`);
  } catch {
    line(stderr, details);
  }
}
