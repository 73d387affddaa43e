import { type Glyphs, type Tone, type Tones } from '../theme/theme.tsx';

/** How far something to be done is. */
export type ChecklistState = 'waiting' | 'running' | 'done' | 'failed' | 'skipped';

export type StateLook = {
  readonly mark: string;
  readonly markTone: Tone;
  readonly labelTone: Tone;
};

/** `running` has a mark of its own for where nothing may move. */
export function lookOfState(state: ChecklistState, glyphs: Glyphs, tone: Tones): StateLook {
  switch (state) {
    case 'waiting':
      return { mark: glyphs.dot, markTone: tone.muted, labelTone: tone.muted };
    case 'running':
      return { mark: glyphs.current, markTone: tone.accent, labelTone: tone.current };
    case 'done':
      return { mark: glyphs.check, markTone: tone.success, labelTone: tone.plain };
    case 'failed':
      return { mark: glyphs.cross, markTone: tone.danger, labelTone: tone.strong };
    case 'skipped':
      return { mark: glyphs.line, markTone: tone.muted, labelTone: tone.muted };
  }
}
