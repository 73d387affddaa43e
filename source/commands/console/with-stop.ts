import { explain, type Scene } from '../../locale/explain.ts';
import { exitCodeOf } from './exit-codes.ts';
import { NotPermittedError } from './rights.ts';
import { isStop } from './stop.ts';
import { json, type Streams } from './streams.ts';
import { tell } from './wrap-said.ts';

/**
 * Runs a command, which says where it is as soon as it knows. A Stop or an error of the platform becomes
 * sentences on stderr, a document on stdout for `--json`, and an exit code.
 *
 * @param command - Says when it has begun a document: that is not followed by another one.
 */
export async function withStop(
  streams: Streams,
  isJson: boolean,
  command: (enter: (scene: Scene) => void, begun: () => void) => Promise<number>,
): Promise<number> {
  let saysJson = isJson;
  let scene: Scene = { host: '', sandbox: '' };
  try {
    return await command(
      (entered) => {
        scene = entered;
      },
      () => {
        saysJson = false;
      },
    );
  } catch (error) {
    if (isStop(error)) {
      const { sentences } = error;
      if (saysJson)
        json(streams.stdout, { error: { sentences: sentences.map((say) => say(streams.english)) } });
      for (const say of sentences) tell(streams.stderr, say(streams.text));
      return error.exitCode;
    }
    if (typeof error !== 'object' || error === null || !('kind' in error)) throw error;
    if (error instanceof NotPermittedError && streams.restriction) await noteRefused(error, streams);
    if (saysJson)
      json(streams.stdout, { error: { kind: error.kind, ...explain(streams.english, error, scene) } });
    tellError(streams, error, scene);
    return exitCodeOf(error);
  }
}

/** What a command was not let do that was let begin, for the audit log: its line says which command it was. */
async function noteRefused(error: NotPermittedError, { env, english }: Streams): Promise<void> {
  const { audit } = await import('../runs/record-run.ts');
  const { what } = explain(english, error, { host: '', sandbox: '' });
  await audit(env, { act: 'refused', why: what });
}

/** Prints what happened, why, and what to do. @param between - What there is by now: said before what to do. */
export function tellError(
  { stderr, text, glyphs }: Pick<Streams, 'stderr' | 'text' | 'glyphs'>,
  error: unknown,
  scene: Scene,
  between: readonly string[] = [],
): void {
  const { what, why, next, requestId } = explain(text, error, scene);
  tell(stderr, `${glyphs.cross} ${what}`);
  if (why !== '') tell(stderr, `  ${why}`);
  for (const one of between) tell(stderr, `  ${one}`);
  tell(stderr, `  ${next}`);
  if (requestId !== undefined) tell(stderr, `  ${text('error.requestId', { requestId })}`);
}
