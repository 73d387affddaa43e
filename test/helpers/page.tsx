import { type ReactElement, useState } from 'react';
import { unicodeGlyphs } from '../../source/components/theme/glyphs.ts';
import { english } from '../../source/locale/catalogs.ts';
import type { RemoteCache, RemoteSources } from '../../source/pages/remote-cache.ts';
import type { Ending, WizardServices } from '../../source/pages/services.ts';
import { WizardContext } from '../../source/screens/frame/wizard-context.tsx';
import { RemoteProvider } from '../../source/screens/parts/remote.tsx';
import { reduce, type WizardState } from '../../source/wizard/reducer.ts';
import { type InkHarness, renderInk, type RenderInkOptions } from './ink.tsx';
import { remoteCache } from './remote.ts';

interface Alone {
  readonly state: WizardState;
  readonly page: () => ReactElement;
  /** After every event. */
  readonly onState: (state: WizardState) => void;
  /** Epoch milliseconds. */
  readonly nowMs?: number;
  readonly height?: number;
  readonly services?: Partial<WizardServices>;
  readonly onFinish?: (ending: Ending) => void;
  readonly width?: number;
}

/** One page with a wizard behind it that keeps its answers; whatever it goes to next is not drawn. */
export function AlonePage(props: Alone): ReactElement {
  const [state, setState] = useState(props.state);
  const services = {
    ...{ now: () => props.nowMs ?? 0, timeZone: 'UTC', takenBack: () => Promise.resolve([]) },
    ...props.services,
  } as Partial<WizardServices> as WizardServices;
  const asking = { state, services, text: english, glyphs: unicodeGlyphs, hidesSecrets: false };
  const { page: Drawn } = props;
  return (
    <WizardContext
      value={{
        ...{ state, asking, services, text: english, isActive: true },
        ...{ width: props.width ?? 80, height: props.height ?? 16 },
        send: (event) =>
          setState((before) => {
            const after = reduce(before, event);
            props.onState(after);
            return after;
          }),
        ...{
          act: () => undefined,
          finish: (ending: Ending) => props.onFinish?.(ending),
          runKey: () => undefined,
          setBusy: () => undefined,
          beSlowed: () => () => undefined,
        },
        ...{ guided: undefined, guideKey: undefined, explained: undefined, isRoomy: false },
        scene: {} as never,
      }}
    >
      <Drawn />
    </WizardContext>
  );
}

/** Draws one page that needs remote data. @param sources - Where that comes from. */
export async function drawAlone(
  alone: Omit<Alone, 'onState'>,
  sources: Partial<RemoteSources>,
  size: RenderInkOptions = { columns: 80, rows: 24 },
): Promise<InkHarness & { readonly cache: RemoteCache; readonly last: () => WizardState }> {
  const cache = remoteCache(sources);
  let last = alone.state;
  const ink = await renderInk(
    <RemoteProvider cache={cache}>
      <AlonePage {...alone} onState={(state) => (last = state)} />
    </RemoteProvider>,
    size,
  );
  return { ...ink, cache, last: () => last };
}
