import type { Guide, GuidePage } from '../locale/guide.ts';
import { earlyPages } from '../pages/early.ts';
import { leaveText, left } from '../pages/ending/ending.ts';
import { latePages } from '../pages/late.ts';
import type { Asking, Page } from '../pages/page.ts';
import type { RemoteCache, RemoteName } from '../pages/remote-cache.ts';
import { type Ending, placeOf, type WizardServices } from '../pages/services.ts';
import { formsNeeded, formsRead } from '../pages/target/read-forms.ts';
import type { SavedDraft } from '../wizard/draft.ts';
import { lacksForms, progressOf } from '../wizard/moves.ts';
import { type PageId, stepNameOf } from '../wizard/pages.ts';
import { reduce, type WizardState } from '../wizard/reducer.ts';
import { type Dialogue, happened, type Turn, turnOf } from './dialogue.ts';
import { fetched } from './fetched.ts';
import { commandIn, commands, type DialogueIo, type OnInterrupt } from './io.ts';
import { speak } from './speak.ts';

const pages: Record<PageId, Page> = { ...earlyPages, ...latePages };

/** Pages whose last sentence names keys of the screen. */
const namesKeys: ReadonlySet<GuidePage> = new Set<GuidePage>([
  'schedule',
  'detailsEditor',
  'review',
  'apply',
]);

interface Conversation extends Omit<Asking, 'state'> {
  readonly io: DialogueIo;
  readonly initialState: WizardState;
  /** Whether nothing has been said yet. */
  readonly isFirst: boolean;
  readonly cache: RemoteCache;
  /** The explanations, for who asks for one. */
  readonly loadGuide: () => Promise<Guide>;
  readonly onInterrupt: OnInterrupt;
  /** Goes on with a draft of an earlier start. */
  readonly onRestored: (saved: SavedDraft) => void;
}

/**
 * The wizard as a conversation: the same state, pages and events as on the screen, a line after the other.
 *
 * @returns how it ended
 */
export async function converse(conversation: Conversation): Promise<Ending> {
  const { io, text, services, cache, initialState } = conversation;
  const hinted = new Set<string>();
  const hintOnce = (hint: string): void => {
    if (!hinted.has(hint)) io.say(hint);
    hinted.add(hint);
  };
  if (conversation.isFirst) {
    io.say(text('dialogue.intro'));
    hintOnce(text('dialogue.commands'));
  }
  let state = initialState;
  let retryLast = (): void => undefined;
  let said: PageId | undefined;
  let step: string | undefined;
  for (;;) {
    services.keep(state);
    const { page } = state;
    // Counted while the person answers: the review says it, and does not wait for it.
    if (state.draft.destination !== undefined) cache.read('flowCount', placeOf(state, services.organisation));
    const explain = async (about: GuidePage): Promise<void> => {
      const { what, why, where } = (await conversation.loadGuide())[about];
      const parts = namesKeys.has(about) ? { what, why } : { what, why, where };
      for (const [part, said] of Object.entries(parts))
        io.say(`  ${text('guide.part', { title: text(`guide.${part as 'what'}`) })}${said}`);
    };
    const dialogue: Dialogue = {
      ...conversation,
      state,
      hintOnce,
      note(event) {
        state = reduce(state, event);
        services.keep(state);
        return state;
      },
      explain,
      fetch: (name, about) => read(cache, name, about, state, services, (retry) => (retryLast = retry)),
      again: (name, about = '') => cache.refresh(name, placeOf(state, services.organisation), about),
      retry: () => retryLast(),
      destinationCount: () => {
        const counting = cache.read('flowCount', placeOf(state, services.organisation));
        return counting.kind === 'ready' ? counting.value : undefined;
      },
    };
    const declared = pages[page];
    const announce = async (): Promise<void> => {
      const isNew = said !== page;
      const name = text(stepNameOf(page));
      if (isNew) io.say('');
      const progress = progressOf(state);
      if (name !== step && progress) io.say(text('dialogue.step', { ...progress, name }));
      step = name;
      if (declared.kind === 'choice' && declared.intro && isNew) io.say(declared.intro(dialogue));
      io.say(declared.question(dialogue));
      if (isNew && services.guide) await explain(page);
      said = page;
    };
    const lacks = lacksForms(state);
    if (!lacks) await announce();
    const turn = lacks
      ? await readForms(dialogue)
      : await speak(dialogue, declared, conversation.onInterrupt);
    if (turn.kind === 'leave') {
      if (await isSure(conversation, state)) return left(state, text);
      said = undefined;
      continue;
    }
    const { outcome } = turn;
    if (outcome.type === 'ended') return outcome.ending;
    if (outcome.type === 'restored') conversation.onRestored(outcome.saved);
    const next = reduce(state, outcome);
    if (outcome.type === 'wentBack' && next === state) io.say(text('dialogue.firstQuestion'));
    state = next;
  }
}

/** A page that shows forms waits for those that the platform publishes. */
async function readForms(dialogue: Dialogue): Promise<Turn> {
  const offered = await fetched(dialogue, formsNeeded);
  return offered.kind === 'value' ? happened(formsRead(dialogue.state, offered.value)) : turnOf(offered);
}

/** Whoever has answered something is asked once; a second Ctrl+C, `:q` or the end of the input means it. */
async function isSure({ io, text }: Conversation, state: WizardState): Promise<boolean> {
  if (state.draft.destination === undefined) return true;
  const reply = await io.ask(text('dialogue.leave', { warning: leaveText(state, text) }));
  return reply.kind !== 'line' || commandIn(reply.text) === commands.leave;
}

/** What the cache has, once it is whole. @throws what reading it threw */
async function read(
  cache: RemoteCache,
  name: RemoteName,
  about: string | undefined,
  state: WizardState,
  { organisation }: WizardServices,
  onFailed: (retry: () => void) => void,
): Promise<unknown> {
  const place = placeOf(state, organisation);
  // What is under way ends by itself.
  if (name === 'exporting') await cache.refreshExporting(place, about ?? '');
  return new Promise((resolve, reject) => {
    const look = (): boolean => {
      const now = cache.read(name, place, about);
      if (now.kind === 'loading') return false;
      if (now.kind === 'failed') {
        onFailed(now.retry);
        reject(now.error instanceof Error ? now.error : new Error(String(now.error)));
      } else if (isWhole(now.value)) resolve(now.value);
      else return false;
      return true;
    };
    if (look()) return;
    const leave = cache.subscribe(() => {
      if (look()) leave();
    });
  });
}

/** A list of segments comes in pages; everything else is there or not. */
const isWhole = (value: unknown): boolean =>
  !(typeof value === 'object' && value !== null && 'isComplete' in value && value.isComplete === false);
