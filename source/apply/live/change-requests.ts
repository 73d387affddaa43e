import { inputSchemaBody, mappingSetBody, outputSchemaBody } from '../../activation/content/mapping-set.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import {
  basePath,
  conversionPath,
  firstVersion,
  placeholders,
  schemaName,
} from '../../activation/requests.ts';
import type { ChangeRequest, DocumentRequest, PatchRequest } from '../events.ts';
import type { Live } from './live.ts';
import { moveOf, type SetMove, type ToDo } from './course.ts';
import { fittingSchemas, type SetCourse } from '../mapping-set.ts';

/**
 * What is about to be sent of a change, in its order; what is not known yet is written as in `plan show --requests`, and
 * a schema without what it copies of the platform.
 *
 * @param course - How columns in a mapping set are changed, where they are.
 * @throws ConflictError
 */
export function changeRequests(
  plan: Plan,
  flowId: string,
  { flow, target }: Live,
  todo: ToDo,
  course: SetCourse | undefined,
): ChangeRequest[] {
  const request = (
    step: PatchRequest['step'],
    path: string,
    etag: string | undefined,
    body: PatchRequest['body'],
  ): PatchRequest[] =>
    body.length === 0 ? [] : [{ step, method: 'PATCH', path: `${basePath}/${path}`, etag, body }];
  return [
    ...(target
      ? request('location', `targetConnections/${target.id}`, target.etag, todo.nextOfTarget(target))
      : []),
    ...documentRequests(plan, todo, course),
    ...request(
      'change',
      `flows/${flowId}`,
      flow.etag,
      todo.nextOfFlow(flow, course && moveOf(flow, expected(course))),
    ),
  ];
}

/** Which set the dataflow is to name in the end. */
function expected(course: SetCourse): SetMove['to'] {
  if (course.kind === 'new') return { id: placeholders.mappingSetId, version: firstVersion };
  return course.found ?? { id: course.set.id, version: course.version };
}

function documentRequests(plan: Plan, { lines }: ToDo, course: SetCourse | undefined): DocumentRequest[] {
  if (!course || (course.kind === 'next' && course.found)) return [];
  const held = course.kind === 'next' ? course.set : undefined;
  const fitting = held && fittingSchemas(held, lines);
  const body = mappingSetBody(fitting ?? placeholders, lines, course.set?.raw);
  const path = `${conversionPath}/mappingSets`;
  const schemas: DocumentRequest[] = (['input-schema', 'output-schema'] as const).map((step) => ({
    step,
    method: 'POST',
    path: `${conversionPath}/schemas`,
    body:
      step === 'input-schema'
        ? inputSchemaBody(schemaName(plan, step), {})
        : outputSchemaBody(schemaName(plan, step), {}, lines),
  }));
  return [
    ...(fitting ? [] : schemas),
    held
      ? { step: 'columns', method: 'PUT', path: `${path}/${held.id}`, body }
      : { step: 'mapping-set', method: 'POST', path, body },
  ];
}
