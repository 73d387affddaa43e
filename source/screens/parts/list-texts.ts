import { useMemo } from 'react';
import type { FormTexts } from '../../components/form/form.tsx';
import type { SearchTexts } from '../../components/list-parts/texts.ts';
import { endedText, sentencesText, type Text } from '../../locale/texts.ts';
import { useWizard } from '../frame/wizard-context.tsx';

/** The words around every searched list. */
export function useListTexts(): SearchTexts {
  const { text } = useWizard();
  return useMemo(
    () => ({
      search: text('list.search'),
      matches: (count, total) =>
        count === total ? text('list.all', { total }) : text('list.matches', { count, total }),
      range: (first, last, total) => text('list.range', { first, last, total }),
      selected: (count, hidden) =>
        hidden === 0 ? text('list.selected', { count }) : text('list.selectedHidden', { count, hidden }),
      spaceAgain: text('list.spaceAgain'),
      byMatch: text('list.byMatch'),
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
      note: (help, example) =>
        sentencesText(text, [
          ...(help === undefined ? [] : [endedText(text, help)]),
          ...(example === undefined ? [] : [text('form.example', { example })]),
        ]),
      completion: (completed) => text('form.completion', { completed }),
      secretSize: (lines, characters) => text('form.secretSize', { lines, characters }),
    }),
    [text],
  );
}

/** The letter behind an answer. */
export const letterText =
  (text: Text) =>
  (letter: string): string =>
    text('confirm.letter', { letter });
