import type { AuthParams, Plan } from '../activation/plan/plan.ts';
import { authMethods } from '../activation/spec/auth-spec.ts';
import { type Field, fieldProblem, pathOf, putAt, wireValue } from '../activation/spec/field.ts';
import type { Credentials } from '../apply/errand/errand.ts';
import type { FlowService } from '../flow-service/client.ts';
import type { Connection } from '../flow-service/connections.ts';
import { heldIn, methodOf, secretFrom, type SignIn } from './account-sign-in.ts';
import type { Flags } from './console/arguments.ts';
import { askLine, canAsk } from './console/ask.ts';
import { exitCode } from './console/exit-codes.ts';
import { Stop } from './console/stop.ts';
import type { Streams } from './console/streams.ts';
import { visible } from './console/visible.ts';
import { pairs } from './plan/new-plan.ts';
import { secretsOf } from './plan/resolve-secrets.ts';
import { knowSecretsOf } from './runs/perform-run.ts';

/**
 * Everything that the sign-in of an account asks for: as it was said, else asked for. What a sign-in need not have, and
 * the account has, is proposed as it is, and stays where nobody can be asked.
 *
 * @throws Stop (2, 3, 130)
 * @see manage.md, section 3.2
 */
export async function credentialsOf(
  client: Pick<FlowService, 'getConnectionSpecs'>,
  { auth, connectionSpec }: Pick<Connection, 'auth' | 'connectionSpec'>,
  flags: Flags,
  streams: Streams,
): Promise<Credentials> {
  const connectionSpecId = connectionSpec?.id ?? '';
  const [spec] = await client.getConnectionSpecs([connectionSpecId]);
  const methods = spec ? authMethods(spec) : [];
  const method =
    flags.auth === undefined
      ? methodOf(methods, auth)
      : methods.find(({ specName }) => specName === flags.auth);
  if (!method)
    throw new Stop(exitCode.usage, (text) =>
      text('account.noMethod', {
        given: visible(flags.auth ?? auth?.specName ?? ''),
        names: methods.map(({ specName }) => specName),
      }),
    );
  const given = pairs(flags.param, '--param');
  const params: AuthParams = {};
  for (const field of method.fields) {
    const value = await valueOf(field, given, auth, flags, streams);
    if (value !== undefined) putAt(params, pathOf(field), value);
  }
  const destination = { connectionSpecId, auth: { specName: method.specName, params }, location: {} };
  const resolved = await secretsOf({ destination } as Pick<Plan, 'destination'>, flags, streams);
  knowSecretsOf(params, resolved);
  return { specName: method.specName, params: resolved };
}

async function valueOf(
  field: Field,
  given: Readonly<Record<string, string>>,
  auth: SignIn,
  flags: Flags,
  streams: Streams,
): Promise<AuthParams[string] | undefined> {
  const said = Object.hasOwn(given, field.name) ? given[field.name] : undefined;
  const { name } = field;
  if (field.isSecret) return secretFrom(field, said);
  const held = field.isRequired ? undefined : heldIn(auth, field);
  let value = said ?? held ?? field.defaultValue;
  if (said === undefined && held !== undefined && canAsk(flags, streams)) {
    const question = streams.text('login.askSuggested', { question: name, suggested: visible(held) });
    value = (await askLine(question, streams)) || held;
  }
  if (value === undefined && field.isRequired) {
    if (!canAsk(flags, streams))
      throw new Stop(exitCode.needsTerminal, (text) => text('account.missing', { name }));
    value = await askLine(streams.text('command.ask', { name }), streams);
  }
  if (value === undefined || value === '') return undefined;
  const wrong = fieldProblem(field, value);
  if (wrong) throw new Stop(exitCode.usage, (text) => `${name}  ${text(wrong.id, wrong.values)}`);
  return wireValue(field, value);
}
