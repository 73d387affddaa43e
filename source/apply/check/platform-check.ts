import type { Finding } from '../../activation/findings/findings.ts';
import {
  attributeProblems,
  flowSpecProblems,
  sandboxProblems,
  segmentNameFindings,
  segmentProblems,
} from '../../activation/findings/platform-rules.ts';
import { type Problem, problem } from '../../activation/plan/problem.ts';
import { listedId } from '../../activation/plan/plan.ts';
import { attributeTree } from '../../activation/content/profile-attributes.ts';
import { IncompleteListError, RefusedError, UnreadableAnswerError } from '../../flow-service/errors.ts';
import type { Segment } from '../../flow-service/segments.ts';
import type { FlowSpec } from '../../flow-service/specs.ts';
import { PlanRefusedError } from './plan-refused.ts';
import { publishedProblems, readSpecs } from './spec-check.ts';
import type { Applying } from '../steps.ts';

/** What is read before the first write; each may be withheld from who applies. */
const subjects = ['sandboxes', 'segments', 'attributes', 'connectionSpecs', 'flowSpecs'] as const;
type Subject = (typeof subjects)[number];

/** Segments that are asked for one by one; more are looked for in the list. */
const mostAskedFor = 3;

/**
 * Holds a plan against what the platform holds today, before anything is written; only reads, side by side. What
 * may not be read, or is not there to be read, is told as not checked.
 *
 * @param about - What is asked for; whatever is not new was judged when it came.
 * @returns The flow specs, where they could be read.
 * @throws PlanRefusedError with everything that does not fit; FlowServiceError.
 */
export async function checkPlatform(
  applying: Applying,
  about: readonly Subject[] = subjects,
): Promise<FlowSpec[] | undefined> {
  const { plan, client, authParams, tell, abort, stop } = applying;
  const options = { signal: abort, stop };
  const problems: Problem[] = [];
  const findings: Finding[] = [];

  /** Reads something and judges it. @throws what says that nothing else could be read either */
  async function judge<Read>(
    subject: Subject,
    reading: () => Promise<Read>,
    rule: (read: Read) => Problem[],
  ): Promise<Read | undefined> {
    if (!about.includes(subject)) return undefined;
    try {
      const read = await reading();
      problems.push(...rule(read));
      return read;
    } catch (error) {
      if (
        error instanceof RefusedError &&
        error.status === 404 &&
        /sandbox/i.test(error.serverMessage ?? '')
      ) {
        problems.push(problem('platform.sandboxUnknown', '$.sandbox', { sandbox: plan.sandbox }));
        return undefined;
      }
      const isWithheld = error instanceof RefusedError && [400, 403, 404, 405, 406].includes(error.status);
      const isUnknown = error instanceof UnreadableAnswerError || error instanceof IncompleteListError;
      if (!isWithheld && !isUnknown) throw error;
      findings.push({ id: 'finding.notChecked', severity: 'note', path: '$', values: { subject } });
      return undefined;
    }
  }

  const reads = await Promise.allSettled([
    judge(
      'flowSpecs',
      () => client.listFlowSpecs(options),
      (specs) => flowSpecProblems(plan, specs),
    ),
    judge(
      'sandboxes',
      () => client.listSandboxes(options),
      (sandboxes) => sandboxProblems(plan, sandboxes),
    ),
    judge(
      'segments',
      () => findSegments(applying),
      (segments) => {
        findings.push(...segmentNameFindings(plan, segments));
        return segmentProblems(plan, segments);
      },
    ),
    judge(
      'attributes',
      () => client.getUnionSchema(options),
      (schema) => {
        if (schema.properties !== undefined) return attributeProblems(plan, attributeTree(schema));
        findings.push({
          id: 'finding.notChecked',
          severity: 'note',
          path: '$',
          values: { subject: 'attributes' },
        });
        return [];
      },
    ),
    judge(
      'connectionSpecs',
      () => readSpecs(plan, client, options),
      (specs) => publishedProblems(plan, authParams, specs),
    ),
  ]);
  for (const one of reads) if (one.status === 'rejected') throw one.reason;
  for (const finding of findings) tell({ kind: 'finding', step: 'check', finding });
  if (problems.length > 0) throw new PlanRefusedError(unique(problems));
  const [flowSpecs] = reads;
  return flowSpecs.status === 'fulfilled' ? flowSpecs.value : undefined;
}

/** A sandbox that is not there is told by every answer. */
const unique = (problems: readonly Problem[]): Problem[] => [
  ...new Map(problems.map((one) => [`${one.id} ${one.path}`, one])).values(),
];

/** The segments of the plan that are there: asked for by their ids where they are few, else found in the list. */
async function findSegments({ plan, client, abort, stop }: Applying): Promise<Segment[]> {
  const options = { signal: abort, stop };
  const wanted = new Set(plan.segments.map((one) => listedId(one).toLowerCase()));
  const found: Segment[] = [];
  const keep = (segment: Segment): void => {
    if (wanted.delete(segment.id.toLowerCase())) found.push(segment);
  };
  if (wanted.size <= mostAskedFor) {
    const asked = await Promise.allSettled([...wanted].map((id) => client.getSegment(id, options)));
    for (const one of asked) if (one.status === 'fulfilled') keep(one.value);
  }
  // Somebody who cannot be asked for by an id may still be in the list: only both prove that it is not there.
  if (wanted.size === 0) return found;
  for await (const { segments, isCut } of client.listSegments(options)) {
    segments.forEach(keep);
    if (wanted.size === 0) break;
    if (isCut) throw new IncompleteListError({ method: 'GET', path: '/data/core/ups/audiences' });
  }
  return found;
}
