import { wrapText } from '../../components/text/wrap.ts';
import type { GuideEntry } from '../../locale/guide.ts';
import type { Text } from '../../locale/texts.ts';

/** One line of an explanation; the first of each part says what the part is. */
export interface GuideLine {
  readonly title?: string | undefined;
  readonly said: string;
}

const parts = ['what', 'why', 'where'] as const;

/** What a step is, why it is asked and where the answer is found, in lines of at most so many columns. */
export function guideLines(entry: GuideEntry, text: Text, columns: number): GuideLine[] {
  return parts.flatMap((part) => {
    const title = text('guide.part', { title: text(`guide.${part}`) });
    return wrapText(`${title}${entry[part]}`, columns).map((line, at) =>
      at === 0 && line.startsWith(title.trimEnd())
        ? { title, said: line.slice(title.length) }
        : { said: line },
    );
  });
}
