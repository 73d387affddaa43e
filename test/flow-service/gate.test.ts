import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Gate } from '../../source/flow-service/limiter.ts';
import { answerWith, clientOf, failureOf } from '../helpers/answers.ts';

const id = 'ca5c6e9a-8559-4a08-97a5-f15b756da600';
const flow = { json: { items: [{ id, etag: '"1"', transformations: [] }] } };

/** A gate that writes down what it is asked. */
function gateThat(enter: (signal?: AbortSignal) => Promise<void>): { gate: Gate; said: string[] } {
  const said: string[] = [];
  const gate: Gate = {
    async enter(signal) {
      said.push('enter');
      await enter(signal);
      return () => void said.push('leave');
    },
    async slow(afterMs) {
      // Who leaves before it is told lets the next one in.
      await setImmediate();
      said.push(`slow ${afterMs}`);
    },
  };
  return { gate, said };
}

const open = (): Promise<void> => Promise.resolve();

describe('a limit that several processes share', () => {
  it('is asked before every attempt, and told of every refused rate before another may begin', async () => {
    const server = await answerWith((_, count) =>
      count === 1
        ? { status: 429, headers: { 'retry-after': '0' } }
        : count === 2
          ? { status: 429 }
          : count === 3
            ? { status: 503 }
            : flow,
    );
    const { gate, said } = gateThat(open);
    await clientOf(server.url, { gate }).getFlow(id);
    expect(said).toEqual([
      ...['enter', 'slow 0', 'leave'],
      ...['enter', 'slow undefined', 'leave'],
      ...['enter', 'leave'],
      ...['enter', 'leave'],
    ]);
  });

  it('is told of a write’s too', async () => {
    const server = await answerWith(() => ({ status: 429, headers: { 'retry-after': '7' } }));
    const { gate, said } = gateThat(open);
    await failureOf(clientOf(server.url, { gate }).createFlow({}));
    expect(said).toEqual(['enter', 'slow 7000', 'leave']);
  });

  it('may be waited for longer than a call may take', async () => {
    const server = await answerWith(() => flow);
    const { gate } = gateThat(() => new Promise((resolve) => setTimeout(resolve, 1500)));
    const client = clientOf(server.url, { gate, timeoutMs: 1000 });
    expect((await client.getFlow(id)).id).toBe(id);
  });

  it('holds nobody’s place who waits in vain, and says that nothing was sent', async () => {
    const server = await answerWith(() => flow);
    let isShut = true;
    const { gate, said } = gateThat(() => (isShut ? Promise.reject(new Error('no turn')) : open()));
    const client = clientOf(server.url, { gate });
    const failures = await Promise.all(Array.from({ length: 8 }, () => failureOf(client.createFlow({}))));
    expect(failures).toMatchObject(Array.from({ length: 8 }, () => ({ kind: 'heldBack' })));
    expect([server.seen.length, said.length]).toEqual([0, 8]);
    isShut = false;
    await client.getFlow(id);
  });

  it('is left by whoever gives the call up', async () => {
    const server = await answerWith(() => flow);
    const ending = new AbortController();
    const { gate } = gateThat(
      (signal) =>
        new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(new Error('given up')));
          ending.abort();
        }),
    );
    const call = clientOf(server.url, { gate }).createFlow({}, { signal: ending.signal });
    expect(await failureOf(call)).toMatchObject({ kind: 'cancelled' });
    expect(server.seen).toEqual([]);
  });
});
