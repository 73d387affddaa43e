import type { Connection } from '../../flow-service/connections.ts';
import { type Flow, readAgain } from '../../flow-service/flows.ts';
import type { Found } from '../journal/journal.ts';
import type { Live } from './live.ts';
import type { Applying } from '../steps.ts';

/** What there was, and what of it others have changed since, is on the disk before anything is sent. */
export function noteFirst(applying: Applying, before: Live, now: () => Live): Applying {
  let isNoted = applying.earlier?.found !== undefined;
  // An earlier attempt has noted something else than this one reads.
  const noted: { flow?: Flow; target?: Connection | undefined } = isNoted ? {} : { ...before };
  return {
    ...applying,
    journal: {
      async note(note) {
        if (note.kind === 'intent' && !isNoted) {
          isNoted = true;
          await applying.journal.note({ kind: 'found', ...asKept(before) });
        }
        if (note.kind === 'intent' && (note.step === 'change' || note.step === 'location')) {
          const { flow, target } = now();
          const isFlow = note.step === 'change';
          if (isFlow ? noted.flow !== flow : noted.target !== target)
            await applying.journal.note({ kind: 'over', step: note.step, ...asKept({ flow, target }) });
          Object.assign(noted, isFlow ? { flow } : { target });
        }
        await applying.journal.note(note);
      },
    },
  };
}

const asKept = ({ flow, target, set }: Live): Found => ({
  flow: flow.raw,
  ...(set ? { set } : {}),
  ...(target
    ? {
        target: {
          id: target.id,
          baseConnectionId: target.baseConnectionId,
          // What an absent param means is the card's.
          connectionSpec: target.connectionSpec,
          params: target.params,
          etag: target.etag,
        },
      }
    : {}),
});

/** What an earlier attempt found. */
export const foundOf = ({ flow, target, set }: Found): Live => ({
  flow: readAgain(flow),
  ...(target ? { target } : { hasNoTarget: true }),
  set,
});

/** What an earlier attempt has sent its change over. */
export const overOf = ({ over }: NonNullable<Applying['earlier']>, found: Flow): Flow =>
  over?.flow === undefined ? found : readAgain(over.flow);
