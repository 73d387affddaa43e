import { describe, expect, it } from 'vitest';
import { formsOf } from '../../source/activation/spec/forms.ts';
import { activeFields, fieldProblem } from '../../source/activation/spec/field.ts';
import { specProblems } from '../../source/activation/spec/spec-rules.ts';
import { reduceForm, startForm, valueOf, hasProblems } from '../../source/components/form/form-state.ts';
import { connectionSpec } from '../../source/flow-service/specs.ts';
import { isAnswered } from '../../source/wizard/pages.ts';
import { initialState } from '../../source/wizard/reducer.ts';
import { clearParams, toPlan } from '../../source/wizard/to-plan.ts';
import { signInText } from '../../source/pages/target/draft-text.ts';
import { unicodeGlyphs } from '../../source/components/theme/glyphs.ts';
import { english } from '../../source/locale/catalogs.ts';
import { answered, nowMs, run } from '../helpers/wizard-events.ts';
import { some } from '../helpers/some.ts';

/** Names that every plain object seems to have. */
const names = [
  'constructor',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toLocaleString',
  'toString',
  'valueOf',
  '__defineGetter__',
  '__lookupGetter__',
];
const id = '00000000-0000-4000-8000-00000000beef';

function specWith(name: string) {
  const conditional = { field: `params.${name}`, operator: 'CONTAINS', value: 'x' };
  const properties = {
    [name]: { type: 'string' },
    secret: { type: 'string' },
    later: { type: 'string', conditional },
  };
  const location = { type: 'object', properties: { [name]: { type: 'object', properties: { [name]: {} } } } };
  return connectionSpec.parse({
    id,
    name,
    authSpec: [{ name, spec: { properties, required: [name] } }],
    targetSpec: { spec: location },
  });
}

describe.each(names)('a spec with a property called %s', (name) => {
  const forms = formsOf(specWith(name));
  const destination = { connectionSpecId: id, name: 'x', ...forms };
  const atSignIn = run(initialState(nowMs, 'emulator'), answered({ of: 'destination', value: destination }));

  it('has it asked for, and nothing answered before it is', () => {
    const [method] = forms.auth;
    expect(method?.fields.map((field) => field.name)).toEqual([name, 'secret', 'later']);
    expect(isAnswered('signInFields', atSignIn.draft)).toBe(false);
    expect(activeFields(method?.fields ?? [], {}).map((field) => field.name)).toContain(name);
    for (const field of some(method?.fields ?? []))
      expect(() => fieldProblem(field, undefined)).not.toThrow();
    expect(toPlan(atSignIn.draft).destination.auth?.params).toEqual({});
    const glyphs = unicodeGlyphs;
    expect(signInText(atSignIn.draft, { text: english, glyphs, hidesSecrets: false })).toBe(name);
  });

  it('takes an answer for it to the plan', () => {
    const given = answered({ of: 'signInFields', value: { [name]: 'x', secret: 'hush' } });
    const { draft } = run(
      atSignIn,
      given,
      answered({ of: 'locationFields', value: { [`${name}.${name}`]: 'y' } }),
    );
    expect(isAnswered('signInFields', draft)).toBe(true);
    const plan = toPlan(draft);
    expect(Object.entries(plan.destination.auth?.params ?? {})[0]).toEqual([name, 'x']);
    expect(JSON.stringify(plan.destination.location)).toBe(JSON.stringify({ [name]: { [name]: 'y' } }));
    expect(Object.entries(clearParams(draft))).toEqual([
      [name, 'x'],
      ['secret', 'hush'],
    ]);
    expect(specProblems(plan, forms)).toEqual([]);
  });

  it('has an empty field, until something is typed, and a problem of its own', () => {
    const field = { name, label: name, kind: 'text', required: true } as const;
    const texts = { required: (label: string) => `${label} is needed` } as never;
    const empty = startForm([field], {}, undefined);
    expect(valueOf(empty, name)).toBe('');
    expect(hasProblems(empty)).toBe(false);
    const refused = reduceForm(empty, { type: 'submitted', texts });
    expect([hasProblems(refused), refused.active]).toEqual([true, name]);
    const typed = reduceForm(refused, { type: 'changed', name, value: 'x' });
    expect([valueOf(typed, name), hasProblems(typed)]).toEqual(['x', false]);
  });

  it('is a segment too, where a segment has that id', () => {
    const { draft } = run(atSignIn, answered({ of: 'segments', value: [{ id: name, name }] }));
    expect(Object.keys(draft.settings)).toEqual([name]);
    expect(toPlan(draft).segments.map((one) => one.id)).toEqual([name]);
  });
});

it('a property called __proto__ changes no object', () => {
  const spec = JSON.parse(
    `{"id":"${id}","name":"x","authSpec":[{"name":"a","spec":{"properties":{"__proto__":{"type":"string"},"b":{}}}}]}`,
  ) as unknown;
  const [method] = formsOf(connectionSpec.parse(spec)).auth;
  expect(method?.fields.map(({ name }) => name)).toEqual(['b']);
  expect(Object.getPrototypeOf({})).toBe(Object.prototype);
});
