import type { Fault, Unreadable } from './faults.ts';
import { flowError, problemJson, WireError } from './wire-error.ts';

/** Where a redirect leads: nobody lives there. */
const elsewhere = 'https://elsewhere.example/data/foundation/flowservice';

/** What is answered instead of acting; nothing where it is acted upon. */
export function answerInstead(fault: Fault | undefined): Response | undefined {
  switch (fault?.kind) {
    case 'status':
      return toResponse(statusError(fault.status));
    case 'busy':
      return toResponse(
        new WireError(429, { message: 'Too many requests' }, { 'Retry-After': String(fault.seconds) }),
      );
    case 'html':
      return page(503);
    default:
      return undefined;
  }
}

/**
 * What is answered after acting; what the service said, where no fault is about that.
 *
 * @param cut - Cuts the connection.
 */
export async function answerAfter(
  fault: Fault | undefined,
  said: Response,
  cut: () => void,
): Promise<Response> {
  switch (fault?.kind) {
    case 'act':
      return 'status' in fault ? withStatus(fault.status, said) : unreadable(fault.as, said, cut);
    case 'redirect':
      return withStatus(307, said);
    case 'etag':
    case 'id':
      return withMember(fault.kind, fault.text, said);
    default:
      return said;
  }
}

function withStatus(status: number, said: Response): Response {
  if (status === 204 || status === 205) return new Response(null, { status });
  if (status < 300) return new Response(said.body, { status, headers: said.headers });
  const answer = toResponse(statusError(status));
  if (status < 400) answer.headers.set('Location', elsewhere);
  return answer;
}

async function unreadable(as: Unreadable, said: Response, cut: () => void): Promise<Response> {
  const { status } = said;
  if (as === 'html') return page(status);
  if (as === 'empty') return new Response(null, { status });
  const text = await said.text();
  const half = new TextEncoder().encode(text.slice(0, Math.ceil(text.length / 2)));
  const broken = new ReadableStream({
    start(stream) {
      stream.enqueue(half);
    },
    // Never ended.
    pull: () => {
      setTimeout(cut, 5);
    },
  });
  return new Response(broken, { status, headers: { 'Content-Type': 'application/json' } });
}

/** Puts another text where an answer has that member, at the top or in its items. */
async function withMember(name: 'etag' | 'id', text: string, said: Response): Promise<Response> {
  const json: unknown = await said.json().catch(() => undefined);
  const put = (one: unknown): unknown =>
    typeof one === 'object' && one !== null && name in one ? { ...one, [name]: text } : one;
  const items = typeof json === 'object' && json !== null && 'items' in json ? json.items : undefined;
  const strange = Array.isArray(items) ? { ...(json as object), items: items.map(put) } : put(json);
  return Response.json(strange ?? null, { status: said.status });
}

const page = (status: number): Response =>
  new Response('<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>', {
    status,
    headers: { 'Content-Type': 'text/html' },
  });

/** A refusal of that status, in the words that the platform uses for it. */
function statusError(status: number): WireError {
  if (status === 401)
    return new WireError(401, { error_code: '401013', message: 'Oauth token is not valid' });
  if (status === 403) return flowError(403, 'Permission denied on some resources.');
  if (status === 400) return problemJson('A fault was asked for');
  return flowError(status, `A fault was asked for: ${status}`);
}

/** A refusal as an answer. */
export function toResponse({ status, body, headers }: WireError): Response {
  return new Response(status === 204 || status === 304 ? null : JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
  });
}
