import { readLive } from '../apply/live/live.ts';
import { compare } from '../activation/report.ts';
import { reportLines } from '../pages/ending/report-text.ts';
import { type Arguments, isId } from './console/arguments.ts';
import { withConnected } from './connect/connect.ts';
import { exitCode } from './console/exit-codes.ts';
import { readPlanFile } from './plan/read-plan.ts';
import { Stop } from './console/stop.ts';
import { withStop } from './console/with-stop.ts';
import { json, type Streams } from './console/streams.ts';
import { tell } from './console/wrap-said.ts';

/** `ferry validate PLAN --flow ID`: compares a live dataflow with a plan; sends only GET. @see cli.md */
export function runValidate({ rest, flags }: Arguments, streams: Streams): Promise<number> {
  const isJson = flags.json === true;
  return withStop(streams, isJson, async (enter) => {
    const [file] = rest;
    const plan = await readPlanFile(file, 'validate', streams, isJson);
    if (!plan) return exitCode.usage;
    const flow = flags.flow ?? plan.flow;
    if (flow === undefined)
      throw new Stop(exitCode.usage, (text) => text('command.flowMissing', { plan: file ?? 'PLAN' }));
    if (!isId(flow)) throw new Stop(exitCode.usage, (text) => text('command.notAnId', { given: flow }));
    return withConnected(
      { flags, streams, planSandbox: plan.sandbox, readOnly: true },
      enter,
      async (connected) => {
        const { client } = connected;
        const found = await client.getFlow(flow);
        const report = compare(plan, found, {}, await readLive(client, plan, found, {}));
        if (isJson) {
          json(streams.stdout, {
            kind: 'result',
            outcome: report.isVerified ? 'verified' : 'mismatch',
            flowId: flow,
            report,
          });
        } else {
          const { showReport } = await import('./screen/show-report.ts');
          await showReport(report, plan, flow, streams, flags);
          for (const one of reportLines(streams, report, flow)) tell(streams.stdout, one);
        }
        return report.isVerified ? exitCode.done : exitCode.differs;
      },
    );
  });
}
