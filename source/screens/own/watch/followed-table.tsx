import type { ReactElement } from 'react';
import type { Identified, LivingRow } from '../../../components/living/living-rows.ts';
import { LivingTable, type LivingTableProps } from '../../../components/living/living-table.tsx';
import type { LivingTableState } from '../../../components/living/use-living.ts';
import { joined } from '../../../pages/page.ts';
import type { PageKeyName } from '../../frame/page-keys.ts';
import { useWizard } from '../../frame/wizard-context.tsx';
import { Note } from '../../parts/line.tsx';
import { FreshLine } from './fresh-line.tsx';
import type { Followed } from './use-followed.ts';

/** Titles, the counts, what the row under the cursor is, and the age of the reading. */
export const linesAround = 4;

/** The keys of such a table that do something just now. */
export const followedKeys = (
  { heldMs }: Followed,
  { moving }: Pick<LivingTableState<never>, 'moving'>,
): readonly PageKeyName[] => [
  heldMs === undefined ? 'hold' : 'goOn',
  'readNow',
  ...(moving === 0 ? [] : (['sortNow'] as const)),
];

/** A table that follows by itself, with what it says below. */
export function FollowedTable<Value extends Identified>(
  props: Pick<LivingTableProps<Value>, 'living' | 'columns' | 'cellsOf' | 'none' | 'onSelect'> & {
    readonly followed: Followed;
    /** How many of each there are. */
    readonly counts: string;
    /** What is put together, wherever anything is; said before the counts. */
    readonly grouped?: string | undefined;
    /** Between the counts and what the row under the cursor is. */
    readonly strip?: ReactElement | undefined;
    readonly noteOf: (row: LivingRow<Value>['value']) => string;
    /** Below it what that means, and so many lines are kept for that. */
    readonly meaning?: { readonly lines: number; readonly of: (row: Value) => readonly string[] } | undefined;
    readonly under: LivingRow<Value> | undefined;
    /** A letter that is none of every such table. */
    readonly onLetter?: ((letter: string) => void) | undefined;
  },
): ReactElement {
  const { living, columns, cellsOf, none, followed, counts, under, onSelect, onLetter } = props;
  const { asking, send: act, text, isActive, width } = useWizard();
  const { send, moving } = living;
  return (
    <>
      <LivingTable
        {...{ living, columns, cellsOf, none, width, isActive, onSelect }}
        onMove={followed.touch}
        below={(hidden) =>
          joined(asking.glyphs, [
            props.grouped ?? '',
            moving > 0 ? text('living.order', { count: moving }) : counts,
            hidden === 0 ? '' : text('living.hidden', { count: hidden }),
          ])
        }
        onBack={() => act({ type: 'wentBack' })}
        onKey={(press) => {
          followed.touch();
          send({ type: 'touched' });
          if (press.kind !== 'text') return;
          switch (press.text) {
            case 'z':
              send({ type: 'heldOrNot' });
              return followed.holdOrNot();
            case 'r':
              return followed.readNow();
            case 's':
              return void send({ type: 'sorted' });
            default:
              onLetter?.(press.text);
          }
        }}
      />
      {props.strip}
      <Note>{under === undefined ? '' : props.noteOf(under.value)}</Note>
      {Array.from({ length: props.meaning?.lines ?? 0 }, (_, at) => (
        <Note key={at}>{(under && props.meaning?.of(under.value)[at]) ?? ''}</Note>
      ))}
      <FreshLine {...followed} />
    </>
  );
}
