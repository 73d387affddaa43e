import { escapedJson } from '../../activation/plan/escaped-json.ts';
import { mostWrittenBytes as mostBytes, readText } from '../../ground/read-file.ts';
import writeFileAtomic from 'write-file-atomic';
import type { Plan } from '../../activation/plan/plan.ts';
import type { Report } from '../../activation/report.ts';

/**
 * Writes a plan into the current folder, named after the dataflow. A file that says something else is
 * never replaced: the next free number is taken.
 *
 * @returns The file's name.
 */
export const savePlan = (plan: Plan): Promise<string> => saveBeside(plan.name, 'plan', plan);

/** Writes what was asked for beside what came back, as a plan is written. @returns The file's name. */
export const saveReport = (compared: { plan: Plan; flowId: string; report: Report }): Promise<string> =>
  saveBeside(compared.plan.name, 'report', compared);

async function saveBeside(name: string, kind: 'plan' | 'report', document: object): Promise<string> {
  const { file, content, isThere } = await freeFile(name, kind, document);
  if (!isThere) await writeFileAtomic(file, content, { mode: 0o600 });
  return file;
}

/** The first file of that name that is free, or says the same already, and what is to stand in it. */
export async function freeFile(
  name: string,
  kind: 'plan' | 'report',
  document: object,
): Promise<{ file: string; content: string; isThere: boolean }> {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? ['activation'];
  const stem = words.join('-').slice(0, 80);
  const content = `${escapedJson(document, 2)}\n`;
  for (let number = 1; ; number++) {
    const file = `${stem}${number === 1 ? '' : `-${number}`}.${kind}.json`;
    const there = await readText(file, { mostBytes }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (there === undefined || there === content) return { file, content, isThere: there !== undefined };
  }
}
