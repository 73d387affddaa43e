import * as z from 'zod';
import { momentMs } from './moment.ts';

const moment = z.number().positive().optional().catch(undefined);
const part = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .object(shape)
    .nullish()
    .catch(undefined)
    .transform((one) => one ?? undefined);

/** An export of a dataflow, as far as ferry looks at it; any member of it may be missing. @see manage.md, section 5.2 */
export const run = z.object({
  id: z.string(),
  flowId: z.string().optional().catch(undefined),
  metrics: part({
    durationSummary: part({ startedAtUTC: moment.transform(momentMs), completedAtUTC: moment }),
    statusSummary: part({ status: z.string().optional().catch(undefined) }),
  }),
});
export type Run = z.infer<typeof run>;

/** Whether a run has not ended, as far as it says. @see manage.md, section 5.4 */
export function isUnderWay({ metrics }: Run): boolean {
  const status = metrics?.statusSummary?.status?.toLowerCase();
  if (status === 'success' || status === 'failed') return false;
  return metrics?.durationSummary?.completedAtUTC === undefined;
}
