import { type ReactElement, useMemo } from 'react';
import { SearchableList } from '../../components/searchable-list/searchable-list.tsx';
import type { PickPage } from '../../pages/page.ts';
import { Page } from '../frame/page.tsx';
import { usePageKeys } from '../frame/page-keys.ts';
import { useWizard } from '../frame/wizard-context.tsx';
import { Fetched } from '../parts/fetched.tsx';
import { useListTexts } from '../parts/list-texts.ts';

/** One of many, which are searched. */
export function PickScreen({ page }: { readonly page: PickPage }): ReactElement {
  const { asking } = useWizard();
  const keys = usePageKeys(['move', 'choose', 'back', 'help']);
  return (
    <Page question={page.question(asking)} keys={keys}>
      <Fetched page={page}>{(needed) => <Rows page={page} needed={needed} />}</Fetched>
    </Page>
  );
}

function Rows({ page, needed }: { readonly page: PickPage; readonly needed: unknown }): ReactElement {
  const { asking, act, send, isActive, height, width } = useWizard();
  const texts = useListTexts();
  const rows = useMemo(() => page.rows(asking, needed), [page, asking, needed]);
  return (
    <SearchableList
      mode="single"
      rows={rows}
      texts={texts}
      height={height - 2}
      width={width}
      isActive={isActive}
      initialCursor={page.preferred(asking, needed)}
      onBack={() => send({ type: 'wentBack' })}
      onSubmit={([id]) => act(page.chosen(id, asking, needed))}
    />
  );
}
