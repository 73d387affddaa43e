import { ofFlow } from '../activation/of-flow.ts';
import { ofPlan, ofPlanOver } from '../activation/of-plan.ts';
import { changesOf } from '../activation/change/changes.ts';
import { utcText } from '../activation/content/schedule.ts';
import { difference } from '../activation/difference.ts';
import { aim } from '../activation/change/aim.ts';
import { type Unchanged, unchangedIn } from '../activation/change/unchanged.ts';
import type { Plan } from '../activation/plan/plan.ts';
import { besidePlan, isBeyond, type Unsaid } from '../activation/sayable.ts';
import { unsaidMembers } from '../activation/plan-of-flow.ts';
import { lookAhead } from '../apply/live/look-ahead.ts';
import type { DifferenceEvent } from '../apply/events.ts';
import { activationOf, type Live } from '../apply/live/live.ts';
import type { Text } from '../locale/texts.ts';
import { connect, type ConnectOptions, withConnected } from './connect/connect.ts';
import type { Connected } from './connect/open-client.ts';
import type { Arguments, Flags } from './console/arguments.ts';
import { reportCrash } from './console/crash.ts';
import { exitCode } from './console/exit-codes.ts';
import { standardInput } from './console/standard-input.ts';
import { json, line, type Streams } from './console/streams.ts';
import { visible } from './console/visible.ts';
import { tell, tellAll } from './console/wrap-said.ts';
import { withStop } from './console/with-stop.ts';
import { unsaidLines } from './flow/unsaid-lines.ts';
import { insidePlans } from './plan/inside-plans.ts';
import { isFolder, savedMs } from './plan/plans-in.ts';
import { alikeIn } from './runs/once-only.ts';
import { toldChange } from './runs/told-change.ts';
import { readPlanFile } from './plan/read-plan.ts';

/** `ferry diff PLAN|FOLDER`: what an apply would change, in words; sends only GET. @see cli.md */
export function runDiff({ rest, flags }: Arguments, streams: Streams): Promise<number> {
  const isJson = flags.json === true;
  return withStop(streams, isJson, async (enter) => {
    const [file] = rest;
    if (file !== undefined && file !== standardInput && (await isFolder(insidePlans(file, streams))))
      return diffFolder(file, flags, streams);
    const plan = await readPlanFile(file, 'diff', streams, isJson);
    if (!plan) return exitCode.usage;
    return withConnected(reading(plan, flags, streams), enter, (connected) =>
      diffOne({ file: file ?? '', plan }, connected, flags, streams),
    );
  });
}

interface Named {
  readonly file: string;
  readonly plan: Plan;
}

const reading = ({ sandbox }: Plan, flags: Flags, streams: Streams): ConnectOptions => ({
  flags,
  streams,
  planSandbox: sandbox,
  readOnly: true,
});

/** Every plan of a folder; one that cannot be compared does not keep the others from it. @returns the worst exit code */
async function diffFolder(folder: string, flags: Flags, streams: Streams): Promise<number> {
  const { readPlans } = await import('./runs/apply-many.ts');
  const isJson = flags.json === true;
  const { plans, code } = await readPlans(folder, 'diff', flags, streams, isJson);
  const codes: number[] = [code];
  const connections = new Map<string, Connected>();
  try {
    for (const [index, one] of plans.entries()) {
      const { sandbox } = one.plan;
      if (index > 0 && !isJson) line(streams.stdout);
      codes.push(
        await withStop(streams, isJson, async (enter) => {
          const connected = connections.get(sandbox) ?? (await connect(reading(one.plan, flags, streams)));
          connections.set(sandbox, connected);
          enter(connected.scene);
          return diffOne(one, connected, flags, streams);
        }).catch(async (error: unknown) => {
          await reportCrash(error, streams, isJson);
          return exitCode.bug;
        }),
      );
    }
  } finally {
    for (const connected of connections.values()) await connected.close();
  }
  // What could not be compared outweighs what differs.
  const bad = codes.filter((one) => one !== exitCode.done);
  return bad.find((one) => one !== exitCode.differs) ?? bad[0] ?? exitCode.done;
}

async function diffOne(
  { file, plan }: Named,
  connected: Connected,
  flags: Flags,
  streams: Streams,
): Promise<number> {
  const { client, elsewhere, scene } = connected;
  const { stdout, stderr, text } = streams;
  const looking = {
    client,
    elsewhere,
    extras: flags.prune === undefined ? ('keep' as const) : ('prune' as const),
    clock: () => performance.now(),
    tell: () => tell(stderr, text('diff.busy')),
  };
  const seen = plan.flow === undefined ? undefined : await lookAhead(plan, plan.flow, looking);
  const alike =
    seen || connected.isEmulator ? [] : (await alikeIn(connected, plan, streams, 'ifReadable')).doubles;
  const ids = alike.map(({ id }) => id);
  const event = seen?.event ?? asNew(plan);
  const unsaid = seen ? [...besideOf(plan, seen.live), ...unsaidMembers(seen.live.flow.raw)] : [];
  const unchanged = seen ? unchangedOf(plan, seen.live) : [];
  const isFull = flags.full === true;
  const { flowId, name, differences, schedules, alsoReaches, exporting, isEmptying, lostSet, requests } =
    event;
  if (flags.json === true) {
    const { sandbox } = scene;
    const known = seen
      ? { flow: flowId, isEmptying, schedules, alsoReaches, exporting, lostSet, requests, unsaid }
      : { alike: ids };
    // No line of the difference: what stays as it is, is none.
    const stays = isFull ? { unchanged } : {};
    json(stdout, { kind: 'difference', file, sandbox, name, ...known, differences, ...stays });
  } else {
    tell(
      stdout,
      comparedText({ file, savedMs: await whenSaved(file, streams) }, scene.sandbox, seen?.event, text),
    );
    const [first = '', ...lines] = toldChange(event, text, seen && { all: unchanged, isFull });
    const isPaused = seen?.live.flow.state?.toLowerCase() === 'disabled';
    tellAll(stdout, [
      seen ? first : text('diff.new', { name }),
      ...lines,
      ...(isPaused ? [text('finding.paused')] : []),
      ...unsaidLines(unsaid, text),
      ...(ids.length > 0 ? [text('diff.alike', { ids })] : []),
    ]);
  }
  return differences.length === 0 ? exitCode.done : exitCode.differs;
}

const whenSaved = async (file: string, streams: Streams): Promise<number | undefined> =>
  file === standardInput ? undefined : savedMs(insidePlans(file, streams));

/** What was compared, and of when either side is: `crm.plan.json (saved …) with dataflow "CRM" (…) in dev as of …` */
function comparedText(
  { file, savedMs }: { readonly file: string; readonly savedMs: number | undefined },
  sandbox: string,
  flow: Pick<DifferenceEvent, 'name' | 'flowId'> | undefined,
  text: Text,
): string {
  const plan = savedMs === undefined ? file : text('diff.saved', { file, saved: utcText(savedMs) });
  const place = flow ? text('diff.inSandbox', { name: flow.name, id: flow.flowId, sandbox }) : sandbox;
  return visible(text('diff.compared', { plan, place, at: utcText(Date.now()) }));
}

/** A plan without a dataflow makes a new one: all of it comes. */
function asNew(plan: Plan): DifferenceEvent {
  const [wanted, nothing] = [ofPlan(plan), ofFlow({ transformations: [] })];
  return {
    kind: 'difference',
    flowId: '',
    name: plan.name,
    differences: changesOf(wanted, aim(wanted, nothing, 'keep'), nothing),
    schedules: [],
    requests: [],
    alsoReaches: [],
    exporting: [],
    isEmptying: false,
  };
}

function unchangedOf(plan: Plan, live: Live): Unchanged[] {
  const found = activationOf(live);
  return unchangedIn(ofPlanOver(plan, found), found);
}

function besideOf(plan: Plan, live: Live): Unsaid[] {
  const [wanted, found] = [ofPlan(plan), activationOf(live)];
  return besidePlan(found, difference(wanted, found), isBeyond(found, wanted));
}
