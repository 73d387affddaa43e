import { type Glyphs, type ToneName } from '../theme/theme.tsx';

/** How far something to be done is. */
export type ChecklistState = 'waiting' | 'running' | 'done' | 'failed' | 'skipped';

type StateLook = {
  readonly mark: string;
  readonly markTone: ToneName;
  readonly labelTone: ToneName;
};

/** `running` has a mark of its own for where nothing may move. */
export function lookOfState(state: ChecklistState, glyphs: Glyphs): StateLook {
  switch (state) {
    case 'waiting':
      return { mark: glyphs.dot, markTone: 'muted', labelTone: 'muted' };
    case 'running':
      return { mark: glyphs.current, markTone: 'accent', labelTone: 'current' };
    case 'done':
      return { mark: glyphs.check, markTone: 'success', labelTone: 'plain' };
    case 'failed':
      return { mark: glyphs.cross, markTone: 'danger', labelTone: 'strong' };
    case 'skipped':
      return { mark: glyphs.line, markTone: 'muted', labelTone: 'muted' };
  }
}
