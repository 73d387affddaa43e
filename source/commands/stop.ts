import { explain, type Scene } from '../locale/explain.ts';
import { english } from '../locale/texts.ts';
import { exitCodeOf } from './exit-codes.ts';
import { json, line, type Streams } from './streams.ts';

/** Ends a command with sentences and an exit code: an ordinary end, not a bug. */
export class Stop extends Error {
  override readonly name = 'Stop';
  readonly exitCode: number;
  readonly sentences: readonly string[];
  constructor(exitCode: number, sentences: readonly string[]) {
    super(sentences.join(' '));
    this.exitCode = exitCode;
    this.sentences = sentences;
  }
}

/**
 * Runs a command, which says where it is as soon as it knows. A Stop or an error of the platform becomes
 * sentences on stderr and an exit code.
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
      if (isJson) json(streams.stdout, { error: { sentences: error.sentences } });
      error.sentences.forEach((sentence) => {
        line(streams.stderr, sentence);
      });
      return error.exitCode;
    }
    if (typeof error !== 'object' || error === null || !('kind' in error)) throw error;
    const told = explain(english, error, scene);
    if (isJson) json(streams.stdout, { error: { kind: error.kind, ...told } });
    tellError(streams, told);
    return exitCodeOf(error);
  }
}

/** Prints what happened, why, and what to do. */
export function tellError(streams: Streams, told: ReturnType<typeof explain>): void {
  line(streams.stderr, `✗ ${told.what}`);
  if (told.why !== '') line(streams.stderr, `  ${told.why}`);
  line(streams.stderr, `  ${told.next}`);
  if (told.requestId !== undefined)
    line(streams.stderr, `  ${english('error.requestId', { requestId: told.requestId })}`);
}
