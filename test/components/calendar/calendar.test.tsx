import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { Calendar } from '../../../source/components/calendar/calendar.tsx';
import { dayOr, monthOf, moveDay } from '../../../source/components/calendar/month.ts';
import { keys, renderInk } from '../../helpers/ink.tsx';

const words = {
  weekdays: ['Mon', 'Tue', 'Wed', '四', 'Fri', 'Sat', 'Sun'],
  monthName: (id: string) => `Month ${id}`,
};

async function open(value = '2026-12-20') {
  const onPick = vi.fn();
  const onBack = vi.fn();
  const props = { ...words, value, today: '2026-12-18', onPick, onBack };
  return { onPick, onBack, ...(await renderInk(<Calendar {...props} />)) };
}

describe('a month', () => {
  it('holds every day once, under its weekday', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1970, max: 2200 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
        const id = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
        const { weeks } = monthOf(`${id}-01`);
        const days = weeks.flat().filter((day) => day !== undefined);
        expect(days).toEqual(
          Array.from({ length: new Date(Date.UTC(year, month, 0)).getUTCDate() }, (_, at) => at + 1),
        );
        weeks.forEach((week) =>
          week.forEach((day, weekday) => {
            if (day !== undefined)
              expect((new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7).toBe(weekday);
          }),
        );
      }),
    );
  });

  it.each([
    ['2026-01-31', { months: 1 }, '2026-02-28'],
    ['2024-02-28', { days: 1 }, '2024-02-29'],
    ['2026-12-31', { days: 1 }, '2027-01-01'],
  ])('%s and %j is %s', (day, by, wanted) => {
    expect(moveDay(day, by)).toBe(wanted);
  });

  it.each(['2026-02-30', '', 'soon'])('%j is no day', (text) => {
    expect(dayOr(text, '2026-01-01')).toBe('2026-01-01');
  });
});

describe('a calendar', () => {
  it('draws the month, today, and the day it stands on', async () => {
    const { frame } = await open();
    expect(frame()).toBe(
      [
        '  Month 2026-12',
        '  Mo  Tu  We  四  Fr  Sa  Su',
        '       1   2   3   4   5   6',
        '   7   8   9  10  11  12  13',
        '  14  15  16  17  18· 19 ❯20',
        '  21  22  23  24  25  26  27',
        '  28  29  30  31',
      ].join('\n'),
    );
  });

  it('goes by days, weeks and months, and home', async () => {
    const { press, frame, onPick } = await open();
    await press(keys.right, keys.down);
    expect(frame()).toContain('❯28');
    await press(keys.pageDown);
    expect(frame()).toContain('Month 2027-01');
    await press(keys.home, keys.enter);
    expect(onPick).toHaveBeenCalledWith('2026-12-18');
  });

  it('does nothing on keys of others', async () => {
    const { press, frame } = await open();
    const before = frame();
    await press(keys.tab, keys.shiftTab, keys.delete, keys.backspace, 'x', keys.ctrl('a'));
    expect(frame()).toBe(before);
  });

  it('begins today where there is no day yet, and is left with Esc', async () => {
    const { press, frame, onBack } = await open('');
    expect(frame()).toContain('❯18');
    await press(keys.escape);
    expect(onBack).toHaveBeenCalled();
  });
});
