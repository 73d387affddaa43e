import type { Report } from '../activation/report.ts';
import type { Flow } from '../flow-service/flows.ts';
import type { Applying } from './steps.ts';
import { Stopped } from './stopped.ts';

/**
 * Compares what the platform holds with what was asked for, and notes the end of the run and what was read. The answer that ended
 * the wait is the read-back: asking once more would say the same.
 *
 * @param reportOf - Compares a dataflow with the plan.
 * @throws JournalError, Stopped
 */
export function prove(
  { step, stop, journal }: Applying,
  settled: Flow,
  reportOf: (flow: Flow) => Report | Promise<Report>,
): Promise<Report> {
  return step('validate', async () => {
    const report = await reportOf(settled);
    // A wait that was broken off proves nothing, in neither direction.
    if (!report.isVerified && stop?.aborted === true) throw new Stopped();
    await journal.note({
      kind: 'ended',
      outcome: report.isVerified ? 'verified' : 'mismatch',
      became: settled.raw,
    });
    return report;
  });
}
