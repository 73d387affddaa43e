import { useEffect, useState } from 'react';
import type { Guide, GuideEntry } from '../../locale/guide.ts';
import type { WizardServices } from '../../pages/services.ts';
import type { WizardState } from '../../wizard/reducer.ts';

/** What a step is, why it is asked and where the answer is found: read once there is room for it. */
export function useExplained(
  state: Explained,
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
  return isWanted ? guide?.[entryOf(state)] : undefined;
}

/** What decides how a page is explained. */
type Explained = Pick<WizardState, 'page' | 'hasApplied' | 'draft'>;

/** The explanation of a page: a run that only reads applies nothing, and a change creates nothing. */
export function entryOf({ page, hasApplied, draft }: Explained): keyof Guide {
  if (page !== 'apply') return page;
  if (!hasApplied) return 'wouldSend';
  return draft.flow === undefined ? 'apply' : 'applyChange';
}
