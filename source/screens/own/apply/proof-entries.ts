import { type Entry, entryLead, type Span } from '../../../components/entries/entries.tsx';
import {
  columnsForBeside,
  gap,
  labelColumns,
  labelledLines,
} from '../../../components/entries/labelled-lines.ts';
import { displayWidth, fit } from '../../../components/text/width.ts';
import { wrapText } from '../../../components/text/wrap.ts';
import type { Glyphs } from '../../../components/theme/glyphs.ts';
import type { Text } from '../../../locale/texts.ts';
import type { ProofFact } from '../../../pages/ending/proof-facts.ts';
import type { ProofField, ProofPart } from '../../../pages/ending/proof-parts.ts';
import { countText } from '../../../pages/ending/report-text.ts';

/** Before the fields of a part. */
const indent = 4;

export interface ProofLook {
  readonly width: number;
  readonly glyphs: Glyphs;
  readonly text: Text;
}

/** The facts of a proof: nothing of them is cut. */
export function factEntries(facts: readonly ProofFact[], { width }: ProofLook): readonly Entry[] {
  const labels = labelColumns(facts.map(({ label }) => label));
  return facts.map(({ id, label, values }): Entry => {
    const say = (columns: number): Span[][] =>
      values.flatMap((value) => wrapText(value, columns).map((line): Span[] => [{ said: line }]));
    return {
      // The connections of a proof are called as the dataflow is.
      id: `fact ${id}`,
      lines: labelledLines(label, labels, width, say, values.length === 1 ? values[0] : undefined),
    };
  });
}

/** What else is to be known, where there is no room for it above. */
export const noteEntry = (notes: string, { width }: ProofLook): Entry => ({
  id: 'notes',
  lines: wrapText(notes, width - entryLead).map((said): Span[] => [{ said, tone: 'muted' }]),
});

/** Names of segments are as wide as the widest, up to this. */
const widestName = 30;

/** Columns of the names of parts. */
const nameColumns = (parts: readonly ProofPart[]): number =>
  Math.min(widestName, Math.max(0, ...parts.map(({ label }) => displayWidth(label))));

/** What stands in the columns of the parts: what was asked, and how much of it came back. */
export function partTitles(parts: readonly ProofPart[], { width, glyphs, text }: ProofLook): Span[] {
  if (width < columnsForBeside) return [];
  const lead = displayWidth(glyphs.collapsed) + 1 + nameColumns(parts) + gap;
  const [asked, returned] = [text('report.asked'), text('report.returned')];
  const said = `${' '.repeat(lead)}${fit(asked, width - entryLead - lead - displayWidth(returned), '')}${returned}`;
  return [{ said, tone: 'muted' }];
}

/** The parts of a proof, names and what was asked beneath each other. @param open - Those that were opened. */
export function partEntries(
  parts: readonly ProofPart[],
  open: ReadonlySet<string>,
  look: ProofLook,
): readonly Entry[] {
  return parts.map((part) => partEntry(part, open.has(part.id), nameColumns(parts), look));
}

/** A part of a proof: a line where it agrees and is not opened, and what differs below it; opened, all of its fields. */
function partEntry(part: ProofPart, isOpen: boolean, nameWidth: number, look: ProofLook): Entry {
  const { glyphs, text, width } = look;
  const { id, label, isSame, asked, fields } = part;
  const shown = isOpen ? fields : fields.filter(({ mark }) => mark !== 'same');
  const fold = shown.length > 0 ? glyphs.expanded : glyphs.collapsed;
  const same = fields.filter(({ mark }) => mark === 'same').length;
  const extra = fields.filter(({ mark, asked }) => mark === 'extra' && asked === undefined).length;
  const count: Span = {
    said: countText({ same, asked: fields.length - extra, extra }, text),
    tone: isSame ? 'muted' : 'danger',
  };
  const lead = `${fold} `;
  const room = width - entryLead - displayWidth(lead) - displayWidth(count.said) - gap;
  const names = wrapText(label, room);
  const leadOf = (line: number): string => (line === 0 ? lead : ' '.repeat(displayWidth(lead)));
  const last = names.at(-1) ?? '';
  // As wide as the others, or wider: a name is never cut.
  const name = fit(last, Math.max(Math.min(nameWidth, room), displayWidth(last)), '');
  const summary =
    shown.length > 0 || names.length > 1 ? '' : fitting(asked, room - displayWidth(name) - gap, glyphs);
  const beside = summary === '' ? '' : ' '.repeat(gap) + summary;
  return {
    id,
    mark: isSame ? glyphs.check : glyphs.cross,
    tone: isSame ? 'success' : 'danger',
    lines: [
      ...names.slice(0, -1).map((line, at): Span[] => [{ said: leadOf(at) + line }]),
      [
        { said: leadOf(names.length - 1) + name },
        { said: fit(beside, room - displayWidth(name) + gap, ''), tone: 'muted' },
        count,
      ],
      ...fieldLines(shown, look),
    ],
  };
}

/** Of several words side by side, those that fit, and how many there are more. */
function fitting(words: readonly string[], width: number, glyphs: Glyphs): string {
  const separator = ` ${glyphs.dot} `;
  for (let count = words.length; count > 0; count--) {
    const more = words.length - count;
    const said = words.slice(0, count).join(separator) + (more === 0 ? '' : `${separator}+${more}`);
    if (displayWidth(said) <= width) return said;
  }
  // The first may be the longest.
  const more = words.length > 1 ? `${separator}+${words.length - 1}` : '';
  const one = words.find((word) => displayWidth(word + more) <= width);
  return one === undefined ? '' : one + more;
}

function fieldLines(fields: readonly ProofField[], look: ProofLook): readonly Span[][] {
  const { text, width } = look;
  const valued = fields.filter(({ asked, returned }) => asked !== '' && returned !== '');
  const labelWidth = Math.max(0, ...valued.map(({ label }) => displayWidth(label)));
  const sideWidth = Math.max(displayWidth(text('report.asked')), displayWidth(text('report.returned')));
  return fields.flatMap((field) =>
    fieldOf(field, { ...look, labelWidth, sideWidth, room: width - entryLead - indent }),
  );
}

interface FieldLook extends ProofLook {
  readonly labelWidth: number;
  readonly sideWidth: number;
  readonly room: number;
}

function fieldOf(
  field: ProofField,
  { text, glyphs, width, labelWidth, sideWidth, room }: FieldLook,
): Span[][] {
  const { label, mark, asked, returned, apart } = field;
  const isSame = mark === 'same';
  const sign: Span = {
    said: `${' '.repeat(indent - 2)}${isSame ? glyphs.check : glyphs.cross} `,
    tone: isSame ? 'success' : 'danger',
  };
  const below: Span = { said: ' '.repeat(indent) };
  // What only has to be there, or only has to be gone.
  if (asked === '' || returned === '') {
    const verdict = isSame ? '' : text(mark === 'extra' ? 'report.extra' : 'report.missing');
    return [
      ...wrapText(label, room).map((line, at): Span[] => [at === 0 ? sign : below, { said: line }]),
      ...(verdict === '' ? [] : [[below, { said: verdict, tone: 'danger' }] satisfies Span[]]),
    ];
  }
  const isBeside = width >= columnsForBeside;
  const lead = isBeside ? labelWidth + gap : 0;
  const first = (at: number): Span[] =>
    isBeside ? [at === 0 ? sign : below, { said: fit(at === 0 ? label : '', lead, '') }] : [below];
  const titled: Span[][] = isBeside
    ? []
    : wrapText(label, room).map((line, at) => [at === 0 ? sign : below, { said: line }]);
  if (isSame) {
    const values = wrapText(asked ?? text('report.none'), room - lead);
    return [...titled, ...values.map((line, at): Span[] => [...first(at), { said: line, tone: 'muted' }])];
  }
  const sides = [
    [text('report.asked'), asked, 'plain'],
    [text('report.returned'), returned, 'danger'],
  ] as const;
  const said = sides.flatMap(([side, value, tone]) =>
    wrapText(
      `${value ?? text('report.none')}${tone === 'danger' && apart !== undefined ? `   ${glyphs.isAscii ? '<-' : '←'} ${apart}` : ''}`,
      room - lead - sideWidth - gap,
    ).map((line, at): Span[] => [
      { said: fit(at === 0 ? side : '', sideWidth + gap, ''), tone: 'muted' },
      { said: line, tone },
    ]),
  );
  return [...titled, ...said.map((spans, at): Span[] => [...first(at), ...spans])];
}
