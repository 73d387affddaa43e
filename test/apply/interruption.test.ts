import { describe, expect, it } from 'vitest';
import { interruption } from '../../source/apply/interruption.ts';

describe('an interruption', () => {
  const seen = ({ stop, abort }: ReturnType<typeof interruption>): boolean[] => [stop.aborted, abort.aborted];

  it('stops when it is asked once, and gives up when it is asked twice', () => {
    const one = interruption();
    expect(seen(one)).toEqual([false, false]);
    expect(one.interrupt()).toBe(true);
    expect(seen(one)).toEqual([true, false]);
    expect(one.interrupt()).toBe(false);
    expect(seen(one)).toEqual([true, true]);
  });

  it('never gives up for a line that is cut, however often that is told', () => {
    const one = interruption();
    one.end();
    one.end();
    expect(seen(one)).toEqual([true, false]);
    // Whoever asks now asks for the first time.
    expect(one.interrupt()).toBe(true);
    expect(seen(one)).toEqual([true, false]);
    one.end();
    expect(one.interrupt()).toBe(false);
    expect(seen(one)).toEqual([true, true]);
  });
});
