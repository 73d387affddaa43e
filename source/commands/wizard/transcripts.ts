import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { orNothing } from '../../state/folder/kept-files.ts';

/** Where guided sessions keep what was asked and answered. */
export const transcriptFolder = (stateFolder: string): string => path.join(stateFolder, 'transcripts');

/** The transcripts that were last written to at this moment or before, as paths. @param beforeMs - Epoch milliseconds. @throws StateUnreadableError */
export function oldTranscripts(stateFolder: string, beforeMs: number): string[] {
  const folder = transcriptFolder(stateFolder);
  try {
    return readdirSync(folder)
      .map((name) => path.join(folder, name))
      .filter((file) => file.endsWith('.md') && statSync(file).mtimeMs <= beforeMs);
  } catch (error) {
    return orNothing(folder, error) ?? [];
  }
}
