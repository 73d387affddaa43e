import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { liveFlows } from '../helpers/live-flows.ts';

const answers = [
  ...['--destination', 'sftp', '--segment', '9f7d37fd-7039-4454-94ef-2b0cd6c3206a'],
  ...['--param', 'domain=sftp.example.com', '--param', 'username=crm', '--param', 'remotePath=/in'],
];

it.each(['none/crm.plan.json', 'taken/crm.plan.json'])(
  'says why no plan can be written to %s',
  async (file) => {
    const { run, folder, idOf } = await liveFlows();
    writeFileSync(path.join(folder, 'taken'), 'a file');
    const pulled = await run(['pull', idOf('Loyalty to SFTP'), file]);
    const made = await run(['plan', 'new', file, ...answers]);
    for (const { exitCode, stderr } of [pulled, made]) {
      expect(stderr).toContain(`Cannot write ${file}: no such folder`);
      expect(exitCode).toBe(2);
    }
  },
);
