import { type Glyphs, type Tone, type Tones } from '../theme/theme.tsx';
import { type SelectionMode } from './searchable-list-state.ts';

type RowFacts = {
  readonly mode: SelectionMode;
  readonly isCursor: boolean;
  readonly isSelected: boolean;
  readonly isDisabled: boolean;
};

type RowLook = {
  readonly pointer: string;
  readonly mark: string;
  readonly pointerTone: Tone;
  readonly markTone: Tone;
  readonly labelTone: Tone;
  readonly matchTone: Tone;
};

export function lookOfRow(facts: RowFacts, glyphs: Glyphs, tone: Tones): RowLook {
  const labelTone = facts.isDisabled ? tone.muted : facts.isCursor ? tone.current : tone.plain;
  return {
    pointer: facts.isCursor ? glyphs.pointer : ' '.repeat(glyphs.pointer.length),
    pointerTone: facts.isCursor ? tone.accent : tone.plain,
    mark: markOf(facts, glyphs),
    // Every tone is bytes on the line, on each of the rows, with every key.
    markTone: facts.isSelected ? tone.success : tone.plain,
    labelTone,
    // Underlined, so that it is seen without colour too.
    matchTone: { underline: true },
  };
}

function markOf({ mode, isSelected, isDisabled }: RowFacts, glyphs: Glyphs): string {
  if (mode === 'multi') {
    return isSelected ? glyphs.boxOn : isDisabled ? glyphs.dot.padEnd(glyphs.boxOff.length) : glyphs.boxOff;
  }
  return isSelected ? glyphs.check : ' '.repeat(glyphs.check.length);
}

/** Columns before the label: pointer, mark and a space after each. */
export function leadWidth(mode: SelectionMode, glyphs: Glyphs): number {
  return glyphs.pointer.length + 1 + (mode === 'multi' ? glyphs.boxOff.length : glyphs.check.length) + 1;
}
