import { inCatalog, type LocationMode, profileStoreSpecId } from './catalog.ts';
import { fieldProblem } from './field.ts';
import { templateProblems } from './filename-template.ts';
import type { Plan } from './plan.ts';
import { valueProblems } from './plan-values.ts';
import { type Problem, problem } from './problem.ts';
import { attributeProblems } from './profile-attributes.ts';
import { scheduleProblems } from './schedule.ts';
import { hasSecret } from './secret-reference.ts';

/**
 * The rules between the fields of a plan that has the right shape. Pure, without network: what only the
 * platform can know (does this segment exist?) is not asked here.
 *
 * @see flow-service.md, sections 4 and 5
 */
export function planProblems(plan: Plan): Problem[] {
  const byCatalog = [...authProblems(plan), ...locationProblems(plan)];
  const told = new Set(byCatalog.map(({ path }) => path));
  return [
    ...byCatalog,
    ...valueProblems(plan).filter(({ path }) => !told.has(path)),
    ...segmentProblems(plan),
    ...attributeProblems(plan.attributes),
  ];
}

function authProblems(plan: Plan): Problem[] {
  const { connectionSpecId, auth } = plan.destination;
  if (connectionSpecId.toLowerCase() === profileStoreSpecId) {
    return [
      problem('plan.notOneOf', '$.destination.connectionSpecId', {
        allowed: 'a destination, not Profile Store',
      }),
    ];
  }
  const base = '$.destination.auth';
  if (plan.destination.baseConnectionId !== undefined) return auth ? [problem('auth.withAccount', base)] : [];
  const known = inCatalog(connectionSpecId);
  if (!known) return [];
  if (!auth) return [problem('plan.missing', base, { key: 'auth' })];
  const method = known.auth.find((one) => one.specName === auth.specName);
  if (!method) {
    const allowed = known.auth.map((one) => one.specName).join(', ');
    return [problem('auth.unknownSpec', `${base}.specName`, { specName: auth.specName, allowed })];
  }
  const found: Problem[] = [];
  for (const name of Object.keys(auth.params)) {
    if (!method.fields.some((field) => field.name === name)) {
      const allowed = method.fields.map((field) => field.name).join(', ');
      found.push(problem('auth.unknownParam', `${base}.params.${name}`, { name, allowed }));
    }
  }
  for (const field of method.fields) {
    const path = `${base}.params.${field.name}`;
    const value = auth.params[field.name];
    if (value === undefined || value === '') {
      if (field.isRequired)
        found.push(problem('auth.missingParam', path, { name: field.name, specName: auth.specName }));
    } else if (field.isSecret) {
      if (!hasSecret(value)) found.push(problem('auth.secretInClear', path, { name: field.name }));
    } else if (typeof value === 'object' && !hasSecret(value)) {
      found.push(problem('plan.wrongType', path, { expected: 'scalarOrSecret' }));
    } else if (!hasSecret(value)) {
      const wrong = fieldProblem(field, String(value), path);
      if (wrong) found.push(wrong);
    }
  }
  return found;
}

function locationProblems(plan: Plan): Problem[] {
  const known = inCatalog(plan.destination.connectionSpecId);
  if (!known) return [];
  const base = '$.destination.location';
  const { mode, ...params } = plan.destination.location;
  const allowedModes = known.modes.map((one) => String(one.mode)).join(', ');
  const chosen: LocationMode | undefined = known.modes.find((one) => one.mode === mode);
  if (!chosen) {
    return mode === undefined
      ? [problem('plan.missing', `${base}.mode`, { key: 'mode' })]
      : [problem('location.unknownMode', `${base}.mode`, { mode, allowed: allowedModes })];
  }
  const found: Problem[] = [];
  for (const name of Object.keys(params)) {
    if (!chosen.fields.some((field) => field.name === name)) {
      const allowed = chosen.fields.map((field) => field.name).join(', ');
      found.push(problem('location.unknownParam', `${base}.${name}`, { name, mode: String(mode), allowed }));
    }
  }
  for (const field of chosen.fields) {
    const path = `${base}.${field.name}`;
    const value = params[field.name] ?? field.defaultValue;
    if (value === undefined || value === '') {
      found.push(problem('location.missingParam', path, { name: field.name, mode: String(mode) }));
    } else if (typeof value !== 'string') {
      found.push(problem('plan.wrongType', path, { expected: 'string' }));
    } else {
      const wrong = fieldProblem(field, value, path);
      if (wrong) found.push(wrong);
    }
  }
  return found;
}

function segmentProblems(plan: Plan): Problem[] {
  if (plan.segments.length === 0) return [problem('segments.none', '$.segments')];
  const firstAt = new Map<string, number>();
  return plan.segments.flatMap((segment, index) => {
    const base = `$.segments[${index}]`;
    const id = segment.id.toLowerCase();
    const earlier = firstAt.get(id);
    if (earlier === undefined) firstAt.set(id, index);
    return [
      ...(earlier === undefined
        ? []
        : [
            problem('segments.duplicate', `${base}.id`, {
              segment: segment.name ?? segment.id,
              first: `$.segments[${earlier}]`,
            }),
          ]),
      ...templateProblems(segment.filenameTemplate, `${base}.filenameTemplate`),
      ...scheduleProblems(segment.exportMode, segment.schedule, `${base}.schedule`),
    ];
  });
}
