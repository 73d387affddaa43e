import { lookUp } from '../activation/plan/json-path.ts';
import { hasSecret } from '../activation/plan/secret-reference.ts';
import { fieldProblem, pathOf } from '../activation/spec/field.ts';
import { chosenMethod, type Draft } from './draft.ts';

/**
 * A draft with the secrets of its sign-in that its plan says are in variables which are set; one that no server can
 * mean is asked for.
 *
 * @param valueOf - What a variable holds; nothing for one that is not set.
 */
export function withVariables(draft: Draft, valueOf: (name: string) => string | undefined): Draft {
  const found = (chosenMethod(draft)?.fields ?? []).flatMap((field) => {
    const said = lookUp(draft.opened?.destination.auth?.params, pathOf(field));
    const [, name] = (hasSecret(said) ? /^env:(.+)$/.exec(said.$secret) : undefined) ?? [];
    const value = name === undefined ? undefined : valueOf(name);
    if (!field.isSecret || name === undefined || value === undefined) return [];
    return fieldProblem(field, value) === undefined ? [{ field: field.name, name, value }] : [];
  });
  if (found.length === 0) return draft;
  const { signIn } = draft;
  const params = Object.fromEntries(found.map(({ field, value }) => [field, value]));
  return {
    ...draft,
    signIn: { ...signIn, params: { ...signIn.params, ...params } },
    variables: Object.fromEntries(found.map(({ field, name }) => [field, name])),
  };
}
