import type { Change } from '../../activation/change/changes.ts';
import type { DifferenceEvent } from '../events.ts';
import type { ChangeStep, JournalNote } from '../journal/journal.ts';
import type { RunState } from '../journal/run-state.ts';

/** What became of one of the two writes of a change that did not come to its end. */
export interface ChangePart {
  readonly step: ChangeStep;
  /** `taken`: the platform has accepted it. `unknown`: it was sent, and nobody knows. `notSent`: it never left. */
  readonly state: 'taken' | 'refused' | 'unknown' | 'notSent';
  /** What was answered instead of taking it: a status, `lost`, `timeout` … */
  readonly why?: string | undefined;
  /** What it is about. */
  readonly differences: readonly Change[];
}

type Word = Pick<ChangePart, 'state' | 'why'>;

/** Keeps the last word about each write of a change. */
interface ChangeWords {
  readonly hear: (note: JournalNote) => void;
  /** The writes of a change, in their order. */
  readonly partsOf: (change: DifferenceEvent) => readonly ChangePart[];
}

/** @param earlier - What earlier attempts of the run left. */
export function changeWords(earlier: Pick<RunState, 'patched' | 'lastWords'> | undefined): ChangeWords {
  const words = new Map<ChangeStep, Word>();
  for (const step of steps) {
    const word = earlier?.lastWords?.[step];
    if (earlier?.patched.has(step) === true) words.set(step, { state: 'taken' });
    else if (word) words.set(step, { state: word.kind === 'refused' ? 'refused' : 'unknown' });
  }
  return {
    hear(note) {
      if (!('step' in note) || (note.step !== 'change' && note.step !== 'location')) return;
      switch (note.kind) {
        case 'intent':
          words.set(note.step, { state: 'unknown' });
          break;
        case 'patched':
          words.set(note.step, { state: 'taken' });
          break;
        case 'doubtful':
          words.set(note.step, { state: 'unknown', why: note.why });
          break;
        case 'refused':
          // The platform's answers are told by their status: what never left has no other.
          words.set(note.step, { state: /^\d+$/.test(note.why) ? 'refused' : 'notSent', why: note.why });
          break;
        default:
      }
    },
    partsOf: ({ differences }) =>
      steps.flatMap((step): ChangePart[] => {
        const own = differences.filter((one) => isSent(one) && isOf(one, step));
        return own.length === 0
          ? []
          : [{ step, ...(words.get(step) ?? { state: 'notSent' }), differences: own }];
      }),
  };
}

/** In which they are sent. */
const steps = ['location', 'change'] as const;

/** How files are encrypted is the account's, and is not changed here. */
const isSent = ({ kind, path }: Change): boolean =>
  kind !== 'kept' && kind !== 'unread' && !/^\$\.destination\.(auth|encryption)/.test(path);

const isOf = ({ path }: Change, step: ChangeStep): boolean =>
  path.startsWith('$.destination') === (step === 'location');
