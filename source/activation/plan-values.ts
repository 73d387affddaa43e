import type { AuthParams, Plan } from './plan.ts';
import { type Problem, problem } from './problem.ts';
import { hasSecret } from './secret-reference.ts';
import { holdsPrivateKey, valueMistake } from './value-form.ts';

/** Values of a plan that no server can mean, whatever its specs say; the value itself is repeated only put right. */
export function valueProblems({ destination }: Plan): Problem[] {
  return [
    ...paramProblems(destination.auth?.params ?? {}, '$.destination.auth.params'),
    ...paramProblems(destination.location as AuthParams, '$.destination.location'),
  ];
}

function paramProblems(params: AuthParams, above: string): Problem[] {
  return Object.entries(params).flatMap(([name, value]): Problem[] => {
    const path = `${above}.${name}`;
    if (typeof value === 'string') {
      if (holdsPrivateKey(value)) return [problem('field.privateKey', path, { field: name })];
      const mistake = valueMistake(name, value);
      return mistake ? [problem(mistake.id, path, { field: name, better: mistake.better ?? '…' })] : [];
    }
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject && !hasSecret(value) ? paramProblems(value, path) : [];
  });
}
