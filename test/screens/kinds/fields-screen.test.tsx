import { expect, it } from 'vitest';
import { locationFields } from '../../../source/pages/target/location.ts';
import { signInFields } from '../../../source/pages/target/sign-in.ts';
import { FieldsScreen } from '../../../source/screens/kinds/fields-screen.tsx';
import type { WizardState } from '../../../source/wizard/reducer.ts';
import { keys, renderInk } from '../../helpers/ink.tsx';
import { newerChosen } from '../../helpers/newer-chosen.ts';
import { newerParams } from '../../helpers/newer-plan.ts';
import { AlonePage } from '../../helpers/page.tsx';
import { atReview } from '../../helpers/wizard-events.ts';

it('says how to go between fields, and what Enter does in each', async () => {
  const { frame, press } = await renderInk(
    <AlonePage
      state={{ ...atReview(), page: 'signInFields' }}
      page={() => <FieldsScreen page={signInFields} />}
      onState={() => undefined}
    />,
    { columns: 80, rows: 24 },
  );
  expect(frame()).toMatch(/↑↓ move · enter next field/);
  await press(keys.up);
  expect(frame()).toMatch(/↑↓ move · enter continue/);
});

it('draws of a key that was pasted only how much it is, and says that a private one is one', async () => {
  const made = atReview();
  const destination = newerChosen('Amazon S3');
  const signIn = { specName: 'Access Key', params: newerParams };
  const seen: WizardState[] = [];
  const { frame, frames, press } = await renderInk(
    <AlonePage
      state={{ ...made, page: 'signInFields', draft: { ...made.draft, destination, signIn } }}
      page={() => <FieldsScreen page={signInFields} />}
      onState={(state) => seen.push(state)}
    />,
    { columns: 80, rows: 24 },
  );
  const secret = 'xcLYBGsH6DkBCAC0BFj4qMpc6';
  await press(keys.up, `\u001b[200~-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n${secret}\n\u001b[201~`);
  await press(keys.up);
  expect(frame()).toContain('✗ This is a private key');
  expect(frames().join('\n')).not.toContain('xcLY');
  expect(JSON.stringify(seen)).not.toContain('xcLY');
});

it.each([
  [80, 13],
  [40, 10],
])('makes room for the beginning of a file where its fields are, on %d × %d', async (width, height) => {
  const made = atReview();
  const destination = newerChosen('Amazon S3');
  const location = { mode: undefined, params: { bucketName: 'crm-exports', path: 'daily' } };
  const { frame, press } = await renderInk(
    <AlonePage
      state={{ ...made, page: 'locationFields', draft: { ...made.draft, destination, location } }}
      page={() => <FieldsScreen page={locationFields} />}
      onState={() => undefined}
      {...{ width, height }}
    />,
    { columns: width, rows: height + 8 },
  );
  expect(frame()).not.toContain('person_name_firstName');
  await press(keys.down, keys.down);
  // The names of the columns, and a row as it will be written.
  expect(frame()).toMatch(/│ .*person_name_firstName/);
  expect(frame()).toMatch(/│ .*Ann/);
  await press(keys.up, keys.up);
  expect(frame()).not.toContain('person_name_firstName');
});
