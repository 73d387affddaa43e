import { explain, type Scene } from '../../locale/explain.ts';
import type { Text } from '../../locale/texts.ts';
import { isStop, saidBy } from '../console/stop.ts';
import { line, type Streams } from '../console/streams.ts';
import { pluginCode, pluginLine } from './nagios-line.ts';

/**
 * What a monitoring plugin says when nothing could be looked at, whatever the reason: one line on stdout, and "unknown".
 *
 * @returns the exit code
 * @see living.md, M12
 */
export function pluginFailure(
  error: unknown,
  { stdout, english }: Pick<Streams, 'stdout' | 'english'>,
  scene: Scene = { host: '', sandbox: '' },
): number {
  line(stdout, pluginLine('unknown', plainWords(error, english, scene)));
  return pluginCode.unknown;
}

function plainWords(error: unknown, english: Text, scene: Scene): string {
  if (isStop(error)) return saidBy(error, english);
  if (typeof error !== 'object' || error === null || !('kind' in error)) return String(error);
  const { what, why, next } = explain(english, error, scene);
  return [what, why, next].join(' ');
}
