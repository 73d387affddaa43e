import { describe, expect, it } from 'vitest';
import { leadsTo } from '../../source/pages/leads-to.ts';
import type { Outcome } from '../../source/pages/page.ts';
import type { PageId } from '../../source/wizard/pages.ts';
import { initialState, reduce, type WizardState } from '../../source/wizard/reducer.ts';
import { answered, atReview, chosen, nowMs, run } from '../helpers/wizard-events.ts';

const first = initialState(nowMs);
const home = reduce(
  initialState(nowMs, 'emulator'),
  answered({ of: 'sandbox', value: { name: 'dev', isProduction: false } }),
);
const atDestination = reduce(home, { type: 'begun' });
const [landingZone] = [{ ...chosen('Adobe Campaign'), auth: [], modes: [] }];

describe('where Enter leads', () => {
  it.each<[string, WizardState, Outcome | undefined, PageId | 'nowhere']>([
    ['an answer', first, answered({ of: 'platform', value: 'emulator' }), 'sandbox'],
    ['a plan that is sought', first, { type: 'sought' }, 'plans'],
    ['something begun', home, { type: 'begun' }, 'destination'],
    ['what there is', home, { type: 'listed' }, 'flows'],
    [
      'one that wants a sign-in',
      atDestination,
      answered({ of: 'destination', value: chosen('SFTP') }),
      'signInFields',
    ],
    ['one that wants none', atDestination, answered({ of: 'destination', value: landingZone }), 'segments'],
    ['no answer', first, undefined, 'nowhere'],
    ['what leaves', first, { type: 'ended', ending: { outcome: 'done', lines: [] } }, 'nowhere'],
    ['what makes no sense there', first, { type: 'listed' }, 'nowhere'],
    ['a line of the review', atReview(), { type: 'jumped', page: 'location' }, 'location'],
  ])('%s', (_, state, outcome, page) => {
    expect(leadsTo(outcome, state)).toBe(page);
    // It is where one is then.
    if (outcome !== undefined && outcome.type !== 'ended' && page !== 'nowhere')
      expect(run(state, outcome).page).toBe(page);
  });
});
