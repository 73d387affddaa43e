import { EmulatorStartError } from './start-error.ts';

/** What a rule does to a request. */
export type Fault =
  | { kind: 'status'; status: number }
  | { kind: 'busy'; seconds: number }
  | { kind: 'reset' }
  | { kind: 'lost' }
  | { kind: 'slow'; ms: number }
  | { kind: 'html' };

export interface FaultRule {
  readonly method: string;
  readonly glob: string;
  readonly fault: Fault;
  /** How many requests it still hits. */
  left: number;
}

/** Reads `METHOD PATH-GLOB=WHAT[xN]`. @throws EmulatorStartError */
export function parseFaultRule(text: string): FaultRule {
  const match = /^\s*([A-Za-z]+|\*)\s+(\S+)=([a-z0-9:]+?)(?:x(\d+))?\s*$/.exec(text);
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
  if (what === 'reset' || what === 'lost' || what === 'html') return { kind: what };
  const [, seconds] = /^429:(\d+)$/.exec(what) ?? [];
  if (seconds !== undefined) return { kind: 'busy', seconds: Number(seconds) };
  const [, ms] = /^slow:(\d+)$/.exec(what) ?? [];
  if (ms !== undefined) return { kind: 'slow', ms: Number(ms) };
  if (/^[1-5]\d\d$/.test(what)) return { kind: 'status', status: Number(what) };
  throw new EmulatorStartError('faultRule', text);
}

/**
 * The fault that hits a request, if any; the first rule that still has hits wins. A glob matches the end
 * of a path at a slash: `/connections` hits `…/flowservice/connections` and not `/sourceConnections`.
 */
export function takeFault(rules: readonly FaultRule[], method: string, path: string): Fault | undefined {
  const rule = rules.find(
    (one) => one.left > 0 && (one.method === '*' || one.method === method) && globMatches(one.glob, path),
  );
  if (!rule) return undefined;
  rule.left--;
  return rule.fault;
}

function globMatches(glob: string, path: string): boolean {
  const pattern = glob
    .replace(/^\/+/, '')
    .split('*')
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^/]*');
  return new RegExp(`(^|/)${pattern}/?$`).test(path);
}
