import { describe } from 'vitest';
import type { Change } from '../../../source/activation/change/changes.ts';
import type { ApplyEvent } from '../../../source/apply/events.ts';
import { RefusedError } from '../../../source/flow-service/errors.ts';
import { guideIn } from '../../../source/locale/guide.ts';
import type { OpenedFlow } from '../../../source/pages/remote-cache.ts';
import type { WizardServices } from '../../../source/pages/services.ts';
import { fromLive } from '../../../source/wizard/from-plan.ts';
import { toPlan } from '../../../source/wizard/to-plan.ts';
import { initialState, type WizardState } from '../../../source/wizard/reducer.ts';
import { keys } from '../../helpers/ink.tsx';
import { smallPlatform } from '../../helpers/remote.ts';
import { atReview, chosen, nowMs } from '../../helpers/wizard-events.ts';
import { itFits, watchedPage } from './watch/watched-page.tsx';

/*
What a person is asked before something happens, and what is said while it does: each at every size and in both
languages, kept below `test/golden/moments`.
*/

const review = atReview();
const production: WizardState = {
  ...review,
  draft: { ...review.draft, sandbox: { name: 'prod', isProduction: true } },
};
const flow = '5b3f5b0c-98a5-4a0c-a1d1-3f8a3c5f6a11';

/** A live dataflow that loses one of its segments. */
function changed(): WizardState {
  const plan = toPlan(review.draft);
  const { connectionSpecId, location } = plan.destination;
  const destination = {
    connectionSpecId,
    location,
    baseConnectionId: '64f5b0c9-8a5a-4c0a-9d13-f8a3c5f6a110',
  };
  const live = fromLive({ ...plan, destination, flow }, chosen('Adobe Campaign'));
  const draft = { ...live, platform: 'organisation' as const, segments: live.segments.slice(1) };
  return { ...review, draft: { ...draft, sandbox: { name: 'dev', isProduction: false } } };
}

type Size = Parameters<Parameters<typeof itFits>[0]>[0];
const shown = (state: WizardState, size: Size, services: Partial<WizardServices> = {}) =>
  watchedPage(state, smallPlatform, {
    ...size,
    services: { loadGuide: () => guideIn(size.text), ...services },
  });

/** A page that is explained where there is room beside it. */
async function explained(state: WizardState, size: Size, services: Partial<WizardServices>) {
  const page = await shown(state, size, services);
  if (size.columns >= 110) await page.waitFor(size.text('guide.what'));
  return page;
}

const steps = ['source-base-connection', 'source-connection', 'target-base-connection'] as const;
const made: readonly ApplyEvent[] = steps.flatMap((step, at): ApplyEvent[] => [
  { kind: 'started', step },
  { kind: 'succeeded', step, ms: 100 + at, id: `${at}76a9520-0000-4000-8000-000000000000` },
]);
const failing = new RefusedError({ method: 'POST', path: '/data/foundation/flowservice/flows' }, 503, {
  code: undefined,
  serverMessage: undefined,
  requestId: '9f2c5b0c98a54a0c',
});
const stopped: readonly ApplyEvent[] = [
  ...made,
  { kind: 'started', step: 'flow' },
  { kind: 'failed', step: 'flow', ms: 2000, error: failing },
  {
    kind: 'result',
    outcome: 'failed',
    run: '0a1b2c3d',
    made: { sourceBaseConnectionId: '0', sourceConnectionId: '1', targetBaseConnectionId: '2' },
  },
];
/** An apply that tells so much and no more; it is over where it tells its result. */
const applyOf = (told: readonly ApplyEvent[]): Partial<WizardServices> => ({
  async *apply() {
    await Promise.resolve();
    yield* told;
    if (told.at(-1)?.kind !== 'result') await new Promise(() => undefined);
  },
});
const applying: WizardState = { ...review, page: 'apply', hasApplied: true };

describe('the first page', () => {
  const plans = ['crm.plan.json', 'sftp.plan.json'];
  const first = initialState(nowMs);
  // Nothing is chosen yet.
  const start = { ...first, draft: { ...first.draft, platform: undefined, sandbox: undefined } };
  itFits(
    (size) => explained(start, size, { plans } as Partial<WizardServices>),
    (_, keep) => keep('first'),
    'moments',
  );
});

describe('what was left unfinished', () => {
  const run = { run: '40fcb632', plan: 'CRM weekly', sandbox: 'prod', isProduction: true };
  const counted = { begunMs: nowMs - 7_200_000, made: 4, wanted: 5, heldBy: undefined, leftBy: undefined };
  const saved = { version: 1, savedMs: nowMs - 120_000, page: 'segments', draft: review.draft } as const;
  const offers = { runs: [{ ...run, ...counted }], drafts: [saved] } as unknown as WizardServices['offers'];
  itFits(
    (size) => explained({ ...initialState(nowMs), page: 'welcome' }, size, { offers, now: () => nowMs }),
    (_, keep) => keep('unfinished'),
    'moments',
  );
});

describe('an apply under way', () => {
  itFits(
    (size) => explained(applying, size, applyOf([...made, { kind: 'started', step: 'target-connection' }])),
    async (page, keep) => {
      await page.waitFor(/✓[^]*✓[^]*✓/);
      await keep('applying');
    },
    'moments',
  );
});

describe('an apply that stopped', () => {
  itFits(
    (size) => explained(applying, size, applyOf(stopped)),
    async (page, keep) => {
      await page.waitFor('503');
      await keep('stopped');
      await page.press('u');
      await page.waitFor(/[(（]y[)）]/);
      await keep('undo-asked');
    },
    'moments',
  );
});

/** What the undo of a change puts back: as it is, and as it will be. */
const back: readonly Change[] = [
  { kind: 'removed', path: '$.segments[s-3]', before: 'Segment 3' },
  { kind: 'changed', path: '$.name', before: 'CRM daily', after: 'CRM weekly' },
  {
    kind: 'changed',
    path: '$.segments[s-1].schedule.startTime',
    segment: 'Segment 1',
    before: '05:00',
    after: '12:00',
  },
  { kind: 'added', path: '$.segments[s-2]', after: 'Segment 2' },
];

describe.each([
  ['a change', back, 'undo-change-asked'],
  ['a large change', Array.from({ length: 30 }, () => back).flat(), 'undo-large-asked'],
])('what is asked before %s is taken back', (_, changes, name) => {
  itFits(
    (size) => {
      const { draft } = changed();
      const sandbox = { name: 'prod', isProduction: true };
      const unfinished = [{ run: '0a1b2c3d', made: 1, atMs: nowMs }];
      const state = { ...review, unfinished, draft: { ...draft, sandbox } };
      return shown(state, size, { takenBack: () => Promise.resolve(changes) });
    },
    async (page, keep) => {
      await page.press('u');
      await page.waitFor('Segment 3');
      await keep(name);
    },
    'moments',
  );
});

describe.each([
  ['an apply', review, keys.enter, 'apply-asked'],
  ['an apply in production', production, keys.enter, 'production-asked'],
  ['the wizard is left', review, keys.ctrl('c'), 'leave-asked'],
])('what is asked before %s', (_, state, pressed, name) => {
  itFits(
    (size) => shown(state, size),
    async (page, keep) => {
      await page.press(pressed);
      await keep(name);
    },
    'moments',
  );
});

describe('what is asked before a change', () => {
  itFits(
    (size) => shown(changed(), size),
    async (page, keep) => {
      await keep('change-review');
      await page.press(keys.enter);
      await keep('change-asked');
    },
    'moments',
  );
});

describe('what is asked before a dataflow is deleted', () => {
  itFits(
    (size) => {
      const reading = { kind: 'draft', draft: changed().draft } as const;
      const opened: OpenedFlow = { id: flow, name: 'CRM weekly', isEnabled: true, reading };
      const state = { ...review, page: 'flow', flow: { id: flow, name: 'CRM weekly' } } as const;
      return watchedPage(state, { ...smallPlatform, flow: () => Promise.resolve(opened) }, size);
    },
    async (page, keep) => {
      await page.press(keys.end, keys.enter);
      await keep('delete-asked');
    },
    'moments',
  );
});
