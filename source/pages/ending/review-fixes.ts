import type { Finding } from '../../activation/findings/findings.ts';
import { utcMs } from '../../activation/content/schedule.ts';
import { fixed, isAlike } from '../../activation/findings/fixes.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import { modeName } from '../../locale/plan-words.ts';
import type { Draft } from '../../wizard/draft.ts';
import { withAnswers } from '../../wizard/from-plan.ts';
import type { Asking } from '../page.ts';
import { zonedText } from '../schedule/export-time.ts';

/** A draft without something that may not be meant. */
export interface Mended {
  readonly draft: Draft;
  /** What is then the case, as a noun: `key personalEmail.address`. */
  readonly fact: string;
}

/**
 * Mends the first of these findings that can be, and with it all that are alike: one press, one fact.
 *
 * @param here - Those of one line of the review.
 * @param nowMs - Epoch milliseconds.
 * @returns Nothing where a person has to decide.
 */
export function mended(
  asking: Asking,
  plan: Plan,
  here: readonly Finding[],
  nowMs: number,
): Mended | undefined {
  const first = here.find((one) => fixed(plan, one, nowMs) !== undefined);
  if (!first) return undefined;
  const better = here
    .filter(({ id }) => isAlike(id, first.id))
    .reduce((done, one) => fixed(done, one, nowMs) ?? done, plan);
  return { draft: withAnswers(asking.state.draft, better), fact: factOf(asking, first, better) };
}

function factOf({ text, services }: Asking, { id, path, values }: Finding, better: Plan): string {
  const segment = better.segments[Number(/^\$\.segments\[(\d+)\]/.exec(path)?.[1] ?? -1)];
  switch (id) {
    case 'finding.startPast':
    case 'finding.startSoon':
    case 'finding.noExportLeft': {
      const { startDate = '', startTime = '00:00' } = segment?.schedule ?? {};
      const start = zonedText(text, utcMs(startDate, startTime), services.timeZone);
      return text('fix.start', { start });
    }
    case 'finding.overwrites':
      return text('fix.fileName');
    case 'finding.nameMakesFolders':
      return text('fix.segmentId');
    case 'finding.noDeduplication': {
      const [key] = better.attributes.deduplication;
      return text('fix.key', { attribute: key?.fieldType === 'ATTRIBUTE' ? key.attributePath : '' });
    }
    default:
      return text('fix.mode', { mode: modeName(text, String(values['better'] ?? '')) });
  }
}
