/** How the lines of the terminal are shared out. */
export interface Layout {
  readonly columns: number;
  readonly rows: number;
  /** Finished steps above the question. */
  readonly summaryLines: number;
  /** An empty line around the page's body. */
  readonly hasAir: boolean;
  /** Lines for the body of a page. */
  readonly height: number;
  readonly isTooSmall: boolean;
}

const leastColumns = 40;
const leastRows = 12;

/**
 * The frame stays one line shorter than the terminal: a frame as tall as the screen is redrawn whole.
 * Around the body there are the header, the question, the next step and the keys. A page that has no room
 * is laid out for the least there may be, and hidden.
 */
export function layOut(seenColumns: number, seenRows: number, finishedSteps: number): Layout {
  const columns = Math.max(leastColumns, seenColumns);
  const rows = Math.max(leastRows, seenRows);
  const hasAir = rows >= 20;
  const room = rows - 1 - 4 - (hasAir ? 2 : 0);
  const summaryLines = Math.min(finishedSteps, Math.max(0, Math.min(4, room - 12)));
  return {
    columns,
    rows,
    summaryLines,
    hasAir,
    height: Math.max(1, room - summaryLines),
    isTooSmall: seenColumns < leastColumns || seenRows < leastRows,
  };
}
