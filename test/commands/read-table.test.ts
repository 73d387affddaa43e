import { describe, expect, it } from 'vitest';
import { readTable } from '../../source/commands/flow/read-table.ts';
import { flowLines, flowRow } from '../../source/commands/flow/table-lines.ts';
import { english } from '../../source/locale/catalogs.ts';
import { answerWith, clientOf } from '../helpers/answers.ts';
import { emulatorWith } from '../helpers/emulator.ts';

const noon = Date.UTC(2026, 10, 26, 12, 30);

describe('the table of dataflows', () => {
  it('has what each leads to, in few calls', async () => {
    const emulator = await emulatorWith({ flows: 100, now: () => noon, runFaults: ['*=none'] });
    const client = clientOf(emulator.url);
    const { rows, lacks, cut } = await readTable(client);
    expect([rows.length, lacks, cut]).toEqual([100, [], undefined]);
    // One page of dataflows, three of a hundred locations, one of a few accounts, one of a spec that streams.
    expect(emulator.requests.map(({ path }) => path.split('/').at(-1)).sort()).toEqual([
      'connectionSpecs',
      'connections',
      'flows',
      'targetConnections',
      'targetConnections',
      'targetConnections',
    ]);
    const nightly = rows.find(({ flow }) => flow.name === 'Nightly all');
    expect(nightly).toMatchObject({
      destination: 'Adobe Campaign',
      account: { name: 'CRM bucket of marketing' },
      location: 's3://crm-exports/daily/',
      flow: { lastRun: { outcome: expect.stringMatching(/good|running/) } },
      next: { kind: 'at', ms: Date.UTC(2026, 10, 26, 18) },
    });
    const shown = rows.filter((row) => row === nightly);
    const here = { nowMs: noon, zone: 'Asia/Taipei' };
    const [head, line] = flowLines(shown, english, here);
    expect(head).toMatch(
      /^id +name +destination +account +location +state +segments +last run +next export$/,
    );
    expect(line).toMatch(
      /^\S+ +Nightly all +Adobe Campaign +CRM bucket of marketing +s3:\/\/crm-exports\/daily\/ +enabled +118 +(good|running), 12:\d\d UTC \(20:\d\d\) +26 Nov 2026 18:00 UTC \(27 Nov 2026 02:00\)$/,
    );
    expect(shown.map(flowRow)).toMatchObject([
      {
        name: 'Nightly all',
        segments: 118,
        nextExport: '2026-11-26T18:00:00.000Z',
        lastRun: { state: expect.any(String) },
      },
    ]);
  });

  it('has ids for what may not be read, and says why', async () => {
    const target = { id: 't', connectionSpec: { id: 'spec' }, baseConnection: { id: 'b' } };
    const server = await answerWith(({ url }) =>
      url.includes('/flows?')
        ? { json: { items: [{ id: 'f', name: 'X', inheritedAttributes: { targetConnections: [target] } }] } }
        : { status: 403 },
    );
    const { rows, lacks } = await readTable(clientOf(server.url));
    expect(rows).toMatchObject([{ destination: 'spec', account: { id: 'b' } }]);
    expect(rows[0]?.location).toBeUndefined();
    expect(lacks).toHaveLength(3);
    expect(flowLines(rows, english, { nowMs: noon, zone: 'UTC' })[1]).toBe(
      'f   X     spec         b        –                0         –         –',
    );
  });
});
