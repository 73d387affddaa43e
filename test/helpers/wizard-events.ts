import { catalog } from '../../source/activation/spec/catalog.ts';
import type { ChosenDestination } from '../../source/wizard/draft.ts';
import type { Answer } from '../../source/wizard/answers.ts';
import { initialState, reduce, type WizardEvent, type WizardState } from '../../source/wizard/reducer.ts';

export const nowMs = Date.parse('2026-12-01T09:00:00Z');

/** A destination as the catalog knows it. */
export function chosen(name: string): ChosenDestination {
  const entry = catalog.find((one) => one.name === name);
  if (!entry) throw new Error(name);
  const { connectionSpecId, auth, modes } = entry;
  return { connectionSpecId, name, auth, modes };
}

export const segment = (id: string) => ({
  id: `00000000-0000-4000-8000-00000000000${id}`,
  name: `Segment ${id}`,
});
export const answered = (answer: Answer): WizardEvent => ({ type: 'answered', answer });
export const run = (state: WizardState, ...events: WizardEvent[]): WizardState =>
  events.reduce(reduce, state);

/** From the first question to the review, to Adobe Campaign. */
export const whole: readonly WizardEvent[] = [
  answered({ of: 'sandbox', value: { name: 'dev', isProduction: false } }),
  { type: 'begun' },
  answered({ of: 'destination', value: chosen('Adobe Campaign') }),
  answered({ of: 'signIn', value: 'S3' }),
  answered({ of: 'signInFields', value: { accessId: 'AKIA', secretKey: 'hush' } }),
  answered({ of: 'location', value: 'S3' }),
  answered({ of: 'locationFields', value: { bucketName: 'crm-exports', path: 'daily' } }),
  answered({ of: 'segments', value: [segment('1'), segment('2')] }),
  answered({ of: 'attributes', value: ['person.name.firstName', 'personalEmail.address'] }),
  { type: 'kept', answer: { of: 'mandatory', value: ['person.name.firstName'] } },
  { type: 'kept', answer: { of: 'deduplication', value: ['personalEmail.address'] } },
  { type: 'continued' },
];
export const atReview = (): WizardState => run(initialState(nowMs, 'emulator'), ...whole);
