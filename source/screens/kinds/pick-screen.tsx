import { type ReactElement, useMemo, useState } from 'react';
import { SearchableList } from '../../components/searchable-list/searchable-list.tsx';
import type { PickPage } from '../../pages/page.ts';
import { Page, useBodyLines } from '../frame/page.tsx';
import { usePageKeys } from '../frame/page-keys.ts';
import { useWizard } from '../frame/wizard-context.tsx';
import { Fetched } from '../parts/fetched.tsx';
import { useListTexts } from '../parts/list-texts.ts';

/** One of many, which are searched. */
export function PickScreen({ page }: { readonly page: PickPage }): ReactElement {
  const { asking } = useWizard();
  const [isFiltered, setFiltered] = useState(false);
  const keys = usePageKeys(['move', 'choose', isFiltered ? 'showAll' : 'back', 'help']);
  return (
    <Page question={page.question(asking)} keys={keys}>
      <Fetched page={page}>
        {(needed) => <Rows page={page} needed={needed} onFiltered={setFiltered} />}
      </Fetched>
    </Page>
  );
}

/** The search above, and the place of the window below. */
const linesAround = 2;

function Rows(props: {
  readonly page: PickPage;
  readonly needed: unknown;
  readonly onFiltered: (is: boolean) => void;
}): ReactElement {
  const { page, needed } = props;
  const { asking, act, send, isActive, height, width } = useWizard();
  const texts = useListTexts();
  const rows = useMemo(() => page.rows(asking, needed), [page, asking, needed]);
  useBodyLines(rows.length + linesAround);
  return (
    <SearchableList
      mode="single"
      rows={rows}
      texts={texts}
      height={height - linesAround}
      onFiltered={props.onFiltered}
      width={width}
      isActive={isActive}
      initialCursor={page.preferred(asking, needed)}
      onBack={() => send({ type: 'wentBack' })}
      onSubmit={([id]) => act(page.chosen(id, asking, needed))}
    />
  );
}
