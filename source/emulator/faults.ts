import { EmulatorStartError } from './start-error.ts';

/** What a rule does to a request. `act`, `twice`, `redirect`, `etag` and `id` act first, whatever they answer. */
export type Fault =
  | { kind: 'status'; status: number }
  | { kind: 'busy'; seconds: number }
  | { kind: 'reset' }
  | { kind: 'lost' }
  | { kind: 'slow'; ms: number }
  | { kind: 'html' }
  | { kind: 'act'; status: number }
  /** An answer nobody can read: a web page, nothing, or half of it and then a cut. */
  | { kind: 'act'; as: Unreadable }
  | { kind: 'twice' }
  | { kind: 'redirect' }
  | { kind: 'etag' | 'id'; text: string }
  | Beside;

/** Goes beside another rule: what is made is hidden, what is changed is read as it was. */
type Beside = { kind: 'hide' | 'stale'; ms: number };

export type Unreadable = 'html' | 'empty' | 'torn';

interface FaultRule {
  readonly method: string;
  readonly glob: string;
  readonly fault: Fault;
  /** How many requests it still hits. */
  left: number;
}

/** Reads `METHOD PATH-GLOB=WHAT[xN]`. @throws EmulatorStartError */
export function parseFaultRule(text: string): FaultRule {
  const match = /^\s*([A-Za-z]+|\*)\s+([^\s=]+)=((?:etag|id):\S*?|[a-z0-9:]+?)(?:x(\d+))?\s*$/.exec(text);
  const [, method, glob, what, times] = match ?? [];
  if (method === undefined || glob === undefined || what === undefined)
    throw new EmulatorStartError('faultRule', text);
  return {
    method: method.toUpperCase(),
    glob,
    fault: parseFault(what, text),
    left: times === undefined ? Infinity : Number(times),
  };
}

function parseFault(what: string, text: string): Fault {
  switch (what) {
    case 'reset':
    case 'lost':
    case 'html':
    case 'twice':
    case 'redirect':
      return { kind: what };
    case 'act:html':
    case 'act:empty':
    case 'act:torn':
      return { kind: 'act', as: what.slice(4) as Unreadable };
    default:
      return parseValued(what, text);
  }
}

function parseValued(what: string, text: string): Fault {
  const [, word = '', value = ''] = /^(?:(429|slow|hide|stale|act|etag|id):)?(.*)$/.exec(what) ?? [];
  if (word === 'etag' || word === 'id') return { kind: word, text: decoded(value, text) };
  const number = /^\d+$/.test(value) ? Number(value) : NaN;
  const isStatus = /^[1-5]\d\d$/.test(value);
  if (word === '429' && number >= 0) return { kind: 'busy', seconds: number };
  if ((word === 'slow' || word === 'hide' || word === 'stale') && number >= 0)
    return { kind: word, ms: number };
  // An answer begins with a status from 200 on.
  if (word === 'act' && isStatus && number >= 200) return { kind: 'act', status: number };
  if (word === '' && isStatus) return { kind: 'status', status: number };
  throw new EmulatorStartError('faultRule', text);
}

/** A rule has no room for blanks: `%20`. */
function decoded(value: string, text: string): string {
  try {
    return decodeURIComponent(value);
  } catch (error) {
    throw new EmulatorStartError('faultRule', text, { cause: error });
  }
}

/** What hits a request: one fault, and how long what it makes is hidden and what it changes is not seen, milliseconds. */
interface Hit {
  readonly fault: Fault | undefined;
  readonly hideMs: number;
  readonly staleMs: number;
}

/**
 * What hits a request; the first rule that still has hits wins. One that hides goes beside another: what is
 * made or changed can be hidden whatever is answered. A glob matches the end of a path at a slash: `/connections` hits
 * `…/flowservice/connections` and not `/sourceConnections`.
 */
export function takeFault(rules: readonly FaultRule[], method: string, path: string): Hit {
  const take = (isMeant: (fault: Fault) => boolean): Fault | undefined => {
    const rule = rules.find(
      (one) =>
        one.left > 0 &&
        isMeant(one.fault) &&
        (one.method === '*' || one.method === method) &&
        globMatches(one.glob, path),
    );
    if (!rule) return undefined;
    rule.left--;
    return rule.fault;
  };
  const beside = (kind: Beside['kind']): number => {
    const hit = take((fault) => fault.kind === kind);
    return hit?.kind === kind ? hit.ms : 0;
  };
  const [hideMs, staleMs] = [beside('hide'), beside('stale')];
  return { fault: take(({ kind }) => kind !== 'hide' && kind !== 'stale'), hideMs, staleMs };
}

function globMatches(glob: string, path: string): boolean {
  const pattern = glob
    .replace(/^\/+/, '')
    .split('*')
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^/]*');
  return new RegExp(`(^|/)${pattern}/?$`).test(path);
}
