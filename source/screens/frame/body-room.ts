import { createContext, useContext, useLayoutEffect } from 'react';

/** What a page needs that does not take whatever there is. */
export interface BodyRoom {
  readonly lines: number;
  /** Something of its own stands beside it, or it wants all columns: no explanation. */
  readonly hasOwnPanel: boolean;
  /** Lines that it is placed by: what comes and goes below them does not move it as long as there is room. */
  readonly atRest: number;
}

/** On a small screen nobody asks. */
export const nobody = (): void => undefined;
export const BodyRoomContext = createContext<(room: BodyRoom | undefined) => void>(nobody);

/** Says that the body of a page needs no more than so many lines. */
export function useBodyLines(lines: number, hasOwnPanel = false, atRest = lines): void {
  const tell = useContext(BodyRoomContext);
  useLayoutEffect(() => {
    tell({ lines, hasOwnPanel, atRest });
    return () => tell(undefined);
  }, [lines, hasOwnPanel, atRest, tell]);
}

/** The same, where not all of a page is short. */
export function ShortBody(props: Partial<BodyRoom> & { readonly lines: number }): null {
  useBodyLines(props.lines, props.hasOwnPanel, props.atRest);
  return null;
}
