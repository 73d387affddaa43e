import type { Draft } from '../../wizard/draft.ts';
import { clearParams, toPlan } from '../../wizard/to-plan.ts';
import type { Connected } from '../connect/open-client.ts';
import { type Flags, withoutYes } from '../console/arguments.ts';
import { requireRight } from '../console/rights.ts';
import { line, type Streams } from '../console/streams.ts';
import { withStop } from '../console/with-stop.ts';
import { storageText } from '../../locale/storage-text.ts';
import { checkIn, exitOf } from '../storage/check.ts';
import { openTarget } from '../storage/open-target.ts';
import { untilRead, withinWizard } from './within.ts';

/**
 * `ferry storage check` of the answers so far, on the terminal as it is. Esc and Ctrl+C lead back.
 *
 * @param writes - Also whether files may be written and deleted.
 * @returns what failed, in words, where something did; nothing where it was ended before, or nothing could be looked at
 */
export function storageWithin(
  draft: Draft,
  writes: boolean,
  connected: Connected,
  flags: Flags,
  streams: Streams,
): Promise<{ readonly failed?: string } | undefined> {
  const asked: Flags = { ...withoutYes(flags), 'no-write': !writes };
  return withinWizard(streams, async (within) => {
    line(within.stdout);
    let seen: { readonly failed?: string } | undefined;
    await withStop(within, false, async (enter) => {
      requireRight('storage', streams.restriction);
      enter(connected.scene);
      const plan = toPlan(draft);
      const params = draft.account === undefined ? clearParams(draft) : undefined;
      const target = await openTarget({ plan, params, flags: asked, streams: within, enter }, connected);
      const steps = await checkIn(plan, target, asked, within);
      const [failure] = steps.flatMap((step) => (step.kind === 'failed' ? [step.failure] : []));
      seen = failure ? { failed: storageText(within.text, failure, target.told).what } : {};
      return exitOf(steps);
    });
    await untilRead(streams.text('flow.goOn'), within);
    return seen;
  });
}
