import { existsSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';

/**
 * Puts metrics in the place of those that were there, at once: a collector never sees half of them. Everybody may
 * read them, as a collector is somebody else; a file that was there keeps its mode.
 *
 * The name of the file meanwhile does not end in `.prom`, or it would be collected too.
 *
 * @throws what the disk says
 * @see living.md, M3
 */
export async function writeMetrics(file: string, metrics: string): Promise<void> {
  await writeFileAtomic(file, metrics, existsSync(file) ? {} : { mode: 0o644 });
}
