import { readFlow } from '../../apply/live/live.ts';
import { listedFlow } from '../../flow-service/flows.ts';
import type { Afterwards } from '../../pages/services.ts';
import type { Connected } from '../connect/open-client.ts';
import { type Flags, withoutYes } from '../console/arguments.ts';
import { exitCode } from '../console/exit-codes.ts';
import { requireRight } from '../console/rights.ts';
import { line, type Streams } from '../console/streams.ts';
import { tell } from '../console/wrap-said.ts';
import { visible } from '../console/visible.ts';
import { withStop } from '../console/with-stop.ts';
import { deleteIn } from '../delete.ts';
import { exportSomeIn } from '../export.ts';
import { switchIn } from '../flow-state.ts';
import { pullIn } from '../pull.ts';
import { freeFile } from './save-plan.ts';
import { untilRead, withinWizard } from './within.ts';

/**
 * What a command does with a dataflow, from within the wizard, on the terminal as it is: with its questions, its lines
 * and its journal. Esc and Ctrl+C lead back.
 *
 * @returns whether it was done
 */
export function commandWithin(
  { command, flow: { id, name }, isConfirmed, run }: Extract<Afterwards, { kind: 'flow' }>,
  connected: Connected,
  flags: Flags,
  streams: Streams,
): Promise<boolean> {
  const { text } = streams;
  const asked = isConfirmed ? { ...flags, yes: true } : withoutYes(flags);
  return withinWizard(streams, async (within) => {
    const { stdout } = within;
    line(stdout);
    // What is asked here says it itself.
    if (isConfirmed || command === 'pull' || command === 'files')
      tell(stdout, visible(text(`flow.doing.${command}`, { name, id })));
    const code = await withStop(within, false, async (enter) => {
      enter(connected.scene);
      const flow = { ...(await readFlow(connected.client, id, {})), id };
      switch (command) {
        case 'enable':
        case 'disable':
          return switchIn(connected, command, flow, asked, within);
        case 'export':
          return exportSomeIn(connected, listedFlow.parse(flow.raw), asked, within);
        case 'delete':
          return deleteIn(connected, flow, asked, within, true);
        case 'files': {
          requireRight('storage', streams.restriction);
          const { filesIn } = await import('../storage/files.ts');
          return filesIn(connected, flow, run, { flags: asked, streams: within, enter });
        }
        case 'pull':
          return pullIn(
            connected,
            flow,
            async (plan) => (await freeFile(plan.name, 'plan', plan)).file,
            asked,
            within,
          );
      }
    });
    await untilRead(text('flow.goOn'), within);
    return code === exitCode.done;
  });
}
