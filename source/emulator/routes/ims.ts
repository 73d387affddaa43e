import { randomBytes } from 'node:crypto';
import type { App, Call } from './context.ts';

/** The token endpoint. @see flow-service.md, section 1.1 */
export function imsRoutes(app: App): void {
  // The older address, with everything in the query: it works, and says that it is going away.
  for (const path of ['/ims/token/v3', '/ims/token/v2']) app.post(path, token);
  // The oldest way is gone: a service account signs nothing any more.
  app.post('/ims/exchange/jwt', (call: Call) =>
    call.json({ error: 'unauthorized_client', error_description: 'JWT credentials are deprecated' }, 400),
  );

  async function token(call: Call): Promise<Response> {
    if (call.req.path.includes('/v2')) {
      call.header('Deprecation', 'true');
      call.header('Link', '</ims/token/v3>; rel="successor-version"');
    }
    const query = new URL(call.req.url).searchParams;
    const form = new URLSearchParams(await call.req.text());
    const value = (name: string): string => form.get(name) ?? query.get(name) ?? '';
    if (value('grant_type') !== 'client_credentials') {
      return call.json(
        { error: 'unauthorized_client', error_description: 'grant_type must be client_credentials' },
        400,
      );
    }
    if (value('client_id') === '' || value('client_secret') === '')
      return call.json({ error: 'invalid_request' }, 400);
    if (value('client_secret') === 'wrong') return call.json({ error: 'invalid_client' }, 401);
    if (value('scope') === '') return call.json({ error: 'invalid_scope' }, 400);
    return call.json({
      access_token: randomBytes(24).toString('base64url'),
      token_type: 'bearer',
      expires_in: 86_399,
    });
  }
}
