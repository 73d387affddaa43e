import { expect, it, test } from 'vitest';
import { fieldsOfLocation, locationParts } from '../../source/wizard/draft.ts';
import { isForm, type PageId, questionPages } from '../../source/wizard/pages.ts';
import { toPlan } from '../../source/wizard/to-plan.ts';
import { newerChosen } from '../helpers/newer-chosen.ts';
import { atReview, chosen } from '../helpers/wizard-events.ts';

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
