import * as z from 'zod';
import { inMs } from './moment.ts';

/** How a segment is evaluated, the fastest way that is switched on. */
export type Evaluation = 'batch' | 'streaming' | 'edge' | 'unknown';

const enabled = z
  .object({ enabled: z.boolean().optional().catch(undefined) })
  .optional()
  .catch(undefined);
const text = z
  .string()
  .nullish()
  .catch(undefined)
  .transform((value) => value ?? undefined);
const number = z.number().optional().catch(undefined);

/**
 * A segment of either service, told in one way.
 *
 * @see flow-service.md, sections 2.8 and 7.32
 */
export const segment = z
  .object({
    id: z.string(),
    name: text,
    description: text,
    type: text,
    originName: text,
    namespace: text,
    systemSegmentId: text,
    lifecycleState: text,
    mergePolicyId: text,
    evaluationInfo: z
      .object({ batch: enabled, continuous: enabled, synchronous: enabled })
      .optional()
      .catch(undefined),
    expression: z.object({ value: text }).optional().catch(undefined),
    creationTime: number,
    updateTime: number,
  })
  .transform(({ name, type, originName, evaluationInfo, expression, creationTime, updateTime, ...rest }) => ({
    ...rest,
    name: name ?? rest.id,
    isExternal: type === 'ExternalSegment' || originName === 'CUSTOM_UPLOAD',
    origin: originName,
    evaluation: evaluationOf(evaluationInfo),
    expression: expression?.value,
    createdAtMs: inMs(creationTime),
    updatedAtMs: inMs(updateTime),
  }));

export type Segment = z.infer<typeof segment>;

/** One page as it arrives; `total` where the service tells it. */
export interface SegmentPage {
  segments: Segment[];
  total?: number | undefined;
  /** The list has ended before its end: of a segment that was not in it nothing is known. */
  isCut?: true;
}

type Info = { batch?: Enabled; continuous?: Enabled; synchronous?: Enabled } | undefined;
type Enabled = { enabled?: boolean | undefined } | undefined;

function evaluationOf(info: Info): Evaluation {
  if (info?.synchronous?.enabled === true) return 'edge';
  if (info?.continuous?.enabled === true) return 'streaming';
  return info?.batch?.enabled === true ? 'batch' : 'unknown';
}
