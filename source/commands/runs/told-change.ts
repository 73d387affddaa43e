import type { DifferenceEvent } from '../../apply/events.ts';
import type { Text } from '../../locale/texts.ts';
import { changeLines, type Folded } from '../../pages/ending/change-text.ts';
import { visible } from '../console/visible.ts';
import { localZone } from '../console/here.ts';

/** A change in lines that may be shown, with its exports from now on and in the time of this place. */
export function toldChange(event: DifferenceEvent, text: Text, unchanged?: Folded): string[] {
  const zone = localZone();
  return changeLines(event, text, { nowMs: Date.now(), zone }, unchanged).map(visible);
}
