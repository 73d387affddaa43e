import { isObject } from '../plan/json-path.ts';
import { listedId, type Plan, type PlanSegment } from '../plan/plan.ts';
import { documented } from '../spec/catalog.ts';
import { folderParts } from '../spec/folder.ts';
import { fileTypeOf, locationParams } from '../spec/storage-location.ts';
import { columnsOf } from './columns.ts';
import { csvLine, type CsvOptions, usualCsvOptions } from './csv-file.ts';
import { previewName } from './filename-template.ts';
import { sampleRows } from './sample-rows.ts';

/** What stands in every made-up row: whoever reads one, also a program, knows it for what it is. */
export const sampleMark = 'ferry-sample-';

/** A file as an export will write it, with made-up rows. */
export interface SampleFile {
  /** Below the folder of the place, with the folders that are named after the segment. */
  readonly name: string;
  /**
   * Whether it lies where its template says. A name that has signs of a path may lead anywhere, and nobody says what the
   * platform makes of it.
   */
  readonly isBelow: boolean;
  readonly type: 'CSV' | 'JSON' | 'PARQUET';
  readonly isGzip: boolean;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** How a plan writes CSV. @see cards.md, section 4.1 */
export function csvOptionsOf(plan: Plan): CsvOptions {
  const { csvOptions } = locationParams(plan);
  return { ...usualCsvOptions, ...(isObject(csvOptions) ? csvOptions : {}) };
}

/**
 * The sample of a segment's export: name, columns and format are the plan's, rows are made up.
 *
 * @param nowMs - The moment of its name, epoch milliseconds.
 * @see flow-service.md, section 5.3; cards.md, sections 4.1 and 6.2
 */
export function sampleFile(plan: Plan, segment: PlanSegment, nowMs: number): SampleFile {
  const columns = columnsOf(plan.attributes.selected);
  const type = fileTypeOf(plan) ?? 'CSV';
  const isGzip = plan.destination.location['compression'] === 'GZIP';
  const segmentName = segment.name ?? segment.id;
  const name = previewName(segment.filenameTemplate, {
    destinationName: documented(plan.destination.connectionSpecId)?.name ?? '',
    segmentId: listedId(segment),
    segmentName,
    sandbox: plan.sandbox,
    flowId: plan.flow,
    flowName: plan.name,
    fileType: type,
    atMs: nowMs,
  });
  const folders = folderParts(plan.destination.location).below.map((one) =>
    one.replaceAll(/%SEGMENT_(NAME|ID)%/g, (_, what) => (what === 'ID' ? listedId(segment) : segmentName)),
  );
  const rows = sampleRows(
    columns.map(({ path }) => path),
    [],
  ).map(({ values }, at) => values.map((value, column) => marked(value, column, at + 1)));
  const parts = [...folders, isGzip && type !== 'PARQUET' ? `${name}.gz` : name];
  return {
    name: parts.join('/'),
    isBelow: parts.every(isOneName),
    type: type === 'JSON' || type === 'PARQUET' ? type : 'CSV',
    isGzip,
    columns: columns.map(({ column }) => column),
    rows,
  };
}

/** Whether a server takes a text as the name of one file or folder, whichever sign it parts them by. */
const isOneName = (text: string): boolean => !/[/\\]|^\.{0,2}$/.test(text);

/** The first value of a row says that it is made up, and so does every address: nobody must be written to. */
function marked(value: string, column: number, row: number): string {
  if (value.includes('@')) return `${sampleMark}${row}@example.com`;
  return column === 0 ? `${sampleMark}${row}` : value;
}

/** The lines of a file of text: a header and rows, or an object a line. */
export function sampleText({ type, columns, rows }: SampleFile, options: CsvOptions): string {
  const lines =
    type === 'JSON'
      ? rows.map(
          (row) =>
            `{${columns.map((column, at) => `${JSON.stringify(column)}:${JSON.stringify(row[at] ?? '')}`).join(',')}}`,
        )
      : [columns, ...rows].map((row) => csvLine(row, options));
  return `${lines.join('\n')}\n`;
}
