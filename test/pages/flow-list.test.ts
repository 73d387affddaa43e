import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FlowRow } from '../../source/activation/flow-table.ts';
import { type ListedFlow, listedFlow } from '../../source/flow-service/flows.ts';
import { asciiGlyphs } from '../../source/components/theme/glyphs.ts';
import { english } from '../../source/locale/catalogs.ts';
import type { Asking } from '../../source/pages/page.ts';
import type { FlowList } from '../../source/pages/remote-cache.ts';
import { flow as flowPage } from '../../source/pages/start/flow.ts';
import { flowRow } from '../../source/pages/start/flows.ts';
import { initialState } from '../../source/wizard/reducer.ts';
import { remoteCache } from '../helpers/remote.ts';

const place = { platform: 'emulator', sandbox: 'dev' } as const;
const nowMs = Date.parse('2026-12-01T09:00:00Z');
const row = (id: string, more: Partial<ListedFlow> = {}): FlowRow => ({
  id,
  flow: {
    ...listedFlow.parse({ id, name: `Flow ${id}` }),
    state: 'enabled',
    updatedMs: nowMs - 86_400_000,
    segmentCount: 2,
    ...more,
  },
  destination: 'SFTP',
  atMs: nowMs,
  next: { kind: 'at', ms: nowMs + 3_600_000 },
});

/** A cache whose readings of the dataflows come page by page, as the test lets them. */
function rig() {
  const readings: { give(...page: FlowRow[]): void; end(): void; fail(error: unknown): void }[] = [];
  async function* flows(): AsyncGenerator<readonly FlowRow[]> {
    const pages: (readonly FlowRow[])[] = [];
    let wake = (): void => undefined;
    let ended: { error?: unknown } | undefined;
    readings.push({
      give(...page) {
        pages.push(page);
        wake();
      },
      end() {
        ended = {};
        wake();
      },
      fail(error) {
        ended = { error };
        wake();
      },
    });
    for (;;) {
      const page = pages.shift();
      if (page) yield page;
      else if (ended) {
        if (ended.error !== undefined) throw ended.error;
        return;
      } else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  }
  const cache = remoteCache({ flows });
  const list = (): FlowList => {
    const reading = cache.read('flows', place);
    if (reading.kind !== 'ready') throw new Error(reading.kind);
    return reading.value;
  };
  const kind = (): string => cache.read('flows', place).kind;
  const begun = async (count: number): Promise<(typeof readings)[number]> => {
    await vi.waitFor(() => expect(readings.length).toBe(count));
    return readings[count - 1] ?? expect.unreachable();
  };
  return { cache, list, kind, begun, ids: () => list().flows.map(({ id }) => id), readings };
}

describe('a list of dataflows', () => {
  afterEach(() => vi.useRealTimers());

  it('is shown page by page the first time, and sorted once it is whole', async () => {
    const { kind, begun, ids, list } = rig();
    expect(kind()).toBe('loading');
    const first = await begun(1);
    first.give(row('a'));
    await vi.waitFor(() => expect(ids()).toEqual(['a']));
    expect(list().isComplete).toBe(false);
    first.give(row('b', { updatedMs: nowMs }));
    first.end();
    await vi.waitFor(() => expect(list().isComplete).toBe(true));
    expect(ids()).toEqual(['b', 'a']);
  });

  it('is replaced by a whole reading only, and one at a time', async () => {
    const { kind, begun, ids, list, cache, readings } = rig();
    kind();
    const first = await begun(1);
    // Nothing is asked again while the first is on its way.
    void cache.refreshFlows(place);
    first.give(row('a'), row('b'));
    first.end();
    await vi.waitFor(() => expect(list().isComplete).toBe(true));
    expect(readings).toHaveLength(1);
    void cache.refreshFlows(place);
    void cache.refreshFlows(place);
    const second = await begun(2);
    second.give(row('a'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(ids()).toEqual(['a', 'b']);
    second.end();
    await vi.waitFor(() => expect(ids()).toEqual(['a']));
    expect(readings).toHaveLength(2);
  });

  it('keeps what was read where it fails, says why, and follows again', async () => {
    const { kind, begun, ids, list, cache } = rig();
    kind();
    const first = await begun(1);
    first.give(row('a'));
    first.end();
    await vi.waitFor(() => expect(list().isComplete).toBe(true));
    const { readMs } = list();
    void cache.refreshFlows(place);
    const second = await begun(2);
    second.give(row('z'));
    const error = new Error('503');
    second.fail(error);
    await vi.waitFor(() => expect(list().error).toBe(error));
    expect([ids(), list().readMs]).toEqual([['a'], readMs]);
    void cache.refreshFlows(place);
    const third = await begun(3);
    third.give(row('b'));
    third.end();
    await vi.waitFor(() => expect(ids()).toEqual(['b']));
    expect(list().error).toBeUndefined();
  });

  it('fails as a whole where nothing was read before', async () => {
    const { kind, begun } = rig();
    kind();
    (await begun(1)).fail(new Error('503'));
    await vi.waitFor(() => expect(kind()).toBe('failed'));
  });
});

const failedRun: NonNullable<ListedFlow['lastRun']> = {
  id: 'r',
  state: 'failed',
  outcome: 'failed',
  startedMs: nowMs - 4 * 3_600_000,
  endedMs: nowMs - 3 * 3_600_000,
};

describe('a dataflow in the table', () => {
  const asking = {
    text: english,
    glyphs: asciiGlyphs,
    services: { now: () => nowMs },
  } as Partial<Asking> as Asking;

  it.each<[string, Partial<ListedFlow>, string]>([
    ['is enabled', {}, '+ Flow a'],
    ['is paused', { state: 'disabled' }, '= Flow a'],
    ['is in no state that is known', { state: 'enabled-finalizing' }, '! Flow a'],
    ['failed last', { lastRun: failedRun }, 'x Flow a'],
    ['has no name', { name: '' }, '+ a'],
  ])('%s', (_, more, wanted) => {
    expect(flowRow(row('a', more), asking).label).toBe(wanted);
  });

  it('says where it leads, how much it holds, how its last run was and when the next is due', () => {
    const cells = (more: Partial<ListedFlow>) => flowRow(row('a', more), asking).cells;
    expect(cells({})).toEqual(['SFTP', 'no known run', 'next 10:00 UTC', '2 segments']);
    expect(cells({ lastRun: failedRun })?.at(1)).toBe('failed 3 h ago');
    expect(cells({ lastRun: { ...failedRun, outcome: 'good' } })?.at(1)).toBe('3 h ago');
    expect(cells({ state: 'disabled' })?.at(1)).toBe('disabled');
  });

  it('is found by its id and by what it exports', () => {
    const [segment] = listedFlow.parse({
      id: 'a',
      transformations: [
        { params: { segmentSelectors: { selectors: [{ value: { id: 's1', name: 'Hikers' } }] } } },
      ],
    }).segments;
    const segments = segment === undefined ? [] : [segment];
    expect(flowRow(row('a', { segments }), asking).searchText).toBe('a Hikers');
  });

  it('cannot be chosen once it is gone', () => {
    const gone = flowRow(row('a'), asking, nowMs);
    expect([gone.disabled, gone.label]).toEqual([
      'No longer there, at 09:00:00 UTC.',
      'x (gone 09:00) Flow a',
    ]);
  });
});

describe('what can be done with one', () => {
  const opened = { id: 'a', name: 'Flow', isEnabled: true } as const;
  const ask = (may: readonly string[], isReadOnly = false): Asking =>
    ({
      text: english,
      glyphs: asciiGlyphs,
      state: initialState(nowMs, 'emulator'),
      services: { isReadOnly, may: (what: string) => may.includes(what) },
    }) as Partial<Asking> as Asking;
  const values = (asking: Asking, isEnabled = true) =>
    flowPage
      .options(asking, { ...opened, isEnabled, reading: { kind: 'unusable', why: 'Because.' } })
      .map(({ value, disabled }) => (disabled === undefined ? value : `${value}: ${disabled}`));

  it('is what the console lets people do, and what it cannot be changed for', () => {
    const all = ['change', 'pause', 'delete', 'export'];
    expect(values(ask(all))).toEqual([
      'change: Because.',
      'disable',
      'runs',
      'why',
      'export',
      'pull',
      'delete',
    ]);
    expect(values(ask(all), false)).toEqual([
      'change: Because.',
      'enable',
      'runs',
      'why',
      'export: the dataflow is paused; enable it first',
      'pull',
      'delete',
    ]);
    expect(values(ask(['pause']))).toEqual(['disable', 'runs', 'why', 'pull']);
    expect(values(ask([]))).toEqual(['runs', 'why', 'pull']);
    // Whoever only reads may look.
    expect(values(ask(all, true))).toEqual(['change: Because.', 'runs', 'why', 'pull']);
  });

  it('has nothing that writes as what Enter alone means', () => {
    expect(
      flowPage.preferred(ask([]), { ...opened, reading: { kind: 'unusable', why: '' } }),
    ).toBeUndefined();
  });
});
