import { expect, it, test } from 'vitest';
import { proposedTemplate } from '../../source/activation/content/filename-template.ts';
import { kindOf } from '../../source/activation/spec/catalog.ts';
import { type Draft, fieldsOfLocation, locationParts } from '../../source/wizard/draft.ts';
import { nextOf } from '../../source/wizard/moves.ts';
import { applies, isForm, type PageId, questionPages } from '../../source/wizard/pages.ts';
import { reduce, type WizardState } from '../../source/wizard/reducer.ts';
import { toPlan } from '../../source/wizard/to-plan.ts';
import { newerChosen } from '../helpers/newer-chosen.ts';
import { answered, atReview, chosen } from '../helpers/wizard-events.ts';

const { draft } = atReview();

test.each([
  ['Amazon S3', newerChosen('Amazon S3'), true],
  ['an older card', chosen('Amazon S3'), false],
])('what %s asks of files is no part of the place', (_, destination, hasFiles) => {
  const [mode] = destination.modes;
  const chosenDraft = { ...draft, destination, location: { mode: mode?.mode, params: {} } };
  const { place, file } = locationParts(chosenDraft);
  expect(place.map(({ name }) => name)).toContain('bucketName');
  expect(file.length > 0).toBe(hasFiles);
  expect(place.filter((one) => file.includes(one))).toEqual([]);
  expect(fieldsOfLocation(chosenDraft)).toEqual([...place, ...file]);
});

it('a plan has no member for what was not said, and one for what was', () => {
  const bare = { ...draft, description: undefined, flow: undefined, source: undefined };
  expect(Object.keys(toPlan(bare)).toSorted()).toEqual(
    ['attributes', 'destination', 'name', 'sandbox', 'segments', 'version'].toSorted(),
  );
  const flow = 'ca5c6e9a-8559-4a08-97a5-f15b756da600';
  expect(toPlan({ ...bare, description: 'why', flow })).toMatchObject({ description: 'why', flow });
});

it('the forms are those that ask for what was chosen on the page before', () => {
  const editors: PageId[] = ['detailsEditor'];
  expect([...questionPages, ...editors].filter(isForm).toSorted()).toEqual(
    ['detailsEditor', 'locationFields', 'platformSecret', 'signInFields'].toSorted(),
  );
});

it('the kinds of storage are asked for where there are several, and where nobody knows', () => {
  const pagesOf = (destination: Draft['destination']): PageId[] =>
    questionPages.filter((page) => applies(page, { ...draft, destination }, atReview()));
  const several = chosen('SFTP');
  expect(several.modes.length).toBeGreaterThan(1);
  expect(pagesOf(several)).toContain('location');
  expect(pagesOf({ ...several, modes: several.modes.slice(0, 1) })).not.toContain('location');
  expect(pagesOf(undefined)).toContain('location');
});

it('what follows a choice of the step that is to be gone on with is the next step', () => {
  const state: WizardState = { ...atReview(), page: 'location', resumeAt: 'locationFields' };
  expect(nextOf(state)).toBe('segments');
});

it('a plan that is taken up leaves nothing of the way before', () => {
  const before: WizardState = {
    ...atReview(),
    page: 'plans',
    scope: ['x'],
    field: 'startDate',
    jump: { to: 'segments', from: 'segments' },
    isCorrecting: true,
    openedFrom: 'flow',
  };
  const after = reduce(before, { type: 'planTaken', draft });
  expect(after).toMatchObject({ scope: [], isCorrecting: false });
  expect([after.field, after.jump, after.takenUp]).toEqual(Array(3).fill(undefined));
  expect(after.openedFrom).not.toBe('flow');
});

it('a dataflow that is taken up again with the same draft is still the one that was kept', () => {
  const takenUp = { version: 1 as const, savedMs: 0, page: 'review', draft };
  const state: WizardState = { ...atReview(), page: 'flow', draft, takenUp };
  expect(reduce(state, { type: 'flowTaken', draft }).takenUp).toBe(takenUp);
  expect(reduce(state, { type: 'flowTaken', draft: { ...draft } }).takenUp).toBeUndefined();
});

test.each<[string, Draft['destination'], string, boolean]>([
  [
    'was proposed for another card',
    chosen('SFTP'),
    proposedTemplate(kindOf(chosen('SFTP').connectionSpecId)),
    true,
  ],
  ['was written by a person', chosen('SFTP'), 'mine', false],
  ['was there before any card', undefined, proposedTemplate(kindOf(undefined)), false],
])('a file name that %s is proposed anew: %#', (_, destination, filenameTemplate, isNew) => {
  const [first] = Object.entries(draft.settings);
  if (!first) throw new Error('no settings');
  const settings = { [first[0]]: { ...first[1], filenameTemplate } };
  const state: WizardState = {
    ...atReview(),
    page: 'destination',
    draft: { ...draft, destination, settings },
  };
  const newer = newerChosen('Amazon S3');
  const after = reduce(state, answered({ of: 'destination', value: newer })).draft.settings[first[0]];
  expect(after?.filenameTemplate).toBe(
    isNew ? proposedTemplate(kindOf(newer.connectionSpecId)) : filenameTemplate,
  );
});

test.each([
  ['SFTP', 'SFTP', true],
  ['SFTP', 'Amazon S3', false],
])('answers for %s stay where %s is chosen: %s', (before, after, isKept) => {
  const destination = chosen(before);
  const kept: Draft = {
    ...draft,
    destination,
    flow: 'F',
    signIn: { specName: destination.auth[0]?.specName, params: { username: 'anna' } },
  };
  const state: WizardState = { ...atReview(), page: 'destination', draft: kept };
  const now = reduce(state, answered({ of: 'destination', value: chosen(after) })).draft;
  expect([now.flow, now.signIn.params['username']]).toEqual(isKept ? ['F', 'anna'] : [undefined, undefined]);
});
