import type { Unsaid } from '../../activation/sayable.ts';
import type { Text } from '../../locale/texts.ts';
import { unsaidTexts } from '../../pages/ending/unsaid-text.ts';
import { visible } from '../console/visible.ts';

/** What no plan can say of a dataflow, in lines that may be shown. */
export const unsaidLines = (unsaid: readonly Unsaid[], text: Text): string[] =>
  unsaidTexts(unsaid, text).map(visible);
