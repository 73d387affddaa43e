import { expect, it } from 'vitest';
import { fill } from '../../source/dialogue/kinds/fill.ts';
import { signInFields } from '../../source/pages/target/sign-in.ts';
import type { WizardState } from '../../source/wizard/reducer.ts';
import { scripted } from '../helpers/dialogue.ts';
import { newerChosen } from '../helpers/newer-chosen.ts';
import { newerParams } from '../helpers/newer-plan.ts';
import { rsaKey } from '../helpers/public-keys.ts';
import { atReview } from '../helpers/wizard-events.ts';

const made = atReview();
const state: WizardState = {
  ...made,
  page: 'signInFields',
  draft: {
    ...made.draft,
    destination: newerChosen('Amazon S3'),
    signIn: { specName: 'Access Key', params: newerParams },
  },
};

it('asks nobody for a public key who has not come for it', async () => {
  const { dialogue, said, left } = scripted(['', ''], { state });
  await fill(dialogue, signInFields);
  expect(left()).toBe(0);
  expect(said.join('\n')).not.toContain('Public key');
});

it('asks for it where somebody came from its line in the review', async () => {
  const jump = { to: 'signInFields', from: 'encryption' } as const;
  const { dialogue, said, left } = scripted(['', '', rsaKey.armored], { state: { ...state, jump } });
  await fill(dialogue, signInFields);
  expect(left()).toBe(0);
  expect(said.join('\n')).toContain('Public key');
});
