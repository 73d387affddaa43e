import { hash } from 'node:crypto';
import { EmulatorStartError } from '../start-error.ts';

/** How an export goes. Without a member it goes as usual. */
export interface Course {
  readonly status?: 'failed' | (string & {});
  /** Share of the rows that is left out. */
  readonly skipShare?: number;
  /** Rows came in, and no file was written. */
  readonly isEmpty?: boolean;
  /** No rows came in. */
  readonly hasNoRows?: boolean;
  readonly lengthMin?: number;
  /** How long after its slot it begins. */
  readonly lateMin?: number;
  /** It never takes place. */
  readonly isMissing?: boolean;
  /** It names no segment. */
  readonly isBare?: boolean;
}

/** An export that is to take place. */
export interface Planned {
  readonly flowId: string;
  readonly flowName: string;
  readonly segmentId: string;
  readonly segmentName: string;
  /** Whether somebody asked for it. */
  readonly isAsked: boolean;
  /** When it is due; of one that somebody asked for, when. Epoch milliseconds. */
  readonly slotMs: number;
}

/** What is planted, and where. */
interface RunFault {
  readonly course: Course;
  hits(planned: Planned): boolean;
  /** Whether it makes an evaluation fail that ends then, epoch milliseconds: of those no export comes. */
  hitsEvaluation(endMs: number): boolean;
}

const hourMs = 3_600_000;

/**
 * Reads `FLOW[/SEGMENT]=WHAT[@WHEN]`: dataflow and segment by their id, its first eight digits, or their name, where
 * `*` stands for anything. `WHEN` is the beginning of a slot's moment (`2026-11-26T12`), or `FROM..TO` of such moments
 * or of hours since the start (`+3h..+9h`), of which either may be left out and the second does not belong to it.
 *
 * In place of a dataflow `evaluation` stands for the daily evaluation of all segments: `evaluation=failed@2026-11-26`.
 *
 * @param startMs - When the emulator started by its own clock, epoch milliseconds.
 * @throws EmulatorStartError
 */
export function parseRunFault(text: string, startMs: number): RunFault {
  const refuse = (): never => {
    throw new EmulatorStartError('runFault', text);
  };
  const [, what = '', when = ''] = /^(?:.*)=([^=@]+)(?:@([^=@]+))?$/.exec(text) ?? refuse();
  const where = text.slice(0, text.length - what.length - (when === '' ? 0 : when.length + 1) - 1);
  const slash = where.indexOf('/');
  const [flow, segment] = slash < 0 ? [where, '*'] : [where.slice(0, slash), where.slice(slash + 1)];
  if (flow.trim() === '' || segment.trim() === '') refuse();
  const isFlow = matcher(flow.trim());
  const isSegment = matcher(segment.trim());
  const isThen = momentsOf(when.trim(), startMs) ?? refuse();
  const course = courseOf(what.trim()) ?? refuse();
  const isEvaluation = flow.trim() === 'evaluation';
  return {
    course,
    hitsEvaluation: (endMs) => isEvaluation && course.status === 'failed' && isThen(endMs),
    hits: ({ flowId, flowName, segmentId, segmentName, slotMs }) =>
      !isEvaluation && isFlow(flowId, flowName) && isSegment(segmentId, segmentName) && isThen(slotMs),
  };
}

function courseOf(what: string): Course | undefined {
  const [word = '', value = ''] = what.split(':');
  const number = /^\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
  if (word === 'status' && value !== '') return { status: value };
  if (word === 'skip' && number !== undefined && number <= 100) return { skipShare: number / 100 };
  if (word === 'long' && number !== undefined) return { lengthMin: number };
  if (word === 'late' && number !== undefined) return { lateMin: number };
  if (value !== '') return undefined;
  const plain: Record<string, Course> = {
    failed: { status: 'failed' },
    empty: { isEmpty: true },
    norows: { hasNoRows: true },
    missing: { isMissing: true },
    bare: { isBare: true },
    none: {},
  };
  return Object.hasOwn(plain, word) ? plain[word] : undefined;
}

function matcher(glob: string): (id: string, name: string) => boolean {
  const isShort = /^[0-9a-f]{8}$/i.test(glob);
  const pattern = new RegExp(
    `^${glob
      .split('*')
      .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
    'iu',
  );
  return (id, name) =>
    pattern.test(id) || pattern.test(name) || (isShort && id.startsWith(glob.toLowerCase()));
}

function momentsOf(when: string, startMs: number): ((slotMs: number) => boolean) | undefined {
  if (when === '') return () => true;
  if (!when.includes('..')) {
    if (!/^\d{4}-\d\d-\d\d(T\d\d(:\d\d)?)?$/.test(when)) return undefined;
    return (slotMs) => new Date(slotMs).toISOString().startsWith(when);
  }
  const [from = '', to = ''] = when.split('..');
  const [fromMs, toMs] = [momentOf(from, startMs, -Infinity), momentOf(to, startMs, Infinity)];
  if (fromMs === undefined || toMs === undefined) return undefined;
  return (slotMs) => slotMs >= fromMs && slotMs < toMs;
}

function momentOf(text: string, startMs: number, open: number): number | undefined {
  if (text === '') return open;
  const hours = /^\+(\d+)h$/.exec(text)?.[1];
  if (hours !== undefined) return startMs + Number(hours) * hourMs;
  const iso = /^(\d{4}-\d\d-\d\d)(?:T(\d\d)(?::(\d\d))?)?$/.exec(text);
  const ms = iso ? Date.parse(`${iso[1] ?? ''}T${iso[2] ?? '00'}:${iso[3] ?? '00'}:00Z`) : NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

/** A number below another that is the same for the same words every time. */
export function drawn(words: string, below: number): number {
  return Number.parseInt(hash('sha256', words).slice(0, 8), 16) % below;
}

/**
 * How exports go where nothing is planted: of a hundred four fail, two write nothing, one takes over three hours, two
 * leave a fifth of the rows out. Which ones follows from their ids and their slot. What somebody asks for goes well.
 */
export function usualCourse({ flowId, segmentId, slotMs, isAsked }: Planned): Course {
  if (isAsked) return {};
  const at = drawn(`course ${flowId} ${segmentId} ${slotMs}`, 100);
  if (at < 4) return { status: 'failed' };
  if (at < 6) return { isEmpty: true };
  if (at === 6) return { lengthMin: 190 };
  return at < 9 ? { skipShare: 0.2 } : {};
}
