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
