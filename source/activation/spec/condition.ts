import type { JsonSchema } from '../../flow-service/json-schema.ts';
import { own } from '../own.ts';

/** Values that a `conditional` may look at, by field name. */
export type Circumstances = Readonly<Record<string, string | undefined>>;

/** Adobe's own `conditional`: a member that applies only while another one has certain values. */
export interface Condition {
  /** Last part of the name: `fileType`, `_workflow`. */
  readonly field: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** The condition of a property, where it has one that can be read. @see flow-service.md, section 2.1 */
export function conditionOf({ conditional }: JsonSchema): Condition | undefined {
  if (!conditional?.field) return undefined;
  const { field, operator = '', value } = conditional;
  const values = (Array.isArray(value) ? value : [value]).map(String);
  return { field: field.split('.').at(-1) ?? '', operator, values };
}

/** Whether a condition holds; one about something that nobody knows, or that nobody can read, does. */
export function holds({ field, operator, values }: Condition, circumstances: Circumstances): boolean {
  // Segments are activated, never datasets: that is known without asking.
  const asked = own(circumstances, field) ?? (field === '_workflow' ? '' : undefined);
  if (asked === undefined) return true;
  switch (operator) {
    case 'EQUALS':
    case 'IN':
      return values.includes(asked);
    case 'NOT_EQUALS':
      return !values.includes(asked);
    case 'CONTAINS':
      return values.some((one) => asked.includes(one));
    case 'NOT_CONTAINS':
      return !values.some((one) => asked.includes(one));
    default:
      return true;
  }
}
