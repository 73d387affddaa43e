import type { Finding } from '../../activation/watch/finding.ts';
import type { Glyphs } from '../../components/theme/glyphs.ts';

/** How much a finding weighs, in one sign. */
export const signOf = ({ severity }: Pick<Finding, 'severity'>, glyphs: Glyphs): string =>
  severity === 'wrong' ? glyphs.cross : severity === 'look' ? glyphs.warning : '?';
