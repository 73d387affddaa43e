import { createHash } from 'node:crypto';
import { mostKeptBytes, readText } from '../../ground/read-file.ts';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod/mini';
import { escapedJson } from '../../activation/plan/escaped-json.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import { besideParams } from '../../activation/spec/catalog.ts';
import { folderNames, folderParts } from '../../activation/spec/folder.ts';
import { makeFolder } from '../../ground/make-folder.ts';
import { stateFolder } from '../../settings/state-folder.ts';
import type { Streams } from '../console/streams.ts';

const record = z.object({
  /** ISO 8601, UTC. */
  checkedAt: z.string(),
  server: z.string(),
  outcome: z.enum(['fine', 'failed']),
  steps: z.array(z.object({ step: z.string(), outcome: z.string(), why: z.optional(z.string()) })),
});

/** What a check of a place has seen, without words: for the receipt of whoever applies the plan later. */
export type CheckRecord = z.infer<typeof record>;

/** Params of a location that say how files are written, and nothing of where: a check looks at none of them. */
const ofFiles: readonly string[] = [
  ...['fileType', 'datasetFileType', 'format', 'compression', 'csvOptions'],
  ...besideParams.map(({ name }) => name),
];

/** One file a place: by what a plan says of it, which holds no secret. */
function fileOf(env: Streams['env'], { destination }: Plan): string {
  const { connectionSpecId, baseConnectionId, auth, location } = destination;
  const names = Object.keys(location).filter(
    (name) => !ofFiles.includes(name) && !folderNames.some((one) => one === name),
  );
  const where = names.toSorted().map((name) => [name, location[name]]);
  const { fixed } = folderParts(location);
  const said = JSON.stringify([connectionSpecId, baseConnectionId, auth, where, fixed]);
  const name = createHash('sha256').update(said).digest('hex').slice(0, 32);
  return path.join(stateFolder(env), 'storage', `${name}.json`);
}

/** Keeps what was seen, in the place of what was seen before. What cannot be kept is only missing from receipts. */
export async function keepCheck(env: Streams['env'], plan: Plan, seen: CheckRecord): Promise<void> {
  const file = fileOf(env, plan);
  try {
    makeFolder(path.dirname(file));
    await writeFileAtomic(file, `${escapedJson(seen, 2)}\n`, { mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}

/** What was seen last of the place of a plan; nothing where nobody looked, or where it cannot be read. */
export async function lastCheck(env: Streams['env'], plan: Plan): Promise<CheckRecord | undefined> {
  try {
    return record.parse(JSON.parse(await readText(fileOf(env, plan), { mostBytes: mostKeptBytes })));
  } catch {
    return undefined;
  }
}
