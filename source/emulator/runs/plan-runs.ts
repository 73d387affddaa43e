import { hash } from 'node:crypto';
import type { Entity, JsonObject } from '../store.ts';
import { askedOf, type Era, erasOf } from './export-log.ts';
import { type Course, drawn, type Planned } from './run-faults.ts';
import { isAfterEvaluation, slotsOf } from './slots.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Until a segment that is mapped or changed exports. @see manage.md, section 2.4 */
const propagationMs = hourMs;

/** An export as it will have been. Moments are epoch milliseconds. */
export interface PlannedRun extends Planned {
  readonly id: string;
  readonly flow: Entity;
  readonly createdMs: number;
  readonly startedMs: number;
  readonly endedMs: number;
  /** What its selector held. */
  readonly value: JsonObject;
  /** When its files are written, where that is done: at its end. */
  readonly writtenMs: number;
  readonly course: Course;
  /** Whether the file has everybody, or only what has changed. */
  readonly isFull: boolean;
  /** Of what was really written. */
  readonly bytes?: number | undefined;
}

/**
 * Every export of a dataflow that is due in a stretch of time: by the schedules that it had then, while it was enabled,
 * and what somebody asked for. The same every time: all of it follows from ids and slots. One that is due while the
 * former one of its segment lasts begins after that.
 *
 * @param courseOf - How one goes.
 * @param isEvaluated - Whether the evaluation that ends then ends well: nothing is exported after one that fails.
 */
export function planRuns(
  flow: Entity,
  { fromMs, untilMs, isSound }: { fromMs: number; untilMs: number; isSound: boolean },
  courseOf: (planned: Planned) => Course,
  isEvaluated: (endMs: number) => boolean = () => true,
): PlannedRun[] {
  const due = new Map<string, { slotMs: number; value: JsonObject; isSound: boolean; isAsked: boolean }[]>();
  const add = (
    value: JsonObject,
    slots: readonly number[],
    era: Pick<Era, 'isSound'>,
    isAsked = false,
  ): void => {
    const id = String(value['id']);
    const list = due.get(id) ?? [];
    list.push(...slots.map((slotMs) => ({ slotMs, value, isSound: era.isSound, isAsked })));
    due.set(id, list);
  };
  const eras = erasOf(flow, isSound);
  let beganMs = flow.createdAt;
  for (const era of eras) {
    const endMs = era.untilMs ?? untilMs;
    for (const value of era.isEnabled ? era.values : []) {
      const [mapped, changed] = [Number(value['createTime']), Number(value['updateTime'])];
      const knownMs = Math.max(mapped || 0, changed || 0) * 1000 + propagationMs;
      const slots = slotsOf(value, Math.max(fromMs, beganMs, knownMs), Math.min(endMs, untilMs));
      add(value, isAfterEvaluation(value) ? slots.filter(isEvaluated) : slots, era);
    }
    beganMs = endMs;
  }
  const now = eras.at(-1);
  for (const { segment, atMs } of askedOf(flow)) {
    const value = eras.flatMap(({ values }) => values).findLast(({ id }) => id === segment);
    if (value && atMs >= fromMs) add(value, [atMs], now ?? { isSound }, true);
  }
  return [...due.entries()].flatMap(([segmentId, list]) => {
    let freeMs = -Infinity;
    const usualLengthMin = 3 + drawn(`length ${flow.id} ${segmentId}`, 9);
    return list
      .sort((a, b) => a.slotMs - b.slotMs)
      .flatMap(({ slotMs, value, isSound: isDone, isAsked }, at): PlannedRun[] => {
        const planned = {
          flowId: flow.id,
          flowName: String(flow['name']),
          segmentId,
          segmentName: String(value['name'] ?? ''),
          slotMs,
          isAsked,
        };
        const course = isDone ? courseOf(planned) : { status: 'failed' };
        if (course.isMissing === true) return [];
        const words = `${flow.id} ${segmentId} ${slotMs}`;
        const usualMs = isAsked ? 20_000 : (2 + drawn(`delay ${words}`, 12)) * minuteMs;
        const delayMs = course.lateMin === undefined ? usualMs : course.lateMin * minuteMs;
        const startedMs = Math.max(slotMs + delayMs, freeMs + minuteMs);
        const lengthMin = course.lengthMin ?? usualLengthMin;
        const endedMs = startedMs + lengthMin * minuteMs;
        freeMs = endedMs;
        const isFull = value['exportMode'] !== 'FIRST_FULL_THEN_INCREMENTAL' || at === 0 || isAsked;
        const createdMs = Math.max(slotMs, startedMs - 90_000);
        const moments = { createdMs, startedMs, endedMs, writtenMs: endedMs };
        return [{ ...planned, ...moments, id: idOf(words), flow, value, course, isFull }];
      });
  });
}

/** An id that is the same every time. */
export function idOf(words: string): string {
  const hex = hash('sha256', `run ${words}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-9${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
