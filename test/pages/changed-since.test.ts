import { describe, expect, it } from 'vitest';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { english } from '../../source/locale/catalogs.ts';
import { sinceTexts } from '../../source/pages/ending/changed-since.ts';
import { type Draft } from '../../source/wizard/draft.ts';
import { fromLive } from '../../source/wizard/from-plan.ts';
import { futurePlan } from '../helpers/runs.ts';

const live = {
  ...futurePlan,
  flow: '00000000-0000-4000-8000-00000000000f',
  destination: {
    connectionSpecId: futurePlan.destination.connectionSpecId,
    baseConnectionId: '00000000-0000-4000-8000-0000000000aa',
    location: futurePlan.destination.location,
  },
} as Plan;
const [first, ...others] = live.segments;
if (!first) throw new Error('no segment');
const draft = fromLive(live);
const said = (mine: Draft, theirs: Plan): readonly string[] => sinceTexts(mine, theirs, english);

describe('what somebody else has changed since a change was begun', () => {
  it('is nothing where nobody has, whatever the draft does', () => {
    expect(said(draft, live)).toEqual([]);
    expect(said({ ...draft, name: 'Mine' }, live)).toEqual([]);
    expect(said({ ...draft, live: undefined }, { ...live, name: 'Theirs' })).toEqual([]);
  });

  it('is told with what it was, what they made of it, and what the draft wants', () => {
    const [count, line] = said({ ...draft, name: 'Mine' }, { ...live, name: 'Theirs' });
    expect(count).toContain('Someone else has made 1 change');
    expect(line).toBe(`name: before ${live.name} · theirs Theirs · yours Mine`);
  });

  it('is told where the draft wants nothing else, too', () => {
    expect(said(draft, { ...live, name: 'Theirs' })[1]).toBe(
      `name: before ${live.name} · theirs Theirs · yours ${live.name}`,
    );
  });

  it('is told of a segment that came or went', () => {
    const [, gone] = said(draft, { ...live, segments: others });
    expect(gone).toBe(`segment: before ${first.name} · theirs (none) · yours ${first.name}`);
    const less = fromLive({ ...live, segments: others });
    const [, came] = said(less, live);
    expect(came).toBe(`segment: before (none) · theirs ${first.name} · yours (none)`);
  });

  it('is as much as was changed', () => {
    const [count, ...lines] = said(draft, { ...live, name: 'Theirs', segments: others });
    expect(count).toContain('made 2 changes');
    expect(lines).toHaveLength(2);
  });
});
