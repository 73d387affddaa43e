import { judgedBy } from '../../activation/flow-table.ts';
import { usualLimits } from '../../activation/watch/watched.ts';
import type { Connected } from '../connect/open-client.ts';
import type { Streams } from '../console/streams.ts';
import { knownHere } from '../status/known-here.ts';
import { readStatus } from '../status/read-status.ts';
import { type FlowTable, readTable } from './read-table.ts';

/**
 * The same table with what `ferry status` finds: it takes their runs as well, so that it is read where somebody asks for
 * what fails only.
 *
 * @throws FlowServiceError where the dataflows themselves cannot be read
 */
export async function readJudged(connected: Connected, env: Streams['env']): Promise<FlowTable> {
  const { client } = connected;
  const [table, { watched, lacks }] = await Promise.all([
    readTable(client),
    readStatus(client, {
      choose: (all) => all,
      limits: usualLimits,
      knownHere: () => knownHere(connected, env),
    }),
  ]);
  const rows = judgedBy(
    table.rows,
    watched.map(({ watch }) => watch),
  );
  // One reason stands for all runs that could not be read.
  return { ...table, rows, lacks: [...table.lacks, ...lacks.slice(0, 1).map(({ error }) => error)] };
}
