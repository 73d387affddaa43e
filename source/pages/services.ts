import type { Change } from '../activation/change/changes.ts';
import type { Plan } from '../activation/plan/plan.ts';
import type { Report } from '../activation/report.ts';
import type { ResolvedParams } from '../activation/requests.ts';
import type { ApplyEvent } from '../apply/events.ts';
import type { PlanRun, RollbackEvent } from '../apply/undo/rollback.ts';
import type { Banners } from '../locale/banners.ts';
import type { AskedScene } from '../locale/explain.ts';
import type { HolderFacts } from '../locale/holder-text.ts';
import type { Guide } from '../locale/guide.ts';
import type { Text } from '../locale/texts.ts';
import type { SavedDraft } from '../wizard/draft.ts';
import type { WizardState } from '../wizard/reducer.ts';
import type { Place } from './remote-cache.ts';

/** What the surroundings know about the person's organisation. */
export interface Organisation {
  readonly host: string;
  readonly orgId: string;
  readonly sandbox: string | undefined;
  /** Name of the profile that says so, where one does. */
  readonly profile?: string | undefined;
  /** Settings that are missing; empty when the organisation can be worked in. */
  readonly missing: readonly string[];
  /** Whether some of them are set: then the others are worth being named. */
  readonly isBegun?: boolean | undefined;
  /** Whether a sign-in to it was begun in this session: then it is what is wanted. */
  readonly isSought?: boolean | undefined;
}

/** A run that was broken off, or that somebody is at just now. */
export interface OfferedRun {
  readonly run: string;
  readonly plan: string;
  readonly sandbox: string;
  /** Also where nobody could say. */
  readonly isProduction: boolean;
  /** Epoch milliseconds. */
  readonly begunMs: number;
  /** How many of its objects are there, and how many it wants to make. */
  readonly made: number;
  readonly wanted: number;
  /** Who is at it, and by which account: then there is nothing to finish yet. */
  readonly heldBy?: { readonly user: string; readonly holder: HolderFacts } | undefined;
  /** Who was at it last, and when, where that may have been on another machine. Epoch milliseconds. */
  readonly leftBy?: { readonly user: string; readonly host: string; readonly atMs: number } | undefined;
}

export interface Offers {
  readonly drafts: readonly SavedDraft[];
  readonly runs: readonly OfferedRun[];
  /** Drafts of another platform than the one that was asked for, and its host; nothing for the embedded emulator. */
  readonly elsewhere?:
    | readonly { readonly saved: SavedDraft; readonly host: string | undefined }[]
    | undefined;
  /** Files of answers that this account may not read. */
  readonly unread?: readonly string[] | undefined;
}

/** What the wizard can have done for it. */
export interface WizardServices {
  readonly organisation: Organisation;
  readonly isReadOnly: boolean;
  /** Whether the console lets its people do this; whoever has no console may. */
  may(what: 'change' | 'pause' | 'delete' | 'export' | 'storage'): boolean;
  /** What a guided session explains; nothing where nobody is guided. */
  readonly guide?: Guide | undefined;
  /** The explanations, read when there is room for them. */
  loadGuide(): Promise<Guide>;
  /** Large names of the steps, for people who watch. */
  readonly banners?: Banners | undefined;
  /** Whether it begins with the large names. */
  readonly isPresenting?: boolean | undefined;
  /** The wizard ends after so long without a key, milliseconds; absent for never. */
  readonly idleMs?: number | undefined;
  /**
   * Applies a plan; `stop` lets the call under way end, `abort` does not.
   *
   * @param confirmed - Of a dataflow that is there: what of a change nobody has confirmed, and what it held when it was
   * opened. What the plan does not name goes, what others have changed since stays, and nothing is sent where there is
   * something unforeseen.
   * @param run - The run to go on with. @default a new one
   */
  apply(
    plan: Plan,
    authParams: ResolvedParams,
    place: Place,
    signals: { stop: AbortSignal; abort: AbortSignal },
    confirmed?: {
      since?: Plan | undefined;
      unforeseen: (change: readonly Change[]) => readonly Change[];
    },
    run?: string,
  ): AsyncIterable<ApplyEvent>;
  /** Takes back what a run has made or changed, as `ferry rollback` does. Nothing is asked here. */
  undo(
    run: string,
    place: Place,
    signals: { stop: AbortSignal; abort: AbortSignal },
  ): AsyncIterable<{ readonly event: RollbackEvent; readonly of: PlanRun }>;
  /** What that puts back of a dataflow, by the run's journal alone: as it is, and as it will be. */
  takenBack(run: string, place: Place): Promise<readonly Change[]>;
  /** Plans in the folder that the person is in, by their files' names. */
  readonly plans: readonly string[];
  /** Whether the wizard may sign somebody in: not behind sshd. */
  readonly mayLogin: boolean;
  /** What earlier starts left: drafts to go on with, runs to finish. */
  readonly offers: Offers;
  /** Keeps the answers for the next start, and what a guided session tells of them. */
  keep(state: WizardState): void;
  /** Signs in to the platform with a client secret that nothing keeps. */
  giveSecret(secret: string): void;
  /** Writes a plan beside the person's work. @returns the file's name */
  savePlan(plan: Plan): Promise<string>;
  /** Writes what was asked for beside what came back. @returns the file's name */
  saveReport(compared: { plan: Plan; flowId: string; report: Report }): Promise<string>;
  /** Gives a text to the clipboard. @returns whether the terminal is one that takes it, as far as it says */
  copy(text: string): boolean;
  /** Epoch milliseconds. */
  now(): number;
  /** IANA name of the person's time zone. */
  readonly timeZone: string;
}

/** How the wizard ended. */
export interface Ending {
  /** `done`: there was nothing to prove. `interrupted`: the person left before the end. */
  readonly outcome: 'verified' | 'mismatch' | 'done' | 'interrupted';
  /** Somebody else has made one of its name and place meanwhile. */
  readonly isTwin?: boolean;
  /** What stays on the terminal. */
  readonly lines: readonly string[];
  /** What is done once the screen is given back. */
  readonly then?: Afterwards | undefined;
}

/** A run is finished or undone by its name; after signing in, and where one came from a table, the wizard goes on. */
export type Afterwards =
  | { readonly kind: 'resume'; readonly run: string }
  | { readonly kind: 'undo'; readonly run: string }
  | { readonly kind: 'login' }
  /** A plan about a dataflow, which is read beside it; the wizard goes on with both. */
  | { readonly kind: 'plan'; readonly file: string }
  /** The storage is looked at on the terminal as it is; the wizard goes on after it. */
  | { readonly kind: 'storage'; readonly writes: boolean }
  /** A dataflow of the table was changed: the wizard goes on there, or at the one that was made. */
  | { readonly kind: 'flows'; readonly flow?: { id: string; name: string } }
  /** A command about a dataflow, asked and told on the terminal as it is; the wizard goes on after it. */
  | {
      readonly kind: 'flow';
      readonly command: FlowCommand;
      readonly flow: { id: string; name: string };
      /** The wizard has asked already. */
      readonly isConfirmed?: true;
      /** The run that it is about, where it is about one. */
      readonly run?: string;
    };

/** What is done with a dataflow as its command does it. */
export type FlowCommand = 'enable' | 'disable' | 'pull' | 'delete' | 'export' | 'files';

/** Where something happens, as an error is explained with it. */
export function sceneOf(state: WizardState, organisation: Organisation, text: Text): AskedScene {
  const { platform, sandbox } = placeOf(state, organisation);
  return {
    host: platform === 'emulator' ? text('frame.emulator') : organisation.host,
    sandbox,
    isAsked: true,
  };
}

/** Platform and sandbox that the draft is in. */
export function placeOf({ draft }: WizardState, organisation: Organisation): Place {
  const platform = draft.platform ?? 'emulator';
  const fallback = platform === 'emulator' ? 'dev' : (organisation.sandbox ?? 'prod');
  return { platform, sandbox: draft.sandbox?.name ?? fallback };
}
