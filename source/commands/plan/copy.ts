import { attributeTree } from '../../activation/content/profile-attributes.ts';
import { copyPlan, type Elsewhere, type Lacking, type Named } from '../../activation/plan/copy-plan.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import { readPlan } from '../../activation/plan/read-plan.ts';
import { IncompleteListError, isFlowServiceError } from '../../flow-service/errors.ts';
import type { FlowService } from '../../flow-service/client.ts';
import type { Scene } from '../../locale/explain.ts';
import type { Text } from '../../locale/texts.ts';
import { withConnected } from '../connect/connect.ts';
import type { Flags } from '../console/arguments.ts';
import { exitCode } from '../console/exit-codes.ts';
import { Stop } from '../console/stop.ts';
import { json, type Streams } from '../console/streams.ts';
import { tell } from '../console/wrap-said.ts';
import { visible } from '../console/visible.ts';
import { fileToWrite } from './inside-plans.ts';
import { readPlanFile, tellProblems } from './read-plan.ts';
import { writePlan } from './write-plan.ts';

/** `ferry plan copy PLAN --sandbox NAME [FILE]`: the same for another sandbox, by names; sends only GET. @see cli.md */
export async function planCopy(
  [from, target]: readonly (string | undefined)[],
  flags: Flags,
  streams: Streams,
  enter: (scene: Scene) => void,
): Promise<number> {
  const isJson = flags.json === true;
  const { sandbox } = flags;
  if (sandbox === undefined) throw new Stop(exitCode.usage, (text) => text('copy.noSandbox'));
  const file = fileToWrite(target, streams);
  const plan = await readPlanFile(from, 'plan copy', streams, isJson);
  if (!plan) return exitCode.usage;
  const reading = { flags, streams, readOnly: true };
  const named = await withConnected(
    { ...reading, flags: { ...flags, sandbox: plan.sandbox } },
    enter,
    ({ client }) => namesOf(plan, client),
  );
  return withConnected(reading, enter, async ({ client }) => {
    const copy = copyPlan(plan, named, await readThere(plan, named, client));
    if (copy.kind === 'lacking') {
      tellLacking(copy.lacking, sandbox, streams, isJson);
      return exitCode.usage;
    }
    const sound = readPlan(JSON.stringify(copy.plan));
    if (sound.kind === 'problems') {
      tellProblems(file ?? plan.name, sound.problems, streams, isJson);
      return exitCode.usage;
    }
    if (file === undefined) {
      json(streams.stdout, copy.plan, 2);
      return exitCode.done;
    }
    await writePlan(copy.plan, file, flags, streams);
    if (isJson) json(streams.stdout, { file });
    else tell(streams.stdout, streams.text('copy.done', { file, sandbox }));
    return exitCode.done;
  });
}

const orNothing = <Value>(asking: Promise<Value>): Promise<Value | undefined> =>
  asking.catch((error: unknown) => {
    if (isFlowServiceError(error) && error.kind === 'refused' && error.status !== 401) return undefined;
    throw error;
  });

/** What the plan's own sandbox calls its segments and its account; where it cannot be asked, what the plan says. */
async function namesOf({ segments, destination }: Plan, client: FlowService): Promise<Named> {
  const { baseConnectionId } = destination;
  const [account, ...found] = await Promise.all([
    baseConnectionId === undefined
      ? undefined
      : orNothing(client.getConnection('connections', baseConnectionId)),
    ...segments.map(({ id, name }) => (name === undefined ? orNothing(client.getSegment(id)) : { name })),
  ]);
  return { account: account?.name, segments: found.map((one) => one?.name) };
}

async function readThere(plan: Plan, named: Named, client: FlowService): Promise<Elsewhere> {
  const wanted = new Set(named.segments);
  const segments: { id: string; name: string }[] = [];
  const [accounts, namespaces, schema] = await Promise.all([
    named.account === undefined ? [] : accountsOf(plan, client),
    orNothing(client.listNamespaces()),
    client.getUnionSchema(),
    (async () => {
      for await (const page of client.listSegments()) {
        segments.push(...page.segments.filter(({ name }) => wanted.has(name)));
        if (page.isCut) throw new IncompleteListError({ method: 'GET', path: '/data/core/ups/audiences' });
      }
    })(),
  ]);
  const attributes = schema.properties === undefined ? undefined : attributeTree(schema);
  const codes = namespaces?.map(({ code }) => code);
  return { sandbox: client.sandbox, segments, attributes, namespaces: codes, accounts };
}

async function accountsOf({ destination }: Plan, client: FlowService) {
  const found: Elsewhere['accounts'][number][] = [];
  const filter = `connectionSpec.id==${destination.connectionSpecId}`;
  for await (const page of client.list('connections', [filter]))
    found.push(...page.filter((one) => one.connectionSpec?.id === destination.connectionSpecId));
  return found;
}

function tellLacking(
  lacking: readonly Lacking[],
  sandbox: string,
  { stdout, stderr, text, english, glyphs }: Streams,
  isJson: boolean,
): void {
  if (isJson) {
    const told = lacking.map((one) => ({ ...one, message: lackingText(one, english) }));
    json(stdout, { sandbox, lacking: told });
  }
  tell(stderr, `${glyphs.cross} ${text('copy.lacking', { sandbox })}`);
  for (const one of lacking) tell(stderr, `  ${visible(`${one.path}  ${lackingText(one, text)}`)}`);
}

const lackingIds = {
  identity: { none: 'copy.identity.none', several: 'copy.identity.none' },
  segment: { none: 'copy.segment.none', several: 'copy.segment.several' },
  account: { none: 'copy.account.none', several: 'copy.account.several' },
} as const;

function lackingText(one: Lacking, text: Text): string {
  if (one.what === 'column') return text(one.problem.id, one.problem.values);
  const { what, name, found } = one;
  return text(lackingIds[what][found.length === 0 ? 'none' : 'several'], { name, ids: found });
}
