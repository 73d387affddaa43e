/** From here on there is room for a panel beside what is asked. */
const columnsForPanel = 104;
const widestPanel = 46;
/** Between the two. */
export const panelGap = 2;

/** Columns of what explains beside what is asked; nothing where it stands below. */
export const panelWidth = (width: number): number | undefined =>
  width < columnsForPanel ? undefined : Math.min(widestPanel, Math.floor(width * 0.36));
