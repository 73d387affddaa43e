import type { RunStore } from '../apply/journal/run-store.ts';
import type { StateUnreadableError } from './errors.ts';

/** What is kept between starts: in a folder of this machine, or in a database that several share. */
export interface State {
  /** Says where it is kept, for people; holds no secret. */
  readonly place: string;
  /** The same of what belongs to a run, and of drafts. */
  placeOf(run: string): string;
  readonly placeOfDrafts: string;
  readonly runs: RunStore;
  readonly drafts: Drafts;
  /**
   * Keeps a line of the audit log, which nobody changes afterwards.
   *
   * @throws Error with a `code` of the system or of the database
   */
  audit(line: string): Promise<void>;
  /**
   * Keeps what proves a run, for programs and for people.
   *
   * @returns Where the one for people is.
   * @throws Error with a `code`
   */
  keepReceipt(run: string, receipt: { readonly json: string; readonly markdown: string }): Promise<string>;
}

/** Answers of one person, each by the name of its draft. */
export interface Drafts {
  /** All of them, in no order. @throws StateUnreadableError where nothing can be read */
  list(): Promise<FoundDrafts>;
  /** The whole of it or nothing, in the place of what was there. @throws Error with a `code` */
  write(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
}

interface FoundDrafts {
  readonly drafts: readonly { readonly name: string; readonly text: string }[];
  /** Those that this account may not read. */
  readonly unread: readonly StateUnreadableError[];
}
