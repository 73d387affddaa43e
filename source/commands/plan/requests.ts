import type { Plan } from '../../activation/plan/plan.ts';
import type { ChangeRequest } from '../../apply/events.ts';
import { maskedSecret, plannedRequests, type ShownRequest } from '../../activation/requests.ts';

/** The requests of a plan for showing; the token is masked, the rest of the caller is what is set. */
export function requestsOf(plan: Plan, env: Readonly<Record<string, string | undefined>>): ShownRequest[] {
  return plannedRequests(plan, {
    authorization: `Bearer ${maskedSecret}`,
    apiKey: env['FERRY_API_KEY'] ?? env['FERRY_CLIENT_ID'] ?? '{apiKey}',
    orgId: env['FERRY_ORG_ID'] ?? '{orgId}',
  });
}

/** The requests of a change that was read for showing, in the same form. */
export function changeRequestsOf(
  requests: readonly ChangeRequest[],
  plan: Plan,
  env: Readonly<Record<string, string | undefined>>,
): object[] {
  const [{ headers } = { headers: {} }] = requestsOf(plan, env).slice(-1);
  return requests.map(({ step, method, path, body, ...one }) => ({
    step,
    method,
    path,
    headers: {
      ...headers,
      'Content-Type': 'application/json',
      ...('etag' in one && one.etag !== undefined ? { 'If-Match': one.etag } : {}),
    },
    body,
  }));
}
