import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { NotNow } from '../../source/activation/export-now.ts';
import type { AskedSegment } from '../../source/commands/flow/exportable.ts';
import { untilPossible } from '../../source/commands/flow/until-possible.ts';
import { readOn, type Streams } from '../../source/commands/console/streams.ts';
import { unicodeGlyphs } from '../../source/components/theme/glyphs.ts';
import { RefusedError } from '../../source/flow-service/errors.ts';
import { listedFlow } from '../../source/flow-service/flows.ts';
import { english } from '../../source/locale/catalogs.ts';

const nowMs = Date.UTC(2026, 10, 26, 12);
const flow = listedFlow.parse({ id: 'crm', name: 'CRM weekly', state: 'enabled' });
const segment = { id: 's1', name: 'Hikers' };
const asked = (why?: NotNow): AskedSegment => ({ flow, segment, why });
const running: NotNow = { kind: 'running', runId: 'run-1' };
const soon: NotNow = { kind: 'justMapped', fromMs: nowMs + 40 };

/** Waits through what is looked at, one after the other; what is thrown is a look that failed. */
async function wait(first: AskedSegment, looks: readonly (AskedSegment | Error)[], isJson = false) {
  const said: string[] = [];
  const stream = (): NodeJS.WriteStream => {
    const pipe = new PassThrough();
    pipe.on('data', (data: Buffer) => said.push(...data.toString().trimEnd().split('\n')));
    return pipe as unknown as NodeJS.WriteStream;
  };
  const streams: Streams = {
    stdin: new PassThrough() as unknown as NodeJS.ReadStream,
    stdout: stream(),
    stderr: stream(),
    env: { FERRY_ROUND_MS: '1' },
    text: english,
    english,
    glyphs: unicodeGlyphs,
    brokenPipe: readOn(),
  };
  let at = 0;
  const waited = await untilPossible({
    client: { clock: () => ({ nowMs }) },
    look: () => {
      const next = looks[at++];
      if (next instanceof Error) return Promise.reject(next);
      return next ? Promise.resolve([next]) : Promise.reject(new Error('nobody should look again'));
    },
    asked: [first],
    streams,
    isJson,
    begun: () => undefined,
    whyText: ({ kind }) => kind,
  });
  return { waited, said, looks: at };
}

describe('an export is waited for until it is possible', () => {
  it('at once where nothing is in its way', async () => {
    expect(await wait(asked(), [])).toMatchObject({ looks: 0, said: [] });
  });

  it('while its run goes on and until its hour, each said once', async () => {
    const { waited, said, looks } = await wait(asked(running), [asked(running), asked(soon), asked()]);
    expect(waited).toEqual([asked()]);
    expect(looks).toBe(3);
    expect(said).toEqual([
      '… Waiting until 1 segment can be exported. Press Ctrl+C to stop waiting; nothing was sent.',
      '  Hikers: running',
      '… Waiting until 1 segment can be exported. Press Ctrl+C to stop waiting; nothing was sent.',
      '  Hikers: justMapped',
    ]);
  });

  it('also while a look fails, but for want of a right', async () => {
    const call = { method: 'GET', path: '/runs' };
    const busy = new RefusedError(call, 503, {});
    expect((await wait(asked(running), [busy, asked()])).waited).toEqual([asked()]);
    await expect(wait(asked(running), [new RefusedError(call, 403, {})])).rejects.toMatchObject({
      status: 403,
    });
  });

  it('never for what does not pass by itself', async () => {
    expect((await wait(asked({ kind: 'disabled' }), [])).waited).toEqual([asked({ kind: 'disabled' })]);
  });

  it('as events for programs', async () => {
    const { said } = await wait(asked(soon), [asked()], true);
    expect(said.map((one) => JSON.parse(one) as object)).toEqual([
      {
        kind: 'waiting',
        segments: [{ segment: 's1', why: 'justMapped', possibleAt: '2026-11-26T12:00:00.040Z' }],
      },
    ]);
  });
});
