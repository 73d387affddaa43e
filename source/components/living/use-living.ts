import { useCallback, useLayoutEffect, useMemo, useState } from 'react';
import { useMachine } from '../machine/use-machine.ts';
import { useIsFocused } from './focus.ts';
import { type Identified, type Places, placesInTurns, placesOf, wouldMove } from './living-rows.ts';
import { type Living, type LivingEvent, reduceLiving, startLiving } from './living-state.ts';
import { useTiming } from './timing.ts';

/** What happened, without the hour. */
type Untimed<Event> = Event extends { readonly nowMs: number } ? Omit<Event, 'nowMs'> : Event;

/** A reading of so many rows gets turns of its own: a key that was pressed meanwhile comes before them. @see living.md, L26 */
const manyRows = 5000;

export interface LivingTableState<Value> {
  readonly state: Living<Value>;
  /** How many rows would move if they stood in their order. */
  readonly moving: number;
  readonly send: (event: Untimed<LivingEvent<Value>>) => Living<Value>;
  /** The newest state between two frames. */
  readonly peek: () => Living<Value>;
}

/**
 * The rows of a table that follows by itself, as they are to be drawn. Out of sight they stand still.
 *
 * @param values - Another array for each reading.
 */
export function useLiving<Value extends Identified>(
  values: readonly Value[],
  compare: (one: Value, other: Value) => number,
  {
    height,
    cursor,
    offsetMs,
    holds,
    open,
  }: {
    readonly height: number;
    readonly cursor?: string | undefined;
    /** How far the clock by which it is told is ahead of this one, milliseconds. */
    readonly offsetMs: number;
    /** What rows stand for until they are opened, and which are from the beginning. @default nothing */
    readonly holds?: Living<Value>['holds'] | undefined;
    readonly open?: Living<Value>['open'] | undefined;
  },
): LivingTableState<Value> {
  const timing = useTiming();
  const isFocused = useIsFocused();
  const [state, dispatch, peek] = useMachine<Living<Value>, LivingEvent<Value>>(reduceLiving, () =>
    startLiving(values, compare, { nowMs: timing.now(), height, cursor, holds, open }),
  );
  const send = useCallback(
    (event: Untimed<LivingEvent<Value>>) =>
      dispatch({ nowMs: timing.now(), ...event } as unknown as LivingEvent<Value>),
    [dispatch, timing],
  );
  const [first] = useState(values);
  useLayoutEffect(() => {
    if (!isFocused || values === peek().latest || (values === first && peek().latest === first))
      return undefined;
    const take = (places: Places): unknown =>
      send({ type: 'read', values, places, toldMs: timing.now() + offsetMs });
    if (values.length < manyRows) return void take(placesOf(values));
    let isLatest = true;
    void placesInTurns(values).then((places) => {
      if (isLatest) setImmediate(() => isLatest && take(places));
    });
    return () => {
      isLatest = false;
    };
  }, [send, peek, timing, isFocused, values, first, offsetMs]);
  useLayoutEffect(() => {
    send({ type: 'measured', height });
  }, [send, height]);
  const { rows, compare: order } = state;
  // Most keys change neither.
  const moving = useMemo(() => wouldMove({ rows, compare: order }), [rows, order]);
  return { state, moving, send, peek };
}
