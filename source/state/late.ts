import type { RunStore } from '../apply/journal/run-store.ts';
import type { State } from './state.ts';

/** Runs of a store that is read when somebody asks it for the first time. */
export const lateRuns = (load: () => Promise<RunStore>): RunStore => ({
  open: async (...args) => (await load()).open(...args),
  read: async (...args) => (await load()).read(...args),
  find: async (...args) => (await load()).find(...args),
  list: async (...args) => (await load()).list(...args),
  listOpen: async () => (await load()).listOpen(),
  holder: async (...args) => (await load()).holder(...args),
  left: async (...args) => (await load()).left(...args),
  forget: async (...args) => (await load()).forget(...args),
  alone: async (...args) => (await load()).alone(...args),
});

/** The same of a whole state, all of it in one place. */
export const lateState = (place: string, load: () => Promise<State>): State => ({
  place,
  placeOf: () => place,
  placeOfDrafts: place,
  runs: lateRuns(async () => (await load()).runs),
  drafts: {
    list: async () => (await load()).drafts.list(),
    write: async (...args) => (await load()).drafts.write(...args),
    remove: async (...args) => (await load()).drafts.remove(...args),
  },
  audit: async (...args) => (await load()).audit(...args),
  keepReceipt: async (...args) => (await load()).keepReceipt(...args),
});
