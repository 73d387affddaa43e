import { mostKeptBytes, readText } from '../../ground/read-file.ts';
import path from 'node:path';
import type { AuthParams, Plan } from '../../activation/plan/plan.ts';
import type { ResolvedParams } from '../../activation/requests.ts';
import { authMethods } from '../../activation/spec/auth-spec.ts';
import { pathOf, putAt } from '../../activation/spec/field.ts';
import type { Scene } from '../../locale/explain.ts';
import { heldIn, methodOf, secretFrom } from '../account-sign-in.ts';
import { withConnected } from '../connect/connect.ts';
import type { Connected } from '../connect/open-client.ts';
import type { Flags } from '../console/arguments.ts';
import { canAsk } from '../console/ask.ts';
import { exitCode } from '../console/exit-codes.ts';
import { Stop } from '../console/stop.ts';
import type { Streams } from '../console/streams.ts';
import { pairs } from '../plan/new-plan.ts';
import { secretsOf } from '../plan/resolve-secrets.ts';
import { knowSecretsOf } from '../runs/perform-run.ts';
import {
  isLandingZone,
  landingTarget,
  refuseForeign,
  type Surroundings,
  type Target,
  targetOf,
} from './place-of.ts';

interface Opening {
  readonly plan: Plan;
  /** What opens it, in clear, for whoever has it already. */
  readonly params?: ResolvedParams | undefined;
  readonly flags: Flags;
  readonly streams: Streams;
  readonly enter: (scene: Scene) => void;
}

/**
 * The place that a plan writes to, with what opens it, as an apply would have it. The platform is asked only where it
 * alone knows: of an account that is used again, whose secret is then asked for, and of the landing zone.
 *
 * @param connected - The platform, for whoever has asked it before.
 * @throws Stop (2, 3) for secrets that are not there, and for storage that ferry cannot look into; FlowServiceError.
 */
export async function openTarget(opening: Opening, connected?: Connected): Promise<Target> {
  const { plan, params, flags, streams, enter } = opening;
  if (plan.destination.auth && !isLandingZone(plan) && params) {
    knowSecretsOf(plan.destination.auth.params, params);
    return ofNoPlan(targetOf(plan, params, await surroundings(streams)));
  }
  if (plan.destination.auth && !isLandingZone(plan)) return withSecrets(plan, flags, streams);
  const ask = async (platform: Connected): Promise<Target> =>
    isLandingZone(plan)
      ? landingTarget(plan, await platform.client.readLandingZone())
      : ofNoPlan(await withSecrets(await withAccount(plan, platform, flags, streams), flags, streams));
  if (connected) return ask(connected);
  return withConnected({ flags, streams, planSandbox: plan.sandbox, readOnly: true }, enter, ask);
}

/** A place whose secret stands in no plan: it was typed, or is asked for each time. */
const ofNoPlan = (target: Target): Target => ({ ...target, told: { ...target.told, secret: undefined } });

async function withSecrets(plan: Plan, flags: Flags, streams: Streams): Promise<Target> {
  refuseForeign(Object.keys(plan.destination.auth?.params ?? {}));
  // The storage is the real one also where the platform is rehearsed: a dummy would be tried as a password there.
  const params = await secretsOf(plan, { ...flags, emulator: false }, streams);
  knowSecretsOf(plan.destination.auth?.params ?? {}, params);
  return targetOf(plan, params, await surroundings(streams));
}

const surroundings = async ({ env }: Streams): Promise<Surroundings> => ({
  env,
  knownHosts: await knownHostsOf(env),
});

/** A plan whose account is on the platform, with the sign-in of that: its secret is asked for, and kept nowhere. */
async function withAccount(plan: Plan, { client }: Connected, flags: Flags, streams: Streams): Promise<Plan> {
  const { destination } = plan;
  const none = (): Stop => new Stop(exitCode.usage, (text) => text('storage.noAuth'));
  if (destination.baseConnectionId === undefined) throw none();
  const [account, [spec]] = await Promise.all([
    client.getConnection('connections', destination.baseConnectionId),
    client.getConnectionSpecs([destination.connectionSpecId]),
  ]);
  const { auth } = account;
  const method = spec && auth && methodOf(authMethods(spec), auth);
  if (!method) throw none();
  const given = pairs(flags.param, '--param');
  const params: AuthParams = {};
  const isAsked = canAsk(flags, streams);
  for (const field of method.fields) {
    const said = Object.hasOwn(given, field.name) ? given[field.name] : undefined;
    if (field.isSecret && field.isRequired && said === undefined && !isAsked)
      throw unasked(field.name, streams);
    const value = field.isSecret ? secretFrom(field, said) : (said ?? heldIn(auth, field));
    if (value !== undefined) putAt(params, pathOf(field), value);
  }
  return { ...plan, destination: { ...destination, auth: { specName: method.specName, params } } };
}

/** A console behind sshd takes the source of a secret in no command: there the wizard asks. */
const unasked = (name: string, { restriction }: Streams): Stop =>
  new Stop(exitCode.needsTerminal, (text) =>
    restriction ? text('storage.needsWizard', { name }) : text('storage.needsSecret', { name }),
  );

/** What `ssh` of this account knows of servers. Where there is no file, it knows nothing. */
async function knownHostsOf(env: Streams['env']): Promise<string[]> {
  const home = env['HOME'];
  const own =
    home === undefined ? [] : ['known_hosts', 'known_hosts2'].map((name) => path.join(home, '.ssh', name));
  const files = [...own, '/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2'];
  return Promise.all(files.map((file) => readText(file, { mostBytes: mostKeptBytes }).catch(() => '')));
}
