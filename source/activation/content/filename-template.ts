import { limits } from '../findings/limits.ts';
import { type Problem, problem } from '../plan/problem.ts';

/** The template every card accepts, and the one the wizard proposes. @see flow-service.md, section 5.3 */
export const defaultTemplate = '%DESTINATION_NAME%_%SEGMENT_ID%_%DATETIME(YYYYMMdd_HHmmss)%';

/** Longest file name, in characters. @see section 6 */
export const longestName = limits.fileName.most;

const datetime = 'DATETIME(YYYYMMdd_HHmmss)';

/** Macros of the older cards, in the order the platform shows them. */
export const macros = ['DESTINATION_NAME', 'SEGMENT_ID', 'SEGMENT_NAME', datetime, 'TIMESTAMP'] as const;
export type Macro = (typeof macros)[number];

/** The older cards refuse a template without these two. */
const required: readonly Macro[] = ['DESTINATION_NAME', 'SEGMENT_ID'];

export type TemplatePart =
  { kind: 'macro'; macro: Macro } | { kind: 'unknown'; text: string } | { kind: 'text'; text: string };

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
    const macro = macros.find((known) => known === name);
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

/** Macros that only cards of today take beside the others; there none is required. @see cards.md, section 6.2 */
const newerMacros = [
  ...['DESTINATION', 'DESTINATION_INSTANCE_ID', 'DESTINATION_INSTANCE_NAME'],
  ...['ORGANIZATION_NAME', 'SANDBOX_NAME'],
];

/**
 * Everything wrong with a template.
 *
 * @param kind - Of the card that it is for.
 * @see flow-service.md, section 5.3; cards.md, section 6.2
 */
export function templateProblems(template: string, path = '', kind: 'older' | 'newer' = 'older'): Problem[] {
  if (template.trim() === '') return [problem('template.empty', path)];
  const parts = parseTemplate(template);
  const used = parts.flatMap((part) => (part.kind === 'macro' ? [part.macro] : []));
  const found: Problem[] = [];
  for (const part of parts) {
    if (part.kind === 'unknown' && kind === 'newer' && newerMacros.includes(part.text)) continue;
    if (part.kind === 'unknown') {
      const isDatetime = /^datetime/i.test(part.text);
      found.push(
        isDatetime
          ? problem('template.datetimeFormat', path, { macro: `%${part.text}%` })
          : problem('template.unknownMacro', path, { macro: `%${part.text}%` }),
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

export interface NameFacts {
  destinationName: string;
  segmentId: string;
  segmentName: string;
  /** Moment of the export, epoch milliseconds. */
  atMs: number;
  /** Only the day is known, as for an export that follows an evaluation. */
  isDayOnly?: boolean | undefined;
}

/** Facts with the shortest believable names: what is too long with these is too long always. */
const shortest: NameFacts = {
  destinationName: 'X',
  segmentId: '00000000-0000-0000-0000-000000000000',
  segmentName: 'X',
  atMs: 0,
};

/** The file name an export gets, with `.csv`. Times are UTC; of one that is not known the place is left. */
export function previewName(template: string, facts: NameFacts): string {
  const moment = new Date(facts.atMs).toISOString();
  const digits = moment.replace(/\D/g, '');
  const values: Record<Macro, string> = {
    DESTINATION_NAME: facts.destinationName.replaceAll(/\s+/g, ''),
    SEGMENT_ID: facts.segmentId,
    SEGMENT_NAME: facts.segmentName,
    [datetime]: `${digits.slice(0, 8)}_${facts.isDayOnly === true ? 'HHmmss' : digits.slice(8, 14)}`,
    TIMESTAMP: facts.isDayOnly === true ? '%TIMESTAMP%' : String(Math.floor(facts.atMs / 1000)),
  };
  const name = parseTemplate(template)
    .map((part) =>
      part.kind === 'macro' ? values[part.macro] : part.kind === 'text' ? part.text : `%${part.text}%`,
    )
    .join('');
  return `${name}.csv`;
}

/**
 * A template whose last macro is only begun, with the rest of the first macro that goes on so and is not
 * used yet; nothing when none does.
 */
export function completeMacro(template: string): string | undefined {
  const parts = parseTemplate(template);
  const last = parts.at(-1);
  const open = last?.kind === 'text' ? last.text.lastIndexOf('%') : -1;
  if (last?.kind !== 'text' || open < 0) return undefined;
  const begun = last.text.slice(open + 1).toUpperCase();
  const used = parts.flatMap((part) => (part.kind === 'macro' ? [part.macro] : []));
  const found = macros.find((macro) => !used.includes(macro) && macro.toUpperCase().startsWith(begun));
  return found && `${template.slice(0, template.length - (last.text.length - open))}%${found}%`;
}

/** The macros of a template in their order. */
export const macrosOf = (template: string): Macro[] =>
  parseTemplate(template).flatMap((part) => (part.kind === 'macro' ? [part.macro] : []));

/** Macros that cannot be left out. */
export const isRequiredMacro = (macro: Macro): boolean => required.includes(macro);

/** These macros, joined as the platform does it, and the custom text that the template ends with. */
export function withMacros(template: string, chosen: readonly Macro[]): string {
  const last = parseTemplate(template).at(-1);
  const custom = last?.kind === 'text' ? last.text : '';
  return chosen.map((macro) => `%${macro}%`).join('_') + custom;
}

/** The names of one export's files: more than five million rows are split. @see flow-service.md, section 5.3 */
export function splitNames(name: string): string[] {
  const stem = name.replace(/\.csv$/, '');
  return [name, `${stem}_2.csv`, `${stem}_3.csv`];
}
