import { Box, Text, useWindowSize } from 'ink';
import { type ReactElement, useEffect, useState } from 'react';
import { KeyHints } from '../../components/key-hints/key-hints.tsx';
import { useKeys } from '../../components/keys/use-keys.ts';
import { ScrollTable } from '../../components/table/scroll-table.tsx';
import { useGlyphs, useTone } from '../../components/theme/theme.tsx';
import { hintOf } from '../../screens/frame/page-keys.ts';
import type { Streams } from '../console/streams.ts';
import { visible } from '../console/visible.ts';
import type { Done } from '../runs/apply-many.ts';
import { countsOf, type Followed, type FollowedPlan } from '../runs/queue-rows.ts';
import { pauseText } from '../runs/queue-pause.ts';
import { openScreen } from './open-screen.tsx';
import type { Look } from './theme-of.ts';

/** Counts, the pause, the range below the rows, the keys, and the last line: a frame as tall as the screen is redrawn whole. */
const frameLines = 5;

/**
 * Draws how far the plans of a queue are, until all have ended or the person leaves.
 *
 * @returns What has ended.
 * @throws whatever `following` throws
 */
export async function showQueueScreen(
  following: AsyncIterable<Followed>,
  onLeave: () => void,
  streams: Streams,
  look: Look,
): Promise<ReadonlyMap<string, Done>> {
  let failure: unknown;
  let last: Followed | undefined;
  await openScreen(streams, look, (close) => {
    const isOver = async (draw: (followed: Followed) => void): Promise<void> => {
      try {
        for await (const one of following) {
          last = one;
          draw(one);
        }
      } catch (error) {
        failure = error;
      }
      close();
    };
    return <QueueScreen follow={isOver} text={streams.text} onLeave={onLeave} />;
  });
  // The terminal may have gone first.
  onLeave();
  if (failure !== undefined) throw failure;
  return last?.done ?? new Map<string, Done>();
}

function QueueScreen({
  follow,
  text,
  onLeave,
}: {
  readonly follow: (draw: (followed: Followed) => void) => Promise<void>;
  readonly onLeave: () => void;
} & Pick<Streams, 'text'>): ReactElement {
  const [followed, setFollowed] = useState<Followed>();
  useEffect(() => {
    void follow(setFollowed);
  }, [follow]);
  useKeys((press) => {
    if (press.kind === 'ctrl' && press.letter === 'c') onLeave();
  });
  return (
    <QueueView
      plans={followed?.plans ?? []}
      pausedUntilMs={followed?.pausedUntilMs}
      text={text}
      onLeave={onLeave}
    />
  );
}

/** One table of all, of which so many rows are drawn as there is room for, and how many are in which state. */
export function QueueView({
  plans,
  pausedUntilMs,
  text,
  onLeave,
}: Pick<Followed, 'plans' | 'pausedUntilMs'> &
  Pick<Streams, 'text'> & { readonly onLeave: () => void }): ReactElement {
  const { columns, rows } = useWindowSize();
  const glyphs = useGlyphs();
  const tone = useTone();
  const marks = {
    working: { mark: glyphs.ellipsis, tone: 'accent' },
    stuck: { mark: glyphs.cross, tone: 'danger' },
    waiting: { mark: glyphs.dot, tone: 'muted' },
    verified: { mark: glyphs.check, tone: 'success' },
  } as const;
  const wordOf = (state: FollowedPlan['state']): string =>
    state === 'verified' ? text('many.verified') : text(`work.${state}`);
  return (
    <Box flexDirection="column">
      <Text {...tone.strong} wrap="truncate">
        {text('work.counts', countsOf(plans))}
      </Text>
      <Text {...tone.warning} wrap="truncate">
        {/* Its line is kept where there is none: rows do not jump when it comes. */}
        {pausedUntilMs === undefined ? ' ' : `${glyphs.warning} ${pauseText(pausedUntilMs, text)}`}
      </Text>
      <ScrollTable
        columns={[{ title: '' }, { title: '' }, { title: '' }, { title: '' }]}
        rows={plans.map(({ file, state, run, why }) => ({
          ...marks[state],
          cells: [visible(file), wordOf(state), run, visible(why)],
        }))}
        height={Math.max(1, rows - frameLines)}
        width={columns}
        range={(first, last, total) => text('list.range', { first, last, total })}
        onBack={onLeave}
      />
      <KeyHints keys={(['move', 'back'] as const).map((name) => hintOf(name, text))} />
    </Box>
  );
}
