import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeMetrics } from '../../../source/commands/status/metrics-file.ts';
import { openMetrics, segmentSeries } from '../../../source/commands/status/open-metrics.ts';
import { freshFolder } from '../../helpers/folders.ts';
import { some } from '../../helpers/some.ts';
import { at, runOf } from '../../activation/watch/watching.ts';
import { mixed, statusOf, watchedAs } from './told.ts';

const linesOf = (metrics: string): string[] => metrics.trimEnd().split('\n');
/** The samples of a family, by their labels beside the sandbox. */
const samples = (metrics: string, family: string): string[] =>
  linesOf(metrics)
    .filter((line) => line.startsWith(`${family}{`))
    .map((line) => line.slice(family.length).replace('{sandbox="prod",', '{'));

describe('metrics', () => {
  const metrics = openMetrics(mixed(), 'prod');

  it('are gauges, each family once with TYPE, UNIT and HELP in this order, and no moment on a sample', () => {
    const heads = linesOf(metrics).filter((line) => line.startsWith('# '));
    const families = some(heads.filter((line) => line.startsWith('# TYPE'))).map(
      (line) => line.split(' ')[2],
    );
    expect(new Set(families).size).toBe(families.length);
    for (const [index, line] of linesOf(metrics).entries()) {
      if (line.startsWith('# TYPE')) expect(line).toMatch(/ gauge$/);
      if (line.startsWith('# UNIT'))
        expect(linesOf(metrics)[index - 1]).toMatch(/^# TYPE .*_(seconds|bytes) gauge$/);
      if (!line.startsWith('#'))
        expect(line).toMatch(/^ferry_\w+\{sandbox="prod"(,\w+="([^"\\\n]|\\[\\"n])*")*\} -?[\d.]+$/);
    }
    expect(metrics.endsWith('\n# EOF\n')).toBe(true);
  });

  it('say how it was read', () => {
    expect(metrics).toContain('\nferry_status_complete{sandbox="prod"} 0\n');
    expect(metrics).toContain(`\nferry_status_timestamp_seconds{sandbox="prod"} ${at('13:34') / 1000}\n`);
    expect(metrics).toContain('\nferry_status_requests{sandbox="prod"} 9\n');
    expect(openMetrics(statusOf([], { offsetMs: -180_000 }), 'prod')).toContain(
      '\nferry_clock_offset_seconds{sandbox="prod"} 180\n',
    );
    expect(openMetrics(statusOf([]), 'prod')).toContain('ferry_status_complete{sandbox="prod"} 1\n');
  });

  it('name a dataflow once, whatever it is called', () => {
    expect(samples(metrics, 'ferry_flow_info').at(-1)).toBe(
      `{flow="33333333-17e6-432c-a469-6aedafb16cd5",flow_name="a|b=1\\n'x' \\"y\\" \\\\ 顧客",destination="Adobe Campaign"} 1`,
    );
    expect(metrics.split('flow_name=')).toHaveLength(5);
  });

  it('count findings of every kind, zeros too, and of what could not be read only that', () => {
    const found = samples(metrics, 'ferry_flow_findings');
    expect(found.filter((line) => line.includes('8256cfb4'))).toEqual(
      ['late', 'missed', 'failed', 'slow', 'skipped', 'empty', 'idle', 'unknown'].map(
        (kind) => `{flow="8256cfb4-17e6-432c-a469-6aedafb16cd5",kind="${kind}"} ${kind === 'late' ? 1 : 0}`,
      ),
    );
    expect(linesOf(metrics).filter((line) => line.includes('44444444'))).toEqual([
      'ferry_flow_findings{sandbox="prod",flow="44444444-17e6-432c-a469-6aedafb16cd5",kind="unknown"} 1',
    ]);
  });

  it('have no number of what no run says', () => {
    expect(samples(metrics, 'ferry_flow_output_bytes').filter((line) => line.includes('33333333'))).toEqual([
      '{flow="33333333-17e6-432c-a469-6aedafb16cd5"} 855202780',
    ]);
    // It has a run that ended and says nothing of files.
    expect(samples(metrics, 'ferry_flow_files').filter((line) => line.includes('57b64cb2'))).toEqual([]);
    // Nothing ran, so nothing was written.
    expect(samples(metrics, 'ferry_flow_files').filter((line) => line.includes('8256cfb4'))).toEqual([
      '{flow="8256cfb4-17e6-432c-a469-6aedafb16cd5"} 0',
    ]);
    expect(metrics).not.toMatch(/NaN|undefined|Infinity/);
    const last = samples(metrics, 'ferry_flow_last_success_timestamp_seconds');
    expect(last.filter((line) => line.includes('8256cfb4'))).toEqual([]);
    expect(last.filter((line) => line.includes('33333333'))[0]).toMatch(
      new RegExp(` ${at('12:12') / 1000}$`),
    );
  });

  it('of a paused dataflow say that, and nothing of runs that were not read', () => {
    const paused = watchedAs({ at: '13:34', from: '13:34', flow: { state: 'disabled' } });
    const one = openMetrics(statusOf([paused]), 'prod');
    expect(samples(one, 'ferry_flow_enabled')[0]).toMatch(/ 0$/);
    expect(samples(one, 'ferry_flow_runs')).toEqual([]);
    expect(samples(one, 'ferry_flow_next_export_timestamp_seconds')).toEqual([]);
  });

  it('of single segments only where they are wanted', () => {
    expect(metrics).not.toContain('ferry_segment_');
    const all = openMetrics(mixed(), 'prod', true);
    expect(linesOf(all).filter((line) => line.startsWith('ferry_segment_'))).toHaveLength(
      segmentSeries(mixed()),
    );
    expect(samples(all, 'ferry_segment_findings')[0]).toBe(
      '{flow="8256cfb4-17e6-432c-a469-6aedafb16cd5",segment="9f7d37fd-7039-4454-94ef-2b0cd6c3206a"} 1',
    );
  });

  it('of more than 500 dataflows those with findings come first, and the rest is counted', () => {
    const good = watchedAs({ at: '13:34', runs: [runOf('12:01')] });
    const late = watchedAs({ at: '13:34', flow: { id: 'late0000-17e6' } });
    const many = Array.from({ length: 520 }, () => good);
    const all = openMetrics(statusOf([...many, late]), 'prod');
    expect(all).toContain('ferry_status_left_out{sandbox="prod"} 21\n');
    expect(samples(all, 'ferry_flow_info')[0]).toContain('late0000-17e6');
  });

  it('take no more than 22 series and 2.1 kB a dataflow', () => {
    const good = watchedAs({
      at: '13:34',
      runs: [runOf('12:02', { rowsIn: 1000, rowsOut: 990, skipped: 10, filesOut: 2, bytesOut: 855_202_780 })],
    });
    const one = linesOf(openMetrics(statusOf([good]), 'prod')).filter((line) => line.includes('flow='));
    expect(one).toHaveLength(22);
    expect(Buffer.byteLength(one.join('\n'))).toBeLessThan(2600);
  });

  it('whatever names hold, a line is a line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const own = openMetrics(statusOf([watchedAs({ at: '13:34', flow: { name } }, name)]), 'prod');
        const line = own.split('\n').filter((one) => one.startsWith('ferry_flow_info{'));
        expect(line).toHaveLength(1);
        expect(line[0]).toMatch(/\} 1$/);
      }),
    );
  });
});

describe('their file', () => {
  const mode = (file: string): number => statSync(file).mode & 0o777;
  it('can be read by everybody, or as it could be before', async () => {
    const file = path.join(freshFolder(), 'ferry.prom');
    const before = process.umask(0o077);
    try {
      await writeMetrics(file, 'one\n');
    } finally {
      process.umask(before);
    }
    expect(mode(file)).toBe(0o644);
    chmodSync(file, 0o640);
    await writeMetrics(file, 'two\n');
    expect([mode(file), readFileSync(file, 'utf8')]).toEqual([0o640, 'two\n']);
  });
  it('is never seen by half, and nothing else is left that would be collected', async () => {
    const folder = freshFolder();
    const file = path.join(folder, 'ferry.prom');
    writeFileSync(file, 'old\n');
    const seen = new Set<string>();
    const writing = writeMetrics(file, 'new\n');
    while (readFileSync(file, 'utf8') === 'old\n') {
      for (const name of readdirSync(folder)) seen.add(name);
      await new Promise(setImmediate);
    }
    await writing;
    expect([...seen].filter((name) => name.endsWith('.prom'))).toEqual(['ferry.prom']);
    expect(readdirSync(folder)).toEqual(['ferry.prom']);
  });
});
