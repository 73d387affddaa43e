import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isStrangeLength,
  strangeLengths,
  usualLength,
} from '../../../source/activation/watch/usual-length.ts';
import { minuteMs, runOf } from './watching.ts';

const start = Date.UTC(2026, 10, 1, 12);
const lasting = (minutes: readonly number[], state = 'good' as const) =>
  minutes.map((one, at) =>
    runOf(start + at * 86_400_000, { state, endedMs: start + at * 86_400_000 + one * minuteMs }),
  );

describe('how long it usually takes', () => {
  it('is the middle of the last twenty good runs', () => {
    expect(usualLength(lasting([7, 6, 90]))).toBe(7 * minuteMs);
    expect(usualLength(lasting([...Array<number>(5).fill(500), ...Array<number>(20).fill(9)]))).toBe(
      9 * minuteMs,
    );
  });

  it('is nothing of runs that failed, last, or end before they begin', () => {
    const failed = lasting([7, 7, 7]).map((run) => ({ ...run, state: 'failed' as const }));
    const open = runOf(start, { state: 'running' });
    expect(usualLength([...failed, open, ...lasting([-5])])).toBeUndefined();
  });

  it('is exceeded by what takes more than three times as long, once three are known', async () => {
    const strange = async (minutes: readonly number[]) => [
      ...(await strangeLengths(lasting(minutes), () => 'one')).values(),
    ];
    expect(await strange([7, 7, 22])).toEqual([]);
    expect(await strange([7, 7, 7, 21])).toEqual([]);
    expect(await strange([7, 7, 7, 22])).toEqual([7 * minuteMs]);
    expect([isStrangeLength(22, 7), isStrangeLength(21, 7), isStrangeLength(22, undefined)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('is held against those of its own kind, whatever the order they come in', async () => {
    const runs = fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 1, max: 60 })), {
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(runs, fc.infiniteStream(fc.nat()), async (drawn, order) => {
        const all = lasting(drawn.map(([, minutes]) => minutes)).map((run, at) => ({
          ...run,
          kind: drawn[at]?.[0] ?? '',
        }));
        const shuffled = all
          .map((run) => ({ run, key: order.next().value ?? 0 }))
          .sort((one, other) => one.key - other.key)
          .map(({ run }) => run);
        const of = async (list: typeof all) => [...(await strangeLengths(list, ({ kind }) => kind))].sort();
        expect(await of(shuffled)).toEqual(await of(all));
        const apart = await Promise.all(['a', 'b'].map((kind) => of(all.filter((run) => run.kind === kind))));
        expect(apart.flat().sort()).toEqual(await of(all));
      }),
    );
  });
});
