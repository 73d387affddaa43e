import type { NotNow } from '../../activation/export-now.ts';
import { interruption } from '../../apply/interruption.ts';
import { pause } from '../../apply/once/pause.ts';
import type { FlowService } from '../../flow-service/client.ts';
import { isFlowServiceError, isForbidden } from '../../flow-service/errors.ts';
import { isoText } from '../console/here.ts';
import { listenForEnd } from '../console/listen-for-end.ts';
import { json, type Streams } from '../console/streams.ts';
import { tell } from '../console/wrap-said.ts';
import type { AskedSegment } from './exportable.ts';
import { roundIn } from './tell-following.ts';

/** Between two looks, milliseconds: while a run goes on, and while only the hour has to come. */
const busyMs = 15_000;
const quietTimes = 4;

/** Why something cannot be exported now, for programs. */
export const whyJson = (why: NotNow) => ({
  why: why.kind,
  ...('fromMs' in why ? { possibleAt: isoText(why.fromMs) } : {}),
  ...('runId' in why ? { run: why.runId } : {}),
});

export interface Waiting {
  readonly client: Pick<FlowService, 'clock'>;
  /** Looks anew. @throws FlowServiceError */
  readonly look: () => Promise<readonly AskedSegment[]>;
  readonly asked: readonly AskedSegment[];
  readonly streams: Streams;
  readonly isJson: boolean;
  readonly begun: () => void;
  readonly whyText: (why: NotNow) => string;
}

/** What passes by itself: a run ends, an hour comes. */
export const passes = (why: NotNow | undefined): why is NotNow =>
  why !== undefined && (why.kind === 'running' || 'fromMs' in why);

/**
 * Waits until nothing stands in the way any more that passes by itself, and says for what.
 *
 * @returns What was looked at last; nothing where somebody ended the waiting.
 * @throws FlowServiceError for want of a right
 * @see living.md, section 7, 7
 */
export async function untilPossible(waiting: Waiting): Promise<readonly AskedSegment[] | undefined> {
  const { client, look, streams } = waiting;
  const { stop, end } = interruption();
  const forget = listenForEnd(streams, end);
  const roundMs = roundIn(streams.env) ?? busyMs;
  let { asked } = waiting;
  let told = '';
  try {
    for (;;) {
      const open = asked.flatMap(({ segment, why }) => (passes(why) ? [{ segment, why }] : []));
      if (open.length === 0) return asked;
      if (stop.aborted) return undefined;
      const said = JSON.stringify(open);
      if (said !== told) tellWaiting(waiting, open);
      told = said;
      const isRunning = open.some(({ why }) => why.kind === 'running');
      const leftMs = open.map(({ why }) => ('fromMs' in why ? why.fromMs - client.clock().nowMs : Infinity));
      const mostMs = isRunning ? roundMs : quietTimes * roundMs;
      await pause(Math.max(1, Math.min(mostMs, ...leftMs)), stop);
      asked = await look().catch((error: unknown) => {
        // A look that fails ends no waiting.
        if (!isFlowServiceError(error) || error.kind === 'cancelled' || isForbidden(error)) throw error;
        return asked;
      });
    }
  } finally {
    forget();
  }
}

type Open = readonly { readonly segment: AskedSegment['segment']; readonly why: NotNow }[];

function tellWaiting({ streams, isJson, begun, whyText }: Waiting, open: Open): void {
  const { stdout, stderr, text, glyphs } = streams;
  if (isJson) {
    begun();
    json(stdout, {
      kind: 'waiting',
      segments: open.map(({ segment, why }) => ({
        segment: segment.id,
        ...whyJson(why),
      })),
    });
    return;
  }
  tell(stderr, `${glyphs.ellipsis} ${text('export.waits', { count: open.length })}`);
  for (const { segment, why } of open)
    tell(stderr, `  ${text('export.left', { segment: segment.name, why: whyText(why) })}`);
}
