/** A refusal as it goes over the wire. @see flow-service.md, section 3.1 */
export class WireError extends Error {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Record<string, string>;
  constructor(status: number, body: unknown, headers: Record<string, string> = {}) {
    super(`${status}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** E1: the gateway. */
export const gatewayError = (status: number, code: string, message: string): WireError =>
  new WireError(status, { error_code: code, message });

/** E2: the Flow Service. How its codes are wrapped is not documented, so only the words are sent. */
export const flowError = (status: number, errorMessage: string): WireError =>
  new WireError(status, { errorMessage });

/** E3: the Flow Service about a bad body. */
export const badRequest = (message: string): WireError => new WireError(400, { message });

/** E4: problem+json of the gateway. */
export const problemJson = (detail: string): WireError =>
  new WireError(400, { type: '/placeholder/type/uri', status: 400, title: 'BadRequestError', detail });

/** Data Prep and the landing zone, whose errors nobody has printed. @see cards.md, section 11 (16) */
export const problem = (status: number, title: string, detail: string): WireError =>
  new WireError(status, { type: '/placeholder/type/uri', title, status, detail });

/** E5: the Segmentation Service. */
export const segmentationError = (status: number, title: string, message: string): WireError =>
  new WireError(status, {
    requestId: 'emulated',
    errors: { [String(status)]: [{ code: status, message }] },
    type: `https://ns.adobe.com/aep/errors/UPAPI-000000-${status}`,
    title,
    status,
  });

/** E6: the Schema Registry. */
export const registryError = (code: string, title: string, detail: string): WireError =>
  new WireError(400, {
    type: `http://ns.adobe.com/aep/errors/${code}-400`,
    title,
    status: 400,
    report: { registryRequestId: 'emulated', 'detailed-message': detail, 'sub-errors': [] },
    detail,
  });

/** 404 in the words of the service. @see section 3.3 */
export const notFound = (collection: string, id: string): WireError =>
  flowError(404, `${collection} not found with id = [${id}]`);
