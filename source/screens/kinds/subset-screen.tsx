import { type ReactElement, useMemo } from 'react';
import { SearchableList } from '../../components/searchable-list/searchable-list.tsx';
import type { SubsetPage } from '../../pages/page.ts';
import { Page } from '../frame/page.tsx';
import { usePageKeys } from '../frame/page-keys.ts';
import { useWizard } from '../frame/wizard-context.tsx';
import { Fetched } from '../parts/fetched.tsx';
import { Note } from '../parts/line.tsx';
import { useListTexts } from '../parts/list-texts.ts';

/** With fewer rows a list is no list any more. */
const leastRows = 4;

interface SubsetProps {
  readonly page: SubsetPage;
  /** What choosing does, where there is room for it. */
  readonly below?: { readonly drawn: ReactElement; readonly lines: number } | undefined;
}

/** Any number of many, which are searched. */
export function SubsetScreen({ page, below }: SubsetProps): ReactElement {
  const { asking } = useWizard();
  const keys = usePageKeys(['space', 'continue', 'only', 'back', 'help']);
  return (
    <Page question={page.question(asking)} keys={keys}>
      <Fetched page={page}>{(needed) => <Rows page={page} needed={needed} below={below} />}</Fetched>
    </Page>
  );
}

function Rows({ page, needed, below }: SubsetProps & { readonly needed: unknown }): ReactElement {
  const { asking, send, isActive, height, width } = useWizard();
  const texts = useListTexts();
  const selected = page.selected(asking, needed);
  const rows = useMemo(() => page.rows(asking, needed), [page, asking, needed]);
  const { most } = page;
  const choosable = useMemo(() => {
    if (most === undefined || selected.length < most.count) return rows;
    const disabled = most.why(asking);
    return rows.map((row) => (selected.includes(row.id) ? row : { ...row, disabled }));
  }, [rows, most, selected, asking]);
  const shown = below !== undefined && height - 3 - below.lines >= leastRows ? below : undefined;
  return (
    <>
      <SearchableList
        rows={choosable}
        texts={texts}
        height={height - 3 - (shown?.lines ?? 0)}
        width={width}
        isActive={isActive}
        initialSelected={selected}
        onBack={() => send({ type: 'wentBack' })}
        onSelectionChange={(ids) => send({ type: 'kept', answer: page.answer(ids, asking, needed) })}
        onSubmit={(ids) => send({ type: 'answered', answer: page.answer(ids, asking, needed) })}
      />
      <Note>{page.hint?.(asking)}</Note>
      {shown?.drawn}
    </>
  );
}
