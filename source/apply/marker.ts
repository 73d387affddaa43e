/** The marker in the description of every object of a run. */
export const markerOf = (run: string): string => `ferry run ${run}`;
