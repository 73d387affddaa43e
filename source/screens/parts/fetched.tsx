import type { ReactElement, ReactNode } from 'react';
import type { Needs } from '../../pages/page.ts';
import { placeOf } from '../../pages/services.ts';
import type { Remote } from '../../pages/remote-cache.ts';
import { useWizard } from '../frame/wizard-context.tsx';
import { Loaded } from './loading.tsx';
import { useRemote } from './remote.tsx';

interface FetchedProps<Needed> {
  readonly page: { readonly needs?: Needs<Needed> };
  readonly children: (needed: Needed) => ReactNode;
}

/** Draws what a page asks, once there is what it needs. */
export function Fetched<Needed>({ page, children }: FetchedProps<Needed>): ReactElement {
  return page.needs === undefined ? (
    // A page that needs nothing does not look at it.
    <>{children(undefined as Needed)}</>
  ) : (
    <Fetching needs={page.needs}>{children}</Fetching>
  );
}

function Fetching<Needed>(props: {
  readonly needs: Needs<Needed>;
  readonly children: (needed: Needed) => ReactNode;
}): ReactElement {
  const { state, services, asking } = useWizard();
  const { needs, children } = props;
  const remote = useRemote(
    needs.remote,
    placeOf(state, services.organisation),
    needs.about?.(asking),
  ) as Remote<Needed>;
  const instead = remote.kind === 'failed' ? needs.standIn(remote.error, asking) : undefined;
  return instead === undefined ? <Loaded remote={remote}>{children}</Loaded> : <>{children(instead)}</>;
}
