import { useState } from 'react';
import { useKeys } from '../../components/keys/use-keys.ts';
import { displayWidth } from '../../components/text/width.ts';
import { useGlyphs } from '../../components/theme/theme.tsx';
import type { GuideEntry } from '../../locale/guide.ts';
import type { Text } from '../../locale/texts.ts';
import type { WizardState } from '../../wizard/reducer.ts';
import { guideLines } from './guide-lines.ts';
import { entryOf } from './use-explained.ts';
import { guideLead } from './guide-panel.tsx';
import type { GuidedRoom } from './layout.ts';
import { stepNameOf } from '../../wizard/pages.ts';
import type { WizardServices } from '../../pages/services.ts';

interface GuidedPage {
  readonly entry: GuideEntry;
  readonly room: GuidedRoom;
  /** What Ctrl+G does: the panel goes or comes, and where it is cut all of it lies over the page. */
  readonly toggle: () => void;
  /** The large name; nothing while nobody presents. */
  readonly banner: readonly string[];
}

/** What a guided session adds to a page; nothing where nobody is guided. Ctrl+P switches the large names. */
export function useGuided(
  state: Pick<WizardState, 'page' | 'hasApplied' | 'draft'>,
  columns: number,
  text: Text,
  { guide, banners, isPresenting: begins = false }: WizardServices,
): GuidedPage | undefined {
  const [isPresenting, setIsPresenting] = useState(begins);
  const [isHidden, setIsHidden] = useState(false);
  const glyphs = useGlyphs();
  useKeys((press) => {
    if (press.kind === 'ctrl' && press.letter === 'p') setIsPresenting((is) => !is);
  }, guide !== undefined);
  if (guide === undefined) return undefined;
  const entry = guide[entryOf(state)];
  const large = banners?.[stepNameOf(state.page)] ?? [];
  // A terminal that is too narrow, or shows no such signs, gets the name spaced out.
  const fits = large.every(
    (line) => displayWidth(line) <= columns && !(glyphs.isAscii && /[▀▄█]/.test(line)),
  );
  const banner = !isPresenting
    ? []
    : large.length > 0 && fits
      ? large
      : [spaced(text(stepNameOf(state.page)))];
  return {
    entry,
    banner,
    room: {
      bannerLines: banner.length,
      lines: isHidden ? undefined : (width) => guideLines(entry, text, width - guideLead).length,
    },
    toggle: () => setIsHidden((is) => !is),
  };
}

const spaced = (name: string): string => `  ${[...name.toUpperCase()].join(' ')}`;
