import path from 'node:path';
import { readdir, stat } from '../../ground/files.ts';
import { exitCode } from '../console/exit-codes.ts';
import { Stop } from '../console/stop.ts';

/** Whether a folder of plans is named, and no plan. */
export const isFolder = (file: string): Promise<boolean> =>
  stat(file).then(
    (one) => one.isDirectory(),
    () => false,
  );

/** When a file was saved, epoch milliseconds; nothing of what is no file, such as standard input. */
export const savedMs = (file: string): Promise<number | undefined> =>
  stat(file).then(
    (one) => (one.isFile() ? one.mtimeMs : undefined),
    () => undefined,
  );

/** The files of a folder that are plans by their name, in its order. @throws Stop (2) where there is none */
export async function plansIn(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.plan.json')).sort();
  if (names.length === 0) throw new Stop(exitCode.usage, (text) => text('command.noPlans', { folder }));
  return names.map((name) => path.join(folder, name));
}
