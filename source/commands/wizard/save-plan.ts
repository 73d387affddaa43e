import { escapedJson } from '../../activation/plan/escaped-json.ts';
import { readFile } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import type { Plan } from '../../activation/plan/plan.ts';

/**
 * Writes a plan into the current folder, named after the dataflow. A file that says something else is
 * never replaced: the next free number is taken.
 *
 * @returns The file's name.
 */
export async function savePlan(plan: Plan): Promise<string> {
  const words = plan.name
    .normalize('NFKD')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? ['activation'];
  const stem = words.join('-').slice(0, 80);
  const content = `${escapedJson(plan, 2)}\n`;
  for (let number = 1; ; number++) {
    const file = `${stem}${number === 1 ? '' : `-${number}`}.plan.json`;
    const there = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (there === content) return file;
    if (there === undefined) {
      await writeFileAtomic(file, content, { mode: 0o600 });
      return file;
    }
  }
}
