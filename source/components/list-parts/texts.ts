/** Words around a searched list; numbers come in plain, so that the catalog groups digits. */
export type SearchTexts = {
  /** Before what is typed: "Search:". */
  readonly search: string;
  /** "38 of 1,204 match". */
  readonly matches: (matching: number, total: number) => string;
  /** "1–10 of 38"; first and last are counted from 1. */
  readonly range: (first: number, last: number, total: number) => string;
  /** "2 selected · 1 hidden"; not asked for in a list for one. */
  readonly selected: (selected: number, hidden: number) => string;
  /** Where a blank was taken for a part of a name: "space again: select". */
  readonly spaceAgain?: string | undefined;
  /** Beside the count where what matches best comes first, whatever the order of the list. */
  readonly byMatch?: string | undefined;
  /** Instead of rows when nothing matches. */
  readonly none: string;
  /** While more rows are on the way. */
  readonly loading?: string | undefined;
  /** Beside the count while only chosen rows are shown. */
  readonly onlySelected?: string | undefined;
};

/** Joins the parts that there are with a dot. */
export function joinParts(parts: readonly (string | undefined)[], dot: string): string {
  return parts.filter((part) => part !== undefined && part !== '').join(` ${dot} `);
}
