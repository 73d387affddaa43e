import { parseExactly } from '../../ground/exact-json.ts';
import { jsonPath } from './json-path.ts';

/** A place in a text, both counted from 1; columns are UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A member that stands in its object a second time. */
interface RepeatedMember {
  readonly name: string;
  /** JSON path of the member. */
  readonly path: string;
  readonly first: Place;
  readonly again: Place;
}

export type JsonReading =
  | { kind: 'json'; value: unknown }
  /** Where it stops being JSON. What stands there is not told: it may be a secret. */
  | { kind: 'notJson'; at: Place }
  | { kind: 'tooDeep'; at: Place }
  | { kind: 'repeated'; members: readonly RepeatedMember[] };

/** Objects and lists inside each other; more is no document of ours, and rules that go down would not come back. */
export const deepest = 64;

/**
 * Reads JSON as strictly as a person reads it: a name stands in an object once. `JSON.parse` takes the last of two
 * and says nothing, and a person sees the first.
 *
 * @throws Nothing.
 */
export function readJson(source: string): JsonReading {
  // Editors on Windows like to begin a file with a byte order mark.
  const text = source.replace(/^\uFEFF/, '');
  const walked = walk(text);
  const placeOf = (offset: number): Place => {
    const before = text.slice(0, offset).split(/\r\n|\n|\r/);
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  };
  if (walked.kind !== 'whole') return { kind: walked.kind, at: placeOf(walked.offset) };
  if (walked.repeated.length > 0) {
    return {
      kind: 'repeated',
      members: walked.repeated.map(({ name, path, first, again }) => ({
        name,
        path,
        first: placeOf(first),
        again: placeOf(again),
      })),
    };
  }
  return { kind: 'json', value: parseExactly(text) };
}

/** @throws SyntaxError for whatever is not JSON, or says something twice. */
export function parseStrictly(source: string): unknown {
  const reading = readJson(source);
  if (reading.kind !== 'json') throw new SyntaxError(reading.kind);
  return reading.value;
}

const space = /[ \t\n\r]*/y;
const scalar =
  /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

interface Repeated {
  name: string;
  path: string;
  first: number;
  again: number;
}
type Walk =
  | { kind: 'whole'; repeated: Repeated[] }
  | { kind: 'notJson'; offset: number }
  | { kind: 'tooDeep'; offset: number };

/** An object or a list that is being read: where its members began, and where in it we are. */
type Open = { kind: 'object'; firstAt: Map<string, number>; key: string } | { kind: 'list'; key: number };

/** Goes through the whole text once, whatever its depth. @see RFC 8259 */
function walk(text: string): Walk {
  const open: Open[] = [];
  const repeated: Repeated[] = [];
  let at = 0;
  const take = (token: RegExp): string | undefined => {
    token.lastIndex = at;
    const found = token.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const next = (sign: string): boolean => {
    take(space);
    if (text[at] !== sign) return false;
    at++;
    return true;
  };
  /** The name of a member and its colon. */
  const member = (object: Extract<Open, { kind: 'object' }>): boolean => {
    take(space);
    const again = at;
    const written = text[at] === '"' ? take(scalar) : undefined;
    if (written === undefined) return false;
    // Names that differ only by how they are written are one name.
    const name = JSON.parse(written) as string;
    object.key = name;
    const first = object.firstAt.get(name);
    if (first === undefined) object.firstAt.set(name, again);
    else repeated.push({ name, path: jsonPath(open.map(({ key }) => key)), first, again });
    return next(':');
  };
  const broken = (): Walk => ({ kind: 'notJson', offset: at });
  for (;;) {
    let isWhole = true;
    if (next('{')) {
      if (open.length >= deepest) return { kind: 'tooDeep', offset: at - 1 };
      if (!next('}')) {
        const object: Open = { kind: 'object', firstAt: new Map(), key: '' };
        open.push(object);
        if (!member(object)) return broken();
        isWhole = false;
      }
    } else if (next('[')) {
      if (open.length >= deepest) return { kind: 'tooDeep', offset: at - 1 };
      if (!next(']')) {
        open.push({ kind: 'list', key: 0 });
        isWhole = false;
      }
    } else if (take(scalar) === undefined) return broken();
    while (isWhole) {
      const inside = open.at(-1);
      if (!inside) {
        take(space);
        return at === text.length ? { kind: 'whole', repeated } : broken();
      }
      if (next(',')) {
        if (inside.kind === 'list') inside.key++;
        else if (!member(inside)) return broken();
        isWhole = false;
      } else if (next(inside.kind === 'list' ? ']' : '}')) open.pop();
      else return broken();
    }
  }
}
