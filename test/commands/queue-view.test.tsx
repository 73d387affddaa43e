import { expect, it } from 'vitest';
import { QueueView } from '../../source/commands/screen/queue-screen.tsx';
import { english } from '../../source/locale/catalogs.ts';
import { renderInk } from '../helpers/ink.tsx';

const plans = [
  { file: 'a.plan.json', state: 'working', run: '40fcb632', why: '' },
  { file: 'b.plan.json', state: 'waiting', run: '51ab0c77', why: '' },
] as const;

it.each([
  ['wants a pause', Date.UTC(2026, 10, 26, 13, 34, 10), 'The platform wants a pause until 13:34:10 UTC.'],
  ['wants none', undefined, undefined],
])('the table of a queue whose platform %s', async (_, pausedUntilMs, said) => {
  const view = <QueueView {...{ plans, pausedUntilMs }} text={english} onLeave={() => undefined} />;
  const ink = await renderInk(view, { columns: 80 });
  const [counts, pause, first, second] = ink.frame().split('\n');
  expect(counts).toBe('0 of 2 verified, 1 under way, 1 waiting, 0 stuck');
  expect(pause).toBe(said === undefined ? '' : `▲ ${said}`);
  expect([first, second]).toEqual([
    expect.stringMatching(/^… a\.plan\.json +under way +40fcb632/),
    expect.stringMatching(/^· b\.plan\.json +waiting +51ab0c77/),
  ]);
});
