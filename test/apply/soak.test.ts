import { describe, expect, it } from 'vitest';
import type { ApplyServices } from '../../source/apply/services.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { applyHere, countsOf, rollBackHere, stateOf } from '../helpers/runs.ts';
import { isSoak } from '../helpers/soak.ts';
import { freshFolder } from '../helpers/terminal.ts';

/** Numbers from 0 to 1 that look random and are the same each time. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** Thrown where a process would have died: nothing is noted or sent after it. */
class Died extends Error {}

/** Every day a share of them. */
const count = isSoak ? 200 : 10;

describe('applies that die at random', () => {
  it(
    'end with exactly one of each or with none, as they were told',
    { timeout: isSoak ? 400_000 : 120_000 },
    async () => {
      const random = randomFrom(20_261_124);
      const emulator = await emulatorWith({
        segments: 20,
        patchDelayMs: 5,
        touchDelayMs: 5,
        strictEtags: true,
      });
      const folder = freshFolder();
      let deaths = 0;
      let left = 0;

      /** Dies at the n-th checkpoint, and with it everything that the run would do after. */
      function dying(after: number): Pick<ApplyServices, 'checkpoint'> {
        let seen = 0;
        return {
          checkpoint(point) {
            if (point === 'sent' || seen++ < after) return;
            throw new Died();
          },
        };
      }

      async function one(
        number: number,
        plan: { deathsAt: readonly number[]; isUndone: boolean },
      ): Promise<void> {
        const here = { folder, run: number.toString(16).padStart(8, '0'), emulator };
        for (const after of plan.deathsAt) {
          const result = await applyHere({ ...here, services: { ...dying(after), doubtMs: 60 } });
          if (result.outcome !== 'verified') deaths++;
        }
        if (plan.isUndone) {
          await rollBackHere(here);
          expect((await stateOf(here)).outcome).toBe('rolledBack');
        } else {
          const { outcome } = await applyHere({ ...here, services: { doubtMs: 60 } });
          expect(outcome).toBe('verified');
          left++;
        }
      }

      const plans = Array.from({ length: count }, (_, number) => ({
        number,
        deathsAt: Array.from({ length: 1 + Math.floor(random() * 3) }, () => Math.floor(random() * 14)),
        isUndone: random() < 0.4,
      }));
      const workers = Array.from({ length: 6 }, async () => {
        for (let next = plans.shift(); next; next = plans.shift()) await one(next.number, next);
      });
      await Promise.all(workers);

      process.stdout.write(
        `\nsoak: ${count} applies, ${deaths} deaths, ${left} kept, ${count - left} undone, ${countsOf(emulator).join(' ')} objects\n\n`,
      );
      expect(deaths).toBeGreaterThan(count * 0.75);
      expect(countsOf(emulator)).toEqual([2 * left, left, left, left]);
    },
  );
});
