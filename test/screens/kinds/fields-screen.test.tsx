import { expect, it } from 'vitest';
import { signInFields } from '../../../source/pages/target/sign-in.ts';
import { FieldsScreen } from '../../../source/screens/kinds/fields-screen.tsx';
import { keys, renderInk } from '../../helpers/ink.tsx';
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
