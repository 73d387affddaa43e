import { describe, expect, it } from 'vitest';
import * as errors from '../../source/flow-service/errors.ts';

const call = { method: 'GET', path: '/flows' };
const wrong = { fault: 'blank', code: 'U+0020', place: 1, sign: '' } as const;

/** One of each kind; a kind that is not here does not compile. */
const all: { [Kind in errors.FlowServiceError['kind']]: Extract<errors.FlowServiceError, { kind: Kind }> } = {
  unreachable: new errors.UnreachableError(call, 'h', 'ECONNREFUSED', new Error('why')),
  lost: new errors.LostAnswerError(call, 'ECONNRESET', new Error('why')),
  timeout: new errors.TimeoutError(call, 30_000, new Error('why')),
  refused: new errors.RefusedError(call, 503, { code: 'x' }),
  unreadable: new errors.UnreadableAnswerError(call, 200, [{ path: '$.id', expected: 'string' }]),
  incomplete: new errors.IncompleteListError(call),
  cancelled: new errors.CancelledError(call),
  heldBack: new errors.HeldBackError(call, new Error('why')),
  readOnly: new errors.ReadOnlyError(call),
  unsendable: new errors.UnsendableError(call, 'token', wrong),
  badProxy: new errors.BadProxyError('HTTPS_PROXY'),
};

describe('an error of a call', () => {
  it.each(Object.entries(all))('says what it is: %s', (kind, error) => {
    expect([error.kind, error.name]).toEqual([kind, error.constructor.name]);
    expect(errors.isFlowServiceError(error)).toBe(true);
    expect(error.message.startsWith(`${error.method} ${error.path}: `)).toBe(true);
  });

  it.each([
    [all.unreachable, 'no connection to h (ECONNREFUSED)'],
    [all.lost, 'the connection broke before the answer (ECONNRESET)'],
    [all.timeout, 'no answer within 30000 ms'],
    [all.refused, 'refused with 503 (x)'],
    [all.unreadable, 'unreadable answer at $.id: string'],
    [all.unsendable, 'not sent: token has U+0020 at 1'],
  ])('says so in a log: %s', (error, said) => {
    expect(error.message).toContain(said);
  });

  it('says nothing of a place where none is known', () => {
    expect(new errors.UnreadableAnswerError(call, 200, []).message).toBe('GET /flows: unreadable answer');
  });

  it.each([all.unreachable, all.lost, all.timeout])('keeps what it came of: %s', ({ cause }) => {
    expect(cause).toMatchObject({ message: 'why' });
  });

  it('is told from others', () => {
    expect(errors.isFlowServiceError(new Error('x'))).toBe(false);
  });

  const ups = '/data/core/ups';
  const flows = '/data/foundation/flowservice/flows';
  it.each<[string, string, number, string | undefined]>([
    ['GET', flows, 403, 'View Destinations'],
    ['POST', flows, 403, 'Manage Destinations'],
    ['DELETE', flows, 403, 'Manage Destinations'],
    ['PATCH', flows, 403, 'Activate Destinations'],
    ['GET', flows, 401, undefined],
    ['GET', `${ups}/audiences`, 403, 'View Segments'],
    ['GET', `${ups}/config/entityType`, 403, 'View Profiles'],
    ['GET', '/data/foundation/schemaregistry/tenant/unions', 403, 'View Profiles'],
    ['GET', '/data/foundation/sandbox-management/', 403, undefined],
  ])('%s %s refused with %i names the permission', (method, path, status, permission) => {
    expect(new errors.RefusedError({ method, path }, status, {}).missingPermission).toBe(permission);
  });
});
