import { useEffect, useState } from 'react';
import type { Guide, GuideEntry } from '../../locale/guide.ts';
import type { WizardServices } from '../../pages/services.ts';
import type { WizardState } from '../../wizard/reducer.ts';

/** What a step is, why it is asked and where the answer is found: read once there is room for it. */
export function useExplained(
  { page, hasApplied }: Pick<WizardState, 'page' | 'hasApplied'>,
  isWanted: boolean,
  { loadGuide }: WizardServices,
): GuideEntry | undefined {
  const [guide, setGuide] = useState<Guide>();
  useEffect(() => {
    if (!isWanted) return;
    let isThere = true;
    void loadGuide().then((loaded) => {
      if (isThere) setGuide(loaded);
    });
    return () => {
      isThere = false;
    };
  }, [isWanted, loadGuide]);
  return isWanted ? guide?.[entryOf({ page, hasApplied })] : undefined;
}

/** The explanation of a page: a run that only reads applies nothing. */
export const entryOf = ({ page, hasApplied }: Pick<WizardState, 'page' | 'hasApplied'>): keyof Guide =>
  page === 'apply' && !hasApplied ? 'wouldSend' : page;
