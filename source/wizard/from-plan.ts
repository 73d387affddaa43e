import { readPublicKey } from '../activation/content/public-key.ts';
import { documented, type Form, formOfMode, kindOf } from '../activation/spec/catalog.ts';
import { type FieldValues, pathOf } from '../activation/spec/field.ts';
import { documentedForms } from '../activation/spec/forms.ts';
import { isObject, lookUp } from '../activation/plan/json-path.ts';
import type { Plan } from '../activation/plan/plan.ts';
import { hasSecret } from '../activation/plan/secret-reference.ts';
import { sameId } from '../activation/same-id.ts';
import { withoutIdentity } from '../activation/settings.ts';
import { specProblems } from '../activation/spec/spec-rules.ts';
import { columnsIn } from './columns.ts';
import { type ChosenDestination, type Draft, emptyDraft } from './draft.ts';

/**
 * A plan as a draft to begin with: every answer that it holds; its secrets are asked for, as they are not in it.
 *
 * A destination has no forms before its spec was read. Where the catalog's do for the plan they stand in until it is;
 * where they do not, the destination is asked for.
 *
 * @param published - The destination as its spec was read, where somebody has.
 */
export function fromPlan(plan: Plan, published?: ChosenDestination): Draft {
  const { destination } = plan;
  const known = documented(destination.connectionSpecId);
  const forms = documentedForms(destination.connectionSpecId);
  const isDocumented = forms !== undefined && specProblems(plan, forms).length === 0;
  const chosen: ChosenDestination | undefined =
    published ??
    (known && isDocumented
      ? {
          connectionSpecId: destination.connectionSpecId.toLowerCase(),
          name: known.name,
          ...forms,
          isUnread: true,
        }
      : undefined);
  const { auth, location, baseConnectionId } = destination;
  const mode = typeof location['mode'] === 'string' ? location['mode'] : undefined;
  const method = chosen?.auth.find(({ specName }) => specName === auth?.specName);
  const form = formOfMode(chosen?.modes ?? [], mode);
  const { sourceConnectionId, baseConnectionId: sourceBaseId } = plan.source ?? {};
  return {
    ...emptyDraft,
    ...withAnswers(emptyDraft, plan),
    opened: plan,
    name: plan.name,
    description: plan.description,
    flow: plan.flow,
    sandbox: { name: plan.sandbox, isProduction: plan.sandbox === 'prod' ? true : undefined },
    destination: chosen,
    account:
      baseConnectionId === undefined
        ? undefined
        : (chosen?.accounts?.find(({ id }) => sameId(id, baseConnectionId)) ?? {
            id: baseConnectionId,
            name: baseConnectionId,
          }),
    source:
      plan.source === undefined
        ? undefined
        : {
            name: sourceConnectionId ?? sourceBaseId ?? '',
            baseConnectionId: sourceBaseId,
            sourceConnectionId,
          },
    signIn: { specName: auth?.specName, params: textsOf(method, auth?.params ?? {}) },
    publicKey: keptKey(destination.encryption?.publicKey),
    location: { mode, params: textsOf(form, location) },
    segments: plan.segments.map(({ id, name, namespace, systemSegmentId }) => ({
      id,
      name: name ?? id,
      ...(namespace === undefined ? {} : { namespace }),
      ...(systemSegmentId === undefined ? {} : { systemSegmentId }),
    })),
    ...columnsIn(plan),
  };
}

/** A public key as a draft keeps it; nothing where it is none, or is still to be fetched. */
export function keptKey(given: unknown): string | undefined {
  const reading = typeof given === 'string' ? readPublicKey(given) : undefined;
  return reading?.kind === 'key' ? reading.base64 : undefined;
}

/** A draft with what a plan says of schedules, keys and the kind of storage; the rest stays as it was typed. */
export function withAnswers(draft: Draft, plan: Plan): Draft {
  const settings = plan.segments.map((segment) => [segment.id, withoutIdentity(segment)] as const);
  const { mode } = plan.destination.location;
  return {
    ...draft,
    settings: { ...draft.settings, ...Object.fromEntries(settings) },
    deduplication: columnsIn(plan).deduplication,
    location: { ...draft.location, mode: typeof mode === 'string' ? mode : draft.location.mode },
  };
}

/** What a plan holds and the wizard has no question for; it would be lost. */
export function whatIsLost(plan: Plan): 'identityKeys' | 'sourceTwice' | undefined {
  // A draft names its columns by what they come from.
  const { attributes } = columnsIn(plan);
  if (new Set(attributes).size < attributes.length) return 'sourceTwice';
  const hasIdentity = plan.attributes.deduplication.some(({ fieldType }) => fieldType === 'IDENTITY');
  return hasIdentity && kindOf(plan.destination.connectionSpecId) === 'older' ? 'identityKeys' : undefined;
}

/** Params as a form holds them; secrets are left out. Without a form, all of them by the ways that lead there. */
function textsOf(form: Form | undefined, params: Readonly<Record<string, unknown>>): FieldValues {
  const fields = form?.fields ?? waysOf(params).map((path) => ({ name: path.join('.'), path }));
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = lookUp(params, pathOf(field));
      if (value === undefined || hasSecret(value) || typeof value === 'object') return [];
      return [[field.name, String(value as string | number | boolean)]];
    }),
  );
}

const waysOf = (params: Readonly<Record<string, unknown>>): string[][] =>
  Object.entries(params).flatMap(([name, value]) =>
    isObject(value) && !hasSecret(value) ? waysOf(value).map((way) => [name, ...way]) : [[name]],
  );

/** A dataflow that is there, as a draft that changes it. @param live - What it holds. */
export const fromLive = (live: Plan, published?: ChosenDestination): Draft => ({
  ...fromPlan(live, published),
  opened: undefined,
  live,
});

/** A draft of a change as one that makes a dataflow: whatever it says, also what the dataflow held and nobody asks for. */
export function asNew(draft: Draft): Draft {
  const held = draft.opened ?? draft.live;
  return {
    ...draft,
    flow: undefined,
    live: undefined,
    otherSignIn: undefined,
    opened: held && { ...held, flow: undefined },
  };
}
