import { describe, expect, it } from 'vitest';
import { readableParams } from '../../source/activation/content/sign-in.ts';
import { planProblems } from '../../source/activation/plan/plan-rules.ts';
import { catalog, newerCards } from '../../source/activation/spec/catalog.ts';
import { pathOf } from '../../source/activation/spec/field.ts';
import { documentedForms } from '../../source/activation/spec/forms.ts';
import { holdsSecret, namesSecret } from '../../source/activation/spec/secret-params.ts';
import { tutorialPlan } from '../helpers/plans.ts';

const cards = [...catalog, ...newerCards].map(({ name, connectionSpecId: card }) => ({
  name,
  card,
  forms: documentedForms(card),
}));
const nowhere = '00000000-0000-4000-8000-000000000000';

const signIns = cards.flatMap(({ name, card, forms }) =>
  (forms?.auth ?? []).flatMap(({ specName, fields }) =>
    fields.flatMap((field) =>
      field.isSecret ? [{ of: `${name}, ${specName}`, card, specName, field }] : [],
    ),
  ),
);

describe('a param that its card calls a secret', () => {
  it.each(signIns)('may not stand in a plan: $of, $field.name', ({ card, specName, field }) => {
    const inClear = (value: unknown) => {
      const { destination } = tutorialPlan;
      const auth = { specName, params: { [field.name]: value as string } };
      const plan = { ...tutorialPlan, destination: { ...destination, connectionSpecId: card, auth } };
      return planProblems(plan).filter(({ path }) => path.startsWith('$.destination.auth'));
    };
    const path = `$.destination.auth.params.${field.name}`;
    expect(inClear('in clear')).toMatchObject([{ id: 'auth.secretInClear', path }]);
    expect(inClear({ pem: 'in clear' })).toMatchObject([{ id: 'auth.secretInClear', path: `${path}.pem` }]);
    expect(inClear({ $secret: 'env:A' })).toEqual([]);
  });

  it.each(signIns)('is not read of an account: $of, $field.name', ({ card, field: { name } }) => {
    for (const one of [card, card.toUpperCase(), nowhere, undefined])
      expect(readableParams({ [name]: 'in clear', more: { [name]: 'in clear' }, host: 'a' }, one)).toEqual({
        more: {},
        host: 'a',
      });
  });
});

describe('a param that no card has', () => {
  it.each(['servicePrincipalKey', 'SERVICEPRINCIPALKEY', 'clientSecret', 'sasToken'])(
    'is a secret by its name: %s',
    (name) => {
      expect([holdsSecret(nowhere, [name]), holdsSecret(undefined, ['more', 0, name])]).toEqual([true, true]);
    },
  );

  it('is none where nothing says so', () => {
    expect([holdsSecret(nowhere, ['tenant']), holdsSecret(undefined, [])]).toEqual([false, false]);
  });
});

// Or what is documented would show what a name alone keeps back.
it.each(cards)('no form calls open what is named like a secret: $name', ({ card, forms }) => {
  for (const { fields } of [...(forms?.auth ?? []), ...(forms?.modes ?? [])])
    for (const field of fields) {
      expect(holdsSecret(card, pathOf(field)), field.name).toBe(field.isSecret);
      expect(namesSecret(field.name), field.name).toBe(field.isSecret);
    }
});
