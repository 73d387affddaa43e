import { describe, expect, it } from 'vitest';
import { unicodeGlyphs as glyphs } from '../../source/components/theme/glyphs.ts';
import { english } from '../../source/locale/catalogs.ts';
import type { Sandbox } from '../../source/flow-service/sandboxes.ts';
import { changeLines } from '../../source/pages/ending/change-text.ts';
import { changeIn } from '../../source/pages/ending/flow-change.ts';
import { ageless, reviewRows } from '../../source/pages/ending/review-rows.ts';
import { confirmations, opened as openedBy, unmendedText } from '../../source/pages/ending/review.ts';
import { keepDrafts, listDrafts } from '../../source/commands/wizard/drafts.ts';
import type { Exports } from '../../source/pages/remote-cache.ts';
import type { Asking } from '../../source/pages/page.ts';
import type { WizardServices } from '../../source/pages/services.ts';
import type { Drafts } from '../../source/state/state.ts';
import { type Draft, withoutSecrets } from '../../source/wizard/draft.ts';
import { fromLive, fromPlan } from '../../source/wizard/from-plan.ts';
import { isAnswered, orderOf, questionPages } from '../../source/wizard/pages.ts';
import { initialState, reduce, type WizardState } from '../../source/wizard/reducer.ts';
import { toPlan } from '../../source/wizard/to-plan.ts';
import { newerParams } from '../helpers/newer-plan.ts';
import { newerChosen } from '../helpers/newer-chosen.ts';
import { answered, atReview, chosen, nowMs, run, segment } from '../helpers/wizard-events.ts';

function rowsOf(state: WizardState, { timeZone = 'UTC', count }: { timeZone?: string; count?: number } = {}) {
  const services = { now: () => nowMs, timeZone, isReadOnly: false } as Partial<WizardServices>;
  const asking: Asking = {
    state,
    services: services as WizardServices,
    text: english,
    glyphs,
    hidesSecrets: false,
  };
  return reviewRows(asking, { nowMs, destinationCount: count });
}

const withDraft = (change: (draft: Draft) => Partial<Draft>): WizardState => {
  const state = atReview();
  return { ...state, draft: { ...state.draft, ...change(state.draft) } };
};

/** The review of segments with these settings, each as the first one but for that. */
const withSettings = (changes: readonly object[]): WizardState =>
  withDraft(({ settings }) => {
    const [first] = Object.values(settings);
    if (!first) throw new Error('no settings');
    const segments = changes.map((_, at) => segment(String(at + 1)));
    const made = changes.map((change, at) => [
      segments[at]?.id ?? '',
      { ...first, schedule: { ...first.schedule, ...change } },
    ]);
    return { segments, settings: Object.fromEntries(made) as Draft['settings'] };
  });

describe('the review', () => {
  it('says first what will be made, less what is there already', () => {
    expect(rowsOf(atReview())[0]?.values).toEqual(['creates 4 connections and 1 dataflow']);
    const reusing = withDraft(() => ({
      account: { id: 'a', name: 'Account' },
      source: { name: 'Source', sourceConnectionId: 's' },
    }));
    expect(rowsOf(reusing)[0]?.values).toEqual(['creates 1 connection and 1 dataflow']);
  });

  it('promises no connection to Profile Store that a newer card does not need', () => {
    const rows = rowsOf(
      withDraft(() => ({
        destination: newerChosen('Amazon S3'),
        signIn: { specName: 'Access Key', params: newerParams },
        location: {
          mode: undefined,
          params: { bucketName: 'acme-exports', path: 'daily', fileType: 'CSV', compression: 'NONE' },
        },
      })),
    );
    expect(rows[0]?.values).toEqual(['creates 3 connections, 2 schemas, 1 mapping set and 1 dataflow']);
    expect(rows.find(({ id }) => id === 'source')?.values).toEqual(['a new connection']);
  });

  it('is one group for segments that are exported alike, in the order of the first of each', () => {
    const rows = rowsOf(withSettings([{}, { startDate: '2027-02-01' }, {}]));
    const groups = rows.filter(({ id }) => id.startsWith('segments.'));
    expect(groups.map(({ values }) => values)).toEqual([['Segment 1', 'Segment 3'], ['Segment 2']]);
    expect(rows.filter(({ label }) => /^\d segments?$/.test(label)).map(({ label }) => label)).toEqual([
      '2 segments',
      '1 segment',
    ]);
  });

  it.each([
    ['UTC', {}, ['every day from 02 Dec 2026 12:00 UTC', 'without an end']],
    ['Asia/Taipei', {}, ['every day from 02 Dec 2026 12:00 UTC (20:00)', 'without an end']],
    [
      'Asia/Taipei',
      { startTime: '18:00', endDate: '2026-12-25' },
      [
        'every day from 02 Dec 2026 18:00 UTC (03 Dec 2026 02:00)',
        'last export 24 Dec 2026 18:00 UTC (25 Dec 2026 02:00)',
      ],
    ],
    [
      'UTC',
      { triggerType: 'AFTER_SEGMENT_EVAL', startTime: undefined, endDate: '2026-12-25' },
      ['every day, after the segment evaluation, from 02 Dec 2026', 'last export 24 Dec 2026'],
    ],
    ['UTC', { frequency: 'ONCE' }, ['once, 02 Dec 2026 12:00 UTC']],
  ])('tells in %s the zone of every time, and the last export of %j', (timeZone, schedule, wanted) => {
    const row = rowsOf(withSettings([schedule]), { timeZone }).find(({ id }) => id === 'when.0');
    expect(row?.values).toEqual(wanted);
    expect(row?.notes).toEqual([]);
  });

  it('says what is not known of a file name as what it is', () => {
    const afterwards = { triggerType: 'AFTER_SEGMENT_EVAL', startTime: undefined };
    const one = rowsOf(withSettings([afterwards])).find(({ id }) => id === 'file.0');
    expect(one?.values).toEqual([`AdobeCampaign_${segment('1').id}_20261202_HHmmss.csv`]);
    const two = rowsOf(withSettings([{}, {}])).find(({ id }) => id === 'file.0');
    expect(two?.values).toEqual(['AdobeCampaign_<segment ID>_20261202_120000.csv']);
  });

  it('has a finding at its line, once for all that are alike, and mends them in one press', () => {
    const past = { startDate: '2026-11-01' };
    const state = withSettings([past, past, past, past, past]);
    const row = rowsOf(state).find(({ id }) => id === 'when.0');
    expect(row?.notes).toHaveLength(1);
    expect(row?.notes[0]?.said).toMatch(
      /^"Segment 1", "Segment 2", "Segment 3": .*The same for 2 more segments\.$/,
    );
    expect(rowsOf(state)[0]?.notes).toEqual([{ said: '1 to check below', severity: 'warning' }]);
    expect(row?.fix?.fact).toBe('first export 01 Dec 2026 12:00 UTC');
    const mended = reduce(state, { type: 'revised', draft: row?.fix?.draft ?? state.draft });
    const after = rowsOf(mended).find(({ id }) => id === 'when.0');
    expect([after?.notes, after?.fix]).toEqual([[], undefined]);
  });

  it('says which key f would take, and that nothing is to be mended once it is taken', () => {
    const state = withDraft(() => ({ deduplication: [] }));
    const row = rowsOf(state).find(({ id }) => id === 'deduplication');
    expect(row?.notes.map(({ severity }) => severity)).toEqual(['note']);
    expect(row?.fix?.fact).toBe('key personalEmail.address');
    const mended = rowsOf(reduce(state, { type: 'revised', draft: row?.fix?.draft ?? state.draft }));
    expect(mended.find(({ id }) => id === 'deduplication')).toMatchObject({
      values: ['personalEmail.address'],
      notes: [],
      fix: undefined,
    });
  });

  it('has what is wrong at its line, and cannot be applied then', () => {
    const state = withDraft(() => ({ segments: [], location: { mode: 'S3', params: {} } }));
    const rows = rowsOf(state);
    expect(rows[0]).toMatchObject({ does: { kind: 'blocked', by: { id: 'location' } } });
    const asking = { state, services: {}, text: english, glyphs, hidesSecrets: false } as Asking;
    // Enter leads to what stops it, and Esc there back to its line.
    const to = { type: 'jumped', page: 'location', line: 'location' };
    expect(rows[0] && openedBy(rows[0], asking)).toEqual(to);
    const wrong = rows.filter(({ notes }) => notes.some(({ severity }) => severity === 'problem'));
    expect(wrong.map(({ id }) => id)).toEqual(['location', 'segments.0']);
  });

  it('finds the same in a plan from a file as in one that was walked', () => {
    const account = {
      id: '00000000-0000-4000-8000-0000000000aa',
      name: 'CRM',
      specName: 'SFTP with Password',
    };
    const walked = withDraft((draft) => ({
      sandbox: { name: 'live', isProduction: true },
      account,
      destination: draft.destination && { ...draft.destination, accounts: [account] },
      segments: draft.segments.map((one) => ({ ...one, madeMs: nowMs - 7_200_000 })),
    }));
    const draft = fromPlan(toPlan(walked.draft), walked.draft.destination);
    const opened = {
      ...walked,
      draft: { ...draft, account: draft.account && { ...account, specName: undefined } },
    };
    const ids = walked.draft.segments.map(({ id }) => id);
    expect([ageless(walked.draft), ageless(opened.draft)]).toEqual([undefined, ids.join(' ')]);
    const services = { now: () => nowMs, timeZone: 'UTC', isReadOnly: false } as Partial<WizardServices>;
    const found = (state: WizardState, facts: object) =>
      reviewRows(
        { state, services: services as WizardServices, text: english, glyphs, hidesSecrets: false },
        { nowMs, destinationCount: 1, ...facts },
      ).map(({ id, notes }) => [id, notes]);
    const sandboxes = [
      { name: 'live', title: 'Live', state: 'active', isProduction: true, isDefault: false },
    ];
    const madeMs = new Map(ids.map((id) => [id, nowMs - 7_200_000]));
    const said = found(walked, {});
    expect(JSON.stringify(said)).toMatch(/production.*2 h/is);
    expect(found(opened, { sandboxes, madeMs })).toEqual(said);
    expect(found(opened, {})).not.toEqual(said);
  });

  it.each([
    ['has nothing to fill in', 'Data Landing Zone', 'destination'],
    ['is one of several', 'Amazon S3', 'signIn'],
    ['is the only one', 'Google Cloud Storage', 'signInFields'],
  ])('leads from a sign-in that %s to a page that asks for something', (_, name, wanted) => {
    const destination = newerChosen(name);
    const state = withDraft(() => ({
      destination,
      signIn: { specName: destination.auth[0]?.specName, params: {} },
      location: { mode: undefined, params: { path: 'daily' } },
    }));
    const does = rowsOf(state).find(({ id }) => id === 'signIn')?.does;
    expect(does).toMatchObject({ kind: 'jump', page: wanted });
  });

  it('tells of a change whose dataflow was deleted, and makes a new one of it', () => {
    const made = toPlan(atReview().draft);
    const destination = { ...made.destination, auth: undefined, baseConnectionId: 'B' };
    const live = {
      ...made,
      destination,
      name: 'Loyalty',
      flow: '00000000-0000-4000-8000-000000000009',
    };
    const opened = fromLive(live, atReview().draft.destination);
    const state = { ...atReview(), draft: { ...opened, name: 'Loyalty 2' } };
    const services = { now: () => nowMs, timeZone: 'UTC', isReadOnly: false } as Partial<WizardServices>;
    const asking = {
      state,
      services: services as WizardServices,
      text: english,
      glyphs,
      hidesSecrets: false,
    };
    const rows = (isGone: boolean) => reviewRows(asking, { nowMs, destinationCount: 1, isGone });
    expect(rows(false)[0]?.does.kind).toBe('apply');
    const [first] = rows(true);
    expect(first).toMatchObject({ id: 'apply', label: 'Dataflow deleted', does: { kind: 'blocked' } });
    expect(first?.values.join()).toContain(
      '"Loyalty" (00000000-0000-4000-8000-000000000009) no longer exists',
    );
    if (!first?.fix) return expect.unreachable();
    const plan = toPlan(first.fix.draft);
    expect([plan.flow, plan.name]).toEqual([undefined, 'Loyalty 2']);
    expect(plan.segments).toEqual(made.segments);
    expect(first.fix.draft.live).toBeUndefined();
  });

  it('leads from a line of a group to its segments', () => {
    const state = withSettings([{}, { startDate: '2027-02-01' }, {}]);
    const asking = { state, services: {}, text: english, glyphs, hidesSecrets: false } as Asking;
    const scopes = ['when.0', 'file.1', 'segments.1', 'location'].map((line) => {
      const row = rowsOf(state).find(({ id }) => id === line);
      const does = row && openedBy(row, asking);
      return typeof does === 'object' && 'scope' in does ? does.scope : undefined;
    });
    const ids = (...names: string[]): string[] => names.map((name) => segment(name).id);
    expect(scopes).toEqual([ids('1', '3'), ids('2'), ids('2'), undefined]);
  });

  it('says of a line that no key mends what Enter does on it', () => {
    const first = (state: WizardState): string | undefined =>
      rowsOf(state)
        .slice(0, 1)
        .map((row) => unmendedText(row, english))[0];
    expect(first(atReview())).toBe('No automatic fix for this line; enter: Apply this plan.');
    expect(first(withDraft(() => ({ segments: [] })))).toBe(
      'No automatic fix for this line; enter: to the first thing to fix.',
    );
    const name = rowsOf(atReview()).find(({ id }) => id === 'name');
    expect(name && unmendedText(name, english)).toBe('No automatic fix for this line; enter changes it.');
  });
});

describe('a jump from the review', () => {
  const pages = questionPages.filter(
    (page) => !['platform', 'platformSecret', 'account', 'review'].includes(page),
  );

  it.each(pages)('to %s: Esc comes back, to the line that was left', (page) => {
    const there = reduce(atReview(), { type: 'jumped', page, line: 'file.0' });
    expect(there.page).toBe(page);
    const back = reduce(there, { type: 'wentBack' });
    expect([back.page, back.jump?.from, back.isCorrecting]).toEqual(['review', 'file.0', false]);
  });

  it('goes back through what another choice has brought along', () => {
    const there = run(
      atReview(),
      { type: 'jumped', page: 'destination', line: 'destination' },
      answered({ of: 'destination', value: chosen('Oracle Eloqua') }),
    );
    expect(isAnswered('signIn', there.draft)).toBe(false);
    const pagesBack: string[] = [];
    for (let state = there; state.page !== 'review';) {
      state = reduce(state, { type: 'wentBack' });
      pagesBack.push(state.page);
      expect(pagesBack.length).toBeLessThan(5);
    }
    expect(pagesBack.at(-2)).toBe('destination');
    expect(orderOf(there.page)).toBeGreaterThan(orderOf('destination'));
  });
});

describe('the review of a dataflow that is there', () => {
  /** As it was opened: what it holds is what is wanted. */
  const opened = (change: (draft: Draft) => Partial<Draft> = () => ({})): WizardState => {
    const state = withDraft(() => ({ account: { id: 'a-1', name: 'Account' }, flow: 'f-1' }));
    const live = { ...toPlan(state.draft), name: 'CRM weekly' };
    const draft = { ...fromLive(live, chosen('Adobe Campaign')), sandbox: state.draft.sandbox };
    return { ...state, draft: { ...draft, ...change(draft) } };
  };
  const said = (state: WizardState, id: string): readonly string[] | undefined =>
    rowsOf(state)
      .find((row) => row.id === id)
      ?.notes.map((note) => note.said);

  it('says that nothing differs, and speaks of nothing that would be made', () => {
    const rows = rowsOf(opened(), { count: 5 });
    expect(rows[0]?.values).toEqual(['The platform already matches this plan. Nothing is sent.']);
    expect(rows[0]).toMatchObject({ label: 'Read back and compare', does: { kind: 'compare' } });
    expect(rows.flatMap(({ notes }) => notes).filter(({ severity }) => severity === 'change')).toEqual([]);
    expect(rows.map(({ id }) => id)).not.toContain('source');
    expect(rows.find(({ id }) => id === 'sandbox')?.values).toEqual(['dev']);
  });

  it('asks before anything is sent, and not where nothing is', () => {
    const asked = (state: WizardState) => {
      const services = { isReadOnly: false } as Partial<WizardServices> as WizardServices;
      const asking: Asking = { state, services, text: english, glyphs, hidesSecrets: false };
      const [first] = rowsOf(state);
      return first && openedBy(first, asking);
    };
    expect(asked(opened())).toEqual({ type: 'confirmed' });
    expect(asked(opened(() => ({ name: 'Ours' })))).toBe('confirm');
    expect(asked(atReview())).toBe('confirm');
  });

  it.each<[string, (draft: Draft) => Partial<Draft>, string | undefined]>([
    [
      'a folder',
      ({ location }) => ({ location: { ...location, params: { ...location.params, path: 'x' } } }),
      'location',
    ],
    ['an account', () => ({ account: { id: 'a-2', name: 'Other' } }), 'signIn'],
    ['only a name', () => ({ name: 'Ours' }), undefined],
  ])('names an export under way at the line that changes %s, and proposes to wait', (_, change, line) => {
    const state = opened(change);
    const services = { isReadOnly: false, now: () => nowMs, timeZone: 'UTC' } as Partial<WizardServices>;
    const asking: Asking = {
      state,
      services: services as WizardServices,
      text: english,
      glyphs,
      hidesSecrets: false,
    };
    const told = (exports: Exports | undefined) =>
      reviewRows(asking, { nowMs, destinationCount: undefined, exports }).flatMap(({ id, notes }) =>
        notes.flatMap(({ said: one, severity }) =>
          /exporting right now/.test(one) ? [`${id} ${severity} ${one}`] : [],
        ),
      );
    const exporting = { exporting: [{ id: 'f-1', sinceMs: Date.UTC(2026, 11, 1, 7) }] };
    const waits = { yes: 'send it now', no: 'wait until it ends' };
    const usual = { yes: 'apply', no: 'not yet' };
    expect(told(exporting)).toEqual(
      line === undefined
        ? []
        : [
            expect.stringMatching(
              `^${line} warning dataflow f-1 is exporting right now, since 2026-12-01 07:00 UTC: `,
            ),
          ],
    );
    expect(confirmations(asking, [], exporting)[0]).toMatchObject({
      answers: line === undefined ? usual : waits,
    });
    // Nobody knows, or it has ended.
    expect(told({ exporting: undefined })).toEqual(
      line === undefined ? [] : [`${line} warning could not check whether it is exporting right now`],
    );
    expect(told({ exporting: [] })).toEqual([]);
    expect(confirmations(asking, [], { exporting: [] })[0]).toMatchObject({ answers: usual });
  });

  it('asks for a change by what becomes of which dataflow, and proposes to wait', () => {
    const state = opened(({ segments }) => ({ name: 'Ours', segments: segments.slice(1) }));
    const asking: Asking = {
      state: { ...state, draft: { ...state.draft, sandbox: { name: 'dev', isProduction: false } } },
      services: { isReadOnly: false } as Partial<WizardServices> as WizardServices,
      text: english,
      glyphs,
      hidesSecrets: false,
    };
    const [asked] = confirmations(asking, []);
    expect(asked.question).toContain(
      `Change dataflow "${state.draft.live?.name}" (${state.draft.flow}) in sandbox dev: 1 segment removed, name? `,
    );
    expect(asked).toMatchObject({ typed: undefined, answers: { yes: 'apply', no: 'not yet' } });
  });

  it.each([
    ['its account', undefined, true],
    ['another account', { id: 'a-2', name: 'Other' }, false],
  ])('tells a sign-in that is not that of %s', (_, account, isTold) => {
    const path = '$.destination.auth.params.accessId';
    const otherSignIn = [{ path, kind: 'changed', before: 'THEIRS', after: 'MINE' }] as const;
    const state = opened((draft) => ({ otherSignIn, account: account ?? draft.account }));
    const { notes = [] } = rowsOf(state).find(({ id }) => id === 'signIn') ?? {};
    const own = notes.filter(({ severity }) => severity === 'warning').map(({ said }) => said);
    const { id = '' } = state.draft.account ?? {};
    expect(own).toEqual(
      isTold
        ? [
            'sign-in, Access ID: the plan says MINE, the account has THEIRS',
            `The sign-in belongs to the account, and a plan does not change it: ferry account update ${id}`,
          ]
        : [],
    );
    // It is no change, and nothing is sent for it.
    expect(rowsOf(state)[0]?.does.kind).toBe(isTold ? 'compare' : 'apply');
    if (isTold) expect(rowsOf(state)[0]?.values).toEqual(['Nothing is sent.']);
  });

  it('counts first what is sent, and has before and after at the line that is changed', () => {
    const third = segment('3');
    const state = opened(({ segments: [one, two], settings }) => {
      if (!one || !two) throw new Error('two segments are needed');
      const [before] = Object.values(settings);
      if (!before) throw new Error('no settings');
      const later = { ...before, schedule: { ...before.schedule, startTime: '18:00' } };
      return {
        name: 'CRM daily',
        segments: [two, third],
        settings: { ...settings, [two.id]: later, [third.id]: before },
        attributes: ['personalEmail.address', 'loyalty.points'],
        mandatory: [],
      };
    });
    expect(rowsOf(state)[0]?.values).toEqual([
      'changes 1 dataflow: 1 segment removed, 1 segment added, 1 schedule changed, 1 column removed, 1 column added, mandatory attribute, name',
    ]);
    // What goes is the first line below it.
    expect(rowsOf(state)[1]).toMatchObject({ id: 'removed', does: { kind: 'jump', page: 'segments' } });
    expect(said(state, 'removed')).toEqual(['- segment: Segment 1']);
    expect(said(state, 'name')).toEqual(['~ name: CRM weekly → CRM daily']);
    expect(said(state, 'when.0')).toContain('~ start time (UTC) of "Segment 2": 12:00 → 18:00');
    expect(said(state, 'segments.1')).toEqual(['+ segment: Segment 3']);
    expect(said(state, 'attributes')).toEqual([
      '- attribute: person.name.firstName',
      '+ attribute: loyalty.points',
    ]);
    expect(said(state, 'mandatory')).toEqual(['- mandatory attribute: person.name.firstName']);
    expect(changeIn(state.draft)?.isEmptying).toBe(false);
  });

  it('finds nothing odd in a start that has long been, unless it is a new one', () => {
    const past = (draft: Draft): Partial<Draft> => ({
      settings: Object.fromEntries(
        Object.entries(draft.settings).map(([id, one]) => [
          id,
          { ...one, schedule: { ...one.schedule, startDate: '2026-11-01' } },
        ]),
      ),
    });
    const fresh = opened(past);
    expect(said(fresh, 'when.0')?.some((one) => one.includes('past'))).toBe(true);
    const old = { ...fresh, draft: { ...fresh.draft, live: toPlan(fresh.draft) } };
    expect(rowsOf(old).find(({ id }) => id === 'when.0')?.notes).toEqual([]);
  });

  // living.md 2, D13
  it('is no change of that dataflow any more once another destination is chosen, and says why and what is lost', () => {
    const other = reduce(opened(), answered({ of: 'destination', value: chosen('SFTP') }));
    expect([other.draft.flow, other.draft.live]).toEqual([undefined, undefined]);
    const why =
      'A new dataflow, because another destination was chosen: it starts with full files, and without the runs of "CRM weekly", which goes on as it is.';
    expect(said(other, 'apply')).toContain(why);
    // Whoever thinks better of it again has lost it all the same.
    const third = reduce(other, answered({ of: 'destination', value: chosen('Adobe Campaign') }));
    expect(said(third, 'apply')).toContain(why);
    const fresh = reduce(atReview(), answered({ of: 'destination', value: chosen('SFTP') }));
    expect(fresh.draft.replaces).toBeUndefined();
  });

  it('says so of a draft that was kept and taken up again, and nothing of one that was kept before it was known', async () => {
    const other = reduce(opened(), answered({ of: 'destination', value: chosen('SFTP') }));
    const files = new Map<string, string>();
    const drafts: Drafts = {
      list: async () => ({ drafts: [...files].map(([name, text]) => ({ name, text })), unread: [] }),
      write: async (name, text) => void files.set(name, text),
      remove: async (name) => void files.delete(name),
    };
    const keeper = keepDrafts({ drafts, placeOfDrafts: '' }, 'a');
    const takenUp = async (draft: Draft) => {
      keeper.keep({ version: 1, savedMs: 1, page: 'review', draft: withoutSecrets(draft) });
      await keeper.settled();
      const [kept] = (await listDrafts(drafts)).drafts;
      if (!kept) throw new Error('no draft');
      const begun = initialState(0, undefined, { hasOffers: true });
      return reduce(begun, { type: 'restored', saved: kept.saved });
    };
    const why = expect.stringContaining('without the runs of "CRM weekly"') as string;
    expect(said(await takenUp(other.draft), 'apply')).toContainEqual(why);
    const old = await takenUp({ ...other.draft, replaces: undefined });
    expect(old.draft.destination?.name).toBe('SFTP');
    expect(said(old, 'apply')).not.toContainEqual(why);
  });

  // living.md 2, D6: nothing of the review is folded, so nothing has to be opened.
  it('has what stays as it is in sight, each by its name', () => {
    const state = opened(() => ({ name: 'Ours' }));
    const { segments, attributes } = state.draft;
    const values = rowsOf(state).flatMap((row) => row.values);
    for (const { name } of segments) expect(values).toContainEqual(expect.stringContaining(name));
    for (const path of attributes) expect(values).toContainEqual(expect.stringContaining(path));
  });

  // living.md 2, D18
  it('says of a change what a command says of it, in the same words', () => {
    const state = opened(({ segments, attributes }) => ({
      name: 'Ours',
      segments: segments.slice(1),
      attributes: [...attributes, 'loyalty.points'],
    }));
    const { differences = [], schedules = [] } = changeIn(state.draft) ?? {};
    const [flowId, name] = [state.draft.flow ?? '', 'CRM weekly'];
    const event = { kind: 'difference', flowId, name, differences, schedules } as const;
    const whole = { ...event, requests: [], alsoReaches: [], exporting: [], isEmptying: false };
    const [, ...lines] = changeLines(whole, english, { nowMs, zone: 'UTC' });
    const notes = rowsOf(state).flatMap((row) => row.notes.filter(({ severity }) => severity === 'change'));
    expect(lines.length).toBeGreaterThan(2);
    expect(notes.map((one) => `  ${one.said}`).sort()).toEqual([...lines].sort());
  });

  // living.md 3, C9
  it.each<[string, Partial<Draft>, readonly [Sandbox] | undefined, number]>([
    ['a change', { name: 'Ours' }, [{ name: 'dev', isProduction: false } as Sandbox], 1],
    ['a change in production', { name: 'Ours' }, [{ name: 'dev', isProduction: true } as Sandbox], 1],
    ['a change where nobody knows', { name: 'Ours' }, undefined, 1],
    ['one that empties', { segments: [] }, [{ name: 'dev', isProduction: false } as Sandbox], 1],
    ['one that empties in production', { segments: [] }, [{ name: 'dev', isProduction: true } as Sandbox], 2],
  ])('asks for %s with what can be taken back of it, and how', (_, change, sandboxes, count) => {
    const asked = (platform: Draft['platform'], run?: string) => {
      const state = opened(() => change);
      const draft = { ...state.draft, platform, sandbox: { name: 'dev', isProduction: undefined } };
      const services = { isReadOnly: false } as Partial<WizardServices> as WizardServices;
      const asking: Asking = {
        state: {
          ...state,
          draft,
          unfinished: run === undefined ? [] : [{ run, made: 0, atMs: 0, of: draft }],
        },
        services,
        text: english,
        glyphs,
        hidesSecrets: false,
      };
      return confirmations(asking, sandboxes).map(({ question }) => question);
    };
    const said = 'It can be undone (ferry rollback), but not for files that have been exported.';
    const questions = asked('organisation');
    expect(questions).toHaveLength(count);
    for (const one of questions) expect(one).toContain(said);
    // Of a rehearsal no command finds anything.
    for (const one of asked('emulator')) expect(one).not.toContain('ferry rollback');
    // What goes on with a run that was broken off has its id already.
    for (const one of asked('organisation', '0a1b2c3d')) expect(one).toContain('(ferry rollback 0a1b2c3d)');
  });
});
