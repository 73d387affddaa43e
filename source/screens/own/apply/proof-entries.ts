import { type Entry, entryLead, type Span } from '../../../components/entries/entries.tsx';
import {
  columnsForBeside,
  gap,
  labelColumns,
  labelledLines,
} from '../../../components/entries/labelled-lines.ts';
import { displayWidth, fit } from '../../../components/text/width.ts';
import { wrapBeside, wrapText } from '../../../components/text/wrap.ts';
import type { Glyphs } from '../../../components/theme/glyphs.ts';
import type { Text } from '../../../locale/texts.ts';
import type { ProofFact } from '../../../pages/ending/proof-facts.ts';
import type { ProofField, ProofPart } from '../../../pages/ending/proof-parts.ts';
import { countText } from '../../../pages/ending/report-text.ts';

/** Before the fields of a part. */
const indent = 4;

interface ProofLook {
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

/** Names of segments are as wide as the widest, up to this, or a third of the page; wider ones go on below. */
const widestName = 30;

/** Columns of the names of parts. */
const nameColumns = (parts: readonly ProofPart[], width: number): number =>
  Math.min(
    Math.max(widestName, Math.floor(width / 3)),
    Math.max(0, ...parts.map(({ label }) => displayWidth(label))),
  );

/** What stands in the columns of the parts: what was asked, and how much of it came back. */
export function partTitles(parts: readonly ProofPart[], { width, glyphs, text }: ProofLook): Span[] {
  if (width < columnsForBeside) return [];
  const lead = displayWidth(glyphs.collapsed) + 1 + nameColumns(parts, width) + gap;
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
  return parts.map((part) => partEntry(part, open.has(part.id), nameColumns(parts, look.width), look));
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
  // Beside each other, what was asked and what came back stand in their columns however long a name is.
  const isBeside = width >= columnsForBeside;
  const columns = isBeside ? nameWidth : room;
  const names = wrapBeside(lead, label, displayWidth(lead) + columns);
  const name = (isBeside ? names[0] : names.at(-1)) ?? '';
  const nameRoom = isBeside ? columns : Math.min(nameWidth, room);
  const named = fit(name, Math.max(displayWidth(lead) + nameRoom, displayWidth(name)), '');
  const left = room + displayWidth(lead) - displayWidth(named);
  const isSummed = shown.length === 0 && (isBeside || names.length === 1);
  const summary = isSummed ? fitting(asked, left - gap, glyphs) : '';
  const beside = summary === '' ? '' : ' '.repeat(gap) + summary;
  const others = (lines: readonly string[]): Span[][] => lines.map((said) => [{ said }]);
  return {
    id,
    mark: isSame ? glyphs.check : glyphs.cross,
    tone: isSame ? 'success' : 'danger',
    lines: [
      ...(isBeside ? [] : others(names.slice(0, -1))),
      [{ said: named }, { said: fit(beside, left + gap, ''), tone: 'muted' }, count],
      ...(isBeside ? others(names.slice(1)) : []),
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
  const room = width - entryLead - indent;
  const labelWidth = Math.min(
    Math.floor(room / 2) - gap,
    Math.max(0, ...valued.map(({ label }) => displayWidth(label))),
  );
  const sideWidth = Math.max(displayWidth(text('report.asked')), displayWidth(text('report.returned')));
  return fields.flatMap((field) => fieldOf(field, { ...look, labelWidth, sideWidth, room }));
}

interface FieldLook extends ProofLook {
  readonly labelWidth: number;
  readonly sideWidth: number;
  readonly room: number;
}

function fieldOf(field: ProofField, look: FieldLook): Span[][] {
  const { text, glyphs, width, labelWidth, room } = look;
  const { label, mark, asked, returned } = field;
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
  const names = wrapText(label, isBeside ? labelWidth : room);
  const values = isSame ? sameLines(asked, room - lead, text) : bothSides(field, room - lead, look);
  const before = (at: number): Span => (at === 0 ? sign : below);
  if (!isBeside)
    return [
      ...names.map((said, at): Span[] => [before(at), { said }]),
      ...values.map((spans): Span[] => [below, ...spans]),
    ];
  return Array.from({ length: Math.max(names.length, values.length) }, (_, at): Span[] => [
    before(at),
    { said: fit(names[at] ?? '', lead, '') },
    ...(values[at] ?? []),
  ]);
}

/** What was asked, and below it what came back. */
function bothSides(
  { asked, returned, apart }: ProofField,
  columns: number,
  { text, glyphs, sideWidth }: FieldLook,
): Span[][] {
  const far = apart === undefined ? '' : `   ${glyphs.isAscii ? '<-' : '←'} ${apart}`;
  const none = text('report.none');
  const sides = [
    [text('report.asked'), asked ?? none, 'plain'],
    [text('report.returned'), (returned ?? none) + far, 'danger'],
  ] as const;
  return sides.flatMap(([side, value, tone]) =>
    wrapText(value, columns - sideWidth - gap).map((line, at): Span[] => [
      { said: fit(at === 0 ? side : '', sideWidth + gap, ''), tone: 'muted' },
      { said: line, tone },
    ]),
  );
}

const sameLines = (value: string | undefined, columns: number, text: Text): Span[][] =>
  wrapText(value ?? text('report.none'), columns).map((said): Span[] => [{ said, tone: 'muted' }]);
