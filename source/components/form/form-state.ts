import { answerOf, type FormField, type FormTexts, type FormValues, problemOf } from './form-field.ts';

export type FormState = {
  readonly fields: readonly FormField[];
  /** Name of the field with the cursor. */
  readonly active: string;
  readonly values: FormValues;
  /** Problems that have been shown, by field name. */
  readonly problems: FormValues;
};

type FormEvent =
  | { readonly type: 'changed'; readonly name: string; readonly value: string }
  /** A paste was not taken. */
  | { readonly type: 'refused'; readonly name: string; readonly problem: string }
  /** To a neighbour, round and round. */
  | { readonly type: 'moved'; readonly by: -1 | 1; readonly texts: FormTexts }
  /** The field is done. */
  | { readonly type: 'went-on'; readonly texts: FormTexts }
  | { readonly type: 'submitted'; readonly texts: FormTexts }
  | { readonly type: 'fields-given'; readonly fields: readonly FormField[] };

export function startForm(
  fields: readonly FormField[],
  values: FormValues,
  active: string | undefined,
): FormState {
  const known = fields.find((field) => field.name === active) ?? fields[0];
  return { fields, active: known?.name ?? '', values, problems: {} };
}

export function reduceForm(state: FormState, event: FormEvent): FormState {
  switch (event.type) {
    case 'changed':
      return {
        ...state,
        values: { ...state.values, [event.name]: event.value },
        problems: without(state.problems, event.name),
      };
    case 'refused':
      return { ...state, problems: { ...state.problems, [event.name]: event.problem } };
    case 'moved': {
      // Never refused: what is typed next would go where nobody looks any more. What is wrong is said where it is.
      const count = state.fields.length;
      return withActive(
        told(understood(state), event.texts),
        (activeIndex(state) + event.by + count) % count,
      );
    }
    case 'went-on':
      return goOn(state, event.texts);
    case 'submitted':
      return checkAll(state, event.texts);
    case 'fields-given':
      return takeFields(state, event.fields);
    default:
      return event satisfies never;
  }
}

export function valueOf(state: FormState, name: string): string {
  return answerOf(state.values, name);
}

export function activeIndex(state: FormState): number {
  return Math.max(
    0,
    state.fields.findIndex((field) => field.name === state.active),
  );
}

export function isOnLast(state: FormState): boolean {
  return activeIndex(state) >= state.fields.length - 1;
}

export function hasProblems(state: FormState): boolean {
  return state.fields.some((field) => answerOf(state.problems, field.name) !== '');
}

function goOn(state: FormState, texts: FormTexts): FormState {
  const field = state.fields[activeIndex(state)];
  if (field === undefined) {
    return state;
  }
  const problem = problemOf(field, valueOf(state, field.name), texts);
  if (problem !== undefined) {
    return { ...state, problems: { ...state.problems, [field.name]: problem } };
  }
  return withActive(understood(state), activeIndex(state) + 1);
}

/** With the answer of the active field as it is understood. */
function understood(state: FormState): FormState {
  const { read, name = '' } = state.fields[activeIndex(state)] ?? {};
  const value = valueOf(state, name);
  if (read === undefined || value === '') return state;
  return { ...state, values: { ...state.values, [name]: read(value) } };
}

/** With what is wrong with the answer of the field that is left; an empty one can still be come back to. */
function told(state: FormState, texts: FormTexts): FormState {
  const field = state.fields[activeIndex(state)];
  const value = field === undefined ? '' : valueOf(state, field.name);
  if (field === undefined || value.trim() === '') return state;
  const problem = problemOf(field, value, texts);
  return problem === undefined ? state : { ...state, problems: { ...state.problems, [field.name]: problem } };
}

/** With what is wrong with any of the answers, and the cursor where it was. */
export const checked = (state: FormState, texts: FormTexts): FormState => ({
  ...checkAll(state, texts),
  active: state.active,
});

function checkAll(state: FormState, texts: FormTexts): FormState {
  const found = state.fields.flatMap((field) => {
    const problem = problemOf(field, valueOf(state, field.name), texts);
    return problem === undefined ? [] : [[field.name, problem] as const];
  });
  const problems = Object.fromEntries(found);
  const [first] = found[0] ?? [];
  return { ...state, problems, active: first ?? state.active };
}

function takeFields(state: FormState, fields: readonly FormField[]): FormState {
  if (fields === state.fields) {
    return state;
  }
  const isStillThere = fields.some((field) => field.name === state.active);
  return { ...state, fields, active: isStillThere ? state.active : (fields[0]?.name ?? '') };
}

function withActive(state: FormState, index: number): FormState {
  const field = state.fields[Math.max(0, Math.min(index, state.fields.length - 1))];
  return field === undefined || field.name === state.active ? state : { ...state, active: field.name };
}

function without(problems: FormValues, name: string): FormValues {
  return Object.fromEntries(Object.entries(problems).filter(([other]) => other !== name));
}
