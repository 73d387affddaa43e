import { fileURLToPath } from 'node:url';
import type { ReactElement } from 'react';
import { expect, it } from 'vitest';
import type { Look } from '../../../../source/activation/watch/since-last.ts';
import type { FlowWatch } from '../../../../source/activation/watch/watch.ts';
import { displayWidth } from '../../../../source/components/text/width.ts';
import { usualLimits } from '../../../../source/activation/watch/watched.ts';
import { FocusContext } from '../../../../source/components/living/focus.ts';
import { TimingContext } from '../../../../source/components/living/timing.ts';
import { english, textIn } from '../../../../source/locale/catalogs.ts';
import type { Text } from '../../../../source/locale/texts.ts';
import type { RemoteCache, RemoteSources, StatusRound } from '../../../../source/pages/remote-cache.ts';
import type { Ending, WizardServices } from '../../../../source/pages/services.ts';
import { Wizard } from '../../../../source/screens/frame/wizard.tsx';
import { preloadPages } from '../../../../source/screens/frame/page-table.tsx';
import { initialState, type WizardState } from '../../../../source/wizard/reducer.ts';
import { at } from '../../../activation/watch/watching.ts';
import { handFocus, handTiming } from '../../../helpers/hand-timing.ts';
import { type InkHarness, renderInk } from '../../../helpers/ink.tsx';
import { remoteCache } from '../../../helpers/remote.ts';
import { byDay } from '../../../helpers/soak.ts';

/** 26 Nov 2026, 14:02:10 UTC. */
export const startMs = Date.UTC(2026, 10, 26, 14, 2, 10);

export interface WatchedPage extends InkHarness {
  readonly time: ReturnType<typeof handTiming>;
  readonly focus: ReturnType<typeof handFocus>;
  readonly cache: RemoteCache;
  readonly copied: readonly string[];
  /** What the wizard was left for. */
  readonly left: readonly Ending[];
  /** How often something was drawn since the last time this was asked. */
  readonly drawn: () => number;
}

/** The wizard at a page that follows by itself, with sources that are written down and time that passes by hand. */
export async function watchedPage(
  state: Omit<Partial<WizardState>, 'draft'> & { readonly draft?: Partial<WizardState['draft']> },
  sources: Partial<RemoteSources>,
  more: { columns?: number; rows?: number; text?: Text; services?: Partial<WizardServices> } = {},
): Promise<WatchedPage> {
  await preloadPages();
  const { columns = 80, rows = 24, text = english } = more;
  const time = handTiming(startMs);
  const focus = handFocus();
  const copied: string[] = [];
  const left: Ending[] = [];
  const never = (): Promise<never> => new Promise(() => undefined);
  const cache = remoteCache({ sandboxes: never, ...sources }, time.timing.now);
  const services = {
    organisation: { host: 'platform.adobe.io', orgId: 'ACME', sandbox: 'dev', missing: [] },
    isReadOnly: false,
    may: () => true,
    loadGuide: never,
    offers: { drafts: [], runs: [] },
    plans: [],
    keep: () => undefined,
    takenBack: () => Promise.resolve([]),
    copy: (said: string) => copied.push(said) > 0,
    now: time.timing.now,
    timeZone: 'UTC',
    ...more.services,
  } as Partial<WizardServices> as WizardServices;
  const begun = initialState(startMs, 'emulator');
  const { draft, ...rest } = state;
  const sandbox = { name: 'dev', isProduction: false };
  const initial: WizardState = { ...begun, draft: { ...begun.draft, sandbox, ...draft }, ...rest };
  const page: ReactElement = (
    <TimingContext value={time.timing}>
      <FocusContext value={focus}>
        <Wizard
          initialState={initial}
          services={services}
          cache={cache}
          text={text}
          onRestored={() => undefined}
          onEnd={(ending) => left.push(ending)}
        />
      </FocusContext>
    </TimingContext>
  );
  const ink = await renderInk(page, { columns, rows });
  let seen = ink.frames().length;
  return {
    ...ink,
    time,
    focus,
    cache,
    copied,
    left,
    drawn() {
      const count = ink.frames().length - seen;
      seen = ink.frames().length;
      return count;
    },
  };
}

/** How the exports of some dataflows stood at 13:34. */
export const statusRound = (watched: readonly FlowWatch[], before?: Look): StatusRound => ({
  watched,
  limits: usualLimits,
  isCut: false,
  readMs: at('13:34'),
  offsetMs: 0,
  calls: 9,
  before,
});

/** Says that a page fits every size in both languages: `look` keeps the frames it comes by, each by a name and below a folder of the goldens. */
export function itFits(
  open: (more: { columns: number; rows: number; text: Text }) => Promise<WatchedPage>,
  look: (page: WatchedPage, keep: (name: string) => Promise<void>) => Promise<void>,
  folder = 'watch',
): void {
  const sizes = [
    [80, 24],
    [40, 15],
    [120, 40],
  ] as const;
  // Where the smallest fits, hardly anything else does not.
  it.each(byDay(sizes, ([columns]) => columns === 40))(
    'fits %i × %i in both languages',
    async (columns, rows) => {
      for (const language of ['en', 'zh-TW'] as const) {
        const page = await open({ columns, rows, text: await textIn(language, {}) });
        await look(page, async (name) => {
          const kept = new URL(
            `../../../golden/${folder}/${name}-${language}-${columns}x${rows}.txt`,
            import.meta.url,
          );
          const frame = page.frame().replaceAll(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/g, '⠋');
          await expect(frame).toMatchFileSnapshot(fileURLToPath(kept));
          expect(frame.split('\n').length).toBeLessThan(rows);
          for (const line of frame.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
        });
        page.unmount();
      }
    },
  );
}
