import { describe, expect, it } from 'vitest';
import { type Exportable, whyNotNow } from '../../source/activation/export-now.ts';
import { exportRun } from '../helpers/export-runs.ts';

const hour = 3_600_000;
const now = Date.UTC(2026, 10, 26, 12);
const segment: Exportable = {
  id: 's1',
  frequency: 'DAILY',
  startDate: '2026-11-01',
  endDate: '2026-12-24',
  mappedMs: now - 48 * hour,
};
const open = (...segments: string[]) => exportRun({ id: 'run-1', status: 'processing', segments });

describe('why a segment cannot be exported now', () => {
  it.each<
    [string, Parameters<typeof whyNotNow>[1], object | undefined, { state?: string; open?: string[] }?]
  >([
    ['nothing', segment, undefined],
    ['nothing without an end date', { ...segment, endDate: undefined }, undefined],
    ['nothing where the service says no time', { id: 's1' }, undefined],
    ['another one is being exported', segment, undefined, { open: ['s2'] }],
    [
      'once, long ago',
      { ...segment, frequency: 'ONCE', startDate: '2026-11-01', endDate: undefined },
      undefined,
    ],
    [
      'once, and later',
      { ...segment, frequency: 'ONCE', startDate: '2026-12-01', endDate: undefined },
      undefined,
    ],
    ['it is not mapped', undefined, { kind: 'notMapped' }],
    ['the dataflow is paused', segment, { kind: 'disabled' }, { state: 'Disabled' }],
    ['its schedule ended today', { ...segment, endDate: '2026-11-26' }, { kind: 'ended' }],
    ['its schedule ends tomorrow', { ...segment, endDate: '2026-11-27' }, undefined],
    [
      'its schedule begins tomorrow',
      { ...segment, startDate: '2026-11-27' },
      { kind: 'notBegun', fromMs: Date.UTC(2026, 10, 27) },
    ],
    [
      'its schedule begins tomorrow, and it is mapped less than an hour before',
      { ...segment, startDate: '2026-11-27', mappedMs: Date.UTC(2026, 10, 26, 23, 30) },
      { kind: 'notBegun', fromMs: Date.UTC(2026, 10, 27, 0, 30) },
    ],
    ['its schedule begins today', { ...segment, startDate: '2026-11-26' }, undefined],
    ['it was mapped an hour ago', { ...segment, mappedMs: now - hour }, undefined],
    [
      'it was mapped a little later',
      { ...segment, mappedMs: now - hour + 1 },
      { kind: 'justMapped', fromMs: now + 1 },
    ],
    ['it is being exported', segment, { kind: 'running', runId: 'run-1' }, { open: ['S1'] }],
    ['something is being exported that does not say what', segment, undefined, { open: [] }],
  ])('%s', (_, one, wanted, more = {}) => {
    const runs = more.open === undefined ? [] : [open(...more.open)];
    expect(whyNotNow(more.state ?? 'enabled', one, runs, now)).toEqual(wanted);
  });
});
