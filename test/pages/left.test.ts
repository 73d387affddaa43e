import { expect, it } from 'vitest';
import { english } from '../../source/locale/catalogs.ts';
import { leaveText, left } from '../../source/pages/ending/ending.ts';
import { initialState, type WizardState } from '../../source/wizard/reducer.ts';
import { nowMs } from '../helpers/wizard-events.ts';

const fresh = initialState(nowMs, 'organisation');
const rehearsal = initialState(nowMs, 'emulator');

it.each<[string, WizardState, string]>([
  ['nothing was written', fresh, 'Left. Nothing was written to the platform.'],
  ['an apply is under way', { ...fresh, hasApplied: true }, english('validation.leftMidway')],
  [
    'what was written was told before',
    { ...fresh, hasWritten: true },
    'Left. What was done before stays done',
  ],
  [
    'all of it was a rehearsal',
    { ...rehearsal, hasWritten: true },
    'Left. The emulator and its data are gone.',
  ],
])('who leaves where %s is told so', (_, state, said) => {
  const { lines } = left(state, english);
  expect(String(lines[0])).toContain(said);
});

it.each<[string, WizardState, string]>([
  ['nothing was written', rehearsal, 'Leave? Nothing has changed on the platform.'],
  ['something was written', { ...fresh, hasApplied: true }, 'What was created stays on the platform'],
  ['all of it is a rehearsal', { ...rehearsal, hasApplied: true }, 'The emulator and its data go with it.'],
])('who would leave where %s is asked so', (_, state, said) => {
  expect(leaveText(state, english)).toContain(said);
});
