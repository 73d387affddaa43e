import { questionText, stepName } from '../screens/questions.ts';
import { leftLines } from '../screens/ending.ts';
import type { RemoteCache, RemoteName, RemoteValues } from '../screens/remote-cache.ts';
import { type Ending, placeOf, type WizardServices } from '../screens/services.ts';
import type { Guide, GuidePage } from '../locale/guide.ts';
import type { Words } from '../screens/options.ts';
import type { SavedDraft } from '../wizard/draft.ts';
import { type PageId, stepCount, stepOf } from '../wizard/pages.ts';
import { reduce, type WizardState } from '../wizard/reducer.ts';
import { applyPage } from './apply-page.ts';
import {
  accountPage,
  destinationPage,
  exportModeEditor,
  frequencyEditor,
  locationPage,
  platformPage,
  sandboxPage,
  signInPage,
  sourcePage,
  triggerEditor,
  welcomePage,
} from './choice-pages.ts';
import type { Dialogue, Turn } from './dialogue.ts';
import { detailsEditor, locationFieldsPage, platformSecretPage, signInFieldsPage } from './field-pages.ts';
import { commands, type DialogueIo, type OnInterrupt } from './io.ts';
import { attributesPage, deduplicationPage, mandatoryPage, segmentsPage } from './list-pages.ts';
import { reviewPage } from './review-page.ts';
import { exportModePage, schedulePage } from './settings-pages.ts';

const pages: Record<Exclude<PageId, 'apply' | 'validation'>, (dialogue: Dialogue) => Promise<Turn>> = {
  welcome: welcomePage,
  platform: platformPage,
  platformSecret: platformSecretPage,
  sandbox: sandboxPage,
  destination: destinationPage,
  account: accountPage,
  signIn: signInPage,
  signInFields: signInFieldsPage,
  location: locationPage,
  locationFields: locationFieldsPage,
  segments: segmentsPage,
  attributes: attributesPage,
  mandatory: mandatoryPage,
  deduplication: deduplicationPage,
  exportMode: exportModePage,
  exportModeEditor,
  schedule: schedulePage,
  frequencyEditor,
  triggerEditor,
  detailsEditor,
  review: reviewPage,
  source: sourcePage,
};

/** Pages whose last sentence names keys of the screen. */
const namesKeys: ReadonlySet<GuidePage> = new Set<GuidePage>([
  'schedule',
  'detailsEditor',
  'review',
  'apply',
]);

export interface Conversation extends Words {
  readonly io: DialogueIo;
  readonly initialState: WizardState;
  readonly services: WizardServices;
  readonly cache: RemoteCache;
  readonly hidesSecrets: boolean;
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
  io.say(text('dialogue.intro'));
  hintOnce(text('dialogue.commands'));
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
    const isNew = said !== page;
    const name = stepName(page, text);
    if (isNew) io.say('');
    if (name !== step) io.say(text('dialogue.step', { step: stepOf(page), count: stepCount, name }));
    step = name;
    io.say(questionText(state, text, services.organisation.profile));
    if (isNew && services.guide) await explain(page);
    said = page;
    const dialogue: Dialogue = {
      ...conversation,
      state,
      hintOnce,
      keep(answer) {
        state = reduce(state, { type: 'kept', answer });
        services.keep(state);
      },
      explain,
      fetch: (name) => read(cache, name, state, services, (retry) => (retryLast = retry)),
      retry: () => retryLast(),
      destinationCount: () => {
        const counting = cache.read('flowCount', placeOf(state, services.organisation));
        return counting.kind === 'ready' ? counting.value : undefined;
      },
    };
    const turn = await (page === 'apply' || page === 'validation'
      ? applyPage(dialogue, conversation.onInterrupt)
      : pages[page](dialogue));
    if (turn.kind === 'ended') return turn.ending;
    if (turn.kind === 'leave') {
      if (await isSure(conversation, state))
        return { kind: 'left', exitCode: 130, lines: leftLines(state, text) };
      said = undefined;
      continue;
    }
    if (turn.event.type === 'restored') conversation.onRestored(turn.event.saved);
    const next = reduce(state, turn.event);
    if (turn.event.type === 'wentBack' && next === state) io.say(text('dialogue.firstQuestion'));
    state = next;
  }
}

/** Whoever has answered something is asked once; a second Ctrl+C, `:q` or the end of the input means it. */
async function isSure({ io, text }: Conversation, state: WizardState): Promise<boolean> {
  if (state.draft.destination === undefined) return true;
  const warning = text(state.hasApplied ? 'frame.leaveMidway' : 'frame.leave');
  const reply = await io.ask(text('dialogue.leave', { warning }));
  return reply.kind !== 'line' || reply.text.trim().toLowerCase() === commands.leave;
}

/** What the cache has, once it is whole. @throws what reading it threw */
async function read<Name extends RemoteName>(
  cache: RemoteCache,
  name: Name,
  state: WizardState,
  { organisation }: WizardServices,
  onFailed: (retry: () => void) => void,
): Promise<RemoteValues[Name]> {
  const place = placeOf(state, organisation);
  return new Promise((resolve, reject) => {
    const look = (): boolean => {
      const now = cache.read(name, place);
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
