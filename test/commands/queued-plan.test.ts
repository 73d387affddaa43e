import { describe, expect, it } from 'vitest';
import { lastOfEach } from '../../source/commands/runs/queued-plan.ts';

const place = { apiUrl: 'https://platform', orgId: 'org', sandbox: 'dev' };
const rowOf = (
  key: string,
  state: 'waiting' | 'working' | 'over',
  plan: { readonly name?: string; readonly flow?: string },
  sandbox = 'dev',
) => ({
  key,
  state,
  output: null,
  putMs: 0,
  body: {
    run: '0a1b2c3d',
    file: `${key}.plan.json`,
    plan: JSON.stringify(plan),
    ...plan,
    place: { ...place, sandbox },
    by: 'anna',
    prune: false,
  },
});

/** Key and state of those that are left. */
const last = (...rows: Parameters<typeof lastOfEach>[0]): string[] =>
  lastOfEach(rows).map(({ key, state }) => `${key} ${state}`);

describe('what stands in the queue', () => {
  it('is the last of each plan, and nothing that no ferry has put in', () => {
    expect(
      last(
        rowOf('a', 'over', { name: 'A' }),
        rowOf('b', 'over', { name: 'B' }),
        rowOf('a', 'waiting', { name: 'A' }),
        { ...rowOf('c', 'waiting', { name: 'C' }), body: 'of somebody else' },
        rowOf('d', 'over', {}),
      ),
    ).toEqual(['b over', 'a waiting', 'd over']);
  });

  it('is no plan that has ended and was told its dataflow since', () => {
    const bound = rowOf('flow', 'waiting', { name: 'A', flow: 'F' });
    expect(last(rowOf('a', 'over', { name: 'A' }), bound)).toEqual(['flow waiting']);
    // What waits is still to be done, what came later is another one, and so is what is elsewhere.
    expect(last(rowOf('a', 'waiting', { name: 'A' }), bound)).toEqual(['a waiting', 'flow waiting']);
    expect(last(bound, rowOf('a', 'over', { name: 'A' }))).toEqual(['flow waiting', 'a over']);
    expect(last(rowOf('a', 'over', { name: 'A' }, 'stage'), bound)).toEqual(['a over', 'flow waiting']);
    const other = rowOf('other', 'over', { name: 'A', flow: 'G' });
    expect(last(other, bound)).toEqual(['other over', 'flow waiting']);
  });
});
