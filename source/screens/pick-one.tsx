import type { ReactElement } from 'react';
import { type ListRow, SearchableList } from '../components/searchable-list/searchable-list.tsx';
import { useListTexts } from './list-texts.ts';
import { useWizard } from './wizard-context.tsx';

/** A searched list for one, as a whole page. */
export function PickOne(props: {
  readonly rows: readonly ListRow[];
  /** Id of the row to begin at. */
  readonly initial: string | undefined;
  readonly onPick: (id: string | undefined) => void;
}): ReactElement {
  const { send, isActive, height, width, openKeys } = useWizard();
  const texts = useListTexts();
  return (
    <SearchableList
      mode="single"
      rows={props.rows}
      texts={texts}
      height={height - 2}
      width={width}
      isActive={isActive}
      initialCursor={props.initial}
      onHelp={openKeys}
      onBack={() => send({ type: 'wentBack' })}
      onSubmit={([id]) => props.onPick(id)}
    />
  );
}
