import { expect, it } from 'vitest';
import { holderOf } from '../../source/state/postgres/lease.ts';

const holder = { pid: 7, host: 'console-2', since: '2026-11-26T07:00:00.000Z', user: 'anna', token: 't' };

it('a holder is what a ferry has written, and nothing else', () => {
  expect(holderOf(JSON.stringify(holder))).toEqual(holder);
  for (const text of ['no json', '', '7', '{}', JSON.stringify({ ...holder, user: {} }), null, undefined])
    expect(holderOf(text)).toBeUndefined();
});
