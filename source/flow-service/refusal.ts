import type { Refusal } from './errors.ts';

/**
 * Reads what a refusal's body says, in any of the shapes the services use.
 *
 * @returns Whatever could be found; empty for an empty body, HTML, or a shape nobody has met.
 * @see flow-service.md, section 3.1 (E1 to E9)
 */
export function readRefusal(body: unknown): Refusal {
  if (typeof body !== 'object' || body === null) return {};
  const told = body as Record<string, unknown>;
  const report = asObject(told['report']);
  const nested = firstNested(asObject(told['errors']));
  const code =
    textOf(told['error_code']) ??
    textOf(told['code']) ??
    codeOfType(told['type']) ??
    textOf(told['error']) ??
    textOf(nested?.['code']);
  const serverMessage =
    joined(told['errorMessage'], told['errorDetails']) ??
    textOf(told['message']) ??
    textOf(nested?.['message']) ??
    textOf(told['detail']) ??
    textOf(told['error_description']) ??
    textOf(report?.['detailed-message']) ??
    textOf(report?.['message']) ??
    textOf(told['title']) ??
    textOf(told['error']);
  const requestId =
    textOf(told['requestId']) ?? textOf(told['request_id']) ?? textOf(report?.['registryRequestId']);
  return { code, serverMessage, requestId };
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function joined(...parts: unknown[]): string | undefined {
  const texts = parts.map(textOf).filter((part) => part !== undefined);
  return texts.length > 0 ? texts.join(' ') : undefined;
}

/** `{"404": [{"code": 404, "message": "…"}]}` → its first entry. */
function firstNested(errors: Record<string, unknown> | undefined): Record<string, unknown> | undefined {
  const [first] = Object.values(errors ?? {});
  return asObject(Array.isArray(first) ? first[0] : first);
}

/** `http://ns.adobe.com/aep/errors/XDM-1006-400` → `XDM-1006-400` */
function codeOfType(type: unknown): string | undefined {
  return typeof type === 'string' ? /\/errors\/([\w-]+)$/.exec(type)?.[1] : undefined;
}
