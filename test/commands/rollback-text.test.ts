import { expect, it } from 'vitest';
import { endText } from '../../source/pages/ending/undo-text.ts';
import type { WriteStep } from '../../source/apply/journal/journal.ts';
import { english } from '../../source/locale/catalogs.ts';
import { futurePlan } from '../helpers/runs.ts';

type Ended = Parameters<typeof endText>[0];
const said = (result: Partial<Ended>, written: WriteStep[], flow?: string): string =>
  endText(
    { kind: 'result', outcome: 'rolledBack', kept: 0, ...result },
    { run: 'R', plan: { ...futurePlan, ...(flow === undefined ? {} : { flow }) }, written: new Set(written) },
    english,
  );
const partly = { outcome: 'partlyRolledBack' as const };
const untouched = 'Run R has changed nothing in dataflow F, so nothing there was put back.';
const unlooked = 'Run R: not everything could be checked, so something may be left.';

it.each<[string, Partial<Ended>, WriteStep[], string | RegExp]>([
  ['is back', {}, ['change'], /^Undone\. What run R changed in dataflow F is as it was before/],
  ['is not', { ...partly, kept: 1, notBack: 1 }, ['change'], 'Dataflow F is not as it was before run R.'],
  ['was never written to', {}, ['columns'], untouched],
  [
    'was never written to, and not all could be looked for',
    partly,
    ['input-schema'],
    `${untouched} ${unlooked}`,
  ],
  ['is back, and not all could be looked for', partly, ['location'], unlooked],
  [
    'is back, and a set is still there',
    { ...partly, kept: 1 },
    ['change'],
    /^Not all of run R .* 1 object is/,
  ],
])('says of a dataflow that %s what is true', (_, result, written, wanted) => {
  const is = said(result, written, 'F');
  if (typeof wanted === 'string') expect(is).toBe(wanted);
  else expect(is).toMatch(wanted);
});

it('speaks of no dataflow to one that made it', () => {
  expect(said({}, [])).toMatch(/run R/);
  expect(said({ left: 2 }, [])).toMatch(/2/);
  expect(said(partly, [])).toBe(unlooked);
  expect(said({ ...partly, kept: 5 }, [])).toMatch(/^Not all of run R .* 5 objects are/);
  expect(said({ outcome: 'notRolledBack', kept: 5 }, [])).toMatch(/^Nothing of run R .* 5 objects are/);
});
