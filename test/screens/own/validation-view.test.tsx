import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { compare } from '../../../source/activation/report.ts';
import type { Plan } from '../../../source/activation/plan/plan.ts';
import { flow } from '../../../source/flow-service/flows.ts';
import { english } from '../../../source/locale/catalogs.ts';
import { hintOf, proofKeys } from '../../../source/screens/frame/page-keys.ts';
import {
  type Fold,
  ValidationView,
  type ValidationViewProps,
} from '../../../source/screens/own/apply/validation-view.tsx';
import { keys, renderInk } from '../../helpers/ink.tsx';
import { tutorialPlan } from '../../helpers/plans.ts';
import { itInSoak } from '../../helpers/soak.ts';

const tutorial = path.join(import.meta.dirname, '..', '..', 'fixtures', 'tutorial-transformations.json');
const nowMs = Date.parse('2021-12-01T00:00:00Z');

/** The plan held against the answer that the platform's tutorial prints. */
function view(
  plan: Plan,
  {
    height = 30,
    width = 100,
    onDone = vi.fn(),
    onCopy = () => true,
    remedy,
    undo,
    look,
    onFold,
  }: Partial<ValidationViewProps> = {},
) {
  const answer = JSON.parse(readFileSync(tutorial, 'utf8')) as { transformations?: unknown };
  const returned = flow.parse({ state: 'enabled', transformations: answer.transformations ?? answer });
  return (
    <ValidationView
      report={compare(plan, returned)}
      plan={plan}
      nowMs={nowMs}
      flowId="8256cfb4-17e6-432c-a469-6aedafb16cd5"
      zone="Asia/Taipei"
      text={english}
      height={height}
      width={width}
      isActive
      onDone={onDone}
      onCopy={onCopy}
      remedy={remedy}
      undo={undo}
      look={look}
      onFold={onFold}
    />
  );
}

/** As the tutorial's answer holds it, but for the end of one segment and a key that nobody asked for. */
const differing = ((): Plan => {
  const [first, ...others] = tutorialPlan.segments;
  if (!first) throw new Error('no segment');
  return {
    ...tutorialPlan,
    segments: [
      { ...first, schedule: { ...first.schedule, startDate: '2021-12-10', startTime: '05:00' } },
      ...others,
    ],
    attributes: { ...tutorialPlan.attributes, deduplication: [] },
  };
})();

describe('the validation view', () => {
  it('sets verdict, facts and parts apart where there is room for all of them, and only there', async () => {
    const blanks = async (height: number): Promise<number[]> => {
      const { frame } = await renderInk(view(tutorialPlan, { height }), { rows: 40 });
      const lines = frame().split('\n');
      return lines.flatMap((line, at) => (line.trim() === '' ? [at] : []));
    };
    expect(await blanks(30)).toHaveLength(2);
    expect(await blanks(15)).toEqual([]);
  });

  it('of the tutorial is a line a part, with id, place and first file on lines of their own', async () => {
    const { frame } = await renderInk(view(tutorialPlan), { rows: 40 });
    expect(frame()).toMatch(/^✓ Verified/);
    expect(frame()).toMatch(/^ {2}\d+ of \d+ fields read back and compared, 00:00:00 UTC$/m);
    expect(frame()).toMatch(/^ +8256cfb4-17e6-432c-a469-6aedafb16cd5$/m);
    expect(frame()).toMatch(
      /First file +20 Dec 2021 17:00 UTC \(21 Dec 2021 01:00\)\n +\S+_20211220_170000\.csv$/m,
    );
    for (const { name } of tutorialPlan.segments)
      expect(frame()).toMatch(new RegExp(`✓ ▸ ${name ?? ''} .* ([67]) of \\1$`, 'm'));
    expect(frame()).toMatch(/^ {4,}asked +returned$/m);
    for (const part of ['5 columns', '2 mandatory attributes', '1 deduplication key'])
      expect(frame()).toMatch(new RegExp(`✓ ▸ ${part} +\\S`));
  });

  it('has what differs open and in sight, the red line first, with both sides and how far they are apart', async () => {
    const { frame } = await renderInk(view(differing, { height: 12 }), { rows: 40 });
    expect(frame()).toMatch(/^✗ It differs\. 3 of/);
    expect(frame()).toMatch(/^❯ ✗ ▾ Interested in Mountain Biking +4 of 6\n +✗ start date/m);
    expect(frame()).toMatch(/✗ start date +asked +10 Dec 2021\n +returned +20 Dec 2021 {3}← 10 days later/);
    expect(frame()).toMatch(/✗ start time \(UTC\) +asked +05:00\n +returned +17:00/);
    expect(frame()).not.toContain('…');
  });

  it('tells what is missing and what nobody asked for', async () => {
    const [first] = tutorialPlan.segments;
    if (!first) throw new Error('no segment');
    const plan: Plan = {
      ...tutorialPlan,
      segments: [{ ...first, id: '00000000-0000-4000-8000-000000000000', name: 'Never heard of' }],
      attributes: { selected: ['person.gender'], mandatory: [], deduplication: [] },
    };
    const { frame } = await renderInk(view(plan, { height: 60 }), { rows: 70 });
    expect(frame()).toMatch(/✗ ▾ Never heard of.*\n +✗ 00000000-0000-4000-8000-000000000000\n +missing/);
    expect(frame()).toMatch(/✗ person\.gender\n +missing/);
    expect(frame()).toMatch(/✗ personalEmail\.address\n +not asked for/);
  });

  it('opens and closes a part with the arrows, and all of them with a', async () => {
    const { frame, press } = await renderInk(view(tutorialPlan, { height: 60 }), { rows: 70 });
    const before = frame();
    await press(keys.down, keys.down, keys.down, keys.right);
    expect(frame()).toMatch(/❯ ✓ ▾ .* 6 of 6\n +✓ export mode +full\n[^]* +✓ file name +\S/);
    await press(keys.left);
    expect(frame()).not.toContain('▾');
    await press('a');
    expect(frame()).not.toContain('▸');
    for (const path of tutorialPlan.attributes.selected)
      expect(frame()).toMatch(new RegExp(`✓ ${path}$`, 'm'));
    await press('a', keys.home);
    expect(frame()).toBe(before);
  });

  it('goes up again through what was opened last, in a small window', async () => {
    const { frame, press } = await renderInk(view(tutorialPlan, { height: 12 }), { rows: 40 });
    await press(keys.end, keys.right);
    const opened = frame();
    expect(opened).toMatch(/❯ ✓ ▾ Connections[^]*✓ state/);
    await press(keys.up);
    expect(frame()).not.toBe(opened);
    expect(frame()).toMatch(/❯ ✓ ▸/);
  });

  it('leaves out what agrees, and says so when everything does', async () => {
    const same = await renderInk(view(tutorialPlan), { rows: 40 });
    const before = same.frame();
    await same.press('d');
    expect(same.frame()).toBe(`${before}\n  No differences.`);
    const other = await renderInk(view(differing, { height: 60 }), { rows: 70 });
    await other.press('d');
    expect(other.frame()).toContain('start date');
    expect(other.frame()).not.toContain('✓');
    await other.press('d');
    expect(other.frame()).toContain('Files go to');
  });

  it.each([
    [true, 'Copied.'],
    [false, 'may not support it'],
  ])('copies the id, and says when it may not have been taken (%s)', async (isTaken, said) => {
    const onCopy = vi.fn(() => isTaken);
    const { frame, press } = await renderInk(view(tutorialPlan, { onCopy }), { rows: 40 });
    await press('y');
    expect(onCopy).toHaveBeenCalledWith('8256cfb4-17e6-432c-a469-6aedafb16cd5');
    expect(frame()).toContain(said);
    await press(keys.down);
    expect(frame()).not.toContain(said);
  });

  it('offers to send a difference again and to save it, and ends on Esc', async () => {
    const remedy = { resend: vi.fn(), saveReport: vi.fn() };
    const onDone = vi.fn();
    const { frame, press } = await renderInk(view(differing, { remedy, onDone }), { rows: 40 });
    expect(frame()).toContain('What now: enter sends the difference again · s saves both as a report');
    await press('s');
    await press(keys.enter);
    expect(remedy.saveReport).toHaveBeenCalledOnce();
    expect(remedy.resend).toHaveBeenCalledOnce();
    expect(onDone).not.toHaveBeenCalled();
    await press(keys.escape);
    expect(onDone).toHaveBeenCalledOnce();
  });

  it('offers nothing of the kind where nothing differs', async () => {
    const remedy = { resend: vi.fn(), saveReport: vi.fn() };
    const onDone = vi.fn();
    const { frame, press } = await renderInk(view(tutorialPlan, { remedy, onDone }), { rows: 40 });
    expect(frame()).not.toContain('What now');
    await press('s', keys.enter);
    expect(remedy.saveReport).not.toHaveBeenCalled();
    expect(onDone).toHaveBeenCalledOnce();
  });

  it('ends on Enter where its keys say so, and opens and closes a part where they say that', async () => {
    const onDone = vi.fn();
    let fold: Fold;
    const onFold = (now: Fold): void => {
      fold = now;
    };
    const { frame, press } = await renderInk(view(tutorialPlan, { onDone, onFold }), { rows: 40 });
    const enterHere = (): string | undefined =>
      proofKeys(fold, 'saveAndEnd').find((name) => hintOf(name, english).key.startsWith('enter'));
    expect(enterHere()).toBe('saveAndEnd');
    await press(keys.enter);
    expect(onDone).toHaveBeenCalledOnce();
    await press(keys.end);
    expect(enterHere()).toBe('openPartByEnter');
    await press(keys.enter);
    expect([frame().includes('✓ ▾ Connections'), enterHere()]).toEqual([true, 'closePartByEnter']);
    await press(keys.enter);
    expect(frame()).toContain('✓ ▸ Connections');
    expect(onDone).toHaveBeenCalledOnce();
    await press(keys.escape);
    expect(onDone).toHaveBeenCalledTimes(2);
  });

  itInSoak.each([
    [40, 9],
    [80, 16],
  ])(
    'of %i columns shows every field of hundreds of long names, uncut, in %i lines',
    async (width, height) => {
      const selected = Array.from(
        { length: 200 },
        (_, at) => `_tenant.loyaltyProgramme.membership.level${at}.points`,
      );
      const segments = tutorialPlan.segments.map((one) => ({
        ...one,
        name: `${one.name ?? ''} `.repeat(6).trim(),
      }));
      const plan = { ...tutorialPlan, segments, attributes: { selected, mandatory: [], deduplication: [] } };
      const { frame, press } = await renderInk(view(plan, { height, width }), { rows: 40, columns: width });
      await press('a', keys.home);
      const seen = new Set<string>();
      for (let before = ''; before !== frame();) {
        before = frame();
        expect(before).not.toContain('…');
        expect(before.split('\n').length).toBeLessThanOrEqual(height);
        for (const line of before.split('\n')) seen.add(line.slice(4).trim());
        await press(keys.pageDown);
      }
      const all = [...seen].join('\n');
      expect(all).toContain('8256cfb4-17e6-432c-a469-6aedafb16cd5');
      expect(all.replaceAll(/\s/g, '')).toContain('level199.points');
    },
  );
});

it.each(['undo', 'look'] as const)('by its letter, where that can be: %s', async (what) => {
  const does = vi.fn();
  const { press } = await renderInk(view(tutorialPlan, { [what]: does }), { columns: 100, rows: 32 });
  await press(what === 'undo' ? 'o' : 'u');
  expect(does).not.toHaveBeenCalled();
  await press(what === 'undo' ? 'u' : 'o');
  expect(does).toHaveBeenCalledOnce();
});
