import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { emulatorWith } from '../helpers/emulator.ts';
import { runProgram } from '../helpers/program.ts';
import { signedInTo } from '../helpers/runs.ts';

// Its tunnels, for addresses with TLS: test/machine/network.test.ts.
it('goes by the proxy that the environment names, and says which is not there', async () => {
  const { url } = await emulatorWith({ segments: 5 });
  const asked: string[] = [];
  const proxy = createServer((given, answer) => {
    asked.push(new URL(given.url ?? '').origin);
    const { method, headers } = given;
    given.pipe(
      request(given.url ?? '', { method, headers }, (got) => {
        answer.writeHead(got.statusCode ?? 500, got.headers);
        got.pipe(answer);
      }),
    );
  });
  await new Promise<void>((resolve) => void proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  const list = (): ReturnType<typeof runProgram> =>
    runProgram(['list', 'segments', '--json'], {
      env: {
        ...signedInTo(url),
        FERRY_SANDBOX: 'dev',
        HTTP_PROXY: `http://127.0.0.1:${port}`,
        NO_PROXY: '',
      },
    });
  try {
    const through = await list();
    expect(through.exitCode, through.stderr).toBe(0);
    expect(JSON.parse(through.stdout)).toHaveLength(5);
    expect(new Set(asked)).toEqual(new Set([url]));
  } finally {
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
  }
  const without = await list();
  expect(without.exitCode).toBe(7);
  expect(without.stderr).toContain(`127.0.0.1:${port}`);
});
