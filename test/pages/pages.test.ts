import { futurePlan } from '../helpers/runs.ts';
import { describe, expect, it, vi } from 'vitest';
import { asciiGlyphs, unicodeGlyphs } from '../../source/components/theme/glyphs.ts';
import { displayWidth } from '../../source/components/text/width.ts';
import { english } from '../../source/locale/catalogs.ts';
import { textsOf } from '../../source/locale/texts.ts';
import { zhTW } from '../../source/locale/zh-TW.ts';
import { mandatory, deduplication } from '../../source/pages/content/attributes.ts';
import { segments } from '../../source/pages/content/segments.ts';
import { earlyPages } from '../../source/pages/early.ts';
import { confirmations, opened, rename, resendConfirmation } from '../../source/pages/ending/review.ts';
import { latePages } from '../../source/pages/late.ts';
import type { Asking, Page } from '../../source/pages/page.ts';
import { previewOf } from '../../source/pages/schedule/export-lines.ts';
import { detailFields } from '../../source/pages/schedule/detail-fields.ts';
import { detailsEditor, schedule } from '../../source/pages/schedule/schedule.ts';
import { scopeOf } from '../../source/pages/schedule/scope.ts';
import {
  exportModeSwitch,
  frequencySwitch,
  nextValue,
  triggerSwitch,
} from '../../source/pages/schedule/switches.ts';
import type { WizardServices } from '../../source/pages/services.ts';
import { platform, platformSecret } from '../../source/pages/start/platform.ts';
import { flow } from '../../source/pages/start/flow.ts';
import { sandbox } from '../../source/pages/start/sandbox.ts';
import { plans } from '../../source/pages/start/plans.ts';
import { welcome } from '../../source/pages/start/welcome.ts';
import { account, source } from '../../source/pages/target/connections.ts';
import { locationText } from '../../source/pages/target/draft-text.ts';
import { location, locationFields } from '../../source/pages/target/location.ts';
import { destination as destinationPage } from '../../source/pages/target/destination.ts';
import { formsRead } from '../../source/pages/target/read-forms.ts';
import { signIn, signInFields } from '../../source/pages/target/sign-in.ts';
import { catalog } from '../../source/activation/spec/catalog.ts';
import type { SegmentPage } from '../../source/flow-service/segments.ts';
import { connectionSpec } from '../../source/flow-service/specs.ts';
import { draftName, emptyDraft } from '../../source/wizard/draft.ts';
import { placeOnly } from '../../source/wizard/answers.ts';
import { initialState, reduce, type WizardState } from '../../source/wizard/reducer.ts';
import { toPlan } from '../../source/wizard/to-plan.ts';
import { answered, atReview, chosen, nowMs, segment } from '../helpers/wizard-events.ts';
import { remoteCache } from '../helpers/remote.ts';
import { some } from '../helpers/some.ts';

const organisation = {
  host: 'platform.adobe.io',
  orgId: 'ACME@AdobeOrg',
  sandbox: undefined,
  missing: [] as string[],
};

/** Everything that a declaration may look at, with what a test says otherwise. */
function asking(state: WizardState, services: Partial<WizardServices> = {}): Asking {
  const all = {
    organisation,
    offers: { drafts: [], runs: [] },
    plans: [],
    mayLogin: true,
    now: () => nowMs,
    isReadOnly: false,
    may: () => true,
  };
  return {
    state,
    services: { ...all, ...services } as WizardServices,
    text: english,
    glyphs: unicodeGlyphs,
    hidesSecrets: false,
  };
}
const start = initialState(nowMs);
const box = (name: string, more: object = {}) => ({
  name,
  title: name,
  state: 'active',
  isProduction: false,
  isDefault: false,
  ...more,
});

it('shows a folder as it is sent, with one sign between it and its bucket', () => {
  const { draft } = atReview();
  const at = (path: string): string => {
    const place = { ...draft, location: { ...draft.location, params: { bucketName: 'crm', path } } };
    return locationText(place, asking({ ...atReview(), draft: place }));
  };
  expect(at('/daily/')).toMatch(/crm\/daily\/$/);
  expect(at('a//b/')).toMatch(/crm\/a\/\/b\/$/);
});

describe('what the files are like', () => {
  const preview = (fileType: string) => locationFields.preview?.(asking(atReview()), { fileType });

  it('is shown as it will be written, and of what is no text by its columns', () => {
    expect(preview('CSV')?.lines[0]).toBe('person_name_firstName,personalEmail_address');
    expect(preview('JSON')?.lines).toEqual([
      '{"person_name_firstName":"Ann","personalEmail_address":"ann@example.com"}',
      '{"person_name_firstName":"Ben","personalEmail_address":"ann@example.com"}',
    ]);
    expect(preview('PARQUET')).toEqual({
      title: english('parquet.preview'),
      lines: ['person_name_firstName, personalEmail_address'],
    });
    expect(preview('AVRO')).toBeUndefined();
  });
});

describe('a dataflow', () => {
  const draft = { ...atReview().draft, flow: 'f-1' };
  const reading = { kind: 'draft' as const, draft: { ...draft, live: toPlan(draft) } };
  const found = { id: 'f-1', name: 'CRM', isEnabled: true, reading };
  const state: WizardState = { ...atReview(), page: 'flow', flow: { id: 'f-1', name: 'CRM' } };
  const acts = (at: WizardState): unknown[] => flow.options(asking(at), found).map(({ value }) => value);

  it('tells how many segments it has, and how and when each is exported', () => {
    expect(flow.parts?.(asking(state, { timeZone: 'UTC' }), found)).toEqual({
      title: '2 segments',
      lines: ['1', '2'].map((at) => `Segment ${at}: full, every day, 12:00 UTC, from 02 Dec`),
    });
    const unsaid = [
      { what: 'segment', subject: 'S', count: 2, path: '$' },
      { what: 'column', subject: 'C', count: 1, path: '$' },
    ] as const;
    expect(
      flow.parts?.(asking(state, { timeZone: 'UTC' }), { ...found, reading: { ...reading, unsaid } }),
    ).toEqual({
      title: '4 segments',
      lines: [
        ...['1', '2'].map((at) => `Segment ${at}: full, every day, 12:00 UTC, from 02 Dec`),
        '2 segments more that a plan cannot hold: as they are',
      ],
    });
    const unusable = { ...found, reading: { kind: 'unusable' as const, why: 'streaming' } };
    expect(flow.parts?.(asking(state), unusable)).toBeUndefined();
  });

  it('asks before it writes: by name what cannot be undone, and where the sandbox may be production', () => {
    const at = (isProduction: boolean | undefined): Asking =>
      asking({ ...state, draft: { ...state.draft, sandbox: { name: 'dev', isProduction } } });
    const typed = (act: 'disable' | 'enable' | 'delete', isProduction: boolean | undefined): unknown =>
      flow.confirmed?.(act, at(isProduction), undefined)?.all.map((one) => one.typed);
    expect(typed('disable', false)).toEqual([undefined]);
    expect(typed('enable', true)).toEqual(['dev']);
    expect(typed('disable', undefined)).toEqual(['dev']);
    expect(typed('delete', false)).toEqual(['CRM']);
    expect(typed('delete', true)).toEqual(['CRM', 'dev']);
    const [paused] = flow.confirmed?.('disable', at(true), undefined)?.all ?? [];
    expect(paused?.question).toContain('Pause "CRM" in dev?');
    expect(paused?.question).toContain('production');
    // What the list of sandboxes says, where the draft does not.
    const listed = [{ name: 'dev', title: 'Dev', isProduction: false }] as never;
    expect(flow.confirmed?.('enable', at(undefined), listed)?.all).toEqual([
      expect.objectContaining({
        typed: undefined,
        answers: { yes: english('flow.enable'), no: english('review.confirmNo') },
      }),
    ]);
    expect(flow.confirmed?.('enable', at(false), undefined)?.outcome).toMatchObject({
      ending: { then: { kind: 'flow', command: 'enable', flow: { id: 'f-1' }, isConfirmed: true } },
    });
    expect(flow.confirmed?.('pull', at(true), undefined)).toBeUndefined();
    expect(flow.confirmed?.('change', at(true), undefined)).toBeUndefined();
  });

  it('is changed as it is, or gone on with where it was changed and not applied', () => {
    const asOpened = { ...state, draft: reading.draft };
    expect(acts(asOpened).slice(0, 2)).toEqual(['change', 'disable']);
    expect(flow.preferred(asking(asOpened), found)).toBe('change');
    const changed = { ...state, draft: { ...reading.draft, name: 'Ours' } };
    expect(acts(changed).slice(0, 3)).toEqual(['resume', 'change', 'disable']);
    expect(flow.preferred(asking(changed), found)).toBe('resume');
    expect(flow.chosen('resume', asking(changed), found)).toEqual({
      type: 'flowTaken',
      draft: changed.draft,
    });
    expect(flow.chosen('change', asking(changed), found)).toEqual({
      type: 'flowTaken',
      draft: reading.draft,
    });
    // Changes of another dataflow are none of this one.
    expect(acts({ ...changed, draft: { ...changed.draft, flow: 'f-2' } })[0]).toBe('change');
  });
});

describe('every page', () => {
  const pages = Object.entries<Page>({ ...earlyPages, ...latePages });

  it.each(pages)('%s asks its question in both languages', (_, page) => {
    const here = asking(atReview());
    const chinese = { ...here, text: textsOf(zhTW, 'zh-TW'), glyphs: asciiGlyphs };
    const [said, inChinese] = [page.question(here), page.question(chinese)];
    expect(said).toMatch(/\w/);
    expect(inChinese).toMatch(/\p{Script=Han}/u);
    expect(said).not.toMatch(/\{\w+\}/);
    expect(inChinese).not.toMatch(/\{\w+\}/);
  });

  it('tells no secret, and not the end of one where those are hidden', () => {
    const typed = reduce(
      { ...atReview(), page: 'signInFields' },
      answered({ of: 'signInFields', value: { accessId: 'AKIAEXAMPLE', secretKey: 'wJalrXUtnFEMIK7MDENG' } }),
    );
    for (const [, page] of pages) {
      const told = page.told?.(asking(typed)) ?? '';
      expect(told).not.toContain('wJalr');
      expect(page.told?.({ ...asking(typed), hidesSecrets: true }) ?? '').not.toContain('DENG');
    }
    expect(signInFields.told?.(asking(typed))).toContain('••••DENG');
  });
});

describe('the platform', () => {
  it.each([
    ['the organisation, where it is set up', undefined, [], 'organisation'],
    ['the emulator, where settings are missing', undefined, ['FERRY_ORG_ID'], 'emulator'],
    ['what was answered before', 'emulator', [], 'emulator'],
  ] as const)('prefers %s', (_, given, missing, wanted) => {
    const state = { ...start, draft: { ...emptyDraft, platform: given } };
    const services = { organisation: { ...organisation, missing } };
    expect(platform.preferred(asking(state, services), undefined)).toBe(wanted);
  });

  const missing = ['FERRY_ORG_ID', 'FERRY_API_KEY'];

  it('prefers the organisation again where a sign-in to it was given up', () => {
    const state = { ...start, draft: { ...emptyDraft, platform: undefined } };
    const prefers = (isSought: boolean): unknown =>
      platform.preferred(asking(state, { organisation: { ...organisation, missing, isSought } }), undefined);
    expect([prefers(true), prefers(false)]).toEqual(['organisation', 'emulator']);
  });

  const optionOf = (wanted: string, services: Partial<WizardServices>) =>
    platform.options(asking(start, services), undefined).find(({ value }) => value === wanted);

  it.each([english, textsOf(zhTW, 'zh-TW')])('says in %# how to sign in within 80 columns', (text) => {
    const services = { organisation: { ...organisation, missing } };
    const options = platform.options({ ...asking(start, services), text }, undefined);
    const label = Math.max(...options.map((one) => displayWidth(one.label)));
    const hint = options.find(({ value }) => value === 'organisation')?.hint ?? '';
    // The cursor, the mark and their gaps; the gap between both.
    expect(4 + label + 2 + displayWidth(hint)).toBeLessThanOrEqual(80);
  });

  it('begins a sign-in where the organisation is chosen and nobody is signed in', () => {
    const services = { organisation: { ...organisation, missing } };
    const option = optionOf('organisation', services);
    expect(option?.hint).toBe('not signed in: enter begins login');
    expect(option?.disabled).toBeUndefined();
    expect(platform.chosen('organisation', asking(start, services), undefined)).toEqual({
      type: 'ended',
      ending: { outcome: 'interrupted', lines: [], then: { kind: 'login' } },
    });
    const signedIn = { organisation };
    expect(optionOf('organisation', signedIn)?.hint).toContain('ACME@AdobeOrg');
    expect(platform.chosen('organisation', asking(start, signedIn), undefined)).toEqual(
      answered({ of: 'platform', value: 'organisation' }),
    );
  });

  it('names the settings that are missing where others are set', () => {
    const hint = optionOf('organisation', {
      organisation: { ...organisation, missing, isBegun: true },
    })?.hint;
    for (const name of missing) expect(hint).toContain(name);
  });

  it('lets nobody sign in behind sshd, and says what is missing', () => {
    const option = optionOf('organisation', { organisation: { ...organisation, missing }, mayLogin: false });
    for (const name of missing) expect(option?.disabled).toContain(name);
  });

  it('offers the plans that are there, and cannot open one where there is none', () => {
    expect(optionOf('plan', { plans: ['crm.plan.json', 'sftp.plan.json'] })?.hint).toBe(
      '2 here: crm.plan.json, sftp.plan.json',
    );
    expect(optionOf('plan', {})?.disabled).toContain('.plan.json');
    expect(platform.chosen('plan', asking(start), undefined)).toEqual({ type: 'sought' });
  });

  it('opens a plan as a draft, and none that it could not ask for', () => {
    const draft = { ...emptyDraft, destination: chosen('Adobe Campaign'), segments: [segment('1')] };
    const offered = [
      { kind: 'plan' as const, file: 'a.plan.json', draft },
      { kind: 'unusable' as const, file: 'b.plan.json', why: '$.name is missing' },
    ];
    const rows = plans.rows(asking(start), offered);
    expect(rows).toMatchObject([
      { id: 'a.plan.json', cells: ['Adobe Campaign · 1 segment'] },
      { id: 'b.plan.json', disabled: '$.name is missing' },
    ]);
    expect(plans.chosen('a.plan.json', asking(start), offered)).toEqual({ type: 'planTaken', draft });
    expect(plans.chosen('b.plan.json', asking(start), offered)).toBeUndefined();
    const live = {
      ...offered[0],
      kind: 'plan' as const,
      draft: { ...draft, opened: { ...futurePlan, flow: 'x' } },
    };
    expect(plans.chosen('a.plan.json', asking(start), [{ ...live, file: 'a.plan.json' }])).toMatchObject({
      ending: { then: { kind: 'plan', file: 'a.plan.json' } },
    });
    expect(platform.intro?.(asking({ ...start, draft }))).toContain('Adobe Campaign');
  });

  it('gives the secret to who signs in, and keeps none in the answer', () => {
    const given: string[] = [];
    const here = asking(start, { giveSecret: (secret) => given.push(secret) });
    expect(platformSecret.answered({ secret: 'hush' }, here)).toEqual({ of: 'platformSecret' });
    expect(given).toEqual(['hush']);
  });
});

describe('going elsewhere', () => {
  const begun = { ...atReview().draft, platform: 'organisation' } as const;
  const changing = { ...begun, flow: 'F', live: { ...toPlan(begun), name: 'Loyalty' } };
  const at = (draft: WizardState['draft']): Asking => asking({ ...start, draft });

  it.each([
    ['nothing was answered', emptyDraft, 'prod', 'emulator', undefined],
    ['only the place is known', placeOnly(begun), 'prod', 'emulator', undefined],
    ['it is the same', begun, begun.sandbox?.name ?? '', 'organisation', undefined],
    ['answers would be lost', begun, 'prod', 'emulator', 'sandbox.answersLost'],
    ['a change would be lost', changing, 'prod', 'emulator', 'sandbox.changeLost'],
  ] as const)('asks only where something would be lost: %s', (_, draft, name, kind, id) => {
    const values = {
      name: draft === changing ? 'Loyalty' : draftName(draft),
      sandbox: draft.sandbox?.name ?? '',
    };
    for (const asked of [sandbox.doubted?.(name, at(draft)), platform.doubted?.(kind, at(draft))])
      expect(asked?.question).toBe(id && english(id, values));
  });

  it('asks nothing on the way to a plan, or to a sign-in', () => {
    const here = { ...at({ ...begun, platform: 'emulator' }) };
    expect(platform.doubted?.('plan', here)).toBeUndefined();
    const unset = { ...organisation, missing: ['FERRY_API_KEY'] };
    const services = { ...here.services, organisation: unset };
    expect(platform.doubted?.('organisation', { ...here, services })).toBeUndefined();
    expect(platform.doubted?.('organisation', here)).toBeDefined();
  });
});

describe('the sandbox', () => {
  const boxes = [
    box('prod', { isProduction: true }),
    box('old', { state: 'deleted' }),
    box('dev'),
    box('stage'),
  ];

  it.each([
    ['one where nothing can go wrong', undefined, boxes, 'dev'],
    ['the one of the settings', 'stage', boxes, 'stage'],
    ['no sandbox that is not active', 'old', boxes, 'dev'],
    ['production where there is nothing else', undefined, boxes.slice(0, 2), 'prod'],
    ['nothing where there is nothing', undefined, [], undefined],
  ] as const)('prefers %s', (_, fromSettings, listed, wanted) => {
    const here = asking(start, { organisation: { ...organisation, sandbox: fromSettings } });
    expect(sandbox.preferred(here, [...listed])).toBe(wanted);
  });

  it.each([
    [403, 'organisation', 'crm', ['crm']],
    [404, 'organisation', 'crm', ['crm']],
    [500, 'organisation', 'crm', undefined],
    [403, 'organisation', undefined, undefined],
    [403, 'emulator', 'crm', undefined],
  ] as const)('after %s on %s with sandbox %s offers %j', (status, kind, given, wanted) => {
    const state = { ...start, draft: { ...emptyDraft, platform: kind } };
    const here = asking(state, { organisation: { ...organisation, sandbox: given } });
    expect(sandbox.needs?.standIn({ status }, here)?.map(({ name }) => name)).toEqual(wanted);
  });

  it('remembers whether a chosen one is for production', () => {
    expect(sandbox.chosen('prod', asking(start), boxes)).toEqual(
      answered({ of: 'sandbox', value: { name: 'prod', isProduction: true } }),
    );
  });
});

describe('the welcome', () => {
  const saved = { version: 1 as const, savedMs: nowMs - 7_200_000, page: 'segments', draft: emptyDraft };
  const run = {
    run: '0a1b2c3d',
    plan: 'CRM',
    sandbox: 'dev',
    isProduction: false,
    begunMs: nowMs - 60_000,
    made: 4,
    wanted: 5,
  };
  const here = asking(start, { offers: { drafts: [saved], runs: [run] } });

  it('offers runs first, then drafts, then a new beginning, and prefers nothing that writes', () => {
    const values = welcome.options(here, undefined).map(({ value }) => value);
    expect(values).toEqual(['resume 0a1b2c3d', 'undo 0a1b2c3d', 'draft 0', 'new']);
    expect(welcome.preferred(here, undefined)).toBe('draft 0');
    const onlyRuns = asking(start, { offers: { drafts: [], runs: [run] } });
    expect(welcome.preferred(onlyRuns, undefined)).toBe('new');
  });

  it('says of answers whether they are a rehearsal, or of which organisation', () => {
    const place = { host: 'platform.adobe.io', orgId: 'ACME@AdobeOrg' };
    const ours = { ...saved, draft: { ...saved.draft, platform: 'organisation' as const }, place };
    const theirs = { ...saved, draft: { ...saved.draft, platform: 'emulator' as const } };
    const offers = { drafts: [ours, theirs], runs: [] };
    const hints = welcome.options(asking({ ...start, page: 'welcome' }, { offers }), undefined);
    expect(hints[0]?.hint).toMatch(/ago · ACME@AdobeOrg$|now · ACME@AdobeOrg$/);
    expect(hints[1]?.hint).toMatch(/^rehearsal · /);
  });

  it('offers to undo only what was made', () => {
    const values = (made: number) =>
      welcome
        .options(asking(start, { offers: { drafts: [], runs: [{ ...run, made }] } }), undefined)
        .map(({ value, hint }) => `${value}: ${hint ?? ''}`);
    expect(values(0).some((one) => one.startsWith('undo'))).toBe(false);
    expect(values(1)).toContain('undo 0a1b2c3d: dev · removes 1 object');
    expect(values(4)).toContain('undo 0a1b2c3d: dev · removes 4 objects');
  });

  it('says of a run first where it writes, and whether that is production', () => {
    const optionOf = (isProduction: boolean) =>
      welcome.options(
        asking(start, { offers: { drafts: [], runs: [{ ...run, isProduction }] } }),
        undefined,
      )[0];
    expect(optionOf(true)).toMatchObject({
      danger: 'PRODUCTION',
      hint: 'dev · 4 of 5 created · asks for the name · interrupted 1 min ago: CRM',
    });
    expect(optionOf(false)).not.toHaveProperty('danger');
    expect(optionOf(false)?.hint).toBe('dev · 4 of 5 created · interrupted 1 min ago: CRM');
  });

  it('tells where a run was broken off, and by whom, where that may be another machine', () => {
    const leftBy = { user: 'anna', host: 'console-2', atMs: nowMs - 3 * 60_000 };
    const [option] = welcome.options(
      asking(start, { offers: { drafts: [], runs: [{ ...run, isProduction: false, leftBy }] } }),
      undefined,
    );
    expect(option?.hint).toBe('dev · 4 of 5 created · interrupted on console-2 by anna, 3 min ago: CRM');
  });

  it('tells of a run that somebody is at, and offers neither to finish nor to undo it', () => {
    const holder = { kind: 'process', pid: 4711, host: 'jump', since: '2026-11-26T09:05:00.000Z' };
    const held = asking(start, {
      offers: { drafts: [], runs: [{ ...run, heldBy: { user: 'mei', holder } }] },
    });
    expect(welcome.options(held, undefined)).toEqual([
      {
        value: 'held 0a1b2c3d',
        label: 'Run 0a1b2c3d is under way',
        hint: 'dev · by mei: process 4711 on jump, since 26 Nov 2026 09:05 UTC · CRM',
        disabled: 'by mei: process 4711 on jump, since 26 Nov 2026 09:05 UTC',
      },
      { value: 'new', label: expect.any(String) as string },
    ]);
    expect(welcome.preferred(held, undefined)).toBe('new');
  });

  it.each([
    [undefined, 'belongs to the embedded emulator'],
    ['platform.adobe.io', 'belongs to another platform: platform.adobe.io'],
  ])('only tells of answers that belong to another platform (%s)', (host, why) => {
    const elsewhere = asking(start, { offers: { drafts: [], runs: [], elsewhere: [{ saved, host }] } });
    expect(welcome.options(elsewhere, undefined)[0]).toMatchObject({
      disabled: why,
      hint: expect.stringContaining(why) as string,
    });
    expect(welcome.preferred(elsewhere, undefined)).toBe('new');
  });

  it('offers nothing of answers that cannot be read, and names their file', () => {
    const unread = asking(start, { offers: { drafts: [], runs: [], unread: ['/state/x.draft.json'] } });
    expect(welcome.options(unread, undefined)[0]).toMatchObject({
      hint: expect.stringContaining('/state/x.draft.json') as string,
      disabled: expect.stringContaining('cannot be read') as string,
    });
    expect(welcome.preferred(unread, undefined)).toBe('new');
  });

  it.each([
    [
      'resume 0a1b2c3d',
      { type: 'ended', ending: { outcome: 'done', lines: [], then: { kind: 'resume', run: '0a1b2c3d' } } },
    ],
    [
      'undo 0a1b2c3d',
      { type: 'ended', ending: { outcome: 'done', lines: [], then: { kind: 'undo', run: '0a1b2c3d' } } },
    ],
    ['draft 0', { type: 'restored', saved }],
    ['new', { type: 'begun' }],
  ])('%s leads to %j', (value, outcome) => {
    expect(welcome.chosen(value, here, undefined)).toEqual(outcome);
  });
});

describe('sign-in and storage', () => {
  const destination = {
    ...chosen('Adobe Campaign'),
    accounts: [{ id: 'a-1', name: 'CRM account' }],
    standsIn: { auth: true, location: false },
  };
  const state = { ...start, draft: { ...emptyDraft, destination } };

  it('offers a new sign-in before the accounts that are there, and means nothing by "new"', () => {
    const rows = account.rows(asking(state), undefined);
    expect(rows.map(({ label }) => label)).toEqual([expect.any(String), 'CRM account']);
    expect(account.preferred(asking(state), undefined)).toBe(rows[0]?.id);
    const choose = (id: string | undefined) => account.chosen(id, asking(state), undefined);
    expect(choose(rows[0]?.id)).toEqual(answered({ of: 'account', value: undefined }));
    expect(choose('a-1')).toEqual(answered({ of: 'account', value: destination.accounts[0] }));
  });

  it('says what an administrator calls a sign-in, and the word of the platform in grey', () => {
    const options = signIn.options(asking(state), undefined);
    expect(options[0]).toMatchObject({
      value: 'S3',
      label: 'S3 access key',
      hint: 'S3 · Access ID, Secret key',
    });
    expect(options[1]).toMatchObject({ label: 'SFTP with Password' });
    expect(options[1]?.hint).not.toContain('SFTP with Password');
    const unheard = { ...destination, auth: [{ specName: 'Telepathy', fields: [] }] };
    const other = { ...state, draft: { ...state.draft, destination: unheard } };
    expect(signIn.options(asking(other), undefined)[0]).toMatchObject({ label: 'Telepathy', hint: '' });
  });

  it('says where a form comes from that the platform does not publish', () => {
    expect(signIn.note?.(asking(state), undefined)).toBe(english('standsIn.note'));
    expect(location.note?.(asking(state), undefined)).toBeUndefined();
  });

  it('asks for no file format where there is one', () => {
    const here = asking({ ...start, draft: { ...state.draft, location: { mode: 'S3', params: {} } } });
    expect(locationFields.fields(here, {}).map(({ name }) => name)).toEqual(['bucketName', 'path']);
    expect(locationFields.question(here)).toBe('Storage location: S3 bucket (S3)');
  });

  it('prefers the storage of the destination until something else was chosen', () => {
    expect(location.preferred(asking(state), undefined)).toBe('S3');
    const other = { ...state, draft: { ...state.draft, location: { mode: 'SFTP', params: {} } } };
    expect(location.preferred(asking(other), undefined)).toBe('SFTP');
  });

  it.each([
    ['S3', 'S3', ['S3']],
    ['SFTP with Password', 'FTP', ['FTP']],
    ['SFTP with SSH Key', 'FTP', ['FTP']],
    ['Azure Blob', 'AZURE_BLOB', ['AZURE_BLOB']],
  ])('recommends, with sign-in %s, the storage that it opens: %s', (specName, wanted, recommended) => {
    const draft = { ...state.draft, signIn: { specName, params: {} } };
    const here = asking({ ...state, draft });
    expect(location.preferred(here, undefined)).toBe(wanted);
    const options = location.options(here, undefined);
    const marked = options.filter(({ hint = '' }) => hint.includes('recommended'));
    expect(marked.map(({ value }) => value)).toEqual(recommended);
    // The others say why they hardly can be meant, and can be chosen still.
    const others = options.filter(({ value }) => value !== wanted);
    expect(others.every(({ hint = '' }) => /^(\w+ . )?your sign-in opens .* only$/.test(hint))).toBe(true);
    expect(options.filter(({ disabled }) => disabled !== undefined)).toEqual([]);
    // The same for an account that signs in so.
    const reused = { ...state.draft, account: { id: 'a-1', name: 'x', specName } };
    expect(location.preferred(asking({ ...state, draft: reused }), undefined)).toBe(wanted);
  });

  it.each<[string, boolean | undefined, boolean | undefined | 'unlisted', string | undefined]>([
    ['a development sandbox', false, undefined, undefined],
    ['a production sandbox', true, false, 'review.confirmProduction'],
    ['one of a plan that the list calls development', undefined, false, undefined],
    ['one of a plan that the list calls production', undefined, true, 'review.confirmProduction'],
    ['one of a plan that nobody listed', undefined, undefined, 'review.confirmUnknown'],
    ['one of a plan that the list does not have', undefined, 'unlisted', 'review.confirmUnknown'],
  ])(
    '%s is named before anything is written, unless it is known to be harmless',
    (_, own, listed, wanted) => {
      const draft = { ...emptyDraft, sandbox: { name: 'live', isProduction: own } };
      const boxes =
        listed === undefined
          ? undefined
          : [box('other'), ...(listed === 'unlisted' ? [] : [box('live', { isProduction: listed })])];
      const [{ question, typed }] = confirmations(asking({ ...start, draft }), boxes);
      expect(typed).toBe(wanted === undefined ? undefined : 'live');
      if (wanted !== undefined)
        expect(question).toBe(english(wanted as 'review.confirmUnknown', { name: 'live' }));
      // Whichever way leads to a write.
      const again = resendConfirmation(asking({ ...start, draft }), boxes);
      expect(again.typed).toBe(typed);
      expect(again.question).toBe(
        wanted === undefined ? english('review.confirmAgain', { sandbox: 'live' }) : question,
      );
    },
  );

  it('says what became of a card that a migrated organisation has no more', () => {
    const specs = catalog
      .filter(({ name }) => name !== 'Amazon S3')
      .map(({ connectionSpecId, name }) => ({ id: connectionSpecId, name }));
    const newer = { id: '4fce964d-3f37-408f-9778-e597338a21ee', name: 'amazon-s3' };
    const offered = {
      specs: [...specs, newer].map((one) => connectionSpec.parse(one)),
      flowSpecs: [],
      accounts: [],
    };
    const gone = destinationPage
      .rows(asking(start), offered)
      .filter(({ disabled }) => disabled !== undefined);
    expect(gone).toMatchObject([{ label: 'Amazon S3', cells: [english('destination.gone')] }]);
    expect(gone[0]?.disabled).toContain(newer.id);
    expect(destinationPage.chosen(gone[0]?.id, asking(start), offered)).toBeUndefined();
    const before = { ...offered, specs: specs.map((one) => connectionSpec.parse(one)) };
    expect(
      some(destinationPage.rows(asking(start), before)).filter(({ disabled }) => disabled !== undefined),
    ).toEqual([]);
  });

  it.each([
    ['en', english, 'Activate segments to Amazon S3'],
    ['zh-TW', textsOf(zhTW, 'zh-TW'), '啟用區段到 Amazon S3'],
  ] as const)('names a dataflow in the language of whoever chose where it goes: %s', (_, text, name) => {
    const newer = { id: '4fce964d-3f37-408f-9778-e597338a21ee', name: 'amazon-s3' };
    const offered = { specs: [connectionSpec.parse(newer)], flowSpecs: [], accounts: [] };
    const event = destinationPage.chosen(newer.id, { ...asking(start), text }, offered);
    if (event?.type !== 'answered') return expect.unreachable();
    const answeredState = reduce(start, event);
    expect(toPlan(answeredState.draft).name).toBe(name);
    // Its forms are read again where a draft is gone on with.
    const again = reduce(answeredState, formsRead(answeredState, offered));
    expect(toPlan(again.draft).name).toBe(name);
    expect(toPlan({ ...again.draft, name: 'Mine' }).name).toBe('Mine');
  });

  it('makes new connections to Profile Store unless one is chosen', () => {
    expect(source.preferred(asking(state), { connections: [], sourceConnections: [] })).toBe('anew');
  });
});

describe('what is exported', () => {
  /** The first segment with other settings. */
  const changed = (value: Record<string, string>): WizardState => {
    const scope = [segment('1').id];
    const answer = { of: 'schedule' as const, scope, value };
    return { ...reduce({ ...atReview(), page: 'schedule' }, { type: 'kept', answer }), scope };
  };

  it('refuses to go on without a segment, and keeps a chosen one that the list has lost', () => {
    const here = asking(atReview());
    expect(segments.refusal?.([], here)).toBe(english('segments.needOne'));
    expect(segments.refusal?.([segment('1').id], here)).toBeUndefined();
    const empty = { segments: [], isComplete: true, isCut: false };
    expect(segments.answer([segment('1').id, 'unknown'], here, empty)).toMatchObject({
      value: [{ id: segment('1').id }],
    });
  });

  it('says of a list that ended too soon that there may be more', async () => {
    const here = asking(atReview());
    const pages: SegmentPage[] = [{ segments: [] }, { segments: [], isCut: true }];
    const hints: (string | undefined)[] = [];
    for (const count of [1, 2]) {
      const cache = remoteCache({
        async *segments() {
          await Promise.resolve();
          yield* pages.slice(0, count);
        },
      });
      const read = () => cache.read('segments', { platform: 'emulator', sandbox: 'dev' });
      read();
      const list = await vi.waitFor(() => {
        const now = read();
        if (now.kind !== 'ready' || !now.value.isComplete) throw new Error('not yet');
        return now.value;
      });
      hints.push(segments.hint?.(here, list));
    }
    expect(hints).toEqual([undefined, english('segments.cut')]);
  });

  it('asks for keys and mandatory attributes among the chosen attributes only', () => {
    const here = asking(atReview());
    const paths = ['person.name.firstName', 'personalEmail.address'];
    expect(mandatory.rows(here, undefined).map(({ id }) => id)).toEqual(paths);
    expect(deduplication.rows(here, undefined).map(({ id }) => id)).toEqual(paths);
    expect(deduplication.most?.count).toBe(2);
  });

  it.each([
    ['DAILY_FULL_EXPORT', ['EVERY_3_HOURS', 'EVERY_6_HOURS', 'EVERY_8_HOURS', 'EVERY_12_HOURS'], []],
    ['FIRST_FULL_THEN_INCREMENTAL', ['ONCE'], ['AFTER_SEGMENT_EVAL']],
  ] as const)(
    'says for %s why a frequency or a trigger cannot be chosen',
    (exportMode, without, triggers) => {
      const { settings } = scopeOf(changed({ exportMode }), english);
      const refused = (options: readonly { value: string; disabled?: string | undefined }[]) =>
        options.flatMap(({ value, disabled }) => (disabled === undefined ? [] : [value]));
      expect(refused(frequencySwitch.options(settings, english))).toEqual(without);
      expect(refused(triggerSwitch.options(settings, english))).toEqual(triggers);
    },
  );

  it('has every week and every month where the card has them, with full exports only', () => {
    const ofCard = (connectionSpecId: string, exportMode: string) => {
      const before = changed({ exportMode });
      const destination = { connectionSpecId, name: '', auth: [], modes: [] };
      return scopeOf({ ...before, draft: { ...before.draft, destination } }, english);
    };
    const newer = '4fce964d-3f37-408f-9778-e597338a21ee';
    const rareOf = (connectionSpecId: string, exportMode: string) => {
      const { settings, card } = ofCard(connectionSpecId, exportMode);
      return frequencySwitch
        .options(settings, english, card)
        .flatMap(({ value, disabled }) =>
          /^(WEEK|MONTH)LY$/.test(value) ? [`${value} ${disabled ?? ''}`] : [],
        );
    };
    expect(rareOf(newer, 'DAILY_FULL_EXPORT')).toEqual(['WEEKLY ', 'MONTHLY ']);
    const only = english('settings.onlyFullRare');
    expect(rareOf(newer, 'FIRST_FULL_THEN_INCREMENTAL')).toEqual([`WEEKLY ${only}`, `MONTHLY ${only}`]);
    // The data lake and an older card.
    expect(rareOf('be2c3209-53bc-47e7-ab25-145db8b873e1', 'DAILY_FULL_EXPORT')).toEqual([]);
    expect(rareOf('4890fc95-5a1f-4983-94bb-e060c08e3f81', 'DAILY_FULL_EXPORT')).toEqual([]);
    const fields = detailFields(english, ofCard(newer, 'DAILY_FULL_EXPORT'), { frequency: 'WEEKLY' }, nowMs);
    // At an hour, since a week cannot begin with an evaluation.
    expect(fields.map(({ name }) => name)).not.toContain('triggerType');
    expect(fields.find(({ name }) => name === 'frequency')?.choices?.map(({ value }) => value)).toEqual([
      'ONCE',
      'DAILY',
      'WEEKLY',
      'MONTHLY',
    ]);
  });

  it('goes round the values of a letter, past those that do not go with the others', () => {
    const round = (one: typeof exportModeSwitch | typeof frequencySwitch, values: Record<string, string>) => {
      const seen: (string | undefined)[] = [];
      let now = changed(values);
      for (let presses = 0; presses < 3; presses++) {
        const value = nextValue(one, scopeOf(now, english).settings, english);
        seen.push(value);
        if (value === undefined) break;
        now = reduce(now, {
          type: 'kept',
          answer: { of: 'schedule', scope: now.scope, value: { [one.name]: value } },
        });
      }
      return seen;
    };
    const incremental = { exportMode: 'FIRST_FULL_THEN_INCREMENTAL' };
    expect(round(exportModeSwitch, {})).toEqual([
      'FIRST_FULL_THEN_INCREMENTAL',
      'DAILY_FULL_EXPORT',
      'FIRST_FULL_THEN_INCREMENTAL',
    ]);
    expect(round(frequencySwitch, {})).toEqual(['ONCE', 'DAILY', 'ONCE']);
    expect(round(frequencySwitch, incremental)).toEqual(['EVERY_3_HOURS', 'EVERY_6_HOURS', 'EVERY_8_HOURS']);
    // Of two that differ in mode only what both can have is left.
    const both = scopeOf({ ...changed(incremental), scope: [segment('1').id, segment('2').id] }, english);
    expect(exportModeSwitch.chosen(both.settings)).toBeUndefined();
    expect(nextValue(frequencySwitch, both.settings, english)).toBeUndefined();
  });

  it('changes of several segments only what was changed in their form', () => {
    const mixed = { ...changed({ startTime: '05:00' }), scope: [segment('1').id, segment('2').id] };
    const here = asking({ ...mixed, page: 'detailsEditor' });
    const given = detailsEditor.given(here);
    expect(detailsEditor.answered({ ...given, startDate: '2027-03-01' }, here)).toEqual({
      of: 'detailsEditor',
      value: { startDate: '2027-03-01' },
    });
  });

  it.each([
    ['every day, at a set time', {}, ['full', 'every day', '12:00 UTC', 'from 02 Dec 2026']],
    [
      'to an end, which is not exported any more',
      { endDate: '2026-12-31' },
      ['full', 'every day', '12:00 UTC', '02 Dec 2026 – 30 Dec 2026'],
    ],
    [
      'after the evaluation',
      { triggerType: 'AFTER_SEGMENT_EVAL' },
      ['full', 'every day', 'after evaluation', 'from 02 Dec 2026'],
    ],
  ])('is told in a few words: %s', (_, values, wanted) => {
    const { settings } = scopeOf(changed(values), english);
    const here = asking(atReview(), { timeZone: 'UTC' });
    expect(settings.map((one) => schedule.describe(one, here))).toEqual([wanted]);
  });

  it.each([
    ['the year of a day that is near', {}, ['12:00 UTC', 'from 02 Dec']],
    ['no year of a day that is far', { startDate: '2028-01-05' }, ['12:00 UTC', 'from 05 Jan 2028']],
    ['no year where one is another', { endDate: '2028-01-05' }, ['12:00 UTC', '02 Dec 2026 – 04 Jan 2028']],
  ])('leaves out, in little room, the hour of the zone and %s', (_, values, wanted) => {
    const { settings } = scopeOf(changed(values), english);
    const here = asking(atReview(), { timeZone: 'Asia/Taipei' });
    expect(settings.map((one) => schedule.describe(one, here, 'shortest').slice(2))).toEqual([wanted]);
  });

  it('keeps the hour of the zone as long as there is some room', () => {
    const { settings } = scopeOf(changed({}), english);
    const here = asking(atReview(), { timeZone: 'Asia/Taipei' });
    const [cells] = settings.map((one) => schedule.describe(one, here, 'short').slice(2));
    expect(cells).toEqual(['12:00 UTC (20:00)', 'from 02 Dec']);
  });

  it('tells the next exports in UTC, and in the zone of the person where that is another', () => {
    const state = changed({ startDate: '2027-01-05' });
    const next = (timeZone: string) => previewOf(scopeOf(state, english), asking(state, { timeZone }))?.next;
    expect(next('UTC')).toEqual(['05 Jan 2027 12:00 UTC', '06 Jan 2027 12:00 UTC', '07 Jan 2027 12:00 UTC']);
    expect(next('Asia/Taipei')).toEqual(['05 Jan 2027 12:00 UTC (20:00)', '06 Jan 2027 12:00 UTC (20:00)']);
  });

  it.each([
    ['Asia/Taipei', '20:00', '20:00 UTC (04:00 +1 d)'],
    ['Asia/Taipei', '12:00', '12:00 UTC (20:00)'],
    ['America/New_York', '02:00', '02:00 UTC (21:00 -1 d)'],
    ['UTC', '12:00', '12:00 UTC'],
  ])('says in %s what %s UTC is', (timeZone, startTime, wanted) => {
    const { settings } = scopeOf(changed({ startTime }), english);
    expect(settings.map((one) => schedule.describe(one, asking(atReview(), { timeZone }))[2])).toEqual([
      wanted,
    ]);
  });

  it('says so in Chinese with Chinese marks', () => {
    const { settings } = scopeOf(changed({ startTime: '12:00' }), english);
    const here = { ...asking(atReview(), { timeZone: 'Asia/Taipei' }), text: textsOf(zhTW, 'zh-TW') };
    expect(settings.map((one) => schedule.describe(one, here)[2])).toEqual(['12:00 UTC（20:00）']);
  });

  it.each([
    ['a set time', { startDate: '2027-01-05' }, /^05 Jan 2027 12:00 UTC$/, /_20270105_120000\.csv$/],
    [
      'an evaluation, whose day is known and whose hour is not',
      { startDate: '2027-01-05', triggerType: 'AFTER_SEGMENT_EVAL' },
      /^05 Jan 2027, after the segment evaluation/,
      /_20270105_HHmmss\.csv$/,
    ],
    [
      'an evaluation that has been possible for long',
      { startDate: '2020-01-05', triggerType: 'AFTER_SEGMENT_EVAL' },
      /^01 Dec 2026, after/,
      /_20261201_HHmmss\.csv$/,
    ],
    [
      'a day that there is not',
      { startDate: '2026-02-30' },
      /^2026-02-30 is not a day of the calendar/,
      undefined,
    ],
    [
      'an end that is no date',
      { startDate: '2027-01-05', endDate: '2027-1' },
      /^"2027-1" is not a date/,
      undefined,
    ],
    [
      'an end before the start',
      { startDate: '2027-01-05', endDate: '2027-01-01' },
      /^The end date 2027-01-01 must be after/,
      undefined,
    ],
    [
      'an hour that is none',
      { startDate: '2027-01-05', startTime: '25:00' },
      /^"25:00" is not a time/,
      undefined,
    ],
    [
      'a schedule that is over',
      { startDate: '2020-01-05', endDate: '2020-02-01' },
      /^no export left$/,
      undefined,
    ],
  ])('tells the next export and the first file of %s', (_, values, next, file) => {
    const state = changed(values);
    const preview = previewOf(scopeOf(state, english), asking(state, { timeZone: 'UTC' }));
    expect(preview?.wrong?.why ?? preview?.next[0]).toMatch(next);
    if (file) expect(preview?.names[0]).toMatch(file);
    else expect(preview?.names).toEqual([]);
  });
});

describe('the review', () => {
  it('applies what may be applied, and only shows what it would where nothing may be written', () => {
    const here = asking(atReview());
    expect(opened({ id: 'it', does: { kind: 'apply' } }, here)).toBe('confirm');
    expect(opened({ id: 'it', does: { kind: 'apply' } }, asking(atReview(), { isReadOnly: true }))).toEqual({
      type: 'previewed',
    });
    expect(opened({ id: 'it', does: { kind: 'jump', page: 'segments' } }, here)).toEqual({
      type: 'jumped',
      page: 'segments',
      line: 'it',
    });
    const by = { id: 'other', does: { kind: 'jump', page: 'location' } } as const;
    expect(opened({ id: 'it', does: { kind: 'blocked', by } }, here)).toEqual({
      type: 'jumped',
      page: 'location',
      line: 'other',
    });
  });

  it('keeps no more of a name than the platform does', () => {
    expect(rename.done(` ${'x'.repeat(300)} `)).toMatchObject({ answer: { value: 'x'.repeat(255) } });
  });
});
