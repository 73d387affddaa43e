import { literal } from '../../ground/literal.ts';
import { listedId, type Plan, type PlanSegment } from '../plan/plan.ts';
import { hasMoment, longestName, parseTemplate, type TemplatePart } from './filename-template.ts';
import { folderParts } from '../spec/folder.ts';

/** What a file's name says of the export that it is of. */
export type Delivered =
  | {
      readonly kind: 'file';
      /** Nothing where the template does not tell one segment from another. */
      readonly segment: PlanSegment | undefined;
      /** Epoch milliseconds, UTC, where the template has one. */
      readonly atMs: number | undefined;
      /** What the names of all its files begin with. */
      readonly stem: string;
      /** 1, and more for an export that was split. @see flow-service.md, section 5.3 */
      readonly part: number;
    }
  /** Of all files of a run. @see cards.md, section 4.2 */
  | { readonly kind: 'manifest'; readonly run: string };

/** Names of object stores may be longer; nobody exports such. */
const longest = longestName + 20;

const manifest = /^manifest-.{1,100}-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.json$/i;
const ending = String.raw`(?<end>(?:_(?<part>[2-9]|[1-9]\d{1,3}))?(?:\.(?:csv|json|parquet))?(?:\.gz)?(?:\.(?:gpg|pgp))?)$`;

/**
 * Tells by their names which files are exports of a plan.
 *
 * @returns Of a name below the folder of the place; nothing for a file of somebody else's.
 */
export function deliveredBy(plan: Plan): (name: string) => Delivered | undefined {
  const folders = folderParts(plan.destination.location).below;
  const all = plan.segments.map((segment) => ({ segment, pattern: patternOf(segment, plan, folders) }));
  const depth = folders.length;
  return (name) => {
    const parts = name.split('/');
    const last = parts.at(-1) ?? '';
    if (last.length > longest || parts.length - 1 !== depth) return undefined;
    const [, run] = manifest.exec(last) ?? [];
    if (run !== undefined) return { kind: 'manifest', run };
    const found = all.flatMap(({ segment, pattern }) => {
      const match = pattern.exec(name);
      return match ? [{ segment, groups: match.groups ?? {} }] : [];
    });
    const [first] = found;
    if (!first) return undefined;
    const { at, seconds, part, end = '' } = first.groups;
    const atMs = momentOf(at, seconds);
    return {
      kind: 'file',
      segment: found.length === 1 ? first.segment : undefined,
      atMs,
      stem: name.slice(0, name.length - end.length),
      part: part === undefined ? 1 : Number(part),
    };
  };
}

/** How the names of all exports of a plan begin: what is listed needs no more. Empty where they have nothing in common. */
export function commonStart(plan: Plan): string {
  if (folderParts(plan.destination.location).below.length > 0) return '';
  const starts = plan.segments.map(({ filenameTemplate }) => {
    const [first] = parseTemplate(filenameTemplate);
    return first?.kind === 'text' ? first.text : '';
  });
  return new Set(starts).size === 1 ? (starts[0] ?? '') : '';
}

function momentOf(at: string | undefined, seconds: string | undefined): number | undefined {
  if (seconds !== undefined) return Number(seconds) * 1000;
  if (at === undefined) return undefined;
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)_(\d\d)(\d\d)(\d\d)$/.exec(at) ?? [];
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

function patternOf(segment: PlanSegment, plan: Plan, folders: readonly string[]): RegExp {
  const folder = folders.map((one) =>
    literal(one)
      .replaceAll('%SEGMENT_NAME%', '[^/]+')
      .replaceAll('%SEGMENT_ID%', literal(listedId(segment))),
  );
  const file = tokensOf(parseTemplate(segment.filenameTemplate), segment, plan);
  return new RegExp(`^${[...folder, `${file}${ending}`].join('/')}`, 'iu');
}

/**
 * What a template makes names of. What nobody knows is any text, and what stands between two such goes with them: a
 * hostile name must not make the search long.
 */
function tokensOf(parts: readonly TemplatePart[], segment: PlanSegment, plan: Plan): string {
  const hasId = parts.some((part) => part.kind === 'macro' && part.macro === 'SEGMENT_ID');
  const merged: { readonly isText: boolean; readonly token: string }[] = [];
  for (const part of parts) {
    const token = tokenOf(part, segment, plan, hasId);
    const before = token === any ? merged.findLastIndex(({ isText }) => !isText) : -1;
    if (merged[before]?.token === any) merged.length = before + 1;
    else merged.push({ isText: part.kind === 'text', token });
  }
  return merged.map(({ token }) => token).join('');
}

const any = '[^/]*?';
function tokenOf(part: TemplatePart, segment: PlanSegment, plan: Plan, hasId: boolean): string {
  if (part.kind === 'text') return literal(part.text);
  if (part.kind === 'unknown') return any;
  switch (part.macro) {
    case 'SEGMENT_ID': {
      const ids = [...new Set([listedId(segment), segment.id])].map(literal);
      return `(?:${ids.join('|')})`;
    }
    case 'SEGMENT_NAME':
      // A name may be written in other signs than it has; beside an id nothing hangs on it.
      return hasId || segment.name === undefined ? any : letters(segment.name);
    case 'DESTINATION_INSTANCE_ID':
      return plan.flow === undefined ? any : literal(plan.flow);
    case 'DATETIME(YYYYMMdd_HHmmss)':
      return String.raw`(?<at>\d{8}_\d{6})`;
    case 'TIMESTAMP':
      return String.raw`(?<seconds>\d{10})`;
    default:
      return any;
  }
}

/** Letters and digits as they are, and anything but them in the place of other signs. */
const letters = (name: string): string =>
  name
    .split(/([^\p{L}\p{N}]+)/u)
    .map((one, at) => (at % 2 === 0 ? literal(one) : String.raw`[^\p{L}\p{N}/]*`))
    .join('');

/** Whether two exports of a segment have names of their own: else each is written over the last. */
export const areKeptApart = (plan: Plan): boolean =>
  plan.segments.every(({ filenameTemplate }) => hasMoment(filenameTemplate));
