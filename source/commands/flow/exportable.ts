import { type Exportable, type NotNow, whyNotNow } from '../../activation/export-now.ts';
import { isCalled, sameId } from '../../activation/same-id.ts';
import type { FlowService } from '../../flow-service/client.ts';
import { orWithout } from '../../flow-service/errors.ts';
import { listedFlow, type ListedFlow } from '../../flow-service/flows.ts';

type MappedSegment = ListedFlow['segments'][number];

/** Runs that are under way began since then. @see manage.md, section 5.4 */
const backMs = 24 * 3_600_000;
/** Until a new audience has been evaluated for sure, milliseconds. @see manage.md, section 6 */
const evaluatedMs = 24 * 3_600_000;
/** Audiences that are looked at, one call each. */
const mostLookedAt = 20;

/** What is to be exported, and why it cannot be now. */
export interface AskedSegment {
  readonly flow: ListedFlow;
  readonly segment: { readonly id: string; readonly name: string };
  readonly why: NotNow | undefined;
}

/** The id by which it is exported: of an external audience that of the platform. */
export const exportedId = ({ id, systemId }: Pick<MappedSegment, 'id' | 'systemId'>): string =>
  systemId ?? id;

const exportable = (segment: MappedSegment): Exportable => ({
  id: exportedId(segment),
  name: segment.name,
  frequency: segment.schedule?.frequency,
  startDate: segment.schedule?.startDate,
  endDate: segment.schedule?.endDate,
  mappedMs: segment.createdMs,
});

/**
 * What of some dataflows is to be exported, and why some of it cannot be now.
 *
 * @param wanted - By id or name; nothing for all. Of several dataflows each exports those of them that it has.
 * @returns `isUnsure`: the runs of one could not be read.
 * @throws FlowServiceError
 */
export async function lookedAt(
  flows: readonly ListedFlow[],
  wanted: readonly string[] | undefined,
  client: Pick<FlowService, 'readRuns' | 'clock'>,
): Promise<{ asked: AskedSegment[]; isUnsure: boolean }> {
  const sinceMs = client.clock().nowMs - backMs;
  const { runs, lacks } = await client.readRuns({ flowIds: flows.map(({ id }) => id), sinceMs });
  const { nowMs } = client.clock();
  const asked = flows.flatMap((flow, at) => {
    const open = runs.filter(({ isUnderWay, flowId = '' }) => isUnderWay && sameId(flowId, flow.id));
    const mapped = flow.segments.map(exportable);
    const found = new Map<string, { id: string; name: string; segment: Exportable | undefined }>();
    const add = (segment: Exportable | undefined, given: string): void => {
      const id = segment?.id ?? given;
      found.set(id, { id, name: segment?.name ?? given, segment });
    };
    if (wanted === undefined) for (const one of mapped) add(one, one.id);
    for (const given of wanted ?? []) {
      const segment = mapped.find((one) => isCalled(one, given));
      const isNowhere =
        at === 0 && !flows.some((one) => one.segments.map(exportable).some((each) => isCalled(each, given)));
      if (segment || isNowhere) add(segment, given);
    }
    return [...found.values()].map(({ id, name, segment }): AskedSegment => ({
      flow,
      segment: { id, name },
      why: whyNotNow(flow.state, segment, open, nowMs),
    }));
  });
  return { asked, isUnsure: lacks.length > 0 };
}

/**
 * What of it its dataflow exports by now. Who is asked takes their time, and nothing may be sent for what has gone
 * meanwhile.
 *
 * @throws FlowServiceError, also where a dataflow has gone
 * @see living.md, L4
 */
export async function stillMapped(
  asked: readonly AskedSegment[],
  client: Pick<FlowService, 'getFlow'>,
): Promise<AskedSegment[]> {
  const ids = [...new Set(asked.map(({ flow }) => flow.id))];
  const now = new Map(
    await Promise.all(
      ids.map(async (id) => [id, listedFlow.parse((await client.getFlow(id)).raw).segments] as const),
    ),
  );
  return asked.map((one) => {
    const isThere = now.get(one.flow.id)?.some((each) => sameId(exportedId(each), one.segment.id)) === true;
    return isThere ? one : { ...one, why: { kind: 'notMapped' } };
  });
}

/**
 * Segments whose audience is so new that it may not have been evaluated: the platform then exports nothing. One that was
 * mapped long ago has been.
 *
 * @returns Their names.
 */
export async function youngAmong(
  asked: readonly AskedSegment[],
  client: Pick<FlowService, 'getSegment' | 'clock'>,
): Promise<string[]> {
  const { nowMs } = client.clock();
  const recent = asked
    .filter(({ flow, segment, why }) => {
      const own = flow.segments.map(exportable).find(({ id }) => id === segment.id);
      return why === undefined && nowMs - (own?.mappedMs ?? 0) < evaluatedMs;
    })
    .slice(0, mostLookedAt);
  const found = await Promise.all(
    recent.map(async ({ segment: { id, name } }) => {
      // Only to warn: what cannot be read holds nobody up.
      const read = await client.getSegment(id).catch(orWithout(undefined));
      return nowMs - (read?.createdAtMs ?? 0) < evaluatedMs ? [name] : [];
    }),
  );
  return found.flat();
}
