/** One question of a form, as data. */
export type FormField = {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'secret' | 'multiline-secret' | 'choice';
  readonly required: boolean;
  /** Below the field while it is active. */
  readonly help?: string | undefined;
  /** Muted inside the empty field. */
  readonly placeholder?: string | undefined;
  /** What is there as long as nothing is answered, where that is not nothing. */
  readonly unanswered?: string | undefined;
  /** A valid answer, shown with the help and the error. */
  readonly example?: string | undefined;
  readonly choices?: readonly { readonly value: string; readonly label: string }[] | undefined;
  /** What Tab makes of an answer that is not finished; nothing when there is nothing to add. */
  readonly complete?: ((value: string) => string | undefined) | undefined;
  /** Why a paste is not taken, in words for the person; `undefined` when it is. What is refused is never drawn. */
  readonly refuse?: ((pasted: string) => string | undefined) | undefined;
  /** An answer as it is understood; it stands there once the field is left. */
  readonly read?: ((value: string) => string) | undefined;
  /** What is wrong with an answer as it is understood, in words for the person; `undefined` when nothing is. */
  readonly validate?: ((value: string) => string | undefined) | undefined;
  /** What an answer hardly means, a sentence each; it stands in nobody's way. */
  readonly doubts?: ((value: string) => readonly string[]) | undefined;
};

export type FormValues = Readonly<Record<string, string>>;

/** The answer of a field; empty where there is none. Fields may be called `constructor` or `toString`. */
export function answerOf(values: FormValues, name: string): string {
  return (Object.hasOwn(values, name) ? values[name] : undefined) ?? '';
}

export type FormTexts = {
  /** Under a required field that was left empty. */
  readonly required: (label: string) => string;
  /** Beside the label of a field that may stay empty. */
  readonly optional: string;
  /** Under the active field: its help, ended, and "For example: crm-exports" behind it. */
  readonly note: (help: string | undefined, example: string | undefined) => string;
  /** "tab: %SEGMENT_NAME%". */
  readonly completion: (completed: string) => string;
  /** "40 lines · 2,456 characters", instead of a key file. */
  readonly secretSize: (lines: number, characters: number) => string;
};

/** What keeps the person from going on from this field. */
export function problemOf(
  field: FormField,
  value: string,
  texts: Pick<FormTexts, 'required'>,
): string | undefined {
  if (value.trim() === '') {
    // An answer that may be left out is not judged when it is.
    return field.required ? texts.required(field.label) : undefined;
  }
  return field.validate?.(field.read?.(value) ?? value);
}
