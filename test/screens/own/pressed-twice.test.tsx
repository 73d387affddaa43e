import { describe, expect, it } from 'vitest';
import type { OpenedFlow } from '../../../source/pages/remote-cache.ts';
import type { WizardServices } from '../../../source/pages/services.ts';
import { fromLive } from '../../../source/wizard/from-plan.ts';
import type { WizardState } from '../../../source/wizard/reducer.ts';
import { toPlan } from '../../../source/wizard/to-plan.ts';
import { keys } from '../../helpers/ink.tsx';
import { smallPlatform } from '../../helpers/remote.ts';
import { byDay } from '../../helpers/soak.ts';
import { atReview, chosen } from '../../helpers/wizard-events.ts';
import { type WatchedPage, watchedPage } from './watch/watched-page.tsx';

const flow = '5b3f5b0c-98a5-4a0c-a1d1-3f8a3c5f6a11';
const name = 'CRM weekly';

/** The review of a change of a live dataflow, with an earlier run that could be undone. */
function changing(): WizardState {
  const state = atReview();
  const held = { ...state.draft, account: { id: 'a-1', name: 'Account' }, flow };
  const live = fromLive({ ...toPlan(held), name }, chosen('Adobe Campaign'));
  const draft = { ...live, platform: 'organisation', segments: live.segments.slice(1) } as const;
  const unfinished = { run: '0a1b2c3d', made: 3, atMs: 0, of: state.draft };
  return {
    ...state,
    draft: { ...draft, sandbox: { name: 'dev', isProduction: false } },
    unfinished: [unfinished],
  };
}

const never = (): Promise<never> => new Promise(() => undefined);

type Opened = 'review' | 'review of a new plan' | 'flow';

/** The review of a plan that makes a dataflow, in a sandbox that is a development one. */
function making(): WizardState {
  const state = atReview();
  const sandbox = { name: 'dev', isProduction: false };
  return { ...state, draft: { ...state.draft, platform: 'organisation', sandbox } };
}

/** A page, and what it has set off that writes. */
async function opened(page: Opened): Promise<{ drawn: WatchedPage; written: () => string[] }> {
  const sent: string[] = [];
  const tell = (what: string) =>
    async function* (): AsyncGenerator<never> {
      sent.push(what);
      yield* [];
      await Promise.resolve();
    };
  const services: Partial<WizardServices> = {
    apply: tell('apply'),
    undo: tell('undo'),
    savePlan: () => Promise.resolve('crm.plan.json'),
  };
  const state = page === 'review of a new plan' ? making() : changing();
  const there: OpenedFlow = {
    id: flow,
    name,
    isEnabled: true,
    reading: { kind: 'draft', draft: state.draft },
  };
  const drawn = await watchedPage(
    page === 'flow' ? { ...state, page, flow: { id: flow, name } } : state,
    { ...smallPlatform, flow: () => Promise.resolve(there), runs: never, status: never },
    { services },
  );
  await drawn.waitFor(page === 'flow' ? /delete/i : 'Apply this plan');
  return {
    drawn,
    written: () => [
      ...sent,
      ...drawn.left.flatMap(({ then }) =>
        then?.kind === 'flow' && then.isConfirmed === true ? [then.command] : [],
      ),
    ],
  };
}

const letters = Array.from({ length: 0x7f - 0x20 }, (_, at) => String.fromCharCode(0x20 + at));
const named = [keys.enter, keys.tab, keys.backspace, keys.delete, keys.left, keys.end];
const chords = 'abdefghjklnopqrstuvwxyz'.split('').map((letter) => keys.ctrl(letter));
/** Those that the two pages offer for something that writes, or that answer a question. */
const offered: readonly string[] = ['D', 'p', 'x', 'u', 'y', 'd', keys.enter, keys.end];
const lines = ['y', 'yes\r', `D\r${name}\r`, `p\ry\r`, `dev\r`];

// living.md, trap 20
describe.each<Opened>(['review', 'review of a new plan', 'flow'])(
  'on the page %s nothing is written',
  (page) => {
    it.each(byDay([...letters, ...named, ...chords], (one) => offered.includes(one)))(
      'by a key that is pressed twice: %j',
      async (key) => {
        const apart = await opened(page);
        await apart.drawn.press(key, key);
        expect(apart.written()).toEqual([]);
        const together = await opened(page);
        await together.drawn.write(key + key);
        expect(together.written()).toEqual([]);
      },
    );

    it.each(lines)('by a line that is pasted: %j', async (line) => {
      const { drawn, written } = await opened(page);
      await drawn.write(keys.paste(line));
      expect(written()).toEqual([]);
    });
  },
);

it('is written by the key that asks and another one that confirms', async () => {
  const { drawn, written } = await opened('flow');
  await drawn.press('p', 'y');
  expect(written()).toEqual(['disable']);
  for (const page of ['review', 'review of a new plan'] as const) {
    const changed = await opened(page);
    await changed.drawn.press(keys.enter, 'y');
    expect(changed.written()).toEqual(['apply']);
  }
});
