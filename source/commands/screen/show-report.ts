import type { Report } from '../../activation/report.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import { readCapabilities } from '../../terminal/capabilities.ts';
import type { Flags } from '../console/arguments.ts';
import { speaksInLines } from './speaks-in-lines.ts';
import type { Streams } from '../console/streams.ts';
import { settleLook } from './theme-of.ts';

/** Shows the validation view until the person leaves it; nothing where nothing can be drawn. */
export async function showReport(
  report: Report,
  plan: Plan,
  flowId: string,
  streams: Streams,
  flags: Flags,
): Promise<void> {
  const capabilities = readCapabilities(streams.env, streams);
  const mayDraw = flags['no-input'] !== true && flags.yes !== true && !speaksInLines(flags, capabilities);
  if (!capabilities.canAsk || !mayDraw) return;
  const look = settleLook(flags, capabilities);
  const { showReportScreen } = await import('./report-screen.tsx');
  await showReportScreen({ report, plan, flowId }, streams, look);
}
