import { describe, expect, it } from 'vitest';
import type { EmulatorOptions } from '../../source/emulator/server.ts';
import { emulatorWith } from '../helpers/emulator.ts';

// Nothing of the product here: what others have made is held against the contract with plain HTTP.

type Json = Record<string, unknown>;
const selectors = '/transformations/0/params/segmentSelectors/selectors';

async function live(options: EmulatorOptions = {}) {
  const emulator = await emulatorWith({ flows: 10, patchDelayMs: 20, ...options });
  const ask = async (method: string, at: string, body?: unknown, etag?: unknown) => {
    const answer = await fetch(`${emulator.url}/data/foundation/flowservice${at}`, {
      method,
      headers: {
        authorization: 'Bearer token',
        'x-api-key': 'key',
        'x-gw-ims-org-id': '5555467B5D8013E50A494220@AdobeOrg',
        'x-sandbox-name': 'dev',
        'content-type': 'application/json',
        ...(typeof etag === 'string' ? { 'if-match': etag } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Json };
  };
  const read = async (at: string): Promise<Json> => {
    const { body } = await ask('GET', at);
    const [one = {}] = (body['items'] ?? []) as Json[];
    return one;
  };
  const listed = await ask('GET', '/flows?limit=100');
  const [flow = {}] = (listed.body['items'] as Json[]).filter(({ name }) => name === 'CRM weekly');
  const at = `/flows/${String(flow['id'])}`;
  const patch = async (operations: Json[], where = at) => {
    const { etag } = await read(where);
    return ask('PATCH', where, operations, etag);
  };
  const settled = async (): Promise<Json> => {
    for (;;) {
      const one = await read(at);
      const { percentCompleted = 100 } = (one['lastOperation'] ?? {}) as Json;
      if (percentCompleted === 100 && /^(enabled|disabled)$/.test(String(one['state']))) return one;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  return { ask, read, patch, settled, flow, at };
}

/** The first segment of a dataflow. */
const firstOf = (flow: Json): Json => {
  const [home] = flow['transformations'] as {
    params: { segmentSelectors: { selectors: { value: Json }[] } };
  }[];
  return home?.params.segmentSelectors.selectors[0]?.value ?? {};
};

describe('a dataflow of the emulator', () => {
  it.each([
    ['its state', { op: 'replace', path: '/state', value: 'disabled' }],
    ['its id', { op: 'replace', path: '/id', value: 'x' }],
    ['its flow spec', { op: 'replace', path: '/flowSpec', value: { id: 'x', version: '1.0' } }],
    ['its name to nothing', { op: 'replace', path: '/name', value: '' }],
    ['its target to one that is not there', { op: 'replace', path: '/targetConnectionIds', value: ['x'] }],
    ['a segment that it has', { op: 'add', path: `${selectors}/-`, value: 'first' }],
  ])('refuses to change %s', async (_, operation) => {
    const { patch, flow, settled } = await live();
    const value =
      operation.value === 'first' ? { type: 'PLATFORM_SEGMENT', value: firstOf(flow) } : operation.value;
    const { status } = await patch([{ ...operation, value }]);
    expect(status).toBeGreaterThanOrEqual(400);
    expect((await settled())['transformations']).toEqual(flow['transformations']);
  });

  it('keeps when a segment was added, and says when it was changed', async () => {
    const { patch, flow, settled } = await live();
    const before = firstOf(flow);
    const value = { ...before, exportMode: 'DAILY_FULL_EXPORT', createTime: undefined };
    const selector = {
      type: 'PLATFORM_SEGMENT',
      value: { ...value, filenameTemplate: '%DESTINATION_NAME%_%SEGMENT_ID%' },
    };
    const { status } = await patch([{ op: 'replace', path: `${selectors}/0`, value: selector }]);
    expect(status).toBe(202);
    const after = firstOf(await settled());
    expect(after['createTime']).toBe(before['createTime']);
    expect(Number(after['updateTime'])).toBeGreaterThan(Number(before['updateTime']));
  });

  it('is paused, let go on, and says nothing of an action that changes nothing, unless strictly', async () => {
    const { ask, at, settled } = await live();
    expect((await ask('POST', `${at}/action?op=enable`)).status).toBe(200);
    expect((await ask('POST', `${at}/action?op=disable`)).status).toBe(200);
    expect((await settled())['state']).toBe('disabled');
    expect((await ask('POST', `${at}/action?op=publish`)).status).toBe(400);
    const strict = await live({ strictChanges: true, patchDelayMs: 2000 });
    expect((await strict.ask('POST', `${strict.at}/action?op=enable`)).status).toBe(400);
    await strict.ask('POST', `${strict.at}/action?op=disable`);
    expect((await strict.read(strict.at))['state']).toBe('disabling');
    expect((await strict.patch([{ op: 'replace', path: '/name', value: 'x' }])).status).toBe(400);
    expect((await strict.settled())['state']).toBe('disabled');
  });

  it('goes after a while, and what it stands on only then', async () => {
    const { ask, at, read, flow } = await live({ deleteDelayMs: 2000 });
    const [target] = flow['targetConnectionIds'] as string[];
    expect((await ask('DELETE', `/targetConnections/${target ?? ''}`)).status).toBe(400);
    expect((await ask('DELETE', at)).status).toBe(202);
    expect((await read(at))['state']).toBe('delete-finalizing');
    while ((await ask('GET', at)).status !== 404) await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await ask('DELETE', `/targetConnections/${target ?? ''}`)).status).toBe(202);
  });

  it('takes no mask for a secret, and nothing less than all of them', async () => {
    const { ask, read, patch, flow } = await live();
    const [target] = flow['targetConnectionIds'] as string[];
    const { baseConnectionId } = await read(`/targetConnections/${target ?? ''}`);
    const account = `/connections/${String(baseConnectionId)}`;
    const { auth } = (await read(account)) as { auth: { params: Json } };
    expect(Object.values(auth.params)).toContain('****');
    const params = { accessId: 'AKIAIOSFODNN7EXAMPLE', secretKey: '****' };
    expect((await patch([{ op: 'add', path: '/auth/params', value: params }], account)).status).toBe(400);
    const half = { accessId: 'AKIAIOSFODNN7EXAMPLE' };
    expect((await patch([{ op: 'add', path: '/auth/params', value: half }], account)).status).toBe(400);
    expect((await ask('DELETE', account)).status).toBe(400);
  });

  it('shows only the members that are asked for', async () => {
    const { ask, flow } = await live();
    const { body } = await ask(
      'GET',
      `/flows?property=id==${String(flow['id'])}&projectionFields=name,state`,
    );
    expect(body['items']).toEqual([{ id: flow['id'], name: 'CRM weekly', state: 'enabled' }]);
  });
});
