import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '../../../source/flow-service/json-schema.ts';
import { AttributesScreen } from '../../../source/screens/own/attribute-tree.tsx';
import type { ChosenDestination } from '../../../source/wizard/draft.ts';
import type { WizardState } from '../../../source/wizard/reducer.ts';
import { newerChosen } from '../../helpers/newer-chosen.ts';
import { drawAlone } from '../../helpers/page.tsx';
import { atReview, chosen } from '../../helpers/wizard-events.ts';

const string: JsonSchema = { type: 'string' };
const schema: JsonSchema = {
  properties: {
    person: { properties: { name: { properties: { firstName: string, lastName: string } } } },
    personalEmail: { properties: { address: string } },
  },
};

/** The page of the columns, in the files of a destination. */
async function drawn(destination: ChosenDestination, width: number) {
  const made = atReview();
  const columns = { 'personalEmail.address': 'EMAIL' };
  const state: WizardState = {
    ...made,
    page: 'attributes',
    draft: { ...made.draft, destination, columns, deduplication: [] },
  };
  const page = await drawAlone(
    { state, page: AttributesScreen, width, height: 18 },
    { unionSchema: () => Promise.resolve(schema) },
    { columns: width, rows: 26 },
  );
  return page.waitFor('firstName');
}

describe('the columns below or beside the attributes', () => {
  it.each([
    ['what they are called on a newer card', newerChosen('Amazon S3'), ['person_name_firstName', 'EMAIL']],
    [
      'their attributes where nobody can name them',
      chosen('Adobe Campaign'),
      ['person.name.firstName', 'personalEmail.address'],
    ],
  ])('are %s', async (_, destination, [first, second]) => {
    expect(await drawn(destination, 80)).toContain(`Columns: ${first} | ${second}`);
    const wide = await drawn(destination, 120);
    expect(wide).toMatch(new RegExp(`1 {2}${first}$`, 'm'));
    expect(wide).toMatch(new RegExp(`2 {2}${second}$`, 'm'));
  });
});
