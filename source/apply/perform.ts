import type { Report } from '../activation/report.ts';
import { changeWords } from './live/changed-so-far.ts';
import type { ApplyEvent, DifferenceEvent, MadeObjects, Outcome } from './events.ts';
import { noJournal } from './journal/journal.ts';
import { markerOf } from './marker.ts';
import { Queue } from './queue.ts';
import type { ApplyServices } from './services.ts';
import { beginSteps, type Working } from './steps.ts';
import { Stopped } from './stopped.ts';

/**
 * Does some work and tells of it. Always ends with one `result` event; failures are events too, the generator itself
 * throws nothing.
 *
 * @param flow - The dataflow that it is about, where it is about one that is there.
 * @param work - Its report, where there is anything to be proven.
 */
export async function* perform(
  services: ApplyServices,
  flow: string | undefined,
  work: (working: Working) => Promise<Report | undefined>,
): AsyncGenerator<ApplyEvent> {
  const queue = new Queue<ApplyEvent>();
  const made: MadeObjects = { ...services.earlier?.made };
  let report: Report | undefined;
  let isTwin = false;
  let change: DifferenceEvent | undefined;
  const words = changeWords(services.earlier);
  const steps = beginSteps(services, (event) => {
    if (event.kind === 'difference') change = event;
    isTwin ||= event.kind === 'finding' && event.finding.id === 'finding.twin';
    queue.push(event);
  });
  const { journal = noJournal, earlier } = services;
  const doubts = { isAny: earlier?.hadDoubt ?? false };
  const working = work({
    ...services,
    journal: {
      async note(note) {
        if (note.kind === 'doubtful') doubts.isAny = true;
        await journal.note(note);
        words.hear(note);
      },
    },
    doubts,
    ...steps,
    made,
    marker: markerOf(services.run),
  })
    .then((result): Outcome => {
      report = result;
      return result === undefined || result.isVerified ? 'verified' : 'mismatch';
    })
    .catch((error: unknown): Outcome => (error instanceof Stopped ? 'interrupted' : 'failed'))
    .finally(() => {
      queue.end();
    });
  yield* queue;
  const outcome = await working;
  const flowId = made.flowId ?? flow;
  const changes = report || !change ? [] : words.partsOf(change);
  yield {
    kind: 'result',
    outcome: outcome === 'failed' && services.stop?.aborted === true ? 'interrupted' : outcome,
    run: services.run,
    made,
    ...(flowId === undefined ? {} : { flowId }),
    ...(report ? { report } : {}),
    ...(changes.length > 0 ? { changes } : {}),
    ...(isTwin ? { isTwin } : {}),
  };
}
