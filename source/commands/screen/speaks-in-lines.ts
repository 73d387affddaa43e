import type { Capabilities } from '../../terminal/capabilities.ts';
import type { Flags } from '../console/arguments.ts';

/** Whether lines are wanted that are read from top to bottom, or nothing else is possible. @see ux.md, rule 21 */
export const speaksInLines = (
  flags: Flags,
  { isAccessible, isDumb }: Pick<Capabilities, 'isAccessible' | 'isDumb'>,
): boolean => flags.accessible === true || isAccessible || isDumb;
