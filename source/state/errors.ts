import type { RunHolder } from '../apply/journal/run-store.ts';

/** The journal cannot be kept; so nothing may be written to the platform. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
  readonly kind = 'journal';
  readonly folder: string;
  /** `ENOSPC`, `EACCES`, `EROFS` … */
  readonly code: string;
  constructor(folder: string, cause: unknown) {
    const code =
      typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : 'UNKNOWN';
    super(`${folder}: ${code}`, { cause });
    this.folder = folder;
    this.code = code;
  }
}

/** Another process holds the run. */
export class RunHeldError extends Error {
  override readonly name = 'RunHeldError';
  readonly kind = 'runHeld';
  readonly holder: RunHolder;
  /** Says who holds it; removing it is the way out when nobody does any more. */
  readonly file: string;
  constructor(holder: RunHolder, file: string) {
    super(`held: ${file}`);
    this.holder = holder;
    this.file = file;
  }
}

/** What was kept is there and cannot be read; nothing may be said of it, least of all that there is nothing. */
export class StateUnreadableError extends Error {
  override readonly name = 'StateUnreadableError';
  readonly kind = 'stateUnreadable';
  readonly file: string;
  /** `EACCES`, `ENOTDIR`, `EIO` …; `ENOENT` for a link that leads nowhere. */
  readonly code: string;
  constructor(file: string, code: string) {
    super(`${file}: ${code}`);
    this.file = file;
    this.code = code;
  }
}
