import type { Text } from '../../locale/texts.ts';
import { isoText } from '../console/here.ts';
import { json, type Streams } from '../console/streams.ts';
import { tell } from '../console/wrap-said.ts';

/** @param untilMs - Epoch milliseconds, by the clock of the database. */
export const pauseText = (untilMs: number, text: Text): string =>
  text('work.paused', { time: isoText(untilMs).slice(11, 19) });

/** Tells that the platform wants to be left alone, by the clock that everybody has. */
export function tellPause(untilMs: number, { stdout, stderr, glyphs, text }: Streams, isJson: boolean): void {
  if (isJson) json(stdout, { kind: 'paused', until: isoText(untilMs) });
  else tell(stderr, `${glyphs.ellipsis} ${pauseText(untilMs, text)}`);
}
