import { exitCode } from '../console/exit-codes.ts';
import { Stop } from '../console/stop.ts';

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * Since when: so long ago (`90m`, `24h`, `7d`), or a day or moment in UTC.
 *
 * @param nowMs - By the platform's clock, epoch milliseconds.
 * @returns Epoch milliseconds.
 * @throws Stop (2) for what is neither, and for what is still to come
 */
export function sinceMs(given: string, nowMs: number): number {
  const [, count = '', unit = ''] = /^(\d{1,6})([mhd])$/.exec(given) ?? [];
  const moment = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z?)?$/.test(given)
    ? Date.parse(given.includes('T') ? `${given.replace(/Z$/, '')}Z` : given)
    : NaN;
  const ms = unit === '' ? moment : nowMs - Number(count) * unitMs[unit as keyof typeof unitMs];
  if (!(ms < nowMs) || ms < 0)
    throw new Stop(exitCode.usage, (text) => text('runs.badSince', { given, form: '--since 24h' }));
  return ms;
}
