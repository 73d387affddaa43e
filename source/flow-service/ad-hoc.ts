import * as z from 'zod';
import { RefusedError } from './errors.ts';
import { isUsableId } from './sendable.ts';
import type { CallOptions, Transport } from './transport.ts';

const path = '/data/core/activation/disflowprovider/adhocrun';

/** Segments of one job, over all of its dataflows; a larger one fails. @see manage.md, section 6 */
export const mostAtOnce = 80;

/** What is to be exported at once: segments by the id of their dataflow. */
export type ExportWanted = ReadonlyMap<string, readonly string[]>;

/** An export that was taken. */
export interface Started {
  readonly flowId: string;
  readonly segmentId: string;
  /** Nothing where the answer does not name it. */
  readonly runId?: string | undefined;
}

/**
 * What the answer says. Of the address at which a run can be looked at only its last part is taken: whatever host stands
 * before it, nothing is ever sent there.
 */
const answer = z.object({
  order: z.array(
    z
      .object({ segment: z.string(), order: z.string(), statusURL: z.string().optional().catch(undefined) })
      .transform(({ segment, order, statusURL }): Started => {
        const last = /\/runs\/([^/?#]+)\/?(?:[?#].*)?$/.exec(statusURL ?? '')?.[1];
        return {
          flowId: order,
          segmentId: segment.replace(/^segment:/i, ''),
          runId: last !== undefined && isUsableId(last) ? last : undefined,
        };
      }),
  ),
});

/**
 * Exports segments at once, all or none of them. Sent once, as every write: whether one was taken whose answer got lost
 * is for the caller to find out.
 *
 * @param wanted - At most `mostAtOnce` segments.
 * @throws FlowServiceError
 * @see flow-service.md, section 2.12; manage.md, section 6
 */
export async function exportNow(
  transport: Transport,
  wanted: ExportWanted,
  options?: CallOptions,
): Promise<Started[]> {
  const { value } = await transport.call({
    method: 'POST',
    path,
    headers: { Accept: 'application/vnd.adobe.adhoc.activation+json; version=2' },
    body: exportBody(wanted),
    shape: answer,
    ...options,
  });
  return value.order;
}

/** What is sent. */
export const exportBody = (wanted: ExportWanted): object => ({
  activationInfo: Object.fromEntries([...wanted].map(([flow, segments]) => [flow, [...segments]])),
});

/** The run for which an export was refused: one of the same segment is still under way. */
export function runUnderWay(error: unknown): Required<Started> | undefined {
  if (!(error instanceof RefusedError) || error.status !== 400) return undefined;
  const [, segmentId, flowId, runId] =
    /run already going on for audience (\S+) for order (\S+) with run id ([\w-]+)\s*\.?$/i.exec(
      error.serverMessage ?? '',
    ) ?? [];
  return segmentId !== undefined && flowId !== undefined && runId !== undefined
    ? { segmentId, flowId, runId }
    : undefined;
}
