import type { Offers, Organisation } from '../../pages/services.ts';
import { StateAwayError, StateUnreadableError } from '../../state/errors.ts';
import type { SavedDraft } from '../../wizard/draft.ts';
import type { Flags } from '../console/arguments.ts';
import type { Streams } from '../console/streams.ts';
import { keptState } from '../state/kept-state.ts';
import { type KeptDraft, offeredDrafts } from './drafts.ts';

/** What earlier starts left; nothing of another platform than the one that was asked for. */
export async function readOffers(
  flags: Flags,
  env: Streams['env'],
  organisation: Organisation,
): Promise<{ offers: Offers; kept: readonly KeptDraft[]; unreadable?: Error }> {
  const state = keptState(env);
  const hasOrganisation = organisation.missing.length === 0;
  let found: Awaited<ReturnType<typeof offeredDrafts>>;
  try {
    found = await offeredDrafts(
      state.drafts,
      ({ draft }) => draft.platform === 'emulator' || (flags.emulator !== true && hasOrganisation),
      (saved) => isElsewhere(saved, flags, organisation),
    );
  } catch (error) {
    // A rehearsal can do without; what may be unfinished on a platform has to be known.
    if (flags.emulator !== true || !isOfState(error)) throw error;
    return { offers: { drafts: [], runs: [] }, kept: [], unreadable: error };
  }
  const { offered: kept, unread } = found;
  const drafts = kept.map(({ saved }) => saved);
  const elsewhere = found.elsewhere.map((saved) => ({ saved, host: saved.place?.host }));
  const mayResume = flags.emulator !== true && hasOrganisation;
  const open = mayResume ? await state.runs.listOpen() : { runs: [], lost: [] };
  // What a draft says of runs that are over by now is not true any more.
  const namesRuns = mayResume && kept.some(({ saved }) => saved.unfinished !== undefined);
  if (open.runs.length + open.lost.length === 0 && !namesRuns)
    return { offers: { drafts, runs: [], unread, elsewhere }, kept };
  const [{ stepsToMake }, { withOpenRuns }] = await Promise.all([
    import('../../activation/steps.ts'),
    import('../../wizard/run-of.ts'),
  ]);
  // An errand is finished by its command.
  const runs = open.runs.flatMap(({ run, plan, place, begunMs, made, who }) =>
    plan === undefined
      ? []
      : [
          Promise.all([state.runs.holder(run), state.runs.left(run)]).then(([holder, left]) => ({
            run,
            plan: plan.name,
            sandbox: place.sandbox,
            isProduction: place.isProduction !== false,
            begunMs,
            made: Object.keys(made).length,
            wanted: stepsToMake(plan).length,
            ...(holder ? { heldBy: { user: left?.user ?? who.user, holder } } : {}),
            ...(left ? { leftBy: left } : {}),
          })),
        ],
  );
  const about = open.runs.flatMap(({ run, plan, place, begunMs, made }) =>
    plan === undefined
      ? []
      : [{ run, plan, orgId: place.orgId, made: Object.keys(made).length, atMs: begunMs }],
  );
  const known = kept.map(({ name, saved }) => ({ name, saved: withOpenRuns(saved, about) }));
  return {
    offers: {
      drafts: known.map(({ saved }) => saved),
      runs: await Promise.all(runs),
      unread: [...(unread ?? []), ...open.lost],
      elsewhere,
    },
    kept: known,
  };
}

/**
 * Whether a draft belongs to another platform than the one that was asked for: to the embedded emulator where an
 * address or a profile was named, or to another organisation.
 */
function isElsewhere({ draft, place }: SavedDraft, flags: Flags, { host, orgId }: Organisation): boolean {
  if (draft.platform === 'emulator') return flags['api-url'] !== undefined || flags.profile !== undefined;
  return place !== undefined && (place.host !== host || place.orgId !== orgId);
}

/** Whether what is kept cannot be read, or cannot be reached. */
const isOfState = (error: unknown): error is Error =>
  error instanceof StateUnreadableError || error instanceof StateAwayError;
