import { proposedTemplate } from '../activation/content/filename-template.ts';
import { mostKeys } from '../activation/content/profile-attributes.ts';
import { type ColumnEdit, edited, withColumn } from '../activation/content/column-edits.ts';
import { defaultSettings } from '../activation/content/schedule.ts';
import { own } from '../activation/own.ts';
import type { Account } from '../activation/spec/accounts.ts';
import { type CardKind, kindOf } from '../activation/spec/catalog.ts';
import type { FieldValues } from '../activation/spec/field.ts';
import { selectedOf, takenBy, withAttributes, withColumns } from './columns.ts';
import { withDetails } from './details.ts';
import {
  type ChosenDestination,
  type ChosenSandbox,
  type ChosenSegment,
  type ChosenSource,
  type Draft,
  emptyDraft,
  isModeOpened,
  type PlatformKind,
} from './draft.ts';
import { keptKey } from './from-plan.ts';

/** One answer; its `of` is the page it answers, or what of it. */
export type Answer =
  | { of: 'platform'; value: PlatformKind }
  /** The secret itself is given to whom it concerns, not kept here. */
  | { of: 'platformSecret' }
  | { of: 'account'; value: Account | undefined }
  | { of: 'source'; value: ChosenSource | undefined }
  | { of: 'sandbox'; value: ChosenSandbox }
  | { of: 'destination'; value: ChosenDestination }
  | { of: 'signIn'; value: string }
  | { of: 'signInFields'; value: FieldValues }
  /** Only a sound public key is kept: what else somebody may have pasted is none of a draft's. */
  | { of: 'publicKey'; value: string }
  | { of: 'location'; value: string }
  | { of: 'locationFields'; value: FieldValues }
  | { of: 'segments'; value: readonly ChosenSegment[] }
  /** `isNaming`: what the columns are called is asked next. */
  | { of: 'attributes'; value: readonly string[]; isNaming?: boolean }
  | { of: 'columns'; value: ColumnEdit }
  /** One more column: an identity, or what is made of an array. */
  | { of: 'identityColumn' | 'arrayColumn'; value: string }
  | { of: 'mandatory'; value: readonly string[] }
  | { of: 'deduplication'; value: readonly string[] }
  /** Settings of some segments, changed where they stand. */
  | { of: 'schedule'; scope: readonly string[]; value: FieldValues }
  | { of: 'detailsEditor'; value: FieldValues }
  | { of: 'name'; value: string };

/** What an answer is kept by, beside the draft. */
interface Keeping {
  readonly draft: Draft;
  /** What an editor is about: segments, or a column. */
  readonly scope: readonly string[];
  /** Moment of the start, epoch milliseconds. */
  readonly nowMs: number;
}

/** Keeps an answer and drops the answers that depend on what it changed, and only those. */
export function keep(state: Keeping, answer: Answer): Draft {
  const { draft } = state;
  switch (answer.of) {
    case 'platform':
      return answer.value === draft.platform || draft.platform === undefined
        ? { ...draft, platform: answer.value }
        : { ...withoutRemote(draft), sandbox: undefined, platform: answer.value };
    case 'sandbox':
      return answer.value.name === draft.sandbox?.name
        ? { ...draft, sandbox: answer.value }
        : { ...withoutRemote(draft), sandbox: answer.value };
    case 'platformSecret':
      return { ...draft, isSignedIn: true };
    case 'account':
      return withSignIn(draft, { account: answer.value });
    case 'source':
      return { ...draft, source: answer.value };
    case 'destination':
      return withDestination(draft, answer.value);
    case 'signIn':
      return withSignIn(draft, { signIn: withMethod(draft, answer.value) });
    case 'signInFields':
      return {
        ...draft,
        signIn: { ...draft.signIn, params: { ...draft.signIn.params, ...answer.value } },
        variables: variablesOf(draft, answer.value),
      };
    case 'publicKey':
      return { ...draft, publicKey: keptKey(answer.value) };
    case 'location':
      // What was typed for another kind of storage stays, in case that one is chosen again.
      return { ...draft, location: { ...draft.location, mode: answer.value } };
    case 'locationFields':
      return {
        ...draft,
        location: { ...draft.location, params: { ...draft.location.params, ...answer.value } },
      };
    case 'segments':
      return withSegments(state, answer.value);
    case 'attributes':
      return withAttributes(draft, answer.value);
    case 'columns':
      return withColumns(draft, edited(selectedOf(draft), answer.value));
    case 'identityColumn':
    case 'arrayColumn':
      return withColumns(draft, withColumn(selectedOf(draft), answer.value));
    case 'mandatory':
      return { ...draft, mandatory: answer.value };
    case 'deduplication':
      return { ...draft, deduplication: answer.value.slice(0, mostKeys) };
    case 'schedule':
      return changeSettings(draft, answer.scope, answer.value);
    case 'detailsEditor':
      return changeSettings(draft, state.scope, answer.value);
    case 'name':
      return { ...draft, name: answer.value };
  }
}

/** What was typed over is not from a variable any more. */
const variablesOf = ({ variables, signIn }: Draft, typed: FieldValues): Draft['variables'] =>
  variables &&
  Object.fromEntries(
    Object.entries(variables).filter(
      ([name]) => !(name in typed) || typed[name] === own(signIn.params, name),
    ),
  );

/** Nothing but where the person is. */
export const placeOnly = (draft: Draft): Draft => ({
  ...withoutRemote(draft),
  name: undefined,
  sandbox: draft.sandbox,
});

/** What was read from one platform and sandbox means nothing in another. */
function withoutRemote(draft: Draft): Draft {
  const { platform, name, isSignedIn } = draft;
  return { ...emptyDraft, platform, name, isSignedIn };
}

/** The draft with the forms that the platform publishes; where it has none, those that it had stay. */
export function withFormsOf(draft: Draft, published: ChosenDestination | undefined): Draft {
  const destination = published ?? draft.destination;
  const flowName = draft.destination?.flowName;
  return destination === undefined
    ? draft
    : { ...draft, destination: { ...destination, ...(flowName && { flowName }), isUnread: undefined } };
}

function withDestination(draft: Draft, destination: ChosenDestination): Draft {
  if (destination.connectionSpecId === draft.destination?.connectionSpecId) return { ...draft, destination };
  const { auth, modes } = destination;
  // A draft may begin with answers for a destination whose forms nobody had read.
  const { signIn, location, account } = draft.destination === undefined ? draft : emptyDraft;
  const [method, mode] = [only(auth), only(modes)];
  const specName = auth.find((one) => one.specName === signIn.specName)?.specName ?? method?.specName;
  const kind = modes.find((one) => one.mode === location.mode)?.mode ?? mode?.mode;
  return {
    ...takenBy(destination, draft),
    // A dataflow cannot be moved to another destination.
    flow: draft.destination === undefined ? draft.flow : undefined,
    live: draft.destination === undefined ? draft.live : undefined,
    replaces:
      draft.destination === undefined ? undefined : (draft.live?.name ?? draft.flow ?? draft.replaces),
    destination,
    settings: proposedAgain(draft, kindOf(destination.connectionSpecId)),
    account: destination.accounts?.find(({ id }) => id === account?.id),
    signIn: withMethod({ ...draft, destination, signIn: { params: signIn.params } }, specName),
    location: {
      mode: kind,
      params: valuesOf(
        location.params,
        modes.flatMap(({ fields }) => fields),
      ),
    },
  };
}

/** Settings with the file name that is proposed for this card, where another card's proposal was left as it is. */
const proposedAgain = ({ settings, destination }: Draft, kind: CardKind): Draft['settings'] => {
  const before = proposedTemplate(kindOf(destination?.connectionSpecId));
  const filenameTemplate = proposedTemplate(kind);
  return Object.fromEntries(
    Object.entries(settings).map(([id, one]) => [
      id,
      one.filenameTemplate === before && destination ? { ...one, filenameTemplate } : one,
    ]),
  );
};

const only = <One>(list: readonly One[]): One | undefined => (list.length === 1 ? list[0] : undefined);

/** Another sign-in drops the kind of storage that the earlier one opened and this one does not. */
function withSignIn(draft: Draft, change: Pick<Draft, 'account'> | Pick<Draft, 'signIn'>): Draft {
  const changed = { ...draft, ...change };
  const isLost = isModeOpened(draft) && !isModeOpened(changed) && (draft.destination?.modes.length ?? 0) > 1;
  return isLost ? { ...changed, location: { ...changed.location, mode: undefined } } : changed;
}

/** Another sign-in keeps what both ask for, such as the host. */
function withMethod(draft: Draft, specName: string | undefined): Draft['signIn'] {
  if (specName !== undefined && specName === draft.signIn.specName) return draft.signIn;
  const method = draft.destination?.auth.find((one) => one.specName === specName);
  return { specName, params: valuesOf(draft.signIn.params, method?.fields ?? []) };
}

function valuesOf(values: FieldValues, fields: readonly { name: string }[]): FieldValues {
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => fields.some((field) => field.name === name)),
  );
}

function withSegments(state: Keeping, segments: readonly ChosenSegment[]): Draft {
  const { draft, nowMs } = state;
  const template = proposedTemplate(kindOf(draft.destination?.connectionSpecId));
  const fresh = segments.filter(({ id }) => own(draft.settings, id) === undefined);
  const added = fresh.map(({ id }) => [id, defaultSettings(nowMs, template)] as const);
  return { ...draft, segments, settings: { ...draft.settings, ...Object.fromEntries(added) } };
}

function changeSettings(draft: Draft, scope: readonly string[], values: FieldValues): Draft {
  const changed = scope.flatMap((id) => {
    const settings = own(draft.settings, id);
    return settings ? [[id, withDetails(settings, values)] as const] : [];
  });
  return { ...draft, settings: { ...draft.settings, ...Object.fromEntries(changed) } };
}
