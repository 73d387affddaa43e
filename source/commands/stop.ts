import { explain, type Scene } from '../locale/explain.ts';
import { english, type Text } from '../locale/texts.ts';
import { exitCodeOf } from './exit-codes.ts';
import { json, line, type Streams } from './streams.ts';

/** A sentence in the language of whoever reads it: a person in theirs, a program always in English. */
export type Sentence = (text: Text) => string;

/** Ends a command with sentences and an exit code: an ordinary end, not a bug. */
export class Stop extends Error {
  override readonly name = 'Stop';
  readonly exitCode: number;
  readonly sentences: readonly Sentence[];
  constructor(exitCode: number, ...sentences: readonly Sentence[]) {
    super(sentences.map((sentence) => sentence(english)).join(' '));
    this.exitCode = exitCode;
    this.sentences = sentences;
  }
}

/**
 * Runs a command, which says where it is as soon as it knows. A Stop or an error of the platform becomes
 * sentences on stderr, a document on stdout for `--json`, and an exit code.
 */
export async function withStop(
  streams: Streams,
  isJson: boolean,
  command: (enter: (scene: Scene) => void) => Promise<number>,
): Promise<number> {
  let scene: Scene = { host: '', sandbox: '' };
  try {
    return await command((entered) => {
      scene = entered;
    });
  } catch (error) {
    if (error instanceof Stop) {
      const { sentences } = error;
      if (isJson) json(streams.stdout, { error: { sentences: sentences.map((say) => say(english)) } });
      for (const say of sentences) line(streams.stderr, say(streams.text));
      return error.exitCode;
    }
    if (typeof error !== 'object' || error === null || !('kind' in error)) throw error;
    if (isJson) json(streams.stdout, { error: { kind: error.kind, ...explain(english, error, scene) } });
    tellError(streams, error, scene);
    return exitCodeOf(error);
  }
}

/** Prints what happened, why, and what to do. */
export function tellError(
  { stderr, text, glyphs }: Pick<Streams, 'stderr' | 'text' | 'glyphs'>,
  error: unknown,
  scene: Scene,
): void {
  const { what, why, next, requestId } = explain(text, error, scene);
  line(stderr, `${glyphs.cross} ${what}`);
  if (why !== '') line(stderr, `  ${why}`);
  line(stderr, `  ${next}`);
  if (requestId !== undefined) line(stderr, `  ${text('error.requestId', { requestId })}`);
}
