import { limits } from '../findings/limits.ts';
import { type Problem, problem } from '../plan/problem.ts';
import type { CardKind } from '../spec/catalog.ts';

/** The template every card accepts. @see flow-service.md, section 5.3 */
export const defaultTemplate = '%DESTINATION_NAME%_%SEGMENT_ID%_%DATETIME(YYYYMMdd_HHmmss)%';

/** What is proposed for a card: on those of today the destination is called otherwise. @see cards.md, section 6.2 */
export const proposedTemplate = (kind: CardKind): string =>
  kind === 'older' ? defaultTemplate : '%DESTINATION%_%SEGMENT_ID%_%DATETIME(YYYYMMdd_HHmmss)%';

/** Longest file name, in characters. @see section 6 */
export const longestName = limits.fileName.most;

const datetime = 'DATETIME(YYYYMMdd_HHmmss)';

/** Macros of the older cards, in the order the platform shows them. */
const olderMacros = ['DESTINATION_NAME', 'SEGMENT_ID', 'SEGMENT_NAME', datetime, 'TIMESTAMP'] as const;

/** Those of the cards of today, none of which is required. @see cards.md, section 6.2 */
const newerMacros = [
  ...(['DESTINATION', 'SEGMENT_ID', 'SEGMENT_NAME'] as const),
  ...(['DESTINATION_INSTANCE_ID', 'DESTINATION_INSTANCE_NAME'] as const),
  ...(['ORGANIZATION_NAME', 'SANDBOX_NAME', datetime, 'TIMESTAMP'] as const),
] as const;

export type Macro = (typeof olderMacros)[number] | (typeof newerMacros)[number];
const everyMacro: readonly Macro[] = [...new Set([...olderMacros, ...newerMacros])];

/** The macros that a card offers, in the order in which they are shown. */
export const macrosFor = (kind: CardKind): readonly Macro[] => (kind === 'older' ? olderMacros : newerMacros);

/** Whether a card takes a macro; those of today take also what migrated dataflows have. @see flow-service.md, section 5.3 */
const takes = (kind: CardKind, macro: Macro): boolean =>
  macrosFor(kind).includes(macro) || (kind === 'newer' && macro === 'DESTINATION_NAME');

/** The older cards refuse a template without these two. */
const required: readonly Macro[] = ['DESTINATION_NAME', 'SEGMENT_ID'];

export type TemplatePart =
  | { kind: 'macro'; macro: Macro }
  | { kind: 'unknown'; text: string }
  | { kind: 'text'; text: string };

/**
 * Cuts a template into macros and text. Total: anything parses, and
 * {@link formatTemplate} of the parts gives the same template back.
 */
export function parseTemplate(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let rest = template;
  while (rest !== '') {
    const open = rest.indexOf('%');
    const close = open < 0 ? -1 : rest.indexOf('%', open + 1);
    if (open < 0 || close < 0) {
      parts.push({ kind: 'text', text: rest });
      break;
    }
    if (open > 0) parts.push({ kind: 'text', text: rest.slice(0, open) });
    const name = rest.slice(open + 1, close);
    const macro = everyMacro.find((known) => known === name);
    parts.push(macro ? { kind: 'macro', macro } : { kind: 'unknown', text: name });
    rest = rest.slice(close + 1);
  }
  return parts;
}

/** The template that parses to these parts. */
export function formatTemplate(parts: readonly TemplatePart[]): string {
  return parts
    .map((part) => (part.kind === 'text' ? part.text : `%${part.kind === 'macro' ? part.macro : part.text}%`))
    .join('');
}

/**
 * Everything wrong with a template.
 *
 * @param kind - Of the card that it is for.
 * @see flow-service.md, section 5.3; cards.md, section 6.2
 */
export function templateProblems(template: string, path = '', kind: CardKind = 'older'): Problem[] {
  if (template.trim() === '') return [problem('template.empty', path)];
  const parts = parseTemplate(template);
  const used = parts.flatMap((part) => (part.kind === 'macro' ? [part.macro] : []));
  const found: Problem[] = [];
  const allowed = macrosFor(kind).map((macro) => `%${macro}%`);
  const unknownMacro = (macro: string): Problem =>
    problem('template.unknownMacro', path, { macro: `%${macro}%`, allowed });
  for (const part of parts) {
    if (part.kind === 'macro' && !takes(kind, part.macro)) found.push(unknownMacro(part.macro));
    if (part.kind === 'unknown') {
      const isDatetime = /^datetime/i.test(part.text);
      found.push(
        isDatetime
          ? problem('template.datetimeFormat', path, { macro: `%${part.text}%` })
          : unknownMacro(part.text),
      );
    } else if (part.kind === 'text' && !/^[A-Za-z0-9 _.-]*$/.test(part.text)) {
      found.push(problem('template.characters', path, { text: part.text }));
    }
  }
  for (const macro of kind === 'older' ? required : []) {
    if (!used.includes(macro)) found.push(problem('template.macroMissing', path, { macro: `%${macro}%` }));
  }
  const repeated = used.find((macro, index) => used.indexOf(macro) !== index);
  if (repeated !== undefined) found.push(problem('template.repeatedMacro', path, { macro: `%${repeated}%` }));
  if (used.includes(datetime) && used.includes('TIMESTAMP')) found.push(problem('template.oneMoment', path));
  if (found.length === 0) {
    const length = previewName(template, shortest).length;
    if (length > longestName) found.push(problem('template.tooLong', path, { length, most: longestName }));
  }
  return found;
}

/** `true` when two exports of one segment get different names. */
export function hasMoment(template: string): boolean {
  return parseTemplate(template).some(
    (part) => part.kind === 'macro' && (part.macro === datetime || part.macro === 'TIMESTAMP'),
  );
}

/** Whether a file of a segment of that name would be put into a folder that its name makes. */
export const makesFolders = (template: string, segmentName: string): boolean =>
  segmentName.includes('/') &&
  parseTemplate(template).some((part) => part.kind === 'macro' && part.macro === 'SEGMENT_NAME');

/** The same template with the id of the segment, and without its name. */
export function withIdForName(template: string): string {
  const hasId = template.includes('%SEGMENT_ID%');
  if (!hasId) return template.replaceAll('%SEGMENT_NAME%', '%SEGMENT_ID%');
  return template.replaceAll(/[_-]?%SEGMENT_NAME%/g, '').replace(/^[_-]/, '');
}

export interface NameFacts {
  destinationName: string;
  segmentId: string;
  segmentName: string;
  /** What is not known keeps its place. */
  sandbox?: string | undefined;
  flowId?: string | undefined;
  flowName?: string | undefined;
  /** `CSV`, `JSON` or `PARQUET`. @default 'CSV' */
  fileType?: string | undefined;
  /** Moment of the export, epoch milliseconds. */
  atMs?: number | undefined;
  /** Only the day is known, as for an export that follows an evaluation. */
  isDayOnly?: boolean | undefined;
}

/** Facts with the shortest believable names: what is too long with these is too long always. */
const shortest: NameFacts = {
  destinationName: 'X',
  sandbox: 'X',
  flowId: '00000000-0000-0000-0000-000000000000',
  flowName: 'X',
  segmentId: '00000000-0000-0000-0000-000000000000',
  segmentName: 'X',
  atMs: 0,
};

/** The file name an export gets, with `.csv` or what its type is called. Times are UTC; of one that is not known the place is left. */
export function previewName(template: string, facts: NameFacts): string {
  const { atMs } = facts;
  const digits = atMs === undefined ? '' : new Date(atMs).toISOString().replace(/\D/g, '');
  const isMoment = atMs !== undefined && facts.isDayOnly !== true;
  const destination = facts.destinationName.replaceAll(/\s+/g, '');
  const values: Record<Macro, string> = {
    DESTINATION_NAME: destination,
    DESTINATION: destination,
    DESTINATION_INSTANCE_ID: facts.flowId ?? '%DESTINATION_INSTANCE_ID%',
    DESTINATION_INSTANCE_NAME: facts.flowName ?? '%DESTINATION_INSTANCE_NAME%',
    ORGANIZATION_NAME: '%ORGANIZATION_NAME%',
    SANDBOX_NAME: facts.sandbox ?? '%SANDBOX_NAME%',
    SEGMENT_ID: facts.segmentId,
    SEGMENT_NAME: facts.segmentName,
    [datetime]: `${digits.slice(0, 8) || 'YYYYMMdd'}_${isMoment ? digits.slice(8, 14) : 'HHmmss'}`,
    TIMESTAMP: isMoment ? String(Math.floor(atMs / 1000)) : '%TIMESTAMP%',
  };
  const name = parseTemplate(template)
    .map((part) =>
      part.kind === 'macro' ? values[part.macro] : part.kind === 'text' ? part.text : `%${part.text}%`,
    )
    .join('');
  return `${name}.${(facts.fileType ?? 'csv').toLowerCase()}`;
}

/**
 * A template whose last macro is only begun, with the rest of the first macro of the card that goes on so and is
 * not used yet; nothing when none does.
 */
export function completeMacro(template: string, kind: CardKind): string | undefined {
  const parts = parseTemplate(template);
  const last = parts.at(-1);
  const open = last?.kind === 'text' ? last.text.lastIndexOf('%') : -1;
  if (last?.kind !== 'text' || open < 0) return undefined;
  const begun = last.text.slice(open + 1).toUpperCase();
  const used = parts.flatMap((part) => (part.kind === 'macro' ? [part.macro] : []));
  const found = macrosFor(kind).find(
    (macro) => !used.includes(macro) && macro.toUpperCase().startsWith(begun),
  );
  return found && `${template.slice(0, template.length - (last.text.length - open))}%${found}%`;
}

/** The macros of a template in their order. */
export const macrosOf = (template: string): Macro[] =>
  parseTemplate(template).flatMap((part) => (part.kind === 'macro' ? [part.macro] : []));

/** Macros that cannot be left out. */
export const isRequiredMacro = (macro: Macro, kind: CardKind): boolean =>
  kind === 'older' && required.includes(macro);

/** These macros, joined as the platform does it, and the custom text that the template ends with. */
export function withMacros(template: string, chosen: readonly Macro[]): string {
  const last = parseTemplate(template).at(-1);
  const custom = last?.kind === 'text' ? last.text : '';
  return chosen.map((macro) => `%${macro}%`).join('_') + custom;
}

/** The names of one export's files: more than five million rows are split. @see flow-service.md, section 5.3 */
export function splitNames(name: string): string[] {
  const [, stem = name, extension = ''] = /^(.*)(\.[a-z]+)$/s.exec(name) ?? [];
  return [name, `${stem}_2${extension}`, `${stem}_3${extension}`];
}
