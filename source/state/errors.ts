import type { RunHolder } from '../apply/journal/run-store.ts';

/** The journal cannot be kept; so nothing may be written to the platform. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
  readonly kind = 'journal';
  readonly folder: string;
  /** `ENOSPC`, `EACCES`, `EROFS` …; of a database also its SQLSTATE. */
  readonly code: string;
  /** What it is kept in. */
  readonly keeper: 'disk' | 'database';
  constructor(folder: string, cause: unknown, keeper: JournalError['keeper'] = 'disk') {
    const code =
      typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : 'UNKNOWN';
    super(`${folder}: ${code}`, { cause });
    this.folder = folder;
    this.code = code;
    this.keeper = keeper;
  }
}

/** Another process holds the run. */
export class RunHeldError extends Error {
  override readonly name = 'RunHeldError';
  readonly kind = 'runHeld';
  readonly holder: RunHolder;
  /** Says who holds it; removing it is the way out when nobody does any more. */
  readonly file: string;
  /** What says so: a lease in a database ends by itself. */
  readonly keeper: 'disk' | 'database';
  constructor(holder: RunHolder, file: string, keeper: RunHeldError['keeper'] = 'disk') {
    super(`held: ${file}`);
    this.holder = holder;
    this.file = file;
    this.keeper = keeper;
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

/** The address of the state is none. What stands there is not told: it may hold a password. */
export class StateAddressError extends Error {
  override readonly name = 'StateAddressError';
  readonly kind = 'stateAddress';
  readonly problem:
    | 'bad'
    | 'unknown'
    | 'noHost'
    | 'noDatabase'
    | 'noUser'
    | 'sslmode'
    | 'certificate'
    | 'password'
    | 'passwordFile'
    | 'passwordFileOpen';
  /** What is wrong in it, where that can be told. */
  readonly value: string;
  constructor(problem: StateAddressError['problem'], value = '') {
    super(`state address: ${problem} ${value}`.trimEnd());
    this.problem = problem;
    this.value = value;
  }
}

/** What a database says, or that it says nothing. */
abstract class DatabaseError extends Error {
  readonly place: string;
  /** SQLSTATE, or a code of the system: `42501`, `ECONNREFUSED` … @see PostgreSQL documentation, appendix A */
  readonly code: string;
  constructor(place: string, code: string, cause?: unknown) {
    super(`${place}: ${code}`, { cause });
    this.place = place;
    this.code = code;
  }
}

/** The database cannot be reached, or ended in the middle of what it was asked: `ECONNREFUSED`, `57P01` … */
export class StateAwayError extends DatabaseError {
  override readonly name = 'StateAwayError';
  readonly kind = 'stateAway';
}

/** The database answers, and does not do it: no right (`42501`), read-only (`25006`), full (`53100`) … */
export class StateRefusedError extends DatabaseError {
  override readonly name = 'StateRefusedError';
  readonly kind = 'stateRefused';
}

/** The tables are of another version than this ferry knows. */
export class StateVersionError extends Error {
  override readonly name = 'StateVersionError';
  readonly kind = 'stateVersion';
  readonly place: string;
  /** 0: there are none yet. */
  readonly version: number;
  readonly known: number;
  constructor(place: string, version: number, known: number) {
    super(`${place}: version ${version}, known ${known}`);
    this.place = place;
    this.version = version;
    this.known = known;
  }
}

/** Somebody took this run over, because its holder was taken for dead: it must not go on with it. */
export class RunLostError extends Error {
  override readonly name = 'RunLostError';
  readonly kind = 'runLost';
  readonly run: string;
  readonly holder: RunHolder;
  constructor(run: string, holder: RunHolder) {
    super(`lost: ${run}`);
    this.run = run;
    this.holder = holder;
  }
}
