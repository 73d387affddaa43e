import * as z from 'zod';

/**
 * Single reads come in an envelope of one; a bare entity means the same.
 *
 * @param id - Which one is meant, should there be several.
 * @see flow-service.md, section 2.0.1
 */
export function entityOf(json: unknown, id?: string): unknown {
  const list = typeof json === 'object' && json !== null && 'items' in json ? json.items : undefined;
  if (!Array.isArray(list)) return json;
  const items: readonly unknown[] = list;
  return (id === undefined ? undefined : items.find((one) => isMeant(one, id))) ?? items[0];
}

/** Whether an answer is about what was asked for; one that does not say is. Ids are told apart without their case. */
export function isMeant(answer: unknown, id: string): boolean {
  const said = typeof answer === 'object' && answer !== null && 'id' in answer ? answer.id : undefined;
  return typeof said !== 'string' || said.toLowerCase() === id.toLowerCase();
}

/** What was asked for by its id, and nothing else. */
export const theOne = <Shape extends z.ZodType>(shape: Shape, id: string) =>
  z.preprocess(
    (json) => entityOf(json, id),
    shape.refine((answer) => isMeant(answer, id), { path: ['id'], message: id }),
  );

export const one = <Shape extends z.ZodType>(shape: Shape) => z.preprocess((json) => entityOf(json), shape);
