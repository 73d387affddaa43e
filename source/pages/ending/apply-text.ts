import type { ApplyEvent } from '../../apply/events.ts';
import type { Text } from '../../locale/texts.ts';
import type { PlatformKind } from '../../wizard/draft.ts';

type Succeeded = Extract<ApplyEvent, { kind: 'succeeded' }>;
type Result = Extract<ApplyEvent, { kind: 'result' }>;

/** Why a step that succeeded sent nothing; nothing for one that did. */
export function unsentText({ isReused, isEarlier }: Succeeded, text: Text): string | undefined {
  if (isReused === true) return text('apply.reused');
  return isEarlier === true ? text('apply.earlier') : undefined;
}

type Pending = Extract<ApplyEvent, { kind: 'retrying' | 'waiting' | 'finding' }>;

/** What is waited for, in how long it is tried again, or what is good to know. */
export function pendingText(event: Pending, text: Text): string {
  switch (event.kind) {
    case 'retrying':
      return text('apply.retrying', { seconds: seconds(event.afterMs), why: event.why });
    case 'waiting': {
      if (event.about !== undefined) return text(`apply.${event.about}`, { seconds: seconds(event.mostMs) });
      const percent = event.percentCompleted === undefined ? '' : `${event.percentCompleted} %`;
      return `${event.status ?? ''} ${percent}`.trim();
    }
    case 'finding':
      return text(event.finding.id, event.finding.values);
  }
}

/** To a tenth. */
const seconds = (ms: number): number => Math.round(ms / 100) / 10;

/** What an apply that did not end has made, and the command that undoes it; nothing where it has made nothing. */
export function madeSoFar(
  result: Pick<Result, 'made' | 'run'> | undefined,
  platform: PlatformKind | undefined,
  text: Text,
): { made: string; undo: string | undefined } | undefined {
  const made = Object.keys(result?.made ?? {}).length;
  if (!result || made === 0) return undefined;
  return {
    made: `${text('apply.made', { made })} ${text('apply.againGoesOn')}`,
    // What the embedded emulator held is gone with it.
    undo: platform === 'emulator' ? undefined : text('apply.undo', { run: result.run }),
  };
}
