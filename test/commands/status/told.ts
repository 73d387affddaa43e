import type { Look } from '../../activation/watch/watching.ts';
import { at, look, runOf } from '../../activation/watch/watching.ts';
import { unicodeGlyphs } from '../../../source/components/theme/glyphs.ts';
import type { Status, Watched } from '../../../source/commands/status/read-status.ts';
import type { Saying } from '../../../source/commands/status/status-lines.ts';
import type { Text } from '../../../source/locale/texts.ts';
import { listedFlow } from '../../../source/flow-service/flows.ts';
import { run } from '../../../source/flow-service/runs.ts';

/** A dataflow that was looked at, as the command knows it. */
export function watchedAs(one: Look, destination = 'Adobe Campaign'): Watched {
  const watch = look(one);
  const { id, name, state, segments } = watch.flow;
  const listed = listedFlow.parse({
    id,
    name,
    state,
    transformations: [{ params: { segmentSelectors: { selectors: segments.map((value) => ({ value })) } } }],
  });
  const runs = [...(one.runs ?? []), ...(one.asked ?? [])].map((own) => ({
    ...run.parse({ id: own.id }),
    ...own,
    segments: own.segments,
    errors: own.errors,
  }));
  return { watch, listed, destination, runs };
}

export const statusOf = (watched: readonly Watched[], more: Partial<Status> = {}): Status => ({
  watched,
  atMs: at('13:34'),
  durationMs: 3214,
  calls: 9,
  offsetMs: 400,
  lacks: [],
  ...more,
});

export const sayingIn = (text: Text, zone = 'Asia/Taipei'): Saying => ({
  text,
  zone,
  glyphs: unicodeGlyphs,
  sandbox: 'prod',
  nowMs: at('13:34'),
});

const segment = (id: string, name: string) => ({ id, name });

/** One that is late, one that fails for the third time, one that is slow, one that nobody could read, and a good one. */
export const mixed = (): Status =>
  statusOf([
    watchedAs({ at: '13:34' }),
    watchedAs({
      at: '13:34',
      from: '2026-11-20 00:00',
      flow: { id: '57b64cb2-17e6-432c-a469-6aedafb16cd5', name: 'Loyalty to SFTP' },
      runs: ['2026-11-23 12:01', '2026-11-24 12:01', '2026-11-25 12:01', '12:14'].map((began, index) =>
        runOf(began, {
          state: index === 0 ? 'good' : 'failed',
          ...(index === 0
            ? {}
            : { errors: [{ code: 'ACTIVATION_BATCH-0000-FAILED', message: 'Job aborted.' }] }),
        }),
      ),
    }),
    watchedAs({
      at: '13:34',
      flow: { id: '106cdece-17e6-432c-a469-6aedafb16cd5', name: 'Nightly all' },
      segment: {
        ...segment('2d79d0d8-724f-49fc-a09d-d1dec338c93c', 'Hikers'),
        schedule: { frequency: 'DAILY', startDate: '2026-11-01', startTime: '10:00' },
      },
      runs: [
        runOf('10:32', { state: 'running', segments: [{ id: '2d79d0d8-724f-49fc-a09d-d1dec338c93c' }] }),
      ],
    }),
    unread(),
    watchedAs({
      at: '13:34',
      flow: { id: '33333333-17e6-432c-a469-6aedafb16cd5', name: 'a|b=1\n\'x\' "y" \\ 顧客' },
      runs: [runOf('12:02', { rowsIn: 1000, rowsOut: 990, skipped: 10, filesOut: 2, bytesOut: 855_202_780 })],
    }),
  ]);

function unread(): Watched {
  const one = watchedAs({
    at: '13:34',
    flow: { id: '44444444-17e6-432c-a469-6aedafb16cd5', name: 'Winback test' },
  });
  const { flow } = one.watch;
  return {
    ...one,
    watch: {
      flow,
      seen: { kind: 'unread', why: 'refused', atMs: at('13:34') },
      segments: [],
      livingSegments: 1,
      findings: [
        {
          id: 'unknown:44444444',
          kind: 'unknown',
          severity: 'unknown',
          flowId: flow.id,
          flowName: flow.name,
          why: 'refused',
        },
      ],
    },
  };
}
