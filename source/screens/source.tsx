import { type ReactElement, useMemo } from 'react';
import { type OfferedSource, sourcesOf } from '../activation/accounts.ts';
import type { ListRow } from '../components/searchable-list/searchable-list.tsx';
import type { ChosenSource } from '../wizard/draft.ts';
import { Loaded } from './loading.tsx';
import { Page } from './page.tsx';
import { PickOne } from './pick-one.tsx';
import { usePageKeys } from './page-keys.ts';
import { type OfferedSources, useRemote } from './remote.tsx';
import { placeOf, useWizard } from './wizard-context.tsx';

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

/** Row of the list that makes both connections. */
const anew = 'anew';

function SourceList({ offered }: { readonly offered: OfferedSources }): ReactElement {
  const { state, send, text } = useWizard();
  const sources = useMemo(() => sourcesOf(offered.connections, offered.sourceConnections), [offered]);
  const rows = useMemo(
    (): ListRow[] => [
      { id: anew, label: text('source.new'), cells: [''] },
      ...sources.map(({ id, name, kind }) => ({ id, label: name, cells: [text(`source.${kind}`)] })),
    ],
    [sources, text],
  );
  const { source } = state.draft;
  return (
    <PickOne
      rows={rows}
      initial={source?.sourceConnectionId ?? source?.baseConnectionId ?? anew}
      onPick={(id) => {
        const chosen = sources.find((one) => one.id === id);
        send({ type: 'answered', answer: { of: 'source', value: chosen && toChosen(chosen) } });
      }}
    />
  );
}

function toChosen({ id, name, kind, baseConnectionId }: OfferedSource): ChosenSource {
  return kind === 'baseConnection'
    ? { name, baseConnectionId: id }
    : { name, baseConnectionId, sourceConnectionId: id };
}
