import { describe, expect, it } from 'vitest';
import { english } from '../../source/locale/catalogs.ts';
import { left } from '../../source/pages/ending/ending.ts';
import { unfinishedTexts } from '../../source/pages/ending/unfinished-text.ts';
import { type SavedDraft, withoutSecrets } from '../../source/wizard/draft.ts';
import { initialState, reduce, type WizardState } from '../../source/wizard/reducer.ts';
import { isOf, leftBehind, runOf, withOpenRuns } from '../../source/wizard/run-of.ts';
import { toPlan } from '../../source/wizard/to-plan.ts';
import { thatLeft, type UnfinishedRun, withoutAnswers } from '../../source/wizard/unfinished.ts';
import { answered, atReview, nowMs, run } from '../helpers/wizard-events.ts';

const atMs = Date.parse('2026-12-01T14:02:00Z');
const begun = reduce(atReview(), { type: 'confirmed' });
const brokenOff = (state: WizardState, made = 3, name = '0a1b2c3d'): WizardState =>
  reduce(state, { type: 'brokenOff', run: { run: name, made, atMs, of: state.draft } });
const back = reduce(brokenOff(begun), { type: 'wentBack' });
const renamed = reduce(back, { type: 'kept', answer: { of: 'name', value: 'Another' } });
const retyped = reduce(back, { type: 'kept', answer: { of: 'signInFields', value: { secretKey: 'other' } } });
const organised = (state: WizardState): WizardState => ({
  ...state,
  draft: { ...state.draft, platform: 'organisation' },
});

describe('an apply that was broken off', () => {
  it('is gone on with by the same answers, and by no others', () => {
    expect(runOf(back.unfinished, back.draft)).toBe('0a1b2c3d');
    for (const other of [renamed, retyped, organised(back)])
      expect(runOf(other.unfinished, other.draft)).toBeUndefined();
    const again = reduce(renamed, {
      type: 'kept',
      answer: { of: 'name', value: toPlan(back.draft).name },
    });
    expect(runOf(again.unfinished, again.draft)).toBe('0a1b2c3d');
  });

  it('is told by its last end, and no more once it is proven', () => {
    const more = brokenOff(back, 4);
    expect(more.unfinished.map(({ made }) => made)).toEqual([4]);
    const applying = reduce(more, { type: 'confirmed' });
    expect(reduce(applying, { type: 'proven', run: '0a1b2c3d' }).unfinished).toEqual([]);
    // Another run that is proven leaves it behind.
    expect(reduce(applying, { type: 'proven', run: 'ffffffff' }).unfinished).toHaveLength(1);
  });

  it('goes when it is taken back, and is nothing to go on with where something stays', () => {
    const undone = reduce(back, { type: 'undone', run: '0a1b2c3d', left: 0, atMs });
    expect([undone.page, undone.unfinished, undone.hasApplied]).toEqual(['review', [], false]);
    const partly = reduce(back, { type: 'undone', run: '0a1b2c3d', left: 1, atMs });
    expect(partly.unfinished).toEqual([{ run: '0a1b2c3d', made: 1, atMs, isUndone: true }]);
    expect([runOf(partly.unfinished, partly.draft), partly.hasApplied]).toEqual([undefined, true]);
  });

  it('that fits is taken back last', () => {
    const two = brokenOff(renamed, 2, 'ffffffff');
    expect(leftBehind(two.unfinished, two.draft).map(({ run: name, fits }) => [name, fits])).toEqual([
      ['0a1b2c3d', false],
      ['ffffffff', true],
    ]);
    expect(thatLeft(brokenOff(back, 0).unfinished)).toEqual([]);
  });

  it.each([
    [
      'used by the same answers',
      organised(brokenOff(organised(back))),
      /has created 3 objects: this apply continues from there\.$/,
    ],
    [
      'of no use to others',
      renamed,
      /has left 3 objects on the platform\. Applying this plan creates others\.$/,
    ],
    [
      'to be taken away by a command',
      organised(renamed),
      /creates others\. To remove what it left: ferry rollback 0a1b2c3d$/,
    ],
  ] as const)('is said on the review: %s', (_, state, said) => {
    const [first, ...others] = unfinishedTexts({ state, text: english });
    expect(first).toMatch(said);
    expect(first).toContain('Run 0a1b2c3d, interrupted 01 Dec 2026 14:02 UTC');
    expect(others).toEqual([]);
  });

  it('is said to whoever leaves, with commands that are to be copied', () => {
    expect(left(organised(renamed), english).lines).toEqual([
      'Left.',
      'Run 0a1b2c3d was interrupted; 3 objects left on the platform. To finish or remove:',
      '    ferry resume 0a1b2c3d',
      '    ferry rollback 0a1b2c3d',
    ]);
    // What the embedded emulator held is gone with it.
    expect(left(renamed, english).lines.join()).not.toContain('0a1b2c3d');
  });
});

describe('a draft that is taken up', () => {
  const place = { host: 'platform.adobe.io', orgId: 'ORG@AdobeOrg' };
  const { draft } = organised(back);
  const saved: SavedDraft = {
    version: 1,
    savedMs: atMs,
    page: 'review',
    draft: withoutSecrets(draft),
    place,
  };
  const open = { run: '0a1b2c3d', made: 2, atMs, orgId: place.orgId, plan: toPlan(draft) };

  it('knows of an apply of it that was killed before it could be kept', () => {
    expect(withOpenRuns(saved, [open]).unfinished).toEqual([{ run: '0a1b2c3d', made: 2, atMs }]);
    expect(withOpenRuns(saved, [{ ...open, orgId: 'OTHER@AdobeOrg' }]).unfinished).toEqual([]);
    expect(withOpenRuns(saved, [{ ...open, plan: { ...open.plan, name: 'Other' } }]).unfinished).toEqual([]);
  });

  it('knows of one that it names, whatever was changed since, until that has ended', () => {
    const unfinished: UnfinishedRun[] = [withoutAnswers({ run: '0a1b2c3d', made: 1, atMs: 0, of: draft })];
    const changed = { ...saved, draft: { ...saved.draft, name: 'Changed' }, unfinished };
    expect(withOpenRuns(changed, [open]).unfinished).toEqual([{ run: '0a1b2c3d', made: 2, atMs }]);
    expect(withOpenRuns(changed, []).unfinished).toEqual([]);
    expect(JSON.stringify(unfinished)).not.toContain('hush');
  });

  it('says so on its review, and goes on with nothing unseen', () => {
    const welcome = initialState(nowMs, 'organisation', { hasOffers: true });
    const taken = reduce(welcome, { type: 'restored', saved: withOpenRuns(saved, [open]) });
    const typed = run(taken, answered({ of: 'signInFields', value: { secretKey: 'hush' } }));
    expect(typed.page).toBe('review');
    expect(typed.unfinished.some((one) => isOf(one, typed.draft))).toBe(false);
    expect(unfinishedTexts({ state: typed, text: english })).toEqual([
      expect.stringMatching(
        /To finish it instead: ferry resume 0a1b2c3d\. To remove .*: ferry rollback 0a1b2c3d$/,
      ),
    ]);
  });
});
