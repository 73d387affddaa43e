import type { PlannedRun } from '../runs/plan-runs.ts';
import { rowsOf } from '../runs/run-rows.ts';
import type { WrittenFile } from '../options.ts';
import type { JsonObject, Scope } from '../store.ts';
import type { World } from '../world.ts';
import { columnsOf, neededIn } from './columns.ts';
import { encoded, endingOf, formatOf } from './encode.ts';
import { fileName, folderName, type Named, partName } from './names.ts';
import type { Target } from './place.ts';
import type { Uploads } from './uploads/uploads.ts';
import { makerOf, type Value } from './values.ts';

/**
 * Writes the files of a run: as many rows as it tells of, split where they are too many, and the manifest where the
 * storage location wants one.
 *
 * @throws Error of the storage's client
 * @see cards.md, sections 4.2 and 6; flow-service.md, section 5.3
 */
export async function writeExport(
  run: PlannedRun,
  scope: Scope,
  { params, folder, spec }: Target,
  uploads: Uploads,
  world: World,
): Promise<WrittenFile[]> {
  const { store, settings } = world;
  const { flow } = run;
  const rows = rowsOf(run, settings);
  const format = formatOf(params);
  const columns = columnsOf(flow, store, scope);
  const needed = neededIn(flow);
  const makers = columns.map((column) => makerOf(column, isNeeded(column.source, needed), run.slotMs));
  const row = (index: number): Value[] => makers.map((make) => make(index));
  const named = namedIn(run, scope, spec, world);
  const name = fileName(run.value, named);
  const within = folderName(folder, named);
  // What is named after a segment is not there before its first export.
  if (within !== folder) await makeFolders(folder, within, uploads);
  const write = async (called: string, pieces: AsyncIterable<Uint8Array>): Promise<WrittenFile> => {
    const path = within === '' ? called : `${within}/${called}`;
    let bytes = 0;
    const counted = async function* (): AsyncGenerator<Uint8Array> {
      for await (const piece of pieces) {
        bytes += piece.length;
        yield piece;
      }
    };
    await uploads.write(path, counted());
    return { path, bytes };
  };
  const header = columns.map((column) => column.name);
  const written: WrittenFile[] = [];
  for (let part = 1; part <= rows.files; part++) {
    const from = (part - 1) * settings.rowsPerFile;
    const to = Math.min(rows.output, from + settings.rowsPerFile);
    const some = (function* (): Generator<Value[]> {
      // Nobody is twice in one export.
      for (let index = from; index < to; index++) yield row(index);
    })();
    written.push(await write(partName(name, part, endingOf(format)), encoded(format, header, some)));
  }
  if (params['includeFileManifest'] === true) {
    const manifest = {
      flowRunId: run.id,
      scheduledTime: new Date(run.slotMs).toISOString(),
      exportResults: written.map(({ path, bytes }) => ({
        sinkPath: within,
        name: path.slice(path.lastIndexOf('/') + 1),
        size: bytes,
      })),
    };
    await write(`manifest-${flow.id}-${run.id}.json`, inOnePiece(JSON.stringify(manifest)));
  }
  return written;
}

async function* inOnePiece(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

/** An identity is named by its code alone. */
const isNeeded = (source: string, needed: ReadonlySet<string>): boolean =>
  needed.has(source) ||
  (source.startsWith('identityMap.') &&
    needed.has(source.slice('identityMap.'.length).replaceAll('//.', '.')));

async function makeFolders(folder: string, within: string, { makeFolder }: Uploads): Promise<void> {
  const fixed = folder.split('/').findIndex((part) => part.includes('%'));
  const parts = within.split('/');
  for (let count = fixed + 1; count <= parts.length; count++)
    await makeFolder?.(parts.slice(0, count).join('/'));
}

function namedIn(run: PlannedRun, { orgId, sandbox }: Scope, spec: string, world: World): Named {
  const card: JsonObject = world.connectionSpecs.get(spec) ?? {};
  const segment = world.segments().find(({ id }) => id === run.segmentId);
  return {
    destination: String(card['name'] ?? ''),
    segmentId: run.segmentId,
    segmentName: run.segmentName === '' ? (segment?.name ?? '') : run.segmentName,
    flowId: run.flow.id,
    flowName: run.flowName,
    organisation: orgId,
    sandbox,
    mergePolicy: segment?.mergePolicyId ?? '',
    atMs: run.startedMs,
  };
}
