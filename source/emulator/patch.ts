import { applyPatch, type Operation } from 'rfc6902';
import type { Json, JsonObject } from './store.ts';
import { badRequest, flowError } from './wire-error.ts';

const supported = new Set(['add', 'replace', 'remove']);

/**
 * Applies a JSON Patch, all of it or nothing.
 *
 * @returns A changed copy and the operations in their plain form.
 * @throws WireError in the words of the service.
 * @see flow-service.md, sections 2.0.4 and 3.4; RFC 6902
 */
export function patched<Target extends JsonObject>(
  target: Target,
  body: unknown,
): { result: Target; ops: JsonObject[] } {
  if (!Array.isArray(body) || body.length === 0) throw badRequest('The request body is empty');
  const ops = body.map(toOperation);
  const result = structuredClone(target);
  for (const operation of ops) {
    const [error] = applyPatch(result, [structuredClone(operation) as unknown as Operation]);
    if (error !== null && error !== undefined)
      throw flowError(400, `Missing field "${String(operation['path'])}"`);
  }
  return { result, ops };
}

function toOperation(entry: unknown): JsonObject {
  if (typeof entry !== 'object' || entry === null) throw badRequest('A patch is a list of operations');
  const { op, path, value } = entry as { op?: unknown; path?: unknown; value?: Json };
  const name = typeof op === 'string' ? op.toLowerCase() : '';
  if (!supported.has(name)) throw flowError(400, `Unsupported patch operation [${String(op)}]`);
  if (typeof path !== 'string' || (path !== '' && !path.startsWith('/')))
    throw badRequest('A patch operation needs a path');
  if (path.split('/').some((part) => ['__proto__', 'constructor', 'prototype'].includes(part))) {
    throw flowError(400, `Missing field "${path}"`);
  }
  if (name !== 'remove' && value === undefined) throw badRequest(`The operation at ${path} has no value`);
  return { op: name, path, ...(value === undefined ? {} : { value }) };
}
