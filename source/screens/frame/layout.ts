/** How the lines of the terminal are shared out. */
export interface Layout {
  readonly columns: number;
  readonly rows: number;
  /** Finished steps above the question. */
  readonly summaryLines: number;
  /** Large name of the step above the question, for people who watch; 0 for none. */
  readonly bannerLines: number;
  /** An empty line around the page's body. */
  readonly hasAir: boolean;
  /** Columns and lines for the body of a page. */
  readonly width: number;
  readonly height: number;
  /** Where a guided session explains: columns beside the body, or lines above it. */
  readonly guide: { readonly columns: number; readonly lines: number } | undefined;
  /** Whether a page that needs little is not left at the top of an empty screen. */
  readonly isRoomy: boolean;
  readonly isTooSmall: boolean;
}

/** What a guided session would like to have. */
export interface GuidedRoom {
  /** Lines that the whole explanation takes in so many columns; nothing while it is hidden. */
  readonly lines: ((columns: number) => number) | undefined;
  /** Lines of the large name of the step, where it is narrow enough; 0 without one. */
  readonly bannerLines: number;
}

const leastColumns = 40;
const leastRows = 12;

/** From here on there is room for an explanation beside a page. */
const columnsForBeside = 110;
const widestGuide = 44;
/** From here on a short page is placed. */
const columnsForRoomy = 100;
const rowsForRoomy = 32;

/** Between a page and what is explained beside it. */
export const guideGap = 2;

/** Lines of finished steps where a page needs the others. */
const mostFinished = 4;

/** Lines that a page keeps, whatever is explained above it, and below a large name. */
const leastBody = 8;

/**
 * The frame stays one line shorter than the terminal: a frame as tall as the screen is redrawn whole.
 * Around the body there are the header, the question, the next step and the keys. A page that has no room
 * is laid out for the least there may be, and hidden.
 */
export function layOut(
  seenColumns: number,
  seenRows: number,
  finishedSteps: number,
  guided?: GuidedRoom,
): Layout {
  const columns = Math.max(leastColumns, seenColumns);
  const rows = Math.max(leastRows, seenRows);
  const hasAir = rows >= 20;
  const room = rows - 1 - 4 - (hasAir ? 2 : 0);
  const bannerLines = guided && room - guided.bannerLines >= leastBody ? guided.bannerLines : 0;
  const left = room - bannerLines;
  const isBeside = guided?.lines !== undefined && columns >= columnsForBeside;
  // What was answered gives way to what is explained above the page, and to nothing beside it.
  const isRoomy = columns >= columnsForRoomy && rows >= rowsForRoomy;
  const summaryLines =
    guided?.lines && !isBeside
      ? 0
      : Math.min(finishedSteps, Math.max(0, Math.min(isRoomy ? Infinity : mostFinished, left - 12)));
  const guide = guided?.lines && guideRoom(columns, left - summaryLines, guided.lines);
  return {
    columns,
    rows,
    summaryLines,
    bannerLines,
    hasAir,
    guide,
    width: guide && isBeside ? columns - guide.columns - guideGap : columns,
    height: Math.max(1, left - summaryLines - (guide === undefined || isBeside ? 0 : guide.lines)),
    isRoomy,
    isTooSmall: seenColumns < leastColumns || seenRows < leastRows,
  };
}

function guideRoom(
  columns: number,
  room: number,
  lines: (columns: number) => number,
): NonNullable<Layout['guide']> {
  const beside = besideColumns(columns);
  if (beside !== undefined) return { columns: beside, lines: room };
  return { columns, lines: Math.max(1, Math.min(lines(columns), room - leastBody)) };
}

/** Columns of what is explained beside a page; nothing where there is no room. */
export const besideColumns = (columns: number): number | undefined =>
  columns < columnsForBeside ? undefined : Math.min(widestGuide, Math.floor(columns / 3));

/**
 * Empty lines above a page that needs fewer lines than there are: it stands a little above the middle.
 *
 * @param lines - What the body needs; nothing where it takes whatever there is.
 */
export const linesAbove = (room: number, lines: number | undefined): number =>
  lines === undefined || lines >= room ? 0 : Math.floor(((room - lines) * 2) / 5);
