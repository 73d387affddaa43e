import { type HolderFacts, holderText } from './holder-text.ts';
import { inWords, objectText } from './plan-words.ts';
import { type MissingSecret, secretText } from './secret-text.ts';
import { isMissingPart, missingPart } from './missing-part.ts';
import type { Text, Values } from './texts.ts';

/** An error in words: what happened, why, what to do. */
export interface Explanation {
  what: string;
  why: string;
  next: string;
  /** To name when asking Adobe's support. */
  requestId?: string;
}

/** The facts of an error as far as words need them; every error of ours carries some of them. */
interface ErrorFacts {
  kind: string;
  method?: string | undefined;
  path?: string | undefined;
  host?: string | undefined;
  code?: string | undefined;
  status?: number | undefined;
  serverMessage?: string | undefined;
  requestId?: string | undefined;
  isHtml?: boolean | undefined;
  isOpen?: boolean | undefined;
  retryAfterSeconds?: number | undefined;
  missingPermission?: string | undefined;
  afterMs?: number | undefined;
  problems?: readonly FoundProblem[] | undefined;
  connectionSpecId?: string | undefined;
  message?: string | undefined;
  right?: string;
  folder?: string | undefined;
  file?: string | undefined;
  line?: number | undefined;
  holder?: HolderFacts | undefined;
  found?: readonly string[] | undefined;
  marker?: string | undefined;
  id?: string | undefined;
  reading?: MissingSecret | undefined;
  setting?: string | undefined;
  wrong?: { fault: string; code: string; place: number; sign: string } | undefined;
  variable?: string | undefined;
  conflicts?: readonly FoundConflict[] | undefined;
  seen?: 'changed' | 'same' | 'unread' | undefined;
  when?: 'sending' | 'opened' | 'undoing' | undefined;
  unsafe?: 'foreign' | 'open' | undefined;
  place?: string | undefined;
  keeper?: 'disk' | 'database' | undefined;
  problem?: string | undefined;
  value?: string | undefined;
  known?: number | undefined;
  version?: number | undefined;
}

/** A place that is not as it should be: what was expected there, or the rule that it breaks. */
interface FoundProblem {
  readonly path: string;
  readonly expected?: string;
  readonly id?: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** One thing that somebody else has changed too. */
interface FoundConflict {
  readonly subject: string;
  readonly name?: string | undefined;
  readonly member?: string | undefined;
  readonly before?: string | undefined;
  readonly theirs?: string | undefined;
  readonly yours?: string | undefined;
}

/** Where it happened, for the words. */
export interface Scene {
  host: string;
  sandbox: string;
}

/** Where it happened to somebody who answers questions, and has seen no plan: its places and words are not theirs. */
export interface AskedScene extends Scene {
  readonly isAsked?: boolean;
}

/** Says an error, by its kind and facts, never by its message. @see flow-service.md, section 3 */
export function explain(text: Text, error: unknown, scene: AskedScene): Explanation {
  const facts = factsOf(error);
  const call = `${facts.method ?? ''} ${lastPart(facts.path)}`.trim();
  // Our sentences end themselves.
  const told =
    facts.serverMessage === undefined
      ? ''
      : facts.serverMessage.replaceAll(/\s+/g, ' ').replace(/\.+\s*$/, '');
  const said = words(text, facts, {
    call,
    told: told === '' ? '' : text('error.told', { said: told }),
    said: told,
    ...scene,
  });
  return { ...said, ...(facts.requestId === undefined ? {} : { requestId: facts.requestId }) };
}

/** What the server said, alone and behind one of our sentences. */
type Context = AskedScene & { call: string; said: string; told: string };

function words(text: Text, facts: ErrorFacts, context: Context): Explanation {
  const { call, host } = context;
  switch (facts.kind) {
    case 'unreachable': {
      const code = facts.code ?? '';
      const isCertificate = /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO/.test(code);
      const why =
        code === 'ECONNREFUSED'
          ? text('error.unreachable.refused')
          : code === 'ENOTFOUND' || code === 'EAI_AGAIN'
            ? text('error.unreachable.name')
            : text(isCertificate ? 'error.unreachable.certificate' : 'error.unreachable.other', { code });
      const next = text(isCertificate ? 'error.unreachable.nextCertificate' : 'error.unreachable.next');
      return { what: text('error.unreachable.what', { host: facts.host ?? host }), why, next };
    }
    case 'lost':
    case 'timeout': {
      const isRead = facts.method === 'GET';
      const seconds = Number(((facts.afterMs ?? 0) / 1000).toFixed(1));
      return {
        what: facts.kind === 'lost' ? text('error.lost.what') : text('error.timeout.what', { seconds }),
        why: text(isRead ? 'error.lost.whyRead' : 'error.lost.whyWrite', { call }),
        next: text(isRead ? 'error.lost.nextRead' : 'error.lost.nextWrite'),
      };
    }
    case 'refused':
      return refusal(text, facts, context);
    case 'unreadable': {
      const [first] = facts.problems ?? [];
      const { path = '$', expected = 'JSON' } = first ?? {};
      return {
        what: text('error.unreadable.what'),
        why: text('error.unreadable.why', { call, path, expected }),
        next: text('error.unreadable.next', { host }),
      };
    }
    case 'incomplete':
      return triple(text, 'incomplete', { call });
    case 'secretMissing':
      return {
        what: text('error.secretMissing.what'),
        why: secretText(text, facts.reading ?? { kind: '' }),
        next: text('error.secretMissing.next'),
      };
    case 'profilesDamaged':
      return triple(text, 'profilesDamaged', { file: facts.file ?? '' });
    case 'unsendable': {
      const { fault = 'control', code = '', place = 0, sign = '' } = facts.wrong ?? {};
      const name = text(`error.unsendable.${(facts.setting ?? 'token') as 'token'}`);
      return {
        what: text('error.unsendable.what', { name }),
        why: text(`error.unsendable.${fault as 'control'}`, { code, place, sign }),
        next: text('error.unsendable.next', { name }),
      };
    }
    case 'badProxy':
      return triple(text, 'badProxy', { name: facts.variable ?? '' });
    case 'profilesUnsafe': {
      const file = facts.file ?? '';
      const why = text(`error.profilesUnsafe.${facts.unsafe ?? 'open'}`, { file });
      return { ...triple(text, 'profilesUnsafe', { file }), why };
    }
    case 'stateUnreadable': {
      const { file = '', code = '' } = facts;
      const id = `error.stateUnreadable.${code}`;
      const why = text(text.has(id) ? id : 'error.stateUnreadable.why', { file, code });
      const told = { ...triple(text, 'stateUnreadable', { file, code }), why };
      if (code === 'LOST') return { ...told, next: text('error.stateUnreadable.nextLost') };
      return code === 'GONE' ? { ...told, next: text('error.stateUnreadable.nextGone') } : told;
    }
    case 'readOnly':
      return triple(text, 'readOnly', { call });
    case 'heldBack':
      return triple(text, 'heldBack', { call });
    case 'cancelled':
      return triple(text, 'cancelled', { call });
    case 'notPermitted':
      return triple(text, 'notPermitted', { right: facts.right ?? '' });
    case 'interrupted':
      return facts.isOpen === true
        ? { ...triple(text, 'interrupted', {}), why: text('error.interrupted.whyOpen') }
        : triple(text, 'interrupted', {});
    case 'journal':
      return triple(text, facts.keeper === 'database' ? 'journalShared' : 'journal', {
        folder: facts.folder ?? '',
        code: facts.code ?? '',
      });
    case 'stateAway': {
      const { place = '', code = '' } = facts;
      const told = triple(text, 'stateAway', { place, code });
      if (code === 'NO_TLS') return { ...told, next: text('error.stateAway.NO_TLS') };
      return /CERT|SIGNATURE|ISSUER/.test(code)
        ? { ...told, next: text('error.stateAway.certificate') }
        : told;
    }
    case 'stateRefused': {
      const { place = '', code = '' } = facts;
      const id = `error.stateRefused.${code}`;
      const told = triple(text, 'stateRefused', { place, code });
      return text.has(id) ? { ...told, why: text(id, {}) } : told;
    }
    case 'stateVersion': {
      const { place = '', version = 0, known = 0 } = facts;
      const told = triple(text, 'stateVersion', { place, found: version, known });
      if (version === 0) return { ...told, why: text('error.stateVersion.none') };
      return version > known ? { ...told, next: text('error.stateVersion.nextNewer') } : told;
    }
    case 'stateAddress': {
      const value = facts.value ?? '';
      const id = `error.stateAddress.${facts.problem ?? ''}`;
      const told = triple(text, 'stateAddress', {});
      return text.has(id) ? { ...told, why: text(id, { value }) } : told;
    }
    case 'runLost':
      return triple(text, 'runLost', { holder: holderText(text, facts.holder ?? { kind: '' }) });
    case 'journalDamaged':
      return triple(text, 'journalDamaged', { file: facts.file ?? '', line: facts.line ?? 0 });
    case 'runHeld': {
      const { holder = { kind: '' }, file = '', keeper } = facts;
      const told = triple(text, 'runHeld', { holder: holderText(text, holder), file });
      return keeper === 'database' ? { ...told, next: text('error.runHeld.nextShared') } : told;
    }
    case 'planRefused': {
      const problems = (facts.problems ?? []).map(({ id = '', path, values = {} }) => {
        if (!text.has(id)) return `${path} ${id}`;
        return context.isAsked === true ? text(id, inWords(text, values)) : `${path} ${text(id, values)}`;
      });
      return triple(text, 'planRefused', { problems: problems.join(' ') });
    }
    case 'doubled':
      return triple(text, 'doubled', { found: objectsIn(text, facts.found) });
    case 'unmarked':
      return triple(text, 'unmarked', {
        found: objectsIn(text, facts.found),
        marker: facts.marker ?? '',
      });
    case 'changed':
      return triple(text, 'changed', { found: (facts.found ?? []).slice(0, 5) });
    case 'changedSince':
      return triple(text, 'changedSince', { found: (facts.found ?? []).slice(0, 5), id: facts.id ?? '' });
    case 'conflict':
      return {
        ...triple(text, 'disagree', {
          conflicts: (facts.conflicts ?? [])
            .slice(0, 5)
            .map((one) => conflictText(text, one))
            .join(text('list.clause')),
        }),
        ...(facts.when === 'opened' ? { next: text('error.changedSince.next', { id: facts.id ?? '' }) } : {}),
        ...(facts.when === 'undoing'
          ? { next: text('error.disagree.nextUndo', { id: facts.id ?? '' }) }
          : {}),
      };
    case 'flowMissing':
      return {
        ...triple(text, 'flowMissing', { id: facts.id ?? '', sandbox: context.sandbox }),
        ...(facts.found === undefined || facts.found.length === 0
          ? {}
          : {
              why: text('error.flowMissing.elsewhere', { found: facts.found }),
              next: text('error.flowMissing.nextElsewhere', { name: facts.found[0] ?? '' }),
            }),
      };
    case 'flowBusy':
      return triple(text, 'flowBusy', { id: facts.id ?? '', found: facts.found?.[0] ?? '' });
    case 'notTaken':
      return triple(text, 'notTaken', { id: facts.id ?? '', found: facts.found?.[0] ?? '' });
    case 'exportDoubt':
      return triple(text, 'exportDoubt', { id: facts.id ?? '' });
    case 'credentialsUnknown': {
      const values = { id: facts.id ?? '', why: facts.found?.[0] ?? '' };
      return {
        what: text('error.credentialsUnknown.what', values),
        why: `${text('error.credentialsUnknown.why', values)} ${text(`error.credentialsUnknown.${facts.seen ?? 'unread'}`)}`,
        next: text('error.credentialsUnknown.next'),
      };
    }
    case 'notEncrypted':
      return triple(text, 'notEncrypted', { id: facts.id ?? '' });
    case 'emptying':
      return triple(text, 'emptying', { name: facts.found?.[0] ?? '' });
    case 'ofDataSets':
      return triple(text, 'ofDataSets', { id: facts.id ?? '', name: facts.found?.[0] ?? '' });
    case 'otherDestination':
      return triple(text, 'otherDestination', {
        id: facts.id ?? '',
        found: facts.found?.[0] ?? '',
        connectionSpecId: facts.connectionSpecId ?? '',
      });
    case 'foreignConnection':
      return triple(text, 'foreignConnection', {
        id: facts.id ?? '',
        found: facts.found?.[0] ?? '',
        connectionSpecId: facts.connectionSpecId ?? '',
      });
    case 'noFlowSpec':
      return triple(text, 'noFlowSpec', { connectionSpecId: facts.connectionSpecId ?? '' });
    case 'missingPart':
      return missingPart(text);
    default:
      return {
        what: text('error.unexpected.what'),
        why: context.said || (facts.message ?? ''),
        next: text('error.unexpected.next'),
      };
  }
}

function refusal(text: Text, facts: ErrorFacts, { call, said, told, sandbox }: Context): Explanation {
  const status = facts.status ?? 0;
  if (status === 401) return triple(text, 'unauthorized', { told });
  if (status === 403) {
    const permission = facts.missingPermission;
    return {
      what: text('error.forbidden.what'),
      why: text('error.forbidden.why', { call, told }),
      next:
        permission === undefined
          ? text('error.forbidden.nextPlain')
          : text('error.forbidden.next', { permission, sandbox }),
    };
  }
  if (status === 404) {
    // Not in words of the service: so speaks also who stands between, and nothing is known of what was asked for.
    const isProof = facts.isHtml !== true && said !== '';
    return triple(text, isProof ? 'notFound' : 'noRoute', { call, told, sandbox });
  }
  // Only what is patched has a version that somebody else could have changed.
  if ((status === 409 || status === 412) && facts.method === 'PATCH')
    return conflict(text, status, facts.path, told);
  if ((status === 409 && facts.method !== 'DELETE') || status === 412)
    return triple(text, 'precondition', { call, status, told });
  if (status === 429)
    return triple(text, 'busy', { told, seconds: Math.ceil(facts.retryAfterSeconds ?? 60) });
  if (status >= 300 && status < 400) return triple(text, 'redirect', { status });
  if (status >= 500) {
    const isHtml = facts.isHtml === true;
    return {
      what: text('error.failing.what', { status }),
      why: text(isHtml ? 'error.failing.whyHtml' : 'error.failing.why', { call, told }),
      next: text('error.failing.next'),
    };
  }
  return {
    what: text('error.rejected.what', { call, status }),
    why: said === '' ? text('error.rejected.whySilent') : text('error.rejected.why', { told: said }),
    next: text('error.rejected.next'),
  };
}

/** What can be patched: a dataflow, or what it stands on. */
const patched = {
  flows: 'conflict',
  targetConnections: 'conflictOfLocation',
  connections: 'conflictOfAccount',
} as const;

/** Somebody else was faster; of what has no name of its own, only that its version is another. */
function conflict(text: Text, status: number, path = '', told: string): Explanation {
  const shelf = shelfOf(path);
  const kind = Object.hasOwn(patched, shelf) ? patched[shelf as keyof typeof patched] : 'conflictOfAny';
  return triple(text, kind, { status, told, id: /\/flows\/([^/]+)/.exec(path)?.[1] ?? '' });
}

/** `/data/foundation/flowservice/flows/1` → `flows` */
const shelfOf = (path = ''): string => /\/flowservice\/(\w+)/.exec(path)?.[1] ?? '';

/** `flows F1` → `Dataflow F1` */
const objectsIn = (text: Text, found: readonly string[] = []): string[] =>
  found.map((one) => {
    const [name = '', ...id] = one.split(' ');
    return objectText(text, name, id.join(' '));
  });

type Triple =
  | 'unmarked'
  | 'incomplete'
  | 'unauthorized'
  | 'notFound'
  | 'noRoute'
  | 'conflict'
  | 'conflictOfLocation'
  | 'conflictOfAccount'
  | 'conflictOfAny'
  | 'precondition'
  | 'busy'
  | 'redirect'
  | 'profilesDamaged'
  | 'profilesUnsafe'
  | 'stateUnreadable'
  | 'readOnly'
  | 'badProxy'
  | 'heldBack'
  | 'cancelled'
  | 'interrupted'
  | 'noFlowSpec'
  | 'foreignConnection'
  | 'journal'
  | 'journalShared'
  | 'journalDamaged'
  | 'stateAway'
  | 'stateRefused'
  | 'stateVersion'
  | 'stateAddress'
  | 'runLost'
  | 'runHeld'
  | 'planRefused'
  | 'doubled'
  | 'changed'
  | 'changedSince'
  | 'disagree'
  | 'flowMissing'
  | 'notPermitted'
  | 'flowBusy'
  | 'notTaken'
  | 'notEncrypted'
  | 'exportDoubt'
  | 'emptying'
  | 'otherDestination'
  | 'ofDataSets';

/** `Loyalty startTime: before 06:00, theirs 08:00, yours 09:00` */
function conflictText(text: Text, { subject, name, member, before, theirs, yours }: FoundConflict): string {
  const label = `segmentField.${member ?? ''}`;
  const said = member === undefined ? '' : ` ${text.has(label) ? text(label) : member}`;
  const none = text('report.none');
  const values = { before: before ?? none, theirs: theirs ?? none, yours: yours ?? none };
  return text('error.disagree.one', { what: `${name ?? subject}${said}`, ...values });
}

function triple(text: Text, kind: Triple, values: Values): Explanation {
  return {
    what: text(`error.${kind}.what`, values),
    why: text(`error.${kind}.why`, values),
    next: text(`error.${kind}.next`, values),
  };
}

function factsOf(error: unknown): ErrorFacts {
  if (typeof error === 'object' && error !== null && 'kind' in error && typeof error.kind === 'string') {
    return error as ErrorFacts;
  }
  if (isMissingPart(error)) return { kind: 'missingPart' };
  return { kind: 'unexpected', message: error instanceof Error ? error.message : String(error) };
}

/** `/data/foundation/flowservice/flows/1` → `/flows/1`: the part a person can do something with. */
function lastPart(path: string | undefined): string {
  return (path ?? '').replace(/^.*\/(flowservice|foundation|core)(?=\/)/, '');
}
