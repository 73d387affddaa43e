import { describe, expect, it } from 'vitest';
import type { ApplyEvent } from '../../../source/apply/events.ts';
import type { WizardServices } from '../../../source/pages/services.ts';
import { ApplyScreen } from '../../../source/screens/own/apply/applying.tsx';
import type { WizardState } from '../../../source/wizard/reducer.ts';
import { drawAlone } from '../../helpers/page.tsx';
import { smallPlatform } from '../../helpers/remote.ts';
import { atReview, nowMs } from '../../helpers/wizard-events.ts';

const applying: WizardState = { ...atReview(), page: 'apply', hasApplied: true };
const begun: readonly ApplyEvent[] = [
  { kind: 'started', step: 'source-base-connection' },
  { kind: 'succeeded', step: 'source-base-connection', ms: 1, id: 'C1' },
];

/** The page once nothing more is told of an apply. */
async function drawn(...told: readonly ApplyEvent[]): Promise<string> {
  const services: Partial<WizardServices> = {
    now: () => nowMs,
    async *apply() {
      await Promise.resolve();
      yield* told;
    },
  };
  const { waitFor } = await drawAlone({ state: applying, page: ApplyScreen, services }, smallPlatform);
  return waitFor('try again');
}

describe('an apply that did not come to its end', () => {
  const made = { sourceBaseConnectionId: 'C1' };
  it.each([
    ['interrupted', []],
    ['failed', [{ kind: 'failed', step: 'source-connection', ms: 1, error: new Error('no') }]],
  ] as const)(
    'is %s: it goes on no longer, and says once that it can be tried again',
    async (outcome, more) => {
      const frame = await drawn(...begun, ...more, { kind: 'result', outcome, run: '0a1b2c3d', made });
      expect(frame).toContain('Not finished · 1 of 5 objects created');
      expect(frame).not.toContain('Applying');
      expect(frame).toContain('Trying again continues from there.');
      expect(frame).not.toContain('Run again when you like.');
    },
  );

  it('says that it can be begun anew where nothing was created', async () => {
    const frame = await drawn({ kind: 'result', outcome: 'interrupted', run: '0a1b2c3d', made: {} });
    expect(frame).toContain('Not finished · 0 of 5 objects created');
    expect(frame).toContain('Run again when you like.');
  });
});
