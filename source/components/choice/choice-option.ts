/** One of a few things to choose from. */
export type ChoiceOption<Value extends string = string> = {
  readonly value: Value;
  readonly label: string;
  /** Muted, beside the label. */
  readonly hint?: string | undefined;
  /** Why this option cannot be chosen; shown below while the cursor is on it. */
  readonly disabled?: string | undefined;
};
