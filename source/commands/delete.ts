import { fatesOf } from '../apply/errand/remove-flow.ts';
import type { Flow } from '../flow-service/flows.ts';
import { withConnected } from './connect/connect.ts';
import type { Connected } from './connect/open-client.ts';
import type { Arguments, Flags } from './console/arguments.ts';
import { canAsk, confirmText } from './console/ask.ts';
import { confirmIn } from './console/confirm-in.ts';
import { exitCode } from './console/exit-codes.ts';
import { json, type Streams } from './console/streams.ts';
import { tell } from './console/wrap-said.ts';
import { visible } from './console/visible.ts';
import { withStop } from './console/with-stop.ts';
import { findFlow, namedFlow } from './flow/find-flow.ts';
import { errandAndTell } from './runs/apply-run.ts';
import { newRun } from './runs/run-journal.ts';

/**
 * `ferry delete FLOW`: removes a dataflow, and says what becomes of its connections; with `--with-connections` those
 * that nothing else uses go too. @see cli.md
 */
export function runDelete({ rest, flags }: Arguments, streams: Streams): Promise<number> {
  const isJson = flags.json === true;
  return withStop(streams, isJson, async (enter) => {
    const named = namedFlow(rest[0], 'ferry delete FLOW');
    return withConnected({ flags, streams }, enter, async (connected) =>
      deleteIn(connected, await findFlow(named, 'exact', connected), flags, streams),
    );
  });
}

/** Says what becomes of its connections, asks, removes a dataflow and tells of it. Within the wizard nobody can type an option. @returns the exit code @throws Stop */
export async function deleteIn(
  connected: Connected,
  flow: Flow & { id: string },
  flags: Flags,
  streams: Streams,
  isWithinWizard = false,
): Promise<number> {
  const isJson = flags.json === true;
  const fates = await fatesOf(connected.client, flow, {});
  const isWanted = flags['with-connections'] === true;
  const { stdout, text } = streams;
  if (!isJson) {
    for (const { step, id, name = '', use } of fates) {
      const stays = isWithinWizard ? 'staysWithin' : 'stays';
      const fate = use === 'none' ? (isWanted ? 'goes' : stays) : use;
      tell(
        stdout,
        visible(
          `  ${text('text.labelled', { label: `${text(`apply.${step}`)} ${text('text.aside', { value: name, aside: id === '' ? text('delete.noId') : id })}`, value: text(`delete.${fate}`) })}`,
        ),
      );
    }
  }
  const segments = flow.transformations.reduce(
    (sum, { params }) => sum + (params?.segmentSelectors?.selectors.length ?? 0),
    0,
  );
  const name = flow.name ?? flow.id;
  const values = { name, id: flow.id, segments, ...connected.scene };
  if (!(await isConfirmed(connected, values, flags, streams))) return exitCode.interrupted;
  // Those that stay too, and why.
  if (isJson) json(stdout, { kind: 'connections', connections: fates });
  const connections = isWanted
    ? fates.filter(({ use }) => use === 'none').map(({ step, id }) => ({ step, id }))
    : [];
  const errand = { kind: 'remove' as const, flowId: flow.id, name, connections };
  return errandAndTell({ errand, connected, run: newRun(), streams, isJson });
}

/** What cannot be taken back wants a name: in production that of the sandbox, elsewhere that of the dataflow. */
async function isConfirmed(
  connected: Connected,
  values: { name: string; id: string; segments: number; sandbox: string; host: string },
  flags: Flags,
  streams: Streams,
): Promise<boolean> {
  const { text } = streams;
  const unasked = (words: Streams['text']): string => words('errand.remove.needsYes', values);
  const question = text('errand.remove.confirm', values);
  if (flags.yes === true || !canAsk(flags, streams)) return confirmText(question, unasked, flags, streams);
  if (!(await confirmText(question, unasked, flags, streams, values.name))) return false;
  return (
    (await connected.isProduction()) === false || confirmIn([connected], question, unasked, flags, streams)
  );
}
