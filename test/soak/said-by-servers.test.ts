import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerWith, type Seen } from '../helpers/answers.ts';
import { runProgram } from '../helpers/program.ts';
import { futurePlan, orgId, signedInTo } from '../helpers/runs.ts';
import { freshFolder } from '../helpers/terminal.ts';

const planted = {
  token: 'eyPLANTEDtokenPart.PLANTEDpayload1234.PLANTEDsignature',
  clientSecret: 'p8e-PLANTED"client\\secret+/=%41',
  password: 'wJalrPLANTED/K7MDENG+bPxRfi"CYEXAMPLEKEY',
};
const base64 = (text: string): string => Buffer.from(text).toString('base64');
/** What would give one of them away, in clear or in base64. */
const traces = ['PLANTED', ...Object.values(planted).map((one) => base64(one).slice(2, 14)), 'wJalr', 'p8e-'];

const everything = ({ body, headers }: Seen): string =>
  JSON.stringify({ body, authorization: headers.authorization ?? '' });

/** Ways in which a server repeats what it was sent. */
const ways: [string, (asked: Seen) => unknown][] = [
  ['as a message', (asked) => ({ message: `Bad request: ${everything(asked)}` })],
  ['as it came', (asked) => ({ message: `${asked.body} ${asked.headers.authorization ?? ''}` })],
  ['as a detail', (asked) => ({ title: 'Bad', detail: everything(asked), status: 400 })],
  ['as a code', (asked) => ({ error_code: everything(asked), message: 'bad' })],
  ['in a list of errors', (asked) => ({ errors: { 400: [{ code: '400', message: everything(asked) }] } })],
  ['as a description', (asked) => ({ error: 'invalid_request', error_description: asked.body })],
  ['as a request id', (asked) => ({ message: 'bad', requestId: everything(asked) })],
  [
    'in base64',
    (asked) => ({ message: `${base64(asked.body)} ${base64(asked.headers.authorization ?? '')}` }),
  ],
  ['in an address', (asked) => ({ message: encodeURIComponent(everything(asked)) })],
  ['over lines', (asked) => ({ message: asked.body.replaceAll(/.{11}/g, '$&\n') })],
  ['over escaped lines', (asked) => ({ message: JSON.stringify(asked.body.replaceAll(/.{7}/g, '$&\r\n')) })],
  ['cut', (asked) => ({ message: asked.body.slice(0, asked.body.indexOf('K7MDENG') + 12) })],
  ['with signs that cannot be seen', (asked) => ({ message: asked.body.replaceAll(/.{3}/g, '$&\u200b') })],
  ['as HTML', (asked) => ({ message: `<pre>${everything(asked).replaceAll('"', '&quot;')}</pre>` })],
];

function filesIn(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => readFileSync(path.join(one.parentPath, one.name), 'utf8'))
    .join('\n');
}

/** Each way is a table of its own below the client; here a share of them goes through the whole program. */
const share = ways;

describe.concurrent('a server that repeats the request in its refusal', () => {
  it.each(share)('gives no secret away: %s', async (_, write) => {
    let repeated = 0;
    const server = await answerWith((asked) => {
      if (asked.url.includes('sandbox-management'))
        return { json: { sandboxes: [{ name: 'dev', title: 'Dev', state: 'active', type: 'development' }] } };
      // What may not be read is left to the platform to judge, and the first write comes.
      if (asked.url.includes('connectionSpecs'))
        return { status: 403, json: { message: 'no right to read it' } };
      if (asked.method !== 'POST') return { json: { items: [] } };
      repeated++;
      return { status: 400, json: write(asked), headers: { 'x-request-id': `r-${planted.token}` } };
    });
    const folder = freshFolder();
    const plan = path.join(folder, 'a.plan.json');
    writeFileSync(plan, JSON.stringify({ ...futurePlan, sandbox: 'dev' }));
    const env = {
      ...signedInTo(server.url),
      FERRY_ACCESS_TOKEN: planted.token,
      CAMPAIGN_S3_SECRET: planted.password,
      FERRY_STATE_DIR: path.join(folder, 'state'),
      // Who only gives back what it was sent has said nothing: whether it was done is in doubt for that long.
      FERRY_DOUBT_MS: '100',
      TMPDIR: folder,
    };
    for (const more of [[], ['--json'], ['--lang', 'zh-TW']]) {
      const { exitCode, stdout, stderr } = await runProgram(['apply', plan, '--yes', ...more], { env });
      const said = stdout + stderr;
      expect(exitCode, said).toBe(2);
      for (const trace of traces) expect(said).not.toContain(trace);
    }
    expect(repeated).toBeGreaterThanOrEqual(3);
    for (const trace of traces) expect(filesIn(path.join(folder, 'state'))).not.toContain(trace);
  });

  it.each(share)('gives no client secret away: %s', async (_, write) => {
    const server = await answerWith((asked) =>
      asked.url.startsWith('/ims/')
        ? { status: 400, json: write(asked) }
        : { status: 401, json: write(asked) },
    );
    const folder = freshFolder();
    const env = {
      FERRY_API_URL: server.url,
      FERRY_IMS_URL: server.url,
      FERRY_CLIENT_ID: 'abc',
      FERRY_CLIENT_SECRET: planted.clientSecret,
      FERRY_ORG_ID: orgId,
      FERRY_SANDBOX: 'dev',
      FERRY_STATE_DIR: path.join(folder, 'state'),
    };
    for (const args of [
      ['whoami'],
      ['list', 'segments', '--json'],
      ['login', '--secret', 'prompt', '--json'],
    ]) {
      const { exitCode, stdout, stderr } = await runProgram(args, { env });
      expect(exitCode).not.toBe(0);
      for (const trace of traces) expect(stdout + stderr).not.toContain(trace);
    }
    expect(server.seen.length).toBeGreaterThanOrEqual(3);
  });
});

describe.concurrent('a server that repeats the token in what it lists', () => {
  it('gives no secret away', async () => {
    const server = await answerWith((asked) => ({
      json: {
        sandboxes: [
          {
            name: 'dev',
            title: `Dev ${asked.headers.authorization ?? ''} ${base64(planted.token)}`,
            state: 'active',
            type: 'development',
          },
        ],
      },
    }));
    const env = { ...signedInTo(server.url), FERRY_ACCESS_TOKEN: planted.token, FERRY_SANDBOX: 'dev' };
    for (const more of [[], ['--json']]) {
      const { exitCode, stdout } = await runProgram(['list', 'sandboxes', ...more], { env });
      expect(exitCode).toBe(0);
      expect(stdout).toContain('Dev ');
      for (const trace of traces) expect(stdout).not.toContain(trace);
    }
  });
});
