import { own } from '../activation/own.ts';
import { sameId } from '../activation/same-id.ts';
import type { AuthParams, Plan } from '../activation/plan/plan.ts';
import type { ResolvedParams } from '../activation/requests.ts';
import {
  activeFields,
  type Field,
  type FieldValues,
  isGiven,
  memberOf,
  pathOf,
  putAt,
  wireValue,
  sentSecret,
} from '../activation/spec/field.ts';
import { lookUp } from '../activation/plan/json-path.ts';
import { encoded, hasSecret, secretVariable } from '../activation/plan/secret-reference.ts';
import { carry } from './carry.ts';
import { attributesOf } from './columns.ts';
import { chosenMethod, chosenMode, type Draft, draftName, mayEncrypt } from './draft.ts';
import { fromPlan } from './from-plan.ts';

/**
 * A draft as a plan, as far as it goes; whether it is whole is for the rules of a plan to say. One that changes a
 * dataflow says of it what it held, and one that began with a plan what that said, but for what was changed.
 */
export function toPlan(draft: Draft): Plan {
  const { live, opened } = draft;
  const held = opened ?? live;
  const said = saidPlan(draft);
  if (held === undefined) return said;
  const plan = carry(held, saidPlan(fromPlan(held, draft.destination)), said) as Plan;
  const { connectionSpecId } = said.destination;
  // Where its destination is not known yet, what the plan says of it stands.
  const isElsewhere = connectionSpecId !== '' && !sameId(held.destination.connectionSpecId, connectionSpecId);
  const destination = isElsewhere
    ? said.destination
    : withoutUntyped(plan.destination, said.destination, draft);
  return { ...plan, destination };
}

/** A secret that has not been typed is not there yet, though a plan says where it is. */
function withoutUntyped(
  destination: Plan['destination'],
  said: Plan['destination'],
  draft: Draft,
): Plan['destination'] {
  const { auth } = destination;
  if (!auth) return destination;
  const untyped = (chosenMethod(draft)?.fields ?? [])
    .map(({ name, path = [name] }) => path)
    .filter((path) => hasSecret(lookUp(auth.params, path)))
    .filter((path) => lookUp(said.auth?.params, path) === undefined);
  const without = (params: AuthParams, [name = '', ...rest]: readonly string[]): AuthParams =>
    Object.fromEntries(
      Object.entries(params).flatMap(([one, value]) => {
        if (one !== name) return [[one, value]];
        return rest.length === 0 ? [] : [[one, without(value as AuthParams, rest)]];
      }),
    );
  return { ...destination, auth: { ...auth, params: untyped.reduce(without, auth.params) } };
}

function saidPlan(draft: Draft): Plan {
  const method = chosenMethod(draft);
  const mode = chosenMode(draft);
  return {
    version: 1,
    name: draftName(draft),
    ...(draft.description === undefined ? {} : { description: draft.description }),
    sandbox: draft.sandbox?.name ?? '',
    ...(draft.flow === undefined ? {} : { flow: draft.flow }),
    ...(draft.source
      ? {
          source: defined({
            baseConnectionId: draft.source.baseConnectionId,
            sourceConnectionId: draft.source.sourceConnectionId,
          }),
        }
      : {}),
    destination: {
      connectionSpecId: draft.destination?.connectionSpecId ?? '',
      ...(draft.account ? { baseConnectionId: draft.account.id } : {}),
      ...(draft.publicKey !== undefined && mayEncrypt(draft)
        ? { encryption: { publicKey: draft.publicKey } }
        : {}),
      ...(method ? { auth: { specName: method.specName, params: authParams(draft, method.fields) } } : {}),
      location: {
        ...(mode?.mode === undefined ? {} : { mode: mode.mode }),
        ...typed(mode?.fields ?? [], draft.location.params),
      },
    },
    segments: draft.segments.flatMap((segment) => {
      const settings = own(draft.settings, segment.id);
      return settings
        ? [
            {
              ...defined({ ...segment, madeMs: undefined }),
              ...settings,
              schedule: defined(settings.schedule),
            },
          ]
        : [];
    }),
    attributes: attributesOf(draft),
  };
}

/** Auth params in clear, for applying from the wizard without asking twice. */
export function clearParams(draft: Draft): ResolvedParams {
  const params = typed(chosenMethod(draft)?.fields ?? [], draft.signIn.params, (field, value) => {
    if (!field.isSecret || typeof value !== 'string') return value;
    const secret = sentSecret(memberOf(field), value);
    return field.isBase64 ? encoded(secret, 'base64') : secret;
  });
  return params as ResolvedParams;
}

/** What the plan writes down: a secret becomes the name of an environment variable. */
function authParams(draft: Draft, fields: readonly Field[]): AuthParams {
  const { destination, signIn } = draft;
  return typed(fields, signIn.params, (field, value) => {
    if (!field.isSecret) return value;
    const variable = secretVariable(destination?.name ?? '', signIn.specName ?? '', field.name);
    return { $secret: `env:${variable}`, ...(field.isBase64 ? { encoding: 'base64' as const } : {}) };
  });
}

type Typed = string | number | boolean;

/** Texts of a form as the spec wants them, each in its place; what was left empty is left out. */
function typed(
  fields: readonly Field[],
  values: FieldValues,
  change: (field: Field, value: Typed) => AuthParams[string] = (_, value) => value,
): AuthParams {
  const params: AuthParams = {};
  for (const field of activeFields(fields, values)) {
    const text = own(values, field.name) ?? field.defaultValue;
    if (!isGiven(field, text)) continue;
    putAt(params, pathOf(field), change(field, wireValue(field, text)));
  }
  return params;
}

/** Without the members that are `undefined`: they are no part of a document. */
function defined<Value extends object>(value: Value): { [K in keyof Value]: Exclude<Value[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, held]) => held !== undefined)) as {
    [K in keyof Value]: Exclude<Value[K], undefined>;
  };
}
