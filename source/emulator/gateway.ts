import { sandboxes } from './seed/sandboxes.ts';
import type { Scope } from './store.ts';
import { flowError, gatewayError, problemJson, WireError } from './wire-error.ts';

/**
 * What the gateway checks before a service sees the request.
 *
 * @throws WireError in the words of the contract.
 * @see flow-service.md, sections 1.2, 3.2 and 3.4
 */
export function checkGateway(
  method: string,
  header: (name: string) => string | undefined,
  hasBody: boolean,
): Scope {
  const authorization = header('authorization');
  if (authorization === undefined || !/^Bearer\s+\S/i.test(authorization)) {
    throw gatewayError(403, '403010', 'Oauth token is missing.');
  }
  if (/^Bearer\s+expired$/i.test(authorization))
    throw gatewayError(401, '401013', 'Oauth token is not valid');
  const client = header('x-api-key');
  if (client === undefined || client === '') throw gatewayError(403, '403000', 'Api Key is required');
  if (client === 'invalid') throw gatewayError(403, '403003', 'Api Key is invalid');
  const orgId = header('x-gw-ims-org-id');
  if (orgId === undefined || orgId === '') throw gatewayError(400, '400003', 'Missing header');
  if (!/^[^@\s]+@AdobeOrg$/.test(orgId)) throw gatewayError(403, '403027', 'User region is missing');
  if (header('x-sandbox-id') !== undefined)
    throw flowError(400, 'x-sandbox-id is not supported with user tokens');
  const needsJson = method === 'POST' || method === 'PATCH' || method === 'PUT';
  if (needsJson && hasBody && !/^application\/(json|[\w.-]+\+json)\b/i.test(header('content-type') ?? '')) {
    throw problemJson('A valid content-type must be specified');
  }
  // Without the header a call lands in production, as on the platform.
  const sandbox = header('x-sandbox-name') ?? 'prod';
  const known = sandboxes.find((one) => one.name === sandbox);
  if (known?.state !== 'active') {
    throw new WireError(404, { errorMessage: `Sandbox not found with name = [${sandbox}]` });
  }
  return { orgId, sandbox, client };
}
