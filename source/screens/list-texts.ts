import { useMemo } from 'react';
import type { FormTexts } from '../components/form/form.tsx';
import type { SearchTexts } from '../components/list-parts/texts.ts';
import { useWizard } from './wizard-context.tsx';

/** Made when the first number is drawn: its tables take longer to read than a page takes to draw. */
let grouped: Intl.NumberFormat | undefined;

/** Digits in groups: 1,204. */
export function counted(count: number): string {
  grouped ??= new Intl.NumberFormat('en');
  return grouped.format(count);
}

/** The words around every searched list. */
export function useListTexts(): SearchTexts {
  const { text } = useWizard();
  return useMemo(
    () => ({
      search: text('list.search'),
      matches: (count, total) =>
        count === total
          ? text('list.all', { total: counted(total) })
          : text('list.matches', { count: counted(count), total: counted(total) }),
      range: (first, last, total) =>
        text('list.range', { first: counted(first), last: counted(last), total: counted(total) }),
      selected: (count, hidden) =>
        hidden === 0
          ? text('list.selected', { count: counted(count) })
          : text('list.selectedHidden', { count: counted(count), hidden: counted(hidden) }),
      none: text('list.none'),
      loading: text('list.loading'),
      onlySelected: text('list.onlySelected'),
    }),
    [text],
  );
}

/** The words around every form. */
export function useFormTexts(): FormTexts {
  const { text } = useWizard();
  return useMemo(
    () => ({
      required: (label) => text('form.required', { label }),
      optional: text('form.optional'),
      example: (example) => text('form.example', { example }),
      completion: (completed) => text('form.completion', { completed }),
      secretSize: (lines, characters) => text('form.secretSize', { lines, characters: counted(characters) }),
    }),
    [text],
  );
}
