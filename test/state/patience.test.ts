import { describe, expect, it } from 'vitest';
import { StateAwayError } from '../../source/state/errors.ts';
import { bearing } from '../../source/state/postgres/patience.ts';

const hourMs = 3_600_000;
const away = (): Promise<never> => Promise.reject(new StateAwayError('db', 'ECONNREFUSED'));

describe('a database that is away', () => {
  it('is asked until it answers, and that is told once', async () => {
    const bear = bearing(hourMs);
    const told: number[] = [];
    let left = 2;
    const ask = (): Promise<string> => (left-- > 0 ? away() : Promise.resolve('here'));
    expect(await bear(ask, { onAway: (mostMs) => told.push(mostMs) })).toBe('here');
    expect(told).toEqual([hourMs]);
  });

  it('is not waited for any more once somebody has ended that, by whatever comes after neither', async () => {
    const bear = bearing(hourMs);
    const leaving = new AbortController();
    const waited = bear(away, { onAway: () => leaving.abort(), stop: leaving.signal });
    await expect(waited).rejects.toMatchObject({ kind: 'stateAway' });
    await expect(bear(away)).rejects.toMatchObject({ kind: 'stateAway' });
    // Once it has answered, it is waited for as before.
    expect(await bear(() => Promise.resolve('here'))).toBe('here');
    let left = 1;
    expect(await bear(() => (left-- > 0 ? away() : Promise.resolve('again')))).toBe('again');
  });

  it('is no other failure', async () => {
    await expect(bearing(hourMs)(() => Promise.reject(new Error('else')))).rejects.toThrow('else');
  });
});
