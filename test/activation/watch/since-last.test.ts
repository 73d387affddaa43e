import { describe, expect, it } from 'vitest';
import type { Finding, FindingKind } from '../../../source/activation/watch/finding.ts';
import { lookOf, sinceLast } from '../../../source/activation/watch/since-last.ts';

const finding = (id: string, severity: Finding['severity'] = 'wrong'): Finding => ({
  id,
  kind: id.slice(0, id.indexOf(':')) as FindingKind,
  severity,
  flowId: 'f',
  flowName: 'CRM',
});

describe('since somebody last looked', () => {
  it.each<[what: string, before: string[], now: string[], fresh: [string, number][], mended: number]>([
    ['nothing has changed', ['failed:f:s'], ['failed:f:s'], [], 0],
    [
      'something new is wrong',
      [],
      ['failed:f:s', 'late:f:s:1', 'late:g:s:1'],
      [
        ['failed', 1],
        ['late', 2],
      ],
      0,
    ],
    ['something was mended', ['failed:f:s', 'late:f:s:1'], ['late:f:s:1'], [], 1],
    ['both', ['failed:f:s'], ['late:f:s:1'], [['late', 1]], 1],
    ['late became missed, which is the same one', ['late:f:s:1'], ['missed:f:s:1'], [], 0],
    ['it is late again, at another time', ['late:f:s:1'], ['late:f:s:2'], [['late', 1]], 1],
  ])('%s', (_, before, now, fresh, mended) => {
    const look = lookOf(
      before.map((id) => finding(id)),
      7,
    );
    const since = sinceLast(
      look,
      now.map((id) => finding(id)),
    );
    expect([[...since.fresh], since.mended, since.sinceMs]).toEqual([fresh, mended, 7]);
  });

  it('calls nothing mended that is not known now', () => {
    const before = { atMs: 1, wrong: ['failed:f:s', 'late:g:s:1'] };
    expect(sinceLast(before, [finding('unknown:f', 'unknown')]).mended).toBe(1);
  });

  it('counts only what is wrong', () => {
    expect(lookOf([finding('slow:f:s', 'look'), finding('failed:f')], 1).wrong).toEqual(['failed:f']);
    expect(sinceLast({ atMs: 1, wrong: [] }, [finding('slow:f:s', 'look')]).fresh.size).toBe(0);
  });
});
