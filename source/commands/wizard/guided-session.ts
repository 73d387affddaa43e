import type { Banners } from '../../locale/banners.ts';
import type { Guide } from '../../locale/guide.ts';
import type { WizardServices } from '../../pages/services.ts';
import { stateFolder } from '../../settings/state-folder.ts';
import type { Flags } from '../console/arguments.ts';
import type { Streams } from '../console/streams.ts';
import { keepTranscript, type Transcript } from './transcript-file.ts';

/** What a guided session adds to a wizard. */
export interface Guided {
  readonly services: { guide: Guide; banners: Banners; isPresenting: boolean };
  /** Begins a transcript of what is asked and answered. */
  readonly transcribe: (services: WizardServices) => Transcript;
}

/** Reads the explanations and the large names in the person's language. */
export async function beginGuided(flags: Flags, { text, glyphs, env }: Streams): Promise<Guided> {
  const [{ guideIn }, { bannersIn }] = await Promise.all([
    import('../../locale/guide.ts'),
    import('../../locale/banners.ts'),
  ]);
  const [guide, banners] = await Promise.all([guideIn(text), bannersIn(text.language)]);
  return {
    services: { guide, banners, isPresenting: flags.presenter === true },
    transcribe: (services) =>
      keepTranscript(stateFolder(env), { text, glyphs, services, guide: (page) => guide[page] }),
  };
}
