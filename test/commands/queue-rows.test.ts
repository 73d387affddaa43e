import { describe, expect, it } from 'vitest';
import { countsOf, followedIn } from '../../source/commands/runs/queue-rows.ts';

const rowOf = (key: string, state: 'waiting' | 'working' | 'over', output: unknown = null) => ({
  key,
  state,
  output,
});
const ended = (file: string, exitCode: number, more: object = {}) => ({
  file,
  outcome: exitCode === 0 ? 'verified' : 'failed',
  exitCode,
  ms: 1,
  ...more,
});
const put = new Map(
  ['a', 'b', 'c', 'd', 'e'].map((key) => [
    key,
    { file: `plans/${key}.plan.json`, run: `run of ${key}`, orgId: 'org' },
  ]),
);

describe('plans of the queue that are followed', () => {
  it('are what is worked at, what is stuck, what waits and what is done, and why', () => {
    const rows = [
      rowOf('a', 'over', ended('a.plan.json', 0)),
      rowOf('b', 'waiting', { message: 'S3_SECRET_KEY is not set' }),
      rowOf('c', 'over', ended('c.plan.json', 6, { why: 'it differs' })),
      rowOf('d', 'working'),
      rowOf('of somebody else', 'working'),
    ];
    const { plans, done } = followedIn(put, rows, new Map());
    expect(plans.map(({ file, state, run, why }) => [file.slice(0, 1), state, run, why])).toEqual([
      ['d', 'working', 'run of d', ''],
      ['c', 'stuck', 'run of c', 'it differs'],
      ['b', 'waiting', 'run of b', 'S3_SECRET_KEY is not set'],
      ['e', 'waiting', 'run of e', ''],
      ['a', 'verified', 'run of a', ''],
    ]);
    expect([...done.keys()]).toEqual(['a', 'c']);
    expect(countsOf(plans)).toEqual({ working: 1, stuck: 1, waiting: 2, verified: 1, total: 5 });
  });

  it('wait for a pause of their own organisation only, and not once they have ended', () => {
    const pauses = new Map([
      ['org', 1000],
      ['another', 2000],
    ]);
    const of = (state: 'working' | 'over') =>
      followedIn(new Map([...put].slice(0, 1)), [rowOf('a', state, ended('a.plan.json', 0))], pauses)
        .pausedUntilMs;
    expect([of('working'), of('over')]).toEqual([1000, undefined]);
  });

  it('are stuck where nobody can read what became of them', () => {
    const { plans, done } = followedIn(put, [rowOf('a', 'over', { message: 'no result' })], new Map());
    expect(plans[0]).toMatchObject({ file: 'a.plan.json', state: 'stuck' });
    expect(done.get('a')).toMatchObject({ exitCode: 1, outcome: 'failed' });
  });
});
