/** Chosen ids, in the order of choosing. */
type Selection = ReadonlySet<string>;

/** One more, or one less. What became unavailable can still be given up. */
export function withToggled(
  selected: Selection,
  { id, disabled }: { readonly id: string; readonly disabled?: string | undefined },
): Selection {
  const next = new Set(selected);
  if (next.delete(id)) return next;
  return disabled === undefined ? next.add(id) : selected;
}

/** All of them, or, where they are chosen already, none. */
export function withAllOrNone(selected: Selection, ids: readonly string[]): Selection {
  if (ids.length === 0) return selected;
  const next = new Set(selected);
  const areAllSelected = ids.every((id) => next.has(id));
  for (const id of ids) {
    if (areAllSelected) next.delete(id);
    else next.add(id);
  }
  return next;
}
