import { request as plainRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { emulatorWith } from '../helpers/emulator.ts';
import { holdFirst } from '../helpers/held.ts';

const headers = {
  authorization: 'Bearer t',
  'x-api-key': 'k',
  'x-gw-ims-org-id': '5555467B5D8013E50A494220@AdobeOrg',
  'x-sandbox-name': 'dev',
  'content-type': 'application/json',
};
const connection = {
  name: 'x',
  connectionSpec: { id: '8a9c3494-9708-43d7-ae3f-cda01e5030e1', version: '1.0' },
};

async function start(...faults: string[]) {
  const emulator = await emulatorWith({ segments: 2, touchDelayMs: false, faults });
  const ask = (method: string, path: string, body?: object) =>
    fetch(`${emulator.url}/data/foundation/flowservice${path}`, {
      method,
      headers,
      redirect: 'manual',
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  return { emulator, ask, make: () => ask('POST', '/connections', connection) };
}

describe.concurrent('a fault that acts', () => {
  it.each([
    ['act:200', 200],
    ['act:204', 204],
    ['act:302', 302],
    ['act:401', 401],
    ['act:409', 409],
    ['act:429', 429],
    ['act:500', 500],
    ['act:503', 503],
    ['redirect', 307],
  ])('%s answers %i once, and it is made', async (what, status) => {
    const { emulator, make } = await start(`POST /connections=${what}x1`);
    const answer = await make();
    expect(answer.status).toBe(status);
    expect(answer.headers.has('location')).toBe(status >= 300 && status < 400);
    await answer.text();
    expect(emulator.count('connections')).toBe(1);
    expect((await make()).status).toBe(201);
    expect(emulator.requests.map((one) => one.status)).toEqual([status, 201]);
  });

  it.each<[string, (text: string) => void]>([
    ['act:html', (text) => expect(text).toContain('<html>')],
    ['act:empty', (text) => expect(text).toBe('')],
  ])('%s answers as success, and cannot be read', async (what, check) => {
    const { emulator, make } = await start(`POST /connections=${what}x1`);
    const answer = await make();
    expect(answer.status).toBe(201);
    check(await answer.text());
    expect(emulator.count('connections')).toBe(1);
  });

  it('act:torn breaks off in the middle of the answer', async () => {
    const { emulator, make } = await start('POST /connections=act:tornx1');
    const answer = await make();
    await expect(answer.text()).rejects.toThrow();
    expect(emulator.count('connections')).toBe(1);
  });

  it('twice makes two and tells of one', async () => {
    const { emulator, ask, make } = await start('POST /connections=twicex1');
    const { id } = (await (await make()).json()) as { id: string };
    expect(emulator.count('connections')).toBe(2);
    expect(emulator.requests).toHaveLength(1);
    expect((await ask('GET', `/connections/${id}`)).status).toBe(200);
  });

  it.each([
    ['id:', ''],
    ['id:../../x', '../../x'],
    ['id:%20a%0Ab', ' a\nb'],
  ])('%s answers with the id %j', async (what, id) => {
    const { emulator, make } = await start(`POST /connections=${what}x1`);
    expect(((await (await make()).json()) as { id: string }).id).toBe(id);
    expect(emulator.count('connections')).toBe(1);
  });

  it('etag:TEXT stands in what is made and in what is read, and is not the one to send', async () => {
    const { ask, make } = await start('GET /connections/*=etag:W/"x"', 'POST /connections=etag:nonsense');
    const made = (await (await make()).json()) as { id: string; etag: string };
    expect(made.etag).toBe('nonsense');
    const read = (await (await ask('GET', `/connections/${made.id}`)).json()) as {
      items: { etag: string }[];
    };
    expect(read.items[0]?.etag).toBe('W/"x"');
  });
});

describe.concurrent('hide', () => {
  it('keeps a new object from lists and reads for a while, and goes with another rule', async ({
    expect,
  }) => {
    const { emulator, ask, make } = await start(
      'POST /connections=hide:3000x1',
      'POST /connections=act:503x1',
    );
    const listed = async (): Promise<string[]> => {
      const { items } = (await (await ask('GET', '/connections')).json()) as { items: { id: string }[] };
      return items.map(({ id }) => id);
    };
    expect((await make()).status).toBe(503);
    expect(emulator.count('connections')).toBe(1);
    expect(await listed()).toEqual([]);
    const second = ((await (await make()).json()) as { id: string }).id;
    // Only what the rule hit is hidden.
    expect(await listed()).toEqual([second]);
    await expect.poll(listed).toHaveLength(2);
  });

  it.each(['GET', 'DELETE'])('%s of one that is hidden is 404', async (method) => {
    const { ask, make } = await start('POST /connections=hide:60000x1');
    const { id } = (await (await make()).json()) as { id: string };
    expect((await ask(method, `/connections/${id}`)).status).toBe(404);
  });
});

describe.concurrent('stale', () => {
  it('lets what is changed be read as it was for a while, and only that', async ({ expect }) => {
    const { emulator, ask, make } = await start('PATCH /connections/*=stale:2000x1');
    const [one, other] = [await make(), await make()];
    const ids = [(await one.json()) as { id: string }, (await other.json()) as { id: string }];
    const read = async ({ id }: { id: string }) => {
      const { items } = (await (await ask('GET', `/connections/${id}`)).json()) as {
        items: { name: string; etag: string }[];
      };
      return items[0] ?? { name: '', etag: '' };
    };
    const rename = async (of: { id: string }): Promise<number> => {
      const { etag } = await read(of);
      const { status } = await fetch(`${emulator.url}/data/foundation/flowservice/connections/${of.id}`, {
        method: 'PATCH',
        headers: { ...headers, 'if-match': etag },
        body: JSON.stringify([{ op: 'replace', path: '/name', value: 'Renamed' }]),
      });
      return status;
    };
    const [first = { id: '' }, second = { id: '' }] = ids;
    const before = await read(first);
    expect(await rename(first)).toBe(200);
    expect(await read(first)).toEqual(before);
    // It is changed all the same: what is read is not the version any more.
    expect(await rename(first)).toBe(412);
    expect(await rename(second)).toBe(200);
    expect((await read(second)).name).toBe('Renamed');
    await expect.poll(async () => (await read(first)).name).toBe('Renamed');
  });
});

describe.concurrent('an emulator is idle', () => {
  it('once what somebody sent who has left is acted upon', async () => {
    const held = holdFirst('POST', /\/connections$/);
    const emulator = await emulatorWith({ segments: 2, hold: held.hold });
    const sent = plainRequest(`${emulator.url}/data/foundation/flowservice/connections`, {
      method: 'POST',
      headers,
    });
    sent.once('error', () => undefined);
    sent.end(JSON.stringify(connection));
    await held.reached;
    sent.destroy();
    let isIdle = false;
    const idle = emulator.idle().then(() => {
      isIdle = true;
    });
    await fetch(`${emulator.url}/data/foundation/flowservice/flows`, { headers });
    expect([isIdle, emulator.count('connections')]).toEqual([false, 0]);
    held.release();
    await idle;
    expect(emulator.count('connections')).toBe(1);
  });
});

it.each([
  'POST /x=act',
  'POST /x=act:99',
  'POST /x=act:600',
  'POST /x=hide',
  'POST /x=hide:s',
  'PATCH /x=stale',
  'POST /x=id:%',
])('"%s" is no rule', async (rule) => {
  await expect(emulatorWith({ faults: [rule] })).rejects.toMatchObject({
    problem: 'faultRule',
    given: rule,
  });
});
