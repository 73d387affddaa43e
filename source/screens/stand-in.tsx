import { Text } from 'ink';
import type { ReactElement } from 'react';
import { useTone } from '../components/theme/theme.tsx';
import { useWizard } from './wizard-context.tsx';

/** Lines that the note takes. */
export const standInLines = (stands: boolean): number => (stands ? 1 : 0);

/** Says that a form comes from ferry's own catalog. @see flow-service.md, section 2.1 */
export function StandInNote({ stands }: { readonly stands: boolean }): ReactElement | null {
  const { text } = useWizard();
  const tone = useTone();
  if (!stands) return null;
  return (
    <Text {...tone.muted} wrap="truncate">
      {`  ${text('standsIn.note')}`}
    </Text>
  );
}
