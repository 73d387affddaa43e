import { describe, expect, it, vi } from 'vitest';
import { mapInTurns } from '../../source/ground/turns.ts';
import { turnsDuring } from '../helpers/turns.ts';

describe('much work', () => {
  it('lets others have their turn', async () => {
    const items = Array.from({ length: 1000 }, (_, at) => at);
    const { result, turns } = await turnsDuring(() => mapInTurns(items, (one) => one * 2, 10));
    expect(result).toEqual(items.map((one) => one * 2));
    expect(turns).toBeGreaterThan(20);
  });

  it('waits for nobody where it is little', async () => {
    const stopped = vi.spyOn(performance, 'now').mockReturnValue(0);
    const made = mapInTurns([1, 2, 3], String, 1);
    let turns = 0;
    setImmediate(() => turns++);
    expect(await made).toEqual(['1', '2', '3']);
    expect(turns).toBe(0);
    stopped.mockRestore();
  });
});
