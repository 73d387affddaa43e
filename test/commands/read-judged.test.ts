import { describe, expect, it } from 'vitest';
import { isFailing } from '../../source/activation/flow-table.ts';
import type { Connected } from '../../source/commands/connect/open-client.ts';
import { readJudged } from '../../source/commands/flow/read-judged.ts';
import { at, daily } from '../activation/watch/watching.ts';
import { answerWith, clientOf, type Written } from '../helpers/answers.ts';
import { orgId } from '../helpers/runs.ts';
import { freshFolder } from '../helpers/folders.ts';

const sftp = '36965a81-b1c6-401b-99f8-22508f1e6a26';
const value = { id: 's1', schedule: daily, createTime: '1795000000', updateTime: '1795000000' };
const flowOf = (id: string, last: string) => ({
  id,
  name: id,
  state: 'enabled',
  inheritedAttributes: { targetConnections: [{ connectionSpec: { id: sftp } }] },
  transformations: [{ params: { segmentSelectors: { selectors: [{ value }] } } }],
  lastRunDetails: { id: 'r', state: last, startedAtUTC: at('12:10'), completedAtUTC: at('12:20') },
});
const runOf = (flowId: string, status: string, startedAtUTC: number) => ({
  id: `${flowId}-${startedAtUTC}`,
  flowId,
  createdAt: startedAtUTC,
  metrics: {
    durationSummary: { startedAtUTC, completedAtUTC: startedAtUTC + 60_000 },
    statusSummary: { status },
    recordSummary: { sourceSummaries: [{ entitySummaries: [{ id: 'segment:s1' }] }] },
  },
});

/** One whose last run is not its export of the day, and one of which the list says nothing bad. */
const judged = async (runs: () => Written) => {
  const flows = [flowOf('mended', 'failed'), flowOf('broken', 'success')];
  const headers = { date: new Date(at('13:34')).toUTCString() };
  const { url } = await answerWith((asked) =>
    asked.url.includes('/flowservice/flows')
      ? { headers, json: { items: flows } }
      : asked.url.includes('/runs')
        ? { headers, ...runs() }
        : { headers, json: { items: [] } },
  );
  const env = { FERRY_STATE_DIR: freshFolder() };
  return readJudged({ client: clientOf(url, { orgId }) } as Partial<Connected> as Connected, env);
};

describe('what fails in a list of dataflows', () => {
  it('is what status finds, whatever their last runs were', async () => {
    const items = [runOf('mended', 'success', at('12:05')), runOf('broken', 'failed', at('12:05'))];
    const { rows, lacks } = await judged(() => ({ json: { items } }));
    expect(rows.map((row) => [row.flow.id, isFailing(row)])).toEqual([
      ['mended', false],
      ['broken', true],
    ]);
    expect(lacks).toEqual([]);
  });

  it('is what failed last where runs cannot be read, which is said once', async () => {
    const { rows, lacks } = await judged(() => ({ status: 403, json: {} }));
    expect(rows.map((row) => [row.flow.id, isFailing(row)])).toEqual([
      ['mended', true],
      ['broken', false],
    ]);
    expect(lacks).toHaveLength(1);
  });
});
