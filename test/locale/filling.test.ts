import { expect, it } from 'vitest';
import { en } from '../../source/locale/en.ts';
import { textsOf, type Values } from '../../source/locale/texts.ts';

const text = textsOf(en, 'en');

/** Never called: what it says is held by the compiler (`npm run typecheck`). */
function saidBadly(seconds: number, kind: 'doubt' | 'busy', maybe: { run?: string }, open: Values): string[] {
  return [
    // @ts-expect-error: what, attempt and most are wanted too
    text('apply.retrying', { seconds, why: '503' }),
    // @ts-expect-error: one of the two wants to know the run
    text(seconds > 1 ? 'rollback.done' : 'rollback.absent'),
    // @ts-expect-error: both want to know the seconds
    text(`apply.${kind}`, {}),
    // @ts-expect-error: what may be missing is not there
    text('rollback.done', { ...maybe }),
    // @ts-expect-error: nobody said it
    text('rollback.gone', { run: 'a' }),
    text('rollback.done', { run: 'a' }),
    // A number and a noun, a day, a message that wants nothing.
    text('apply.doneAbove', { count: 1 }),
    text('list.search'),
    // A problem brings its names with it.
    text('rollback.done', open),
  ];
}

it('lets nobody say a message without all that it wants', () => {
  expect(saidBadly).toBeTypeOf('function');
  expect(text('rollback.done', { run: 'a' })).not.toContain('{');
});
