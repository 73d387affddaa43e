import { missingPart } from '../../locale/missing-part.ts';
import { json, type Streams } from './streams.ts';
import { tell } from './wrap-said.ts';

/** Says that a part of the program is not there any more. Read from the start: whatever is read late may be gone too. */
export function tellMissingPart(streams: Streams, isJson: boolean): void {
  const { stdout, stderr, text, english, glyphs } = streams;
  if (isJson) json(stdout, { error: { kind: 'missingPart', ...missingPart(english) } });
  const { what, why, next } = missingPart(text);
  tell(stderr, `${glyphs.cross} ${what}`);
  for (const one of [why, next]) tell(stderr, `  ${one}`);
}
