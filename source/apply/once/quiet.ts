import type { Flow } from '../../flow-service/flows.ts';
import type { ApplyEvent, ApplyStep } from '../events.ts';
import type { ApplyServices } from '../services.ts';
import { Stopped } from '../stopped.ts';
import { pause } from './pause.ts';

/** The platform does not come to an end with a change, ours or another; nothing may be changed meanwhile. */
export class FlowBusyError extends Error {
  override readonly name = 'FlowBusyError';
  readonly kind = 'flowBusy';
  readonly id: string;
  /** Its state, or that of its last change, in words of the platform. */
  readonly found: readonly string[];
  constructor(id: string, found: string) {
    super(`dataflow ${id} is ${found}`);
    this.id = id;
    this.found = [found];
  }
}

/** States in which updates are refused. @see flow-service.md, section 2.0.5; manage.md, section 4.2 */
const passing = /^(initializing|updating|disabling|enabled-finalizing|delete-finalizing)$/i;

/** Between two reads, milliseconds: the first ones soon, then ever more rarely. */
const firstPauseMs = 100;
const mostPauseMs = 3000;

/**
 * Reads a dataflow until nothing is being done to it: what is read meanwhile may show neither what was nor what
 * will be, and places in it mean nothing.
 *
 * @throws FlowServiceError; FlowBusyError when it takes longer than `settleMs`; Stopped.
 */
export async function readQuiet(
  read: () => Promise<Flow>,
  step: ApplyStep,
  { clock, stop, settleMs = 300_000 }: Pick<ApplyServices, 'clock' | 'stop' | 'settleMs'>,
  tell: (event: Extract<ApplyEvent, { kind: 'waiting'; about: string }>) => void,
): Promise<Flow> {
  const untilMs = clock() + settleMs;
  for (let pauseMs = firstPauseMs, isFirst = true; ; pauseMs = Math.min(mostPauseMs, pauseMs * 1.5)) {
    const flow = await read();
    const busy = whatIsBusy(flow);
    if (busy === undefined) return flow;
    if (stop?.aborted === true) throw new Stopped();
    const leftMs = untilMs - clock();
    if (leftMs <= 0) throw new FlowBusyError(flow.id ?? '', busy);
    if (isFirst) tell({ kind: 'waiting', step, about: 'busy', mostMs: leftMs });
    isFirst = false;
    await pause(Math.min(pauseMs, leftMs), stop);
  }
}

function whatIsBusy({ state = '', lastOperation }: Flow): string | undefined {
  if (passing.test(state)) return state;
  return lastOperation?.progress === 'running' ? lastOperation.status : undefined;
}
