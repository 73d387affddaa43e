import { type Tones, tonesFor } from '../../components/theme/tone.ts';
import { type Capabilities, forceColorOf } from '../../terminal/capabilities.ts';
import type { Flags } from '../console/arguments.ts';

/** How a screen looks in this terminal. */
export interface Look {
  tones: Tones;
}

/** Settles the colours of a screen; to be called before Ink is imported, which reads `FORCE_COLOR` only then. */
export function settleLook(flags: Flags, { colourDepth, background }: Capabilities): Look {
  const depth = flags['no-color'] === true ? 'none' : colourDepth;
  // Ink knows no NO_COLOR.
  process.env['FORCE_COLOR'] = forceColorOf(depth);
  return { tones: tonesFor({ depth, background }) };
}
