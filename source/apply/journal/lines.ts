import { createHash } from 'node:crypto';
import { escapedJson } from '../../activation/plan/escaped-json.ts';
import { parseExactly } from '../../ground/exact-json.ts';
import { withoutMark } from '../../ground/read-file.ts';
import type { JournalEntry } from './journal.ts';

/** A line in the middle says something else than was written. */
export class JournalDamagedError extends Error {
  override readonly name = 'JournalDamagedError';
  readonly kind = 'journalDamaged';
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  constructor(file: string, line: number) {
    super(`${file}: line ${line} is damaged`);
    this.file = file;
    this.line = line;
  }
}

const sumOf = (json: string): string => createHash('sha256').update(json).digest('hex').slice(0, 16);

/** An entry as a line of NDJSON, with a checksum over everything else. */
export function encodeEntry(entry: JournalEntry): string {
  return `${escapedJson({ ...entry, sum: sumOf(JSON.stringify(entry)) })}\n`;
}

interface DecodedJournal {
  entries: JournalEntry[];
  isTorn: boolean;
  /** Where the last good line ends in the file, bytes: whoever cuts a torn line cuts there. */
  goodBytes: number;
}

/**
 * The entries of a journal. A last line that is not whole was being written when something died: it is
 * left out.
 *
 * @throws JournalDamagedError for a line before it.
 */
export function decodeJournal(text: string, file: string): DecodedJournal {
  const bare = withoutMark(text);
  const lines = bare.split('\n');
  const last = lines.pop() ?? '';
  const entries = lines.map((line, at) => {
    const entry = decodeLine(line);
    if (!entry && !(at === lines.length - 1 && last === '')) throw new JournalDamagedError(file, at + 1);
    return entry;
  });
  const whole = entries.filter((entry) => entry !== undefined);
  const goodBytes = Buffer.byteLength(
    text.slice(0, text.length - bare.length) +
      lines
        .slice(0, whole.length)
        .map((line) => `${line}\n`)
        .join(''),
  );
  return { entries: whole, isTorn: last !== '' || whole.length < entries.length, goodBytes };
}

function decodeLine(line: string): JournalEntry | undefined {
  try {
    const { sum, ...entry } = parseExactly(line) as JournalEntry & { sum: string };
    return sum === sumOf(JSON.stringify(entry)) ? (entry as JournalEntry) : undefined;
  } catch {
    return undefined;
  }
}
