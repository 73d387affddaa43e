import { Text } from 'ink';
import { type ReactElement, Suspense, lazy } from 'react';
import { describe, expect, it } from 'vitest';
import { explain } from '../../../source/locale/explain.ts';
import { english } from '../../../source/locale/catalogs.ts';
import { isMissingPart } from '../../../source/locale/missing-part.ts';
import { endedEarly } from '../../../source/pages/ending/ending.ts';
import { Whole } from '../../../source/screens/frame/whole.tsx';
import { initialState } from '../../../source/wizard/reducer.ts';
import type { ChosenDestination } from '../../../source/wizard/draft.ts';
import { renderInk } from '../../helpers/ink.tsx';

const gone = Object.assign(
  new Error("Cannot find module '/x/dist/chunks/a.js' imported from /x/dist/chunks/b.js"),
  {
    code: 'ERR_MODULE_NOT_FOUND',
  },
);
const other = new SyntaxError("The requested module './a.js' does not provide an export named 'b'");

describe('a program that is replaced while it runs', () => {
  it.each([gone, other])('is told from a bug (%#), and draws no trace', async (error) => {
    let missing = 0;
    const Late = lazy((): Promise<{ default: () => ReactElement }> => Promise.reject(error));
    const page = await renderInk(
      <Whole onMissing={() => (missing += 1)}>
        <Suspense fallback={<Text>reading</Text>}>
          <Late />
        </Suspense>
      </Whole>,
    );
    await page.waitFor(() => missing === 1);
    expect(page.frame().trim()).toBe('');
    page.unmount();
  });

  it('is no other error', () => {
    const enoent = Object.assign(new Error('x'), { code: 'ENOENT' });
    expect([gone, other, enoent, new SyntaxError('x'), new Error('x'), 'x'].map(isMissingPart)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it('is told where something is read, without the path of a file', () => {
    const { what, why, next } = explain(english, gone, { host: 'h', sandbox: 's' });
    expect([what, why, next]).toEqual([
      'A part of ferry is missing.',
      'ferry was updated, moved or removed while it was running.',
      'Start it again: ferry',
    ]);
  });

  it('ends the wizard with what there is by now: nothing is written, and the answers are kept', () => {
    const start = initialState(0);
    const first = endedEarly(start, english).lines;
    expect(first.slice(0, 2)).toEqual([
      'A part of ferry is missing.',
      'ferry was updated, moved or removed while it was running.',
    ]);
    expect(first.at(-1)).toBe('Start it again: ferry');
    const destination = { connectionSpecId: 'c', name: 'C' } as ChosenDestination;
    const chosen = { ...start, draft: { ...start.draft, destination } };
    expect(endedEarly(chosen, english).lines.slice(2)).toEqual([
      'Left. Nothing was written to the platform.',
      'Your answers are saved: run ferry to continue.',
    ]);
  });
});
