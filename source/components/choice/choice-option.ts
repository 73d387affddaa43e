/** One of a few things to choose from. */
export type ChoiceOption<Value extends string = string> = {
  readonly value: Value;
  readonly label: string;
  /** A key that chooses it at once; none of those that move. */
  readonly letter?: string | undefined;
  /** What a person must see before choosing it, beside the label and before the hint. */
  readonly danger?: string | undefined;
  /** Muted, beside the label. */
  readonly hint?: string | undefined;
  /** Why this option cannot be chosen; shown below while the cursor is on it. */
  readonly disabled?: string | undefined;
};
