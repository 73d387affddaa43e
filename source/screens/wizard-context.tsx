import { createContext, useContext } from 'react';
import type { Plan } from '../activation/plan.ts';
import type { ResolvedParams } from '../activation/requests.ts';
import type { ApplyEvent } from '../apply/events.ts';
import type { Scene } from '../locale/explain.ts';
import type { Text } from '../locale/texts.ts';
import type { WizardEvent, WizardState } from '../wizard/reducer.ts';
import type { SavedDraft } from '../wizard/draft.ts';
import type { Place } from './remote.tsx';

/** What the surroundings know about the person's organisation. */
export interface Organisation {
  readonly host: string;
  readonly orgId: string;
  readonly sandbox: string | undefined;
  /** Name of the profile that says so, where one does. */
  readonly profile?: string | undefined;
  /** Settings that are missing; empty when the organisation can be worked in. */
  readonly missing: readonly string[];
}

/** A run that was broken off. */
export interface OfferedRun {
  readonly run: string;
  readonly plan: string;
  readonly sandbox: string;
  /** Epoch milliseconds. */
  readonly begunMs: number;
}

export interface Offers {
  readonly drafts: readonly SavedDraft[];
  readonly runs: readonly OfferedRun[];
}

/** What the wizard can have done for it. */
export interface WizardServices {
  readonly organisation: Organisation;
  readonly isReadOnly: boolean;
  /** The wizard ends after so long without a key, milliseconds; absent for never. */
  readonly idleMs?: number | undefined;
  /** Applies a plan; `stop` lets the call under way end, `abort` does not. */
  apply(
    plan: Plan,
    authParams: ResolvedParams,
    place: Place,
    signals: { stop: AbortSignal; abort: AbortSignal },
  ): AsyncIterable<ApplyEvent>;
  /** What earlier starts left: drafts to go on with, runs to finish. */
  readonly offers: Offers;
  /** Keeps the answers for the next start. */
  saveDraft(state: WizardState): void;
  /** Signs in to the platform with a client secret that nothing keeps. */
  giveSecret(secret: string): void;
  /** Writes a plan beside the person's work. @returns the file's name */
  savePlan(plan: Plan): Promise<string>;
  /** Epoch milliseconds. */
  now(): number;
  /** IANA name of the person's time zone. */
  readonly timeZone: string;
}

/** How the wizard ended. */
export interface Ending {
  readonly kind: 'left' | 'finished';
  readonly lines: readonly string[];
  readonly exitCode: number;
  /** A run to finish once the screen is given back. */
  readonly resume?: string | undefined;
}

export interface WizardContextValue {
  readonly state: WizardState;
  readonly send: (event: WizardEvent) => void;
  readonly services: WizardServices;
  readonly text: Text;
  readonly scene: Scene;
  /** Whether keys arrive at the page: not while something lies over it. */
  readonly isActive: boolean;
  /** Columns and lines a page may use. */
  readonly width: number;
  readonly height: number;
  readonly openKeys: () => void;
  readonly finish: (ending: Ending) => void;
  readonly setBusy: (stop: (() => void) | undefined) => void;
}

export const WizardContext = createContext<WizardContextValue | undefined>(undefined);

export function useWizard(): WizardContextValue {
  const value = useContext(WizardContext);
  if (!value) throw new Error('useWizard needs a WizardContext');
  return value;
}

/** Platform and sandbox that the draft is in. */
export function placeOf({ draft }: WizardState, organisation: Organisation): Place {
  const platform = draft.platform ?? 'emulator';
  const fallback = platform === 'emulator' ? 'dev' : (organisation.sandbox ?? 'prod');
  return { platform, sandbox: draft.sandbox?.name ?? fallback };
}
