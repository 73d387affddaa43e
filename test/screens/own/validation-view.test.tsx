import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { compare } from '../../../source/activation/report.ts';
import type { Plan } from '../../../source/activation/plan/plan.ts';
import { flow } from '../../../source/flow-service/flows.ts';
import { english } from '../../../source/locale/catalogs.ts';
import { ValidationView } from '../../../source/screens/own/apply/validation-view.tsx';
import { keys, renderInk } from '../../helpers/ink.tsx';
import { tutorialPlan } from '../../helpers/plans.ts';

const tutorial = path.join(import.meta.dirname, '..', '..', 'fixtures', 'tutorial-transformations.json');
const nowMs = Date.parse('2021-12-01T00:00:00Z');

/** The plan held against the answer that the platform's tutorial prints. */
function view(plan: Plan, height = 30, onDone = vi.fn()) {
  const answer = JSON.parse(readFileSync(tutorial, 'utf8')) as { transformations?: unknown };
  const returned = flow.parse({ transformations: answer.transformations ?? answer });
  return (
    <ValidationView
      report={compare(plan, returned)}
      plan={plan}
      nowMs={nowMs}
      flowId="8256cfb4-17e6-432c-a469-6aedafb16cd5"
      text={english}
      height={height}
      width={100}
      isActive
      onDone={onDone}
    />
  );
}

describe('the validation view', () => {
  it('of the tutorial shows 2 segments, 5 attributes, 2 mandatory fields and 1 key', async () => {
    const { frame } = await renderInk(view(tutorialPlan, 60), { rows: 70 });
    for (const count of ['2 segments', '5 attributes', '2 mandatory fields', '1 deduplication key']) {
      expect(frame()).toContain(count);
    }
    for (const path of tutorialPlan.attributes.selected) expect(frame()).toContain(path);
    for (const { name } of tutorialPlan.segments) expect(frame()).toContain(name);
  });

  it('marks what is different, missing and extra, with both sides', async () => {
    const [first] = tutorialPlan.segments;
    if (!first) throw new Error('no segment');
    const plan: Plan = {
      ...tutorialPlan,
      segments: [
        { ...first, schedule: { ...first.schedule, startTime: '05:00' } },
        { ...first, id: '00000000-0000-4000-8000-000000000000', name: 'Never heard of' },
      ],
      attributes: { selected: ['person.gender'], mandatory: [], deduplication: [] },
    };
    const { frame } = await renderInk(view(plan, 60), { rows: 70 });
    expect(frame()).toContain('It differs.');
    expect(frame()).toMatch(/05:00 +17:00/);
    expect(frame()).toMatch(/Never heard of.*\n +missing/);
    expect(frame()).toContain('✗ 2 mandatory fields not asked for');
    expect(frame()).toMatch(/person\.gender.*missing/);
    expect(frame()).toMatch(/personalEmail\.address.*not asked for/);
  });

  it('scrolls through hundreds of rows, to the last, in the height it has', async () => {
    const selected = Array.from({ length: 400 }, (_, at) => `loyalty.points${at}`);
    const plan = { ...tutorialPlan, attributes: { selected, mandatory: [], deduplication: [] } };
    const { frame, press, waitFor } = await renderInk(view(plan, 15));
    expect(frame().split('\n').length).toBeLessThanOrEqual(15);
    await press(keys.end);
    await waitFor(/points399|not asked for/);
    expect(frame().split('\n').length).toBeLessThanOrEqual(15);
    await press(keys.home, keys.pageDown);
    expect(frame()).toMatch(/\d+–\d+ of \d+/);
  });

  it('leaves out what is the same when asked to, and ends on Enter', async () => {
    const done = vi.fn();
    const { frame, press } = await renderInk(view(tutorialPlan, 60, done), { rows: 70 });
    const before = frame();
    await press('d');
    expect(frame()).not.toBe(before);
    await press('d');
    expect(frame()).toBe(before);
    await press(keys.enter);
    expect(done).toHaveBeenCalledOnce();
  });
});
