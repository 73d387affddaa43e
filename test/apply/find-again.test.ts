import { expect, it } from 'vitest';
import { findAgain } from '../../source/apply/once/find-again.ts';

it('a look is over with the time that it is looked for, and the last one a minute later', async () => {
  let now = 0;
  const over: boolean[] = [];
  const waits: number[] = [];
  const after = (isOver: () => boolean, steps: readonly number[]): void => {
    for (const ms of steps) {
      now += ms;
      over.push(isOver());
    }
  };
  const looking = { untilMs: 1000, clock: () => now, onWait: (mostMs: number) => void waits.push(mostMs) };
  const found = await findAgain(looking, (isOver) => {
    after(isOver, over.length === 0 ? [0, 999, 1] : [0, 15_000, 15_000, 15_000, 14_999, 1]);
    return Promise.resolve(undefined);
  });
  expect(found).toBeUndefined();
  expect(over).toEqual([false, false, true, false, false, false, false, false, true]);
  expect(waits).toEqual([0]);
});
