import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerWith } from '../helpers/answers.ts';
import { runProgram } from '../helpers/program.ts';
import { futurePlan, signedInTo } from '../helpers/runs.ts';
import { freshFolder, openTerminal } from '../helpers/terminal.ts';

/** An organisation whose production sandbox has a name of its own. */
async function organisation(): Promise<{ seen: readonly { method: string }[]; env: Record<string, string> }> {
  const server = await answerWith(({ url }) =>
    url.includes('sandbox-management')
      ? { json: { sandboxes: [{ name: 'live', title: 'Live', state: 'active', type: 'production' }] } }
      : { status: 403, json: {} },
  );
  const env = {
    ...signedInTo(server.url),
    CAMPAIGN_S3_SECRET: 'PLANTEDsecret',
  };
  return { seen: server.seen, env };
}

function planFile(cwd: string): string {
  const name = 'live.plan.json';
  writeFileSync(path.join(cwd, name), JSON.stringify({ ...futurePlan, sandbox: 'live' }));
  return name;
}

describe.concurrent('a production sandbox by another name than "prod"', () => {
  it('has to be named before anything is written to it', async () => {
    const { seen, env } = await organisation();
    const cwd = freshFolder();
    const terminal = openTerminal({ args: ['apply', planFile(cwd)], env, cwd });
    await terminal.waitFor(/production/i);
    await terminal.press('yes\r', 'Nothing has changed');
    expect(await terminal.waitForEnd()).toBe(130);
    expect(seen.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('is written to once it was named', async () => {
    const { seen, env } = await organisation();
    const cwd = freshFolder();
    const terminal = openTerminal({ args: ['apply', planFile(cwd)], env, cwd });
    await terminal.waitFor(/production/i);
    terminal.write('live\r');
    expect(await terminal.waitForEnd()).toBe(4);
    expect(seen.some(({ method }) => method === 'POST')).toBe(true);
  });

  it.each<[string, { status?: number; json: object }]>([
    ['may not be listed', { status: 403, json: {} }],
    [
      'is not in the list',
      { json: { sandboxes: [{ name: 'dev', type: 'development' }], _page: { limit: 50 } } },
    ],
  ])('has to be named where it %s, and is not said to be production', async (_, listed) => {
    const server = await answerWith(({ url }) =>
      url.includes('sandbox-management') ? listed : { status: 403, json: {} },
    );
    const cwd = freshFolder();
    const env = { ...signedInTo(server.url), CAMPAIGN_S3_SECRET: 'PLANTEDsecret' };
    const terminal = openTerminal({ args: ['apply', planFile(cwd)], env, cwd });
    await terminal.waitFor('It is not known whether sandbox "live" is production');
    await terminal.press('yes\r', 'Nothing has changed');
    expect(await terminal.waitForEnd()).toBe(130);
    expect(server.seen.filter(({ method }) => method !== 'GET')).toEqual([]);
    const { stdout } = await runProgram(['whoami', '--sandbox', 'live'], { env });
    expect(stdout).not.toMatch(/Sandbox +live · production/i);
  });

  it('is found on the second page', async () => {
    const all = Array.from({ length: 61 }, (_, at) => ({
      name: at === 60 ? 'live' : `dev${at}`,
      type: at === 60 ? 'production' : 'development',
    }));
    const server = await answerWith(({ url }) => {
      const offset = Number(new URL(url, 'http://x').searchParams.get('offset'));
      const sandboxes = all.slice(offset, offset + 50);
      return url.includes('sandbox-management')
        ? { json: { sandboxes, _page: { limit: 50, count: sandboxes.length } } }
        : { status: 403, json: {} };
    });
    const cwd = freshFolder();
    const env = { ...signedInTo(server.url), CAMPAIGN_S3_SECRET: 'PLANTEDsecret' };
    const terminal = openTerminal({ args: ['apply', planFile(cwd)], env, cwd });
    await terminal.waitFor('"live" is a production sandbox');
    await terminal.press('yes\r', 'Nothing has changed');
    expect(await terminal.waitForEnd()).toBe(130);
  });

  it('is marked by whoami', async () => {
    const { env } = await organisation();
    const { stdout } = await runProgram(['whoami', '--sandbox', 'live'], { env });
    expect(stdout).toMatch(/Sandbox +live · production/i);
    expect(stdout).toMatch(/View Segments +no/);
  });
});
