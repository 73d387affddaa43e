import type { JsonObject } from '../store.ts';

/** What stands in the names of files and folders. */
export interface Named {
  readonly destination: string;
  readonly segmentId: string;
  readonly segmentName: string;
  readonly flowId: string;
  readonly flowName: string;
  readonly organisation: string;
  readonly sandbox: string;
  readonly mergePolicy: string;
  /** Epoch milliseconds. */
  readonly atMs: number;
}

const longest = 255;

/** A name within a file's name: of another sign than letters, digits, `.`, `-` and `_` nobody says what becomes. */
const plain = (name: string): string => name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_');
/** The names of cards are written together. */
const together = (name: string): string => name.replaceAll(/[^\p{L}\p{N}]+/gu, '');

/**
 * The name that a template makes, without its ending; where a selector has none, the platform's own.
 *
 * @see flow-service.md, section 5.3; cards.md, section 6.2
 */
export function fileName({ filenameTemplate }: JsonObject, named: Named): string {
  const stamp = new Date(named.atMs).toISOString().replaceAll(/[-:]|\.\d+Z$/g, '');
  const moment = stamp.replace('T', '_');
  const macros: Readonly<Record<string, string>> = {
    DESTINATION: together(named.destination),
    DESTINATION_NAME: together(named.destination),
    SEGMENT_ID: named.segmentId,
    SEGMENT_NAME: plain(named.segmentName),
    DESTINATION_INSTANCE_ID: named.flowId,
    DESTINATION_INSTANCE_NAME: plain(named.flowName),
    ORGANIZATION_NAME: plain(named.organisation),
    SANDBOX_NAME: plain(named.sandbox),
    MERGE_POLICY_ID: named.mergePolicy,
    'DATETIME(YYYYMMdd_HHmmss)': moment,
    TIMESTAMP: String(Math.floor(named.atMs / 1000)),
  };
  const template = typeof filenameTemplate === 'string' ? filenameTemplate : '';
  const name =
    template === ''
      ? `${together(named.destination)}_segment${named.segmentId}_${stamp.replace('T', '')}`
      : // What is no macro is text of the person's own, whose signs of per cent go.
        template.replaceAll(/%([^%]+)%/g, (_, word: string) =>
          Object.hasOwn(macros, word) ? (macros[word] ?? '') : plain(word),
        );
  return name.replaceAll('/', '_').slice(0, longest);
}

/** The folder of an export: parts may be named after its segment. @see cards.md, section 4.1 */
export const folderName = (folder: string, { segmentId, segmentName }: Named): string =>
  folder
    .replaceAll('%SEGMENT_ID%', segmentId)
    .replaceAll('%SEGMENT_NAME%', plain(segmentName).replaceAll(/^\.+$/g, '_'));

/** Split exports: `name.csv`, `name_2.csv`, `name_3.csv`. @see flow-service.md, section 5.3 */
export const partName = (name: string, part: number, ending: string): string =>
  `${name}${part === 1 ? '' : `_${part}`}${ending}`;
