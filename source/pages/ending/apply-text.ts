import type { ApplyEvent } from '../../apply/events.ts';
import { mostWrites, whyFailed } from '../../apply/once/doubt.ts';
import { type MessageId, type Text, valueText } from '../../locale/texts.ts';
import type { PlatformKind } from '../../wizard/draft.ts';

type Succeeded = Extract<ApplyEvent, { kind: 'succeeded' }>;
type Result = Extract<ApplyEvent, { kind: 'result' }>;

/** Why a step that succeeded sent nothing; nothing for one that did. */
export function unsentText({ isReused, isEarlier }: Succeeded, text: Text): string | undefined {
  if (isReused === true) return text('apply.reused');
  return isEarlier === true ? text('apply.earlier') : undefined;
}

type WithoutStep<Event> = Event extends unknown ? Omit<Event, 'step'> : never;
/** Also of what is undone, whose steps are others. */
type Pending = WithoutStep<Extract<ApplyEvent, { kind: 'retrying' | 'waiting' | 'finding' }>>;

/**
 * What is waited for and for how long, in how long it is tried again, or what is good to know.
 *
 * @param passedMs - How long ago it was told: the seconds are those that are left.
 */
export function pendingText(event: Pending, text: Text, passedMs = 0): string {
  const left = (ms: number): number => seconds(Math.max(0, ms - passedMs));
  switch (event.kind) {
    case 'retrying': {
      const { attempt, why } = event;
      const values = { seconds: left(event.afterMs), why };
      // One that somebody else came before is not counted as a failure.
      if (why === 'etag') return text('apply.retryingOnce', values);
      return text('apply.retrying', { ...values, what: text(whatOf(why)), attempt, most: mostWrites });
    }
    case 'waiting': {
      if (event.about === 'doubt' && event.why !== undefined) {
        const { attempt = 1, why, mostMs } = event;
        const values = { what: text(whatOf(why)), why, seconds: left(mostMs), attempt, most: mostWrites };
        return text('apply.doubtOf', values);
      }
      if (event.about !== undefined) return text(`apply.${event.about}`, { seconds: left(event.mostMs) });
      const percent = event.percentCompleted === undefined ? '' : `${event.percentCompleted} %`;
      return `${valueText(text, event.status ?? '')} ${percent}`.trim();
    }
    case 'finding':
      return text(event.finding.id, event.finding.values);
  }
}

/** What a status, or the lack of one, says of the platform. */
function whatOf(why: string): MessageId {
  if (['408', '425', '429', '503'].includes(why)) return 'apply.overloaded';
  return /^\d+$/.test(why) ? 'apply.failing' : 'apply.noAnswer';
}

/** `503, 3 tries`: why a step failed in the end, in a few words. @param tries - How often it was tried. */
export function failedText(error: unknown, tries: number, text: Text): string {
  const why = whyFailed(error);
  if (why === undefined) return '';
  return tries > 1 ? text('apply.tries', { why, count: tries }) : valueText(text, why);
}

/** To a tenth where they are few. */
const seconds = (ms: number): number => (ms < 10_000 ? Math.round(ms / 100) / 10 : Math.round(ms / 1000));

/** What an apply that did not end has made, and what to do with it; nothing where it has made nothing. */
export function madeSoFar(
  result: Pick<Result, 'made' | 'run'> | undefined,
  platform: PlatformKind | undefined,
  text: Text,
): { made: string; next: readonly string[]; mayUndo: boolean } | undefined {
  const made = Object.keys(result?.made ?? {}).length;
  if (!result || made === 0) return undefined;
  // What the embedded emulator held is gone with it.
  const mayUndo = platform !== 'emulator';
  const undo = mayUndo ? [text('apply.undo', { run: result.run })] : [];
  return { made: text('apply.made', { made }), next: [text('apply.againGoesOn'), ...undo], mayUndo };
}
