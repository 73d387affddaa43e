// Stands for undici in the bundle: what ferry asks it for. The whole package, with its caches, its mocks and all of
// fetch, takes as long to read as Node takes to start.
import apiConnect from 'undici/lib/api/api-connect.js';
import apiRequest from 'undici/lib/api/api-request.js';
import util from 'undici/lib/core/util.js';
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';

// A proxy is asked for a tunnel by it; undici's door lends it to all that send.
Dispatcher.prototype.connect = apiConnect;

export { default as Agent } from 'undici/lib/dispatcher/agent.js';
export { default as EnvHttpProxyAgent } from 'undici/lib/dispatcher/env-http-proxy-agent.js';

/** As undici's own, of a dispatcher that is given. */
export function request(address, { dispatcher, ...options }) {
  const { origin, pathname, search } = util.parseURL(address);
  return apiRequest.call(dispatcher, { ...options, origin, path: `${pathname}${search}` });
}
