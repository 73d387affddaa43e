import type { Created } from '../../flow-service/connections.ts';
import { type CreateStep, idOfStep, type ObjectStep } from '../../activation/steps.ts';
import { type Applying, requestOf } from '../steps.ts';
import { createOnce } from './create-once.ts';
import { findMarked } from './find-again.ts';
import { likenessOf } from './likeness.ts';

/**
 * Makes something, unless an earlier attempt has.
 *
 * @param look - Finds what was made already.
 * @returns its id
 * @throws FlowServiceError, UnmarkedError, JournalError, Stopped
 */
export async function make(
  applying: Applying,
  name: CreateStep,
  look: Parameters<typeof createOnce>[0]['look'],
  call: () => Promise<Created>,
): Promise<string> {
  const { made, tell, step } = applying;
  const key = idOfStep[name];
  const earlier = made[key];
  if (earlier !== undefined) {
    tell({ kind: 'succeeded', step: name, ms: 0, id: earlier, isEarlier: true });
    return earlier;
  }
  const { id } = await step(
    name,
    () => createOnce({ ...applying, step: name, look, call }),
    (answer) => ({
      id: answer.id,
      ...requestOf(answer),
    }),
  );
  made[key] = id;
  return id;
}

/** Makes one object of the Flow Service, unless an earlier attempt has. @returns its id @throws as `make` */
export const makeObject = (
  applying: Applying,
  step: ObjectStep,
  connectionSpecId: string,
  call: () => Promise<Created>,
): Promise<string> =>
  make(
    applying,
    step,
    (isOver) => {
      const isAlike = likenessOf(step, applying.plan, applying.made);
      return findMarked({ ...applying, step, connectionSpecId, isAlike, isOver });
    },
    call,
  );
