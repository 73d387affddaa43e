import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { emulatorWith } from '../helpers/emulator.ts';
import { giveInput, runProgram } from '../helpers/program.ts';
import { signedInTo } from '../helpers/runs.ts';
import { endWithTest } from '../helpers/scope.ts';
import { some } from '../helpers/some.ts';
import { freshFolder } from '../helpers/terminal.ts';

const now = Date.parse('2026-11-26T13:34:00Z');
const docs = readFileSync('docs/monitoring.md', 'utf8');

interface Ended {
  readonly code: number;
  readonly said: string;
}

/** Runs promtool to its end. */
const promtool = (args: readonly string[], input = ''): Promise<Ended> =>
  new Promise((resolve) => {
    const child = execFile('promtool', args, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, said: stdout + stderr });
    });
    giveInput(child, input);
  });

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/** What node_exporter says of the files of a folder. */
async function collected(folder: string): Promise<string> {
  const port = await freePort();
  const exporter: ChildProcess = spawn(
    'prometheus-node-exporter',
    [
      '--collector.disable-defaults',
      '--collector.textfile',
      `--collector.textfile.directory=${folder}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  endWithTest(() => {
    exporter.kill();
  });
  await new Promise<void>((resolve, reject) => {
    exporter.once('error', reject);
    exporter.stderr?.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('Listening on')) resolve();
    });
  });
  return (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
}

/** Metrics of a sandbox in which much is wrong, written by the program. */
async function writtenMetrics(): Promise<{ file: string; folder: string; url: string }> {
  const emulator = await emulatorWith({
    flows: 12,
    now: () => now,
    runFaults: ['Loyalty to SFTP/*=missing@2026-11-26T12', 'Newsletter/*=failed@2026-11-26T12'],
  });
  const folder = freshFolder();
  const file = path.join(folder, 'ferry.prom');
  const ended = await runProgram(
    ['status', '--quiet', '--sandbox', 'dev', '--openmetrics', file, '--per-segment'],
    {
      env: signedInTo(emulator.url),
    },
  );
  expect([ended.exitCode, ended.stderr]).toEqual([6, '']);
  return { file, folder, url: emulator.url };
}

describe('metrics', () => {
  it('please promtool, and node_exporter has every sample of them', async () => {
    const { file, folder } = await writtenMetrics();
    const metrics = readFileSync(file, 'utf8');
    expect(await promtool(['check', 'metrics'], metrics)).toEqual({ code: 0, said: '' });
    const seen = await collected(folder);
    expect(seen).toContain('\nnode_textfile_scrape_error 0\n');
    const key = (line: string): string => {
      const [, name = '', labels = '', value = ''] = /^(\w+)\{(.*)\} (\S+)$/.exec(line) ?? [];
      return `${name} ${[...labels.matchAll(/\w+="(?:[^"\\]|\\.)*"/g)]
        .map(([one]) => one)
        .sort()
        .join()} ${Number(value)}`;
    };
    const there = new Set(
      seen
        .split('\n')
        .filter((line) => line.startsWith('ferry_'))
        .map(key),
    );
    const wanted = some(metrics.split('\n').filter((line) => line.startsWith('ferry_'))).map(key);
    expect(wanted.filter((one) => !there.has(one))).toEqual([]);
    expect(wanted.filter((one) => one.includes('kind="late"') && !one.endsWith(' 0'))).toHaveLength(1);
  });

  it('that cannot be read anew stay as they are: an old file looks old', async () => {
    const { file, url } = await writtenMetrics();
    const before = readFileSync(file, 'utf8');
    utimesSync(file, 1_700_000_000, 1_700_000_000);
    const gone = `http://127.0.0.1:${await freePort()}`;
    expect(gone).not.toBe(url);
    const ended = await runProgram(['status', '--quiet', '--sandbox', 'dev', '--openmetrics', file], {
      env: signedInTo(gone),
    });
    expect(ended.exitCode).toBe(7);
    expect([readFileSync(file, 'utf8'), statSync(file).mtimeMs]).toEqual([before, 1_700_000_000_000]);
  });
});

describe('the alert rules of the documentation', () => {
  const folder = { path: '' };
  beforeAll(() => {
    folder.path = freshFolder();
    const [, rules = ''] = /```yaml\n(groups:[\s\S]*?)```/.exec(docs) ?? [];
    writeFileSync(path.join(folder.path, 'ferry.rules.yml'), rules);
  });

  it('are rules', async () => {
    const checked = await promtool(['check', 'rules', path.join(folder.path, 'ferry.rules.yml')]);
    expect(checked).toMatchObject({ code: 0, said: expect.stringContaining('4 rules found') as string });
  });

  it('fire on what is wrong while the file is fresh, and on a file that is old', async () => {
    const test = path.join(folder.path, 'test.yml');
    writeFileSync(test, ruleTest);
    expect(await promtool(['test', 'rules', test])).toMatchObject({ code: 0 });
    // It can fail: with another expectation it does.
    writeFileSync(test, ruleTest.replace('severity: critical', 'severity: none'));
    expect((await promtool(['test', 'rules', test])).code).not.toBe(0);
  });
});

/** Collected every 5 min. A reading every half hour for three hours, then none; one export is late from the second on. */
const readAt = Array.from({ length: 73 }, (_, index) => Math.min(10_800, Math.floor(index / 6) * 1800));
const ruleTest = `
rule_files: [ferry.rules.yml]
evaluation_interval: 5m
tests:
  - interval: 5m
    input_series:
      - series: 'ferry_status_timestamp_seconds{sandbox="prod"}'
        values: '${readAt.join(' ')}'
      - series: 'ferry_status_complete{sandbox="prod"}'
        values: '1x72'
      - series: 'ferry_flow_findings{sandbox="prod",flow="8256cfb4",kind="late"}'
        values: '0x5 1x66'
      - series: 'ferry_flow_findings{sandbox="prod",flow="8256cfb4",kind="skipped"}'
        values: '1x72'
    alert_rule_test:
      - { eval_time: 1h, alertname: FerryExportWrong, exp_alerts: [] }
      - eval_time: 2h
        alertname: FerryExportWrong
        exp_alerts:
          - exp_labels: { severity: critical, sandbox: prod, flow: 8256cfb4, kind: late }
            exp_annotations: { summary: 1 exports late in dataflow 8256cfb4 }
      - { eval_time: 3h, alertname: FerryStatusStale, exp_alerts: [] }
      - eval_time: 5h
        alertname: FerryStatusStale
        exp_alerts:
          - exp_labels: { severity: warning, sandbox: prod }
      - { eval_time: 6h, alertname: FerryExportWrong, exp_alerts: [] }
      - { eval_time: 5h, alertname: FerryStatusIncomplete, exp_alerts: [] }
      - { eval_time: 5h, alertname: FerryStatusAbsent, exp_alerts: [] }
`;
