import { describe, expect, it } from 'vitest';
import { Limiter } from '../../source/flow-service/limiter.ts';
import { failureOf } from '../helpers/answers.ts';

describe('a limit of calls at once', () => {
  it('lets those that wait in by their order', async () => {
    const limiter = new Limiter(1);
    const leave = await limiter.enter();
    const entered: string[] = [];
    const waiting = ['first', 'second', 'third'].map(async (name) => {
      const out = await limiter.enter();
      entered.push(name);
      out();
    });
    await new Promise(setImmediate);
    expect(entered).toEqual([]);
    leave();
    await Promise.all(waiting);
    expect(entered).toEqual(['first', 'second', 'third']);
  });

  it('keeps no place for one that gave up, and gives its own back', async () => {
    const limiter = new Limiter(1);
    const leave = await limiter.enter();
    const givenUp = new AbortController();
    const gone = limiter.enter(givenUp.signal);
    const next = limiter.enter();
    givenUp.abort(new Error('enough'));
    expect(await failureOf(gone)).toMatchObject({ message: 'enough' });
    leave();
    (await next)();
    (await limiter.enter())();
    expect(await failureOf(limiter.enter(AbortSignal.abort()))).toMatchObject({ name: 'AbortError' });
  });
});
