import type { Change } from '../activation/change/changes.ts';
import type { Account } from '../activation/spec/accounts.ts';
import { type AuthMethod, formOfMode, type LocationMode } from '../activation/spec/catalog.ts';
import type { Plan } from '../activation/plan/plan.ts';
import { hasSecret } from '../activation/plan/secret-reference.ts';
import { activeFields, type Field, type FieldValues } from '../activation/spec/field.ts';
import type { Forms } from '../activation/spec/forms.ts';
import { isFileField } from '../activation/spec/newer-forms.ts';
import { holdsPrivateKey } from '../activation/spec/value-form.ts';
import type { ExportSettings } from '../activation/content/schedule.ts';
import { mismatch, modeFor, type SignIn, signInOfMethod } from '../activation/spec/storage-kind.ts';
import type { UnfinishedRun } from './unfinished.ts';

/** Where the job is done: the embedded emulator or the person's organisation. */
export type PlatformKind = 'emulator' | 'organisation';

/** The chosen destination, with the forms that were discovered for it. */
export interface ChosenDestination extends Forms {
  readonly connectionSpecId: string;
  readonly name: string;
  /** Accounts (base connections) of this destination that the sandbox has already. */
  readonly accounts?: readonly Account[] | undefined;
  /** What a dataflow to it is called where nobody gives a name, in the language it was chosen in. */
  readonly flowName?: string | undefined;
  /** Its forms are the documentation's: nobody has asked the platform for its own yet. */
  readonly isUnread?: true | undefined;
}

/** A way in from Profile Store that can be used again. */
export interface ChosenSource {
  readonly name: string;
  readonly baseConnectionId?: string | undefined;
  /** Nothing when only the base connection is used again. */
  readonly sourceConnectionId?: string | undefined;
}

export interface ChosenSandbox {
  readonly name: string;
  /** Nothing while nobody has looked, as in a plan to begin with. */
  readonly isProduction: boolean | undefined;
}

export interface ChosenSegment {
  readonly id: string;
  readonly name: string;
  /** Audiences of another origin. @see flow-service.md, section 5.1 */
  readonly namespace?: string | undefined;
  readonly systemSegmentId?: string | undefined;
  /** When it was made, epoch milliseconds, where that was told. No part of a plan. */
  readonly madeMs?: number | undefined;
}

/** Everything answered so far; partial by nature. Secrets are in `signIn.params`, and only in memory. */
export interface Draft {
  readonly platform?: PlatformKind | undefined;
  /** The client secret of the profile has been typed; it is not here. */
  readonly isSignedIn?: boolean | undefined;
  readonly sandbox?: ChosenSandbox | undefined;
  readonly destination?: ChosenDestination | undefined;
  /** The account to use again; with one there is no sign-in. */
  readonly account?: Account | undefined;
  /** What to use again on the side of Profile Store; nothing makes both connections new. */
  readonly source?: ChosenSource | undefined;
  readonly signIn: { readonly specName?: string | undefined; readonly params: FieldValues };
  /** Variables that secrets of the sign-in were taken from, by their fields. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
  /** What a new account encrypts its files with, an armored OpenPGP key in base64. */
  readonly publicKey?: string | undefined;
  readonly location: { readonly mode?: string | undefined; readonly params: FieldValues };
  readonly segments: readonly ChosenSegment[];
  /** By segment id; kept for segments that are deselected, in case they come back. */
  readonly settings: Readonly<Record<string, ExportSettings>>;
  /** In the order of the columns: paths, and where the card takes them an identity, an element or an expression. */
  readonly attributes: readonly string[];
  /** Names of columns by their attribute, where somebody has given one. */
  readonly columns?: Readonly<Record<string, string>> | undefined;
  readonly mandatory: readonly string[];
  /** Attributes that are deduplication keys. */
  readonly deduplication: readonly string[];
  readonly description?: string | undefined;
  /** The dataflow that it is about, where it is about one that is there. */
  readonly flow?: string | undefined;
  /** What that dataflow held when it was opened, where it was; what is changed is told against it. */
  readonly live?: Plan | undefined;
  /** Name of the dataflow that it was about until another destination was chosen: that stays as it is. */
  readonly replaces?: string | undefined;
  /** What the plan that it began with says of the sign-in, and the account of that dataflow says otherwise. */
  readonly otherSignIn?: readonly Change[] | undefined;
  /** The plan that it began with, where it did: what the wizard has no question for is said again. */
  readonly opened?: Plan | undefined;
  /** Name of the dataflow; a default is made from the destination. */
  readonly name?: string | undefined;
}

export const emptyDraft: Draft = {
  signIn: { params: {} },
  location: { params: {} },
  segments: [],
  settings: {},
  attributes: [],
  mandatory: [],
  deduplication: [],
};

/** The sign-in form that the draft is at; none where an account is used again. */
export function chosenMethod(draft: Draft): AuthMethod | undefined {
  if (draft.account !== undefined) return undefined;
  return draft.destination?.auth.find((method) => method.specName === draft.signIn.specName);
}

/** Whether the draft makes an account that can encrypt: one that is used again is as it is. */
export const mayEncrypt = (draft: Draft): boolean =>
  draft.destination?.encrypts === true && chosenMethod(draft) !== undefined;

/** How the draft gets in, as far as it is known; of an account that is used again only the name is. */
export function signInOfDraft(draft: Draft): SignIn | undefined {
  const { account, destination } = draft;
  // Of one that a plan names, the platform's list says how it signs in.
  const listed = destination?.accounts?.find(({ id }) => id === account?.id);
  const specName = account?.specName ?? listed?.specName;
  if (specName !== undefined) return { specName, params: [] };
  const method = chosenMethod(draft);
  return method && signInOfMethod(method);
}

/** Whether the draft's sign-in opens what its kind of storage writes to, as far as either tells. */
export function isModeOpened(draft: Draft): boolean {
  const [signIn, mode] = [signInOfDraft(draft), chosenMode(draft)];
  if (!signIn || !mode) return true;
  return !mismatch(signIn, { mode: mode.mode, params: mode.fields.map(({ name }) => name) });
}

/** The kind of storage that the draft starts from: one that its sign-in opens. */
export function preferredMode(draft: Draft): string | undefined {
  const { connectionSpecId = '', modes = [] } = draft.destination ?? {};
  return modeFor(connectionSpecId, modes, signInOfDraft(draft));
}

/** The storage form that the draft is at. */
export const chosenMode = ({ destination, location }: Draft): LocationMode | undefined =>
  formOfMode(destination?.modes ?? [], location.mode);

/** What is asked of where the files go, and of what they are, with these answers. */
export function locationParts(
  draft: Draft,
  values: FieldValues = draft.location.params,
): { place: readonly Field[]; file: readonly Field[] } {
  const fields = activeFields(chosenMode(draft)?.fields ?? [], values);
  return { place: fields.filter((one) => !isFileField(one)), file: fields.filter(isFileField) };
}

/** All of them, in the order in which they are asked. */
export const fieldsOfLocation = (draft: Draft, values?: FieldValues): readonly Field[] =>
  Object.values(locationParts(draft, values)).flat();

/** The name of the dataflow, given or made. */
export function draftName(draft: Draft): string {
  return (
    draft.name ??
    draft.destination?.flowName ??
    `Activate segments to ${draft.destination?.name ?? 'a destination'}`
  );
}

/** A draft as it is kept between two starts: where the person was, and every answer but the secrets. */
export interface SavedDraft {
  readonly version: 1;
  /** Epoch milliseconds. */
  readonly savedMs: number;
  readonly page: string;
  readonly draft: Draft;
  /** The organisation that a draft of one is about, and the host it was asked at. */
  readonly place?: { readonly host: string; readonly orgId: string } | undefined;
  /** Applies of it that have not come to their end. */
  readonly unfinished?: readonly UnfinishedRun[] | undefined;
}

/** A draft without any value that a form of its destination calls secret. */
export function withoutSecrets(draft: Draft): Draft {
  const { auth = [], modes = [] } = draft.destination ?? {};
  const secret = new Set(
    [...auth, ...modes].flatMap(({ fields }) =>
      fields.filter((field) => field.isSecret).map((field) => field.name),
    ),
  );
  const plain = (params: FieldValues): FieldValues =>
    Object.fromEntries(
      Object.entries(params).filter(([name, value]) => !secret.has(name) && !holdsPrivateKey(value)),
    );
  return {
    ...draft,
    isSignedIn: undefined,
    variables: undefined,
    signIn: { ...draft.signIn, params: plain(draft.signIn.params) },
    location: { ...draft.location, params: plain(draft.location.params) },
    ...(draft.opened ? { opened: withoutValues(draft.opened) } : {}),
  };
}

/** A plan as it is kept in a draft: of what a form may call secret only references stay. */
function withoutValues(plan: Plan): Plan {
  const { auth, location } = plan.destination;
  const { mode } = location;
  const references = Object.entries(auth?.params ?? {}).filter(([, value]) => hasSecret(value));
  return {
    ...plan,
    destination: {
      ...plan.destination,
      ...(auth ? { auth: { ...auth, params: Object.fromEntries(references) } } : {}),
      location: mode === undefined ? {} : { mode },
    },
  };
}
