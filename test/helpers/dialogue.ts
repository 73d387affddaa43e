import type { Dialogue } from '../../source/dialogue/dialogue.ts';
import type { Input } from '../../source/dialogue/io.ts';
import { unicodeGlyphs } from '../../source/components/theme/glyphs.ts';
import { english } from '../../source/locale/catalogs.ts';
import type { Text } from '../../source/locale/texts.ts';
import { initialState, type WizardState } from '../../source/wizard/reducer.ts';
import type { WizardServices } from '../../source/pages/services.ts';

export interface Scripted {
  readonly dialogue: Dialogue;
  /** Everything that was said, prompts with their answers. */
  readonly said: string[];
  /** Answers that nobody asked for. */
  readonly left: () => number;
}

const nothing = (): never => {
  throw new Error('not part of this test');
};

/** A dialogue whose answers are written down before; an interrupt is `null`. */
export function scripted(
  answers: readonly (string | null)[],
  more: { text?: Text; state?: WizardState; services?: Partial<WizardServices> } = {},
): Scripted {
  const said: string[] = [];
  const waiting = [...answers];
  const ask = (prompt: string): Promise<Input> => {
    if (waiting.length === 0) throw new Error(`nobody answers "${prompt}"\n${said.join('\n')}`);
    const answer = waiting.shift() ?? null;
    said.push(prompt + (answer ?? '^C'));
    return Promise.resolve(answer === null ? { kind: 'interrupt' } : { kind: 'line', text: answer });
  };
  return {
    said,
    left: () => waiting.length,
    dialogue: {
      io: {
        say: (line) => said.push(line),
        ask,
        askHidden: ask,
        askHiddenLines: ask,
        unlessLeft: (work) => work,
        forgetTyped: () => undefined,
      },
      text: more.text ?? english,
      glyphs: unicodeGlyphs,
      state: more.state ?? initialState(0),
      services: { now: () => 0, timeZone: 'UTC', ...more.services } as WizardServices,
      fetch: nothing,
      again: nothing,
      retry: nothing,
      note: () => more.state ?? initialState(0),
      destinationCount: () => undefined,
      explain: (page) => {
        said.push(`(${page} explained)`);
        return Promise.resolve();
      },
      hintOnce: () => undefined,
      hidesSecrets: false,
    },
  };
}
