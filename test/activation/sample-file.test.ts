import fc from 'fast-check';
import { posix, win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleFile } from '../../source/activation/content/sample-file.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { tutorialPlan } from '../helpers/plans.ts';

const nowMs = Date.UTC(2026, 10, 26, 9);
const { destination } = tutorialPlan;
const segment = tutorialPlan.segments[0] ?? expect.unreachable();

function sampleOf(path: string, name: string, filenameTemplate: string, plan: Partial<Plan> = {}) {
  const placed = { ...destination, location: { ...destination.location, path } };
  return sampleFile(
    { ...tutorialPlan, ...plan, destination: placed },
    { ...segment, name, filenameTemplate },
    nowMs,
  );
}

describe('where a sample lies', () => {
  it.each([
    ['daily', 'Gold', '%SEGMENT_ID%', `${segment.id}.csv`],
    ['daily', '../x', '%SEGMENT_ID%', `${segment.id}.csv`],
    ['daily/%SEGMENT_NAME%', 'Gold members', '%SEGMENT_ID%', `Gold members/${segment.id}.csv`],
    ['%SEGMENT_ID%/%SEGMENT_NAME%', '$& %SEGMENT_ID%', 'a', `${segment.id}/$& %SEGMENT_ID%/a.csv`],
    ['daily', '..', '%SEGMENT_NAME%', '...csv'],
  ])('is below %s, of a segment called %s and the name %s', (path, name, template, wanted) => {
    expect(sampleOf(path, name, template)).toMatchObject({ name: wanted, isBelow: true });
  });

  it.each([
    ['daily/%SEGMENT_NAME%', '../x', '%SEGMENT_ID%'],
    ['daily/%SEGMENT_NAME%', '..', '%SEGMENT_ID%'],
    ['daily/%SEGMENT_NAME%', '.', '%SEGMENT_ID%'],
    ['daily/%SEGMENT_NAME%', String.raw`..\x`, '%SEGMENT_ID%'],
    ['daily/%SEGMENT_NAME%', '/etc', '%SEGMENT_ID%'],
    ['daily/%SEGMENT_NAME%/../..', 'Gold', '%SEGMENT_ID%'],
    ['daily', '../../x', '%SEGMENT_ID%_%SEGMENT_NAME%'],
    ['daily', 'Gold / silver', '%SEGMENT_NAME%'],
  ])('could be elsewhere: %s, of a segment called %s and the name %s', (path, name, template) => {
    expect(sampleOf(path, name, template).isBelow).toBe(false);
  });

  it('could be elsewhere by the name of a dataflow, too', () => {
    expect(sampleOf('daily', 'Gold', '%DESTINATION_INSTANCE_NAME%', { name: '../x' }).isBelow).toBe(false);
  });

  it('is never out of the folder where it is said to be below', () => {
    const part = fc.constantFrom('.', '..', '/', '\\', 'a', '%SEGMENT_NAME%', '$', ' ');
    const text = fc.array(part, { maxLength: 5 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (below, name) => {
        const sample = sampleOf(`daily/%SEGMENT_NAME%/${below}`, name, '%SEGMENT_NAME%');
        if (!sample.isBelow) return;
        for (const by of [posix, win32])
          expect(by.relative('/daily', by.join('/daily', sample.name))).not.toMatch(
            /^\.\.(?:$|[/\\])|^[/\\]/,
          );
      }),
    );
  });
});
