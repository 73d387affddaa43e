import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerWith } from '../helpers/answers.ts';
import {
  blobKey,
  type BlobAnswer,
  type BlobPlan,
  type BlobServer,
  blobServer,
  refuse,
  writeBlobPlan,
} from '../helpers/blob-server.ts';
import { beginProgram, runProgram } from '../helpers/program.ts';
import { signedInTo } from '../helpers/runs.ts';
import { byDay, itInSoak } from '../helpers/soak.ts';
import { freshFolder, openTerminal, projectRoot } from '../helpers/terminal.ts';

/** What opens it, also cut. */
const planted = new RegExp(`PLANTED|${blobKey.slice(0, 12)}`);

/** A server, a plan that writes there, and the program for it. */
async function rig(plan: BlobPlan = {}, before?: BlobAnswer) {
  const server = await blobServer(before);
  const folder = freshFolder();
  writeBlobPlan(folder, plan);
  const env = {
    BLOB_CONNECTION_STRING: server.connectionString,
    HOME: folder,
    FERRY_STATE_DIR: path.join(folder, 'state'),
  };
  const run = async (...words: string[]) => {
    const done = await runProgram(['storage', ...words], { env, cwd: folder });
    expect(done.stdout + done.stderr).not.toMatch(planted);
    for (const one of readdirSync(folder, { recursive: true, withFileTypes: true }))
      if (one.isFile())
        expect(readFileSync(path.join(one.parentPath, one.name), 'utf8')).not.toMatch(planted);
    return done;
  };
  const open = (...words: string[]) => openTerminal({ args: ['storage', ...words], env, cwd: folder });
  return {
    server,
    run,
    open,
    begin: (...words: string[]) => beginProgram(['storage', ...words], { env, cwd: folder }),
  };
}

const changed = ({ asked }: BlobServer) => asked.filter(({ act }) => act === 'PUT' || act === 'DELETE');

describe.concurrent('a sample', () => {
  it('says with which plan it goes again', async () => {
    const { run, server } = await rig();
    const { exitCode, stderr } = await run('sample', 'a.plan.json', '--yes');
    expect([exitCode, stderr]).toEqual([
      0,
      expect.stringContaining('ferry storage sample a.plan.json --remove'),
    ]);
    expect(server.files.size).toBe(1);
    expect((await run('sample', 'a.plan.json', '--remove', '--yes')).exitCode).toBe(0);
    expect(server.files.size).toBe(0);
  });

  it('is not written where a name leads out of the folder, and nobody is asked for a secret', async () => {
    const { run, server } = await rig({
      location: { path: 'monthly/%SEGMENT_NAME%' },
      segment: { name: '../../x' },
    });
    const { exitCode, stderr } = await run('sample', 'a.plan.json', '--yes');
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('could end up in another folder')]);
    expect(server.connections).toBe(0);
  });

  itInSoak('is not written over a file that has come while somebody was asked', async () => {
    let looks = 0;
    const template = { filenameTemplate: 'daily_%SEGMENT_ID%' };
    const name = 'monthly/daily_9f7d37fd-7039-4454-94ef-2b0cd6c3206a.csv';
    const { run, server } = await rig({ segment: template }, ({ act }) => {
      // It is looked for once before anybody is asked, and once after.
      if (act === 'LIST' && (looks += 1) === 2) server.files.set(name, Buffer.from('real'));
      return false;
    });
    const { exitCode, stderr } = await run('sample', 'a.plan.json', '--yes');
    expect([exitCode, stderr]).toEqual([5, expect.stringContaining('already exists and is not a sample')]);
    expect(changed(server)).toEqual([]);
    expect(server.files.get(name)?.toString()).toBe('real');
  });

  itInSoak('is not removed where an export has been written over it while somebody was asked', async () => {
    let removing = false;
    let reads = 0;
    const template = { filenameTemplate: 'daily_%SEGMENT_ID%' };
    const { run, server } = await rig({ segment: template }, ({ act, name }) => {
      if (removing && act === 'GET' && (reads += 1) === 2) server.files.set(name, Buffer.from('real'));
      return false;
    });
    expect((await run('sample', 'a.plan.json', '--yes')).exitCode).toBe(0);
    removing = true;
    expect((await run('sample', 'a.plan.json', '--remove', '--yes')).exitCode).toBe(0);
    expect([...server.files.values()].map(String)).toEqual(['real']);
  });
});

describe.concurrent('a person', () => {
  it('is asked for the name of a sandbox that nobody knows, before anything is written', async () => {
    const { open, server } = await rig();
    const asked = 'Type its name to continue:';
    const other = open('sample', 'a.plan.json');
    await other.waitFor(asked);
    other.write('y\r');
    expect(await other.waitForEnd()).toBe(130);
    expect(changed(server)).toEqual([]);
    const sure = open('sample', 'a.plan.json');
    await sure.waitFor(asked);
    sure.write('dev\r');
    expect(await sure.waitForEnd()).toBe(0);
    expect(changed(server)).toHaveLength(1);
  });

  itInSoak('whose secret is missing is told where it is named, and nobody connects', async () => {
    const { run, server } = await rig({ secret: 'env:NOT_SET' });
    // A rehearsal knows no storage but the real one, which gets no dummy for a password.
    for (const [verb, ...more] of [['check'], ['sample'], ['files'], ['check', '--emulator']] as const) {
      const { exitCode, stderr } = await run(verb, 'a.plan.json', '--yes', ...more);
      expect([exitCode, stderr]).toEqual([
        2,
        expect.stringMatching(/\$\.destination\.auth\.params\.connectionString .*NOT_SET/),
      ]);
    }
    expect(server.connections).toBe(0);
  });
});

describe.concurrent('files that have arrived', () => {
  const name = 'monthly/AzureBlobStorage_9f7d37fd-7039-4454-94ef-2b0cd6c3206a_20360101_000000.csv';

  it('are read by their beginnings', async () => {
    const { run, server } = await rig();
    server.files.set(name, Buffer.from(`a,b\n${'1,2\n'.repeat(500_000)}`));
    const { stdout } = await run('files', 'a.plan.json', '--json');
    const { exports } = JSON.parse(stdout) as { exports: { rows: { count: number; isExact: boolean } }[] };
    expect(exports).toMatchObject([{ header: ['a', 'b'], rows: { isExact: false } }]);
    expect(Math.abs((exports[0]?.rows.count ?? 0) - 500_000)).toBeLessThan(1000);
    expect(server.asked.filter(({ act }) => act === 'GET')).toEqual([
      { act: 'GET', name, range: 'bytes=0-65535' },
    ]);
  });

  it.each(
    byDay<[string, BlobAnswer]>(
      [
        [
          'shorter than it was',
          ({ act }, answer) => {
            if (act === 'GET') answer.writeHead(206, { etag: '"e"', 'content-length': 2 }).end('a,');
            return act === 'GET';
          },
        ],
        [
          'gone',
          ({ act }, answer) => {
            if (act === 'GET') refuse(answer, 404, 'BlobNotFound');
            return act === 'GET';
          },
        ],
      ],
      ([what]) => what === 'gone',
    ),
  )('may still be written: one that is %s when it is read', async (_, before) => {
    const { run, server } = await rig({}, before);
    server.files.set(name, Buffer.from('a,b\n1,2\n'));
    const { exitCode, stdout } = await run('files', 'a.plan.json');
    expect([exitCode, stdout]).toEqual([6, expect.stringContaining('changed while it was read')]);
  });

  itInSoak(
    'are said to be more than were looked at, where the server does not let anybody see the rest',
    async () => {
      const { run } = await rig({}, ({ act }, answer) => {
        if (act !== 'LIST') return false;
        const blob =
          '<Blob><Name>monthly/a.csv</Name><Properties><Content-Length>1</Content-Length></Properties></Blob>';
        answer.writeHead(200, { 'content-type': 'application/xml' });
        answer.end(
          `<EnumerationResults><Blobs>${blob}</Blobs><NextMarker>same</NextMarker></EnumerationResults>`,
        );
        return true;
      });
      const { exitCode, stdout, stderr } = await run('files', 'a.plan.json');
      expect(exitCode).toBe(0);
      expect(stdout).toContain('Of the files that were checked, none of this plan has arrived');
      expect(stderr).toContain('Only the first 2 files were checked: there are more.');
      const { isComplete } = JSON.parse((await run('files', 'a.plan.json', '--json')).stdout) as object & {
        isComplete: boolean;
      };
      expect(isComplete).toBe(false);
    },
  );
});

describe.concurrent('what was begun to be written', () => {
  it.each(
    byDay(
      (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).flatMap((signal) =>
        [['check'], ['sample', '--yes']].map((words) => [signal, words] as const),
      ),
      (_, at) => at === 0,
    ),
  )('is taken away at %s: %j', async (signal, [verb = '', ...flags]) => {
    const begun = Promise.withResolvers<void>();
    // The file is there, and nobody is told: the answer never comes.
    const { begin, server } = await rig({}, ({ act, name }) => {
      if (act !== 'PUT') return false;
      server.files.set(name, Buffer.from('begun'));
      begun.resolve();
      return true;
    });
    const program = begin(verb, 'a.plan.json', ...flags);
    await begun.promise;
    program.child.kill(signal);
    expect(await program.ended).toBe(130);
    expect([...server.files.keys()]).toEqual([]);
    expect(program.said()).not.toContain('may still be there');
  });

  itInSoak('is named where it cannot be taken away', async () => {
    const begun = Promise.withResolvers<void>();
    const { begin } = await rig({}, ({ act }, answer) => {
      if (act === 'DELETE') refuse(answer, 403, 'AuthorizationPermissionMismatch');
      if (act === 'PUT') begun.resolve();
      return act === 'DELETE' || act === 'PUT';
    });
    const program = begin('check', 'a.plan.json');
    await begun.promise;
    program.child.kill('SIGTERM');
    expect(await program.ended).toBe(130);
    expect(program.said()).toMatch(/ferry-storage-check-[0-9a-f]{8}\.txt may still be there/);
  });
});

describe.concurrent('what a check has left that was killed', () => {
  /** The folder with what such a check leaves, and with files that only look so. */
  async function killed() {
    const written = Promise.withResolvers<void>();
    let holds = true;
    const { begin, ...rest } = await rig({}, ({ act }) => {
      if (!holds || act !== 'DELETE') return false;
      written.resolve();
      return true;
    });
    const program = begin('check', 'a.plan.json');
    await written.promise;
    program.child.kill('SIGKILL');
    await program.ended;
    holds = false;
    const { files } = rest.server;
    const [name = ''] = files.keys();
    const others = {
      'monthly/ferry-storage-check-notes.txt': 'mine',
      'monthly/ferry-storage-check-00000000.txt': 'a longer text than any check writes. '.repeat(20),
      'ferry-storage-check-11111111.txt': 'of another folder',
    };
    for (const [one, text] of Object.entries(others)) files.set(one, Buffer.from(text));
    return { ...rest, left: name.replace('monthly/', ''), others: Object.keys(others) };
  }

  it('is named by the next one, and stays where nobody says that it may go', async () => {
    const { run, server, left, others } = await killed();
    expect(left).toMatch(/^ferry-storage-check-[0-9a-f]{8}\.txt$/);
    const { exitCode, stderr } = await run('check', 'a.plan.json');
    expect([exitCode, stderr]).toEqual([
      0,
      expect.stringMatching(new RegExp(`they can be deleted: ${left}$`, 'm')),
    ]);
    const only = await run('check', 'a.plan.json', '--no-write', '--json', '--yes');
    const { steps, removed } = JSON.parse(only.stdout) as { steps: object[]; removed?: string[] };
    expect(steps.at(-1)).toEqual({ step: 'list', outcome: 'fine', earlier: [left] });
    expect(removed).toBeUndefined();
    expect([...server.files.keys()].toSorted()).toEqual([...others, `monthly/${left}`].toSorted());
  });

  itInSoak('is asked about where somebody can be asked', async () => {
    const { open, server, left } = await killed();
    const terminal = open('check', 'a.plan.json');
    await terminal.waitFor('Remove them? (y/N)');
    terminal.write('y\r');
    expect(await terminal.waitForEnd()).toBe(0);
    expect(server.files.has(`monthly/${left}`)).toBe(false);
  });

  itInSoak.each([[], ['--json']])('goes with leave: %j', async (...flags) => {
    const { run, server, left, others } = await killed();
    const { exitCode, stdout } = await run('check', 'a.plan.json', '--yes', ...flags);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining(left)]);
    expect([...server.files.keys()].toSorted()).toEqual(others.toSorted());
  });
});

describe.concurrent('a server', () => {
  itInSoak('that says nothing is left after 10 s', async () => {
    const { run } = await rig({}, () => true);
    const { exitCode, stdout } = await run('check', 'a.plan.json');
    expect([exitCode, stdout]).toEqual([7, expect.stringContaining('did not answer in time')]);
  });

  const key = blobKey.replaceAll('=', '');
  it.each(
    byDay<[string, BlobAnswer]>(
      [
        ['as a code', (_, answer) => (refuse(answer, 400, key), true)],
        [
          'as its words',
          (_, answer) => (refuse(answer, 403, 'AuthenticationFailed', `key ${blobKey}`), true),
        ],
      ],
      (_, at) => at === 0,
    ),
  )('that repeats what opens it is not repeated: %s', async (_, answers) => {
    const { run } = await rig({}, answers);
    for (const words of byDay([['check'], ['check', '--json'], ['files']], (_, at) => at === 1)) {
      const [verb = '', ...flags] = words;
      // The rig looks for it in all that is said.
      await run(verb, 'a.plan.json', ...flags);
    }
  });
});

describe('the landing zone of a sandbox', () => {
  it('is opened by what the platform gives, and shows nothing of it', async () => {
    const server = await blobServer();
    const SASToken = `sv=2024-11-04&sr=c&sp=racwdlm&sig=${blobKey}`;
    const zone = {
      ...{ containerName: 'dlz-destination', storageAccountName: 'acme', SASToken },
      SASUri: `http://127.0.0.1:${server.port}/acme/dlz-destination?${SASToken}`,
    };
    const { url, seen } = await answerWith(() => ({ json: zone }));
    const plan = path.join(projectRoot, 'examples/plans/newer-landing-zone.plan.json');
    const env = { ...signedInTo(url), HOME: freshFolder(), FERRY_STATE_DIR: freshFolder() };
    const run = (...words: string[]) => runProgram(['storage', ...words], { env });
    const check = await run('check', plan);
    expect([check.exitCode, check.stdout]).toEqual([
      0,
      expect.stringContaining('This storage accepts files.'),
    ]);
    const files = await run('files', plan);
    expect([files.exitCode, files.stdout]).toEqual([0, expect.stringContaining('No file of this plan')]);
    expect(changed(server).map(({ act }) => act)).toEqual(['PUT', 'DELETE']);
    expect(seen.length).toBeGreaterThan(0);
    for (const { stdout, stderr } of [check, files]) expect(stdout + stderr).not.toMatch(planted);
  });
});
