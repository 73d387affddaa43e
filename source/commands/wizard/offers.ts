import { statSync } from 'node:fs';
import path from 'node:path';
import { orNothing, StateUnreadableError } from '../../apply/journal/kept-files.ts';
import type { Offers, Organisation } from '../../pages/services.ts';
import { stateFolder } from '../../settings/state-folder.ts';
import type { SavedDraft } from '../../wizard/draft.ts';
import type { Flags } from '../console/arguments.ts';
import type { Streams } from '../console/streams.ts';
import { type KeptDraft, offeredDrafts } from './drafts.ts';

/** What earlier starts left; nothing of another platform than the one that was asked for. */
export async function readOffers(
  flags: Flags,
  env: Streams['env'],
  organisation: Organisation,
): Promise<{ offers: Offers; kept: readonly KeptDraft[]; unreadable?: StateUnreadableError }> {
  const folder = stateFolder(env);
  const hasOrganisation = organisation.missing.length === 0;
  let found: ReturnType<typeof offeredDrafts>;
  try {
    found = offeredDrafts(
      folder,
      ({ draft }) => draft.platform === 'emulator' || (flags.emulator !== true && hasOrganisation),
      (saved) => isElsewhere(saved, flags, organisation),
    );
  } catch (error) {
    // A rehearsal can do without; what may be unfinished on a platform has to be known.
    if (flags.emulator !== true || !(error instanceof StateUnreadableError)) throw error;
    return { offers: { drafts: [], runs: [] }, kept: [], unreadable: error };
  }
  const { offered: kept, unread } = found;
  const drafts = kept.map(({ saved }) => saved);
  const elsewhere = found.elsewhere.map((saved) => ({ saved, host: saved.place?.host }));
  const mayResume = flags.emulator !== true && hasOrganisation && hasSomething(path.join(folder, 'open'));
  if (!mayResume) return { offers: { drafts, runs: [], unread, elsewhere }, kept };
  const [{ listOpenRuns, holderOfRun }, { stepsToMake }, { withOpenRuns }] = await Promise.all([
    import('../../apply/journal/journal-file.ts'),
    import('../../activation/steps.ts'),
    import('../../wizard/run-of.ts'),
  ]);
  // An errand is finished by its command.
  const open = await listOpenRuns(folder);
  const runs = open.runs.flatMap(({ run, plan, place, begunMs, made, who }) =>
    plan === undefined
      ? []
      : [
          holderOfRun(folder, run).then((holder) => ({
            run,
            plan: plan.name,
            sandbox: place.sandbox,
            isProduction: place.isProduction !== false,
            begunMs,
            made: Object.keys(made).length,
            wanted: stepsToMake(plan).length,
            ...(holder ? { heldBy: { user: who.user, holder } } : {}),
          })),
        ],
  );
  const about = open.runs.flatMap(({ run, plan, place, begunMs, made }) =>
    plan === undefined
      ? []
      : [{ run, plan, orgId: place.orgId, made: Object.keys(made).length, atMs: begunMs }],
  );
  const known = kept.map(({ file, saved }) => ({ file, saved: withOpenRuns(saved, about) }));
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

/** Whether there is something, without reading what reads it. @throws StateUnreadableError */
function hasSomething(folder: string): boolean {
  try {
    statSync(folder);
    return true;
  } catch (error) {
    orNothing(folder, error);
    return false;
  }
}
