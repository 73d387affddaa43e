import { describe, expect, it } from 'vitest';
import { inMs, momentMs } from '../../source/flow-service/moment.ts';
import { run } from '../../source/flow-service/runs.ts';
import { staticToken } from '../../source/flow-service/token.ts';

const day = Date.UTC(2025, 0, 1);

describe('a moment of an answer', () => {
  it.each([
    [day, day],
    [8.64e15, 8.64e15],
    [8.64e15 + 1, undefined],
    [-1e20, undefined],
    [undefined, undefined],
    [null, undefined],
    [NaN, undefined],
  ])('%s is %s where a date has it', (given, wanted) => {
    expect(momentMs(given)).toBe(wanted);
  });

  it.each([
    [day / 1000, day],
    [day, day],
    [day * 1000, day],
    [1e20, undefined],
    [0, undefined],
    [-5, undefined],
  ])('%s is told by its size: %s', (given, wanted) => {
    expect(inMs(given)).toBe(wanted);
  });

  it.each<[string, object]>([
    ['its end', { exp: 1e20 }],
    ['how long it lives', { created_at: String(day), expires_in: '1e20' }],
  ])('is none of a token that says so of %s', (_, claims) => {
    const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
    expect(staticToken(`a.${payload}.b`).endMs()).toBeUndefined();
  });

  it('is none of a run that began so, and still that run has ended', () => {
    const { startedMs, isUnderWay } = run.parse({
      id: 'r',
      metrics: { durationSummary: { startedAtUTC: 1e20, completedAtUTC: 1e20 } },
    });
    expect({ startedMs, isUnderWay }).toEqual({ startedMs: undefined, isUnderWay: false });
  });
});
