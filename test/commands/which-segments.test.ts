import { describe, expect, it } from 'vitest';
import { meantOf } from '../../source/commands/flow/which-segments.ts';

const segments = ['Hikers', 'Loyalty Segment', '2', 'Bikers', 'Savers'].map((name, at) => ({
  id: `S${at}`,
  name,
}));

describe('which segments an answer means', () => {
  it.each<[string, string[], string[]]>([
    ['', [], []],
    ['1', ['S0'], []],
    ['1, 4', ['S0', 'S3'], []],
    ['3-5', ['S2', 'S3', 'S4'], []],
    ['1,1，s0、HIKERS', ['S0'], []],
    ['loyalty segment, bikers', ['S1', 'S3'], []],
    // A name comes before a number.
    ['2', ['S2'], []],
    ['0', [], ['0']],
    ['6', [], ['6']],
    ['4-9', [], ['4-9']],
    ['5-4', [], ['5-4']],
    ['1, nobody', ['S0'], ['nobody']],
    ['-1', [], ['-1']],
  ])('%j', (answer, ids, unknown) => {
    expect(meantOf(answer, segments)).toEqual({ ids, unknown });
  });
});
