import type { Plan } from '../activation/plan/plan.ts';
import { readPlan } from '../activation/plan/read-plan.ts';
import type { Unsaid } from '../activation/sayable.ts';
import type { Flow } from '../flow-service/flows.ts';
import { withConnected } from './connect/connect.ts';
import type { Connected } from './connect/open-client.ts';
import type { Arguments, Flags } from './console/arguments.ts';
import { exitCode } from './console/exit-codes.ts';
import { json, type Streams } from './console/streams.ts';
import { tell } from './console/wrap-said.ts';
import { withStop } from './console/with-stop.ts';
import { findFlow, namedFlow } from './flow/find-flow.ts';
import { planOf } from './flow/plan-of.ts';
import { unsaidLines } from './flow/unsaid-lines.ts';
import { fileToWrite } from './plan/inside-plans.ts';
import { tellProblems } from './plan/read-plan.ts';
import { writePlan } from './plan/write-plan.ts';

/** `ferry pull FLOW [FILE]`: a plan of a live dataflow; sends only GET. @see cli.md */
export function runPull({ rest, flags }: Arguments, streams: Streams): Promise<number> {
  return withStop(streams, flags.json === true, async (enter) => {
    const [given, target] = rest;
    const named = namedFlow(given, 'ferry pull FLOW [FILE]');
    const file = fileToWrite(target, streams);
    return withConnected({ flags, streams, readOnly: true }, enter, async (connected) =>
      pullIn(connected, await findFlow(named, 'alike', connected), () => file, flags, streams),
    );
  });
}

/**
 * Makes a plan of a dataflow and tells what it cannot say.
 *
 * @param nameFor - The file that the plan goes into; nothing for the output.
 * @returns the exit code
 * @throws Stop (2, 3, 130); FlowServiceError
 */
export async function pullIn(
  { client }: Connected,
  flow: Flow,
  nameFor: (plan: Plan) => string | undefined | Promise<string>,
  flags: Flags,
  streams: Streams,
): Promise<number> {
  const isJson = flags.json === true;
  const { plan, unsaid } = await planOf(flow, client);
  const file = await nameFor(plan);
  // The same reading as any plan gets: what somebody else has made may be what no plan may say.
  const reading = readPlan(JSON.stringify(plan));
  if (reading.kind === 'problems') {
    tell(streams.stderr, streams.text('pull.notSound', { name: plan.name }));
    tellProblems(file ?? plan.name, reading.problems, streams, isJson);
    return exitCode.usage;
  }
  if (file === undefined) json(streams.stdout, plan, 2);
  else await write(plan, unsaid, file, flags, streams);
  if (!isJson || file === undefined) tellUnsaid(unsaid, flow, streams);
  return exitCode.done;
}

async function write(
  plan: Plan,
  unsaid: readonly Unsaid[],
  file: string,
  flags: Flags,
  streams: Streams,
): Promise<void> {
  const { stdout, text } = streams;
  const isNew = await writePlan(plan, file, flags, streams);
  const { name, flow, segments, attributes } = plan;
  if (flags.json === true) {
    json(stdout, { file, flow, isNew, unsaid });
    return;
  }
  const values = { file, name, segments: segments.length, columns: attributes.selected.length };
  tell(stdout, text(isNew ? 'pull.done' : 'pull.same', values));
  if (isNew) tell(stdout, text('pull.next', { file }));
}

function tellUnsaid(unsaid: readonly Unsaid[], { state }: Flow, { stderr, text, glyphs }: Streams): void {
  if (state?.toLowerCase() === 'disabled') tell(stderr, `${glyphs.warning} ${text('pull.disabled')}`);
  const [title, ...lines] = unsaidLines(unsaid, text);
  if (title !== undefined) tell(stderr, `${glyphs.warning} ${title}`);
  for (const one of lines) tell(stderr, one);
}
