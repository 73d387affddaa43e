import { type ReactElement, useState } from 'react';
import { useSeen } from '../../../components/living/focus.ts';
import type { StatusReading } from '../../../pages/remote-cache.ts';
import { placeOf } from '../../../pages/services.ts';
import { isRefused } from '../../../pages/watch/freshness.ts';
import { why as page, whyLines } from '../../../pages/watch/why.ts';
import { Page } from '../../frame/page.tsx';
import { type PageKeyName, usePageKeys } from '../../frame/page-keys.ts';
import { useWizard } from '../../frame/wizard-context.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { useRefresh } from '../../parts/remote.tsx';
import { Details } from './details.tsx';
import { Findings } from './findings-table.tsx';
import { useFollowed } from './use-followed.ts';
import { judgedEveryMs } from './watching.tsx';

/** Why a dataflow stands as it does; of all of them what was found. */
export function WhyScreen(): ReactElement {
  const { asking } = useWizard();
  const [names, setNames] = useState('scroll readNow');
  const keys = usePageKeys([...(names.split(' ') as PageKeyName[]), 'back', 'help']);
  return (
    <Page question={page.question(asking)} keys={keys}>
      <Fetched page={page}>{(reading) => <Why reading={reading} onKeys={setNames} />}</Fetched>
    </Page>
  );
}

function Why(props: {
  readonly reading: StatusReading;
  readonly onKeys: (names: string) => void;
}): ReactElement {
  const { asking, send, text } = useWizard();
  const { state, services } = asking;
  const place = placeOf(state, services.organisation);
  const refresh = useRefresh('status', place, state.watched?.id);
  const reading = useSeen(props.reading);
  const followed = useFollowed({
    ended: props.reading,
    readMs: reading.readMs,
    offsetMs: reading.offsetMs,
    error: reading.error,
    calls: reading.calls,
    isBusy: false,
    leastMs: state.watched === undefined ? judgedEveryMs : undefined,
    isRefused: isRefused(props.reading.error),
    refresh,
  });
  if (state.watched === undefined)
    return <Findings reading={reading} followed={followed} onKeys={props.onKeys} />;
  return (
    <Details
      lines={whyLines(reading, {
        text,
        sandbox: place.sandbox,
        nowMs: reading.readMs,
        zone: services.timeZone,
      })}
      followed={followed}
      onBack={() => send({ type: 'wentBack' })}
    />
  );
}
