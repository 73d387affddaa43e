import { type ReactElement, useMemo } from 'react';
import {
  type ListRow,
  SearchableList,
  type SearchableListTexts,
} from '../searchable-list/searchable-list.tsx';
import { type KeyHint } from './hints-layout.ts';

/** A key of the screen that can also be run from the list. */
export type RunnableKey = KeyHint & {
  /** Left out for keys that only make sense where they were pressed (arrows, typing). */
  readonly run?: (() => void) | undefined;
};

type KeyListProps = {
  readonly keys: readonly RunnableKey[];
  readonly height: number;
  readonly width?: number | undefined;
  readonly texts: SearchableListTexts;
  readonly isActive?: boolean | undefined;
  /** Esc, or before an entry is run. */
  readonly onClose: () => void;
};

/** All keys of the screen, searched by typing; Enter closes the list and does what the key does. */
export function KeyList({ keys, height, width, texts, isActive, onClose }: KeyListProps): ReactElement {
  const rows = useMemo(
    () => keys.map((key, at): ListRow => ({ id: String(at), label: key.does, cells: [key.key] })),
    [keys],
  );
  return (
    <SearchableList
      mode="single"
      rows={rows}
      height={height}
      width={width}
      texts={texts}
      isActive={isActive}
      onBack={onClose}
      onSubmit={([id]) => {
        onClose();
        keys[Number(id)]?.run?.();
      }}
    />
  );
}
