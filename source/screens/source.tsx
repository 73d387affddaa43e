import { type ReactElement, useMemo } from 'react';
import { Loaded } from './loading.tsx';
import { anew, offeredSources } from './offered-rows.ts';
import { Page } from './page.tsx';
import { PickOne } from './pick-one.tsx';
import { usePageKeys } from './page-keys.ts';
import { useRemote } from './remote.tsx';
import type { OfferedSources } from './remote-cache.ts';
import { placeOf } from './services.ts';
import { useWizard } from './wizard-context.tsx';

/** New connections to Profile Store, or ones that are there already. */
export function SourceScreen(): ReactElement {
  const { state, services, text } = useWizard();
  const remote = useRemote('sources', placeOf(state, services.organisation));
  const keys = usePageKeys(['move', 'choose', 'back', 'help']);
  return (
    <Page question={text('question.source')} next={text('page.review')} keys={keys}>
      <Loaded remote={remote}>{(offered) => <SourceList offered={offered} />}</Loaded>
    </Page>
  );
}

function SourceList({ offered }: { readonly offered: OfferedSources }): ReactElement {
  const { state, send, text } = useWizard();
  const { rows, answerOf } = useMemo(() => offeredSources(offered, text), [offered, text]);
  const { source } = state.draft;
  return (
    <PickOne
      rows={rows}
      initial={source?.sourceConnectionId ?? source?.baseConnectionId ?? anew}
      onPick={(id) => send({ type: 'answered', answer: { of: 'source', value: answerOf(id) } })}
    />
  );
}
