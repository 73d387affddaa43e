import { createContext, useContext } from 'react';
import type { AskedScene } from '../../locale/explain.ts';
import type { KeyPress } from '../../components/keys/key-press.ts';
import type { GuideEntry } from '../../locale/guide.ts';
import type { Text } from '../../locale/texts.ts';
import type { WizardEvent, WizardState } from '../../wizard/reducer.ts';
import type { Layout } from './layout.ts';
import type { Asking, Outcome } from '../../pages/page.ts';
import type { Ending, WizardServices } from '../../pages/services.ts';

interface WizardContextValue {
  readonly state: WizardState;
  /** What pages are declared with. */
  readonly asking: Asking;
  readonly send: (event: WizardEvent) => void;
  /** Does what an answer means; nothing is no answer. */
  readonly act: (outcome: Outcome | undefined) => void;
  readonly services: WizardServices;
  readonly text: Text;
  readonly scene: AskedScene;
  /** Whether keys arrive at the page: not while something lies over it. */
  readonly isActive: boolean;
  /** Columns and lines a page may use. */
  readonly width: number;
  readonly height: number;
  /** Presses a key on the page, as if it had been pressed, once nothing lies over it. */
  readonly runKey: (press: KeyPress) => void;
  /** The explanation of the page and the room for it; nothing where nobody is guided. */
  readonly guided: { readonly entry: GuideEntry; readonly room: NonNullable<Layout['guide']> } | undefined;
  /** What Ctrl+G does just now; nothing where nobody is guided. */
  readonly guideKey: 'guide' | 'guideAll' | 'guideHide' | undefined;
  /** What a page with room to spare says of itself, where nobody is guided. */
  readonly explained: GuideEntry | undefined;
  readonly isRoomy: boolean;
  readonly finish: (ending: Ending) => void;
  readonly setBusy: (stop: (() => void) | undefined) => void;
  /** Has the header say that the platform wants to be asked more seldom, until the returned function is called. */
  readonly beSlowed: () => () => void;
}

export const WizardContext = createContext<WizardContextValue | undefined>(undefined);

export function useWizard(): WizardContextValue {
  const value = useContext(WizardContext);
  if (!value) throw new Error('useWizard needs a WizardContext');
  return value;
}
