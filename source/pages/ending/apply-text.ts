import type { ApplyEvent } from '../../apply/events.ts';
import type { ChangePart } from '../../apply/live/changed-so-far.ts';
import { mostWrites, whyFailed } from '../../apply/once/doubt.ts';
import { type MessageId, type Text, valueText } from '../../locale/texts.ts';
import type { PlatformKind } from '../../wizard/draft.ts';
import { inWords } from './change-text.ts';

type Succeeded = Extract<ApplyEvent, { kind: 'succeeded' }>;
type Result = Extract<ApplyEvent, { kind: 'result' }>;

/** Why a step that succeeded sent nothing; nothing for one that did. */
export function unsentText({ step, isReused, isEarlier }: Succeeded, text: Text): string | undefined {
  if (isReused === true) return text(step.startsWith('remove-') ? 'apply.inUse' : 'apply.reused');
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

/** What there is by now of an apply that did not end. */
export interface SoFar {
  readonly made: readonly string[];
  readonly next: readonly string[];
}

/** What an apply that did not end has made or changed, and what to do with it; nothing where it has done nothing. */
export function madeSoFar(
  result: Pick<Result, 'made' | 'run' | 'changes'> | undefined,
  platform: PlatformKind | undefined,
  text: Text,
): SoFar | undefined {
  const made = Object.keys(result?.made ?? {}).length;
  const { changes = [] } = result ?? {};
  const isSent = changes.some(({ state }) => state !== 'notSent');
  if (!result || (made === 0 && !isSent)) return undefined;
  // What the embedded emulator held is gone with it: no command finds it.
  const undo = platform === 'emulator' ? [] : [text('apply.undo', { run: result.run })];
  return {
    made: [
      ...(made === 0 ? [] : [text('apply.made', { made })]),
      ...(isSent ? [changedText(changes, text), ...changedLines(changes, text)] : []),
    ],
    next: [text('apply.againGoesOn'), ...undo],
  };
}

/** In one sentence, how much of a change that did not end the platform has taken. */
export function changedText(changes: readonly ChangePart[], text: Text): string {
  const count = (state: ChangePart['state']): number => changes.filter((one) => one.state === state).length;
  if (count('unknown') > 0) return text('apply.changed.unknown');
  if (count('taken') === 0) return text('apply.changed.none');
  return text(count('taken') === changes.length ? 'apply.changed.all' : 'apply.changed.some');
}

/** Differences that are told of each write, at most. */
const mostTold = 8;

/** Each write of a change, what became of it, and what it is about. */
export const changedLines = (changes: readonly ChangePart[], text: Text): string[] =>
  changes.flatMap(({ step, state, why, differences }) => {
    const what = text(`apply.${step}`);
    const more = differences.length - mostTold;
    return [
      why === undefined || state === 'taken'
        ? text(`apply.part.${state}`, { what })
        : text(`apply.part.${state}Why`, { what, why }),
      ...differences.slice(0, mostTold).map((one) => `  ${inWords(one, text)}`),
      ...(more > 0 ? [`  ${text('apply.part.more', { count: more })}`] : []),
    ];
  });
