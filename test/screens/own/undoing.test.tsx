import { describe, expect, it } from 'vitest';
import type { PlanRun, RollbackEvent } from '../../../source/apply/undo/rollback.ts';
import { unicodeGlyphs as glyphs } from '../../../source/components/theme/glyphs.ts';
import { english } from '../../../source/locale/catalogs.ts';
import { leftAfter, undoConfirmation } from '../../../source/pages/ending/undo.ts';
import type { Asking } from '../../../source/pages/page.ts';
import type { WizardServices } from '../../../source/pages/services.ts';
import { ReviewScreen } from '../../../source/screens/own/review-table.tsx';
import {
  reduceUndo,
  undoAtStart,
  undoEntries,
  type UndoState,
} from '../../../source/screens/own/undo/undo-state.ts';
import { reduce, type WizardState } from '../../../source/wizard/reducer.ts';
import { toPlan } from '../../../source/wizard/to-plan.ts';
import { keys } from '../../helpers/ink.tsx';
import { drawAlone } from '../../helpers/page.tsx';
import { smallPlatform } from '../../helpers/remote.ts';
import { atReview, nowMs } from '../../helpers/wizard-events.ts';

const run = '0a1b2c3d';
const made = atReview();
const of = { run, plan: toPlan(made.draft), written: new Set() } as unknown as PlanRun;
const flowId = '5b3f5b0c-98a5-4a0c-a1d1-3f8a3c5f6a11';
const removed: RollbackEvent = { kind: 'removed', step: 'flow', id: flowId, wasGone: false };
const kept: RollbackEvent = {
  kind: 'kept',
  step: 'target-base-connection',
  id: 'account-1',
  reason: 'used',
  why: 'Nightly (other-flow)',
};
const ended = (outcome: 'rolledBack' | 'partlyRolledBack', count: number) =>
  ({ kind: 'result', outcome, kept: count }) as const;

const after = (...events: RollbackEvent[]): UndoState =>
  events.reduce((state, event) => reduceUndo(state, { kind: 'told', event, of }), undoAtStart);
const linesOf = (state: UndoState, width: number): string[] =>
  undoEntries(state, undefined, { width, glyphs, text: english }).flatMap(({ mark = '', lines }) =>
    lines.map((spans, at) => `${(at === 0 ? mark : '').padEnd(2)}${spans.map(({ said }) => said).join('')}`),
  );

describe('what is told while a run is taken back', () => {
  it('is a row for each thing, the last that was said of it, and what came of all', () => {
    const waiting: RollbackEvent = { kind: 'waiting', step: 'flow', about: 'doubt', mostMs: 5000 };
    const state = after(waiting, removed, kept, ended('partlyRolledBack', 1));
    expect(linesOf(state, 80)).toEqual(
      [
        `✓ Dataflow                       ${flowId}`,
        '                                 removed',
        '✗ Destination account  account-1',
        '                                 stays, because it is in use: Nightly (other-flow)',
        `  Not all of run ${run} could be removed; 1 object is still there.`,
      ].map((line) => expect.stringMatching(line.replace(/ {2,}/g, ' +').replace(/[().]/g, '.'))),
    );
  });

  it('is cut nowhere at 40 columns', () => {
    const state = after(removed, kept, ended('partlyRolledBack', 1));
    for (const line of linesOf(state, 40)) expect(line.length).toBeLessThanOrEqual(38);
    expect(linesOf(state, 40).join('')).toContain(flowId);
  });

  it.each([
    [ended('rolledBack', 0), 0],
    [ended('partlyRolledBack', 2), 2],
    // Not everything could be looked through.
    [ended('partlyRolledBack', 0), 1],
  ])('leaves what it could not take: %o', (event, left) => {
    expect(leftAfter(event)).toBe(left);
  });
});

describe('what is asked before', () => {
  const asking = (isProduction: boolean | undefined): Asking => ({
    state: { ...made, draft: { ...made.draft, sandbox: { name: 'dev', isProduction } } },
    services: {} as Asking['services'],
    text: english,
    glyphs,
    hidesSecrets: false,
  });

  it.each([
    [false, undefined],
    [true, 'dev'],
    [undefined, 'dev'],
  ])('wants the name of a sandbox that may be production (%s)', (isProduction, typed) => {
    const asked = undoConfirmation(asking(isProduction), { run, made: 3 }, undefined);
    expect(asked.typed).toBe(typed);
    expect(asked.question).toContain('Remove the 3 objects of run 0a1b2c3d from sandbox dev?');
  });
});

describe('a review after an apply that was broken off', () => {
  const broken = reduce(reduce(made, { type: 'confirmed' }), {
    type: 'brokenOff',
    run: { run, made: 3, atMs: nowMs, of: made.draft },
  });

  async function drawn(state: WizardState, events: readonly RollbackEvent[]) {
    const asked: string[] = [];
    const services: Partial<WizardServices> = {
      async *undo(name) {
        asked.push(name);
        await Promise.resolve();
        for (const event of events) yield { event, of };
      },
    };
    const page = await drawAlone({ state, page: ReviewScreen, height: 18, services }, smallPlatform);
    return { ...page, asked };
  }

  it('says what is there, and takes it back by a key, once that was confirmed', async () => {
    const state = reduce(broken, { type: 'wentBack' });
    const { frame, press, waitFor, asked, last } = await drawn(state, [removed, ended('rolledBack', 0)]);
    expect(frame()).toMatch(/▲ Run 0a1b2c3d, interrupted 01 Dec 2026 09:00 UTC, has\s+created 3 objects/);
    expect(frame()).toMatch(/u undo/);
    await press('u');
    expect(frame()).toContain('Remove the 3 objects of run 0a1b2c3d from sandbox dev?');
    // Enter alone does nothing that cannot be taken back.
    await press(keys.enter);
    expect([frame().includes('Remove the 3'), asked]).toEqual([false, []]);
    await press('u', 'y');
    await waitFor(/Undone\. Nothing of run 0a1b2c3d is left\./);
    expect(asked).toEqual([run]);
    await press(keys.enter);
    await waitFor(/→ Apply this plan/);
    expect([last().unfinished, frame().includes(run)]).toEqual([[], false]);
  });

  it('goes on saying what could not be taken', async () => {
    const { frame, press, waitFor, last } = await drawn(reduce(broken, { type: 'wentBack' }), [
      kept,
      ended('partlyRolledBack', 1),
    ]);
    await press('u', 'y');
    await waitFor(/1 object is still there/);
    await press(keys.enter);
    await waitFor(/has\s+left\s+1 object on the platform/);
    expect(last().unfinished).toMatchObject([{ run, made: 1, isUndone: true }]);
    expect(frame()).toMatch(/Applying\s+this\s+plan\s+creates\s+others/);
  });
});
