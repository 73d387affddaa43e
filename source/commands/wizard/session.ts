import { readdirSync } from 'node:fs';
import { isCopied } from '../../pages/ending/ending.ts';
import { type PlatformSources, RemoteCache } from '../../pages/remote-cache.ts';
import { type Ending, placeOf, type WizardServices } from '../../pages/services.ts';
import { isMissingPart } from '../../locale/missing-part.ts';
import type { Text } from '../../locale/texts.ts';
import { copyText } from '../../terminal/clipboard.ts';
import { type Draft, type SavedDraft, withoutSecrets } from '../../wizard/draft.ts';
import { withoutAnswers } from '../../wizard/unfinished.ts';
import { initialState, questionOf, reduce, type WizardState } from '../../wizard/reducer.ts';
import { type Flags, withoutYes } from '../console/arguments.ts';
import { keptState } from '../state/kept-state.ts';
import { keepDrafts } from './drafts.ts';
import { exitCode } from '../console/exit-codes.ts';
import { line, type Streams } from '../console/streams.ts';
import { tell } from '../console/wrap-said.ts';
import { localZone } from '../console/here.ts';
import { readOffers } from './offers.ts';
import { organisationOf } from './organisation.ts';
import type { Platforms } from './platforms.ts';

/** All that a wizard works with, drawn or in plain lines; the composition root of both. */
interface WizardSession {
  readonly initialState: WizardState;
  readonly services: WizardServices;
  readonly cache: RemoteCache;
  /**
   * Does what is done on the terminal as it is: signs in as `ferry login` does, or what a command does with a dataflow.
   * What was proven leads back to the table that it came from.
   *
   * @returns where the wizard goes on; nothing where it is over
   */
  readonly goOnAfter: (ending: Ending) => Promise<WizardState | undefined>;
  /** Goes on with the file of a draft of an earlier start. */
  readonly onRestored: (saved: SavedDraft) => void;
  /** Says how it ended, cleans up, and finishes a run if that was chosen. @returns the exit code */
  readonly end: (ending: Ending) => Promise<number>;
}

/**
 * Reads settings, drafts and unfinished runs, and prepares what the pages need.
 *
 * @param load - Gets the client and the emulator: the heavy half, which nobody waits for before the first page.
 * @throws Stop, ProfilesDamagedError, ProfilesUnsafeError, StateUnreadableError
 */
export async function beginSession(
  flags: Flags,
  streams: Streams,
  load: () => Promise<Platforms>,
  { draft }: { draft?: Draft | undefined } = {},
): Promise<WizardSession> {
  const { env, stdin, stdout, glyphs } = streams;
  const platforms = load();
  const plans = plansHere();
  const cache = new RemoteCache({
    ...lazySources(() => platforms),
    plans: async () => (await import('./offered-plans.ts')).offeredPlans(plans, flags, streams),
  });
  const drafts = keepDrafts(keptState(env), `${Date.now().toString(36)}-${process.pid}`);
  let { organisation, asksSecret } = organisationOf(flags, streams);
  let latest: WizardState | undefined;
  let opened: { live: Draft['live']; said: string } | undefined;
  /** What the file of the draft is about; each dataflow has a file of its own. */
  let kept: { live: Draft['live'] } | undefined;
  const { offers, kept: found, unreadable } = await readOffers(flags, env, organisation);
  const isGuided = flags.guide === true || flags.presenter === true;
  const guided = isGuided
    ? await (await import('./guided-session.ts')).beginGuided(flags, streams)
    : undefined;
  const signInAnew = (secret: string | undefined): void => {
    // The lists of a sign-in that failed must not outlive it.
    void platforms.then((one) => {
      one.signInAnew(secret);
      cache.forget();
    });
  };
  /** Whether nothing was changed since the dataflow was opened: then there is nothing to go on with. */
  const isAsOpened = ({ live, ...answers }: Draft): boolean => {
    if (live === undefined) return false;
    const said = JSON.stringify(answers);
    if (opened?.live !== live) opened = { live, said };
    return opened.said === said && kept?.live !== live;
  };
  /** Everything is done and proven: whatever becomes of this terminal, the answers are not gone on with. */
  let isOver = false;
  async function* overWhenVerified<Event extends { kind: string }>(
    events: AsyncIterable<Event>,
  ): AsyncGenerator<Event> {
    for await (const event of events) {
      if (event.kind === 'result' && 'outcome' in event && event.outcome === 'verified') {
        isOver = true;
        drafts.forget();
      }
      yield event;
    }
  }
  const services: WizardServices = {
    get organisation() {
      return organisation;
    },
    offers,
    plans,
    mayLogin: streams.restriction === undefined,
    keep(state) {
      latest = state;
      transcript?.note(state);
      const page = questionOf(state);
      // Before the destination there is nothing worth a question at the next start.
      if (page === undefined || state.draft.destination === undefined) return;
      const { draft } = state;
      isOver &&= state.page === 'apply' || state.page === 'validation';
      if (isOver || isAsOpened(draft)) return;
      if (kept !== undefined && kept.live !== draft.live) drafts.begin();
      kept = { live: draft.live };
      const { host, orgId } = organisation;
      const place = draft.platform === 'organisation' ? { place: { host, orgId } } : {};
      const unfinished = draft.platform === 'organisation' ? state.unfinished.map(withoutAnswers) : [];
      drafts.keep({
        version: 1,
        savedMs: Date.now(),
        page,
        draft: withoutSecrets(draft),
        ...place,
        ...(unfinished.length > 0 ? { unfinished } : {}),
      });
    },
    isReadOnly: flags['read-only'] === true,
    may: (what) => streams.restriction?.rights.has(what) ?? true,
    loadGuide: async () => (await import('../../locale/guide.ts')).guideIn(streams.text),
    ...(guided ? guided.services : {}),
    idleMs: streams.restriction?.idleMs,
    apply(...args) {
      const events = overWhenVerified(lazily(platforms.then((one) => one.apply(...args))));
      return transcript ? transcript.following(events) : events;
    },
    undo: (...args) => lazily(platforms.then((one) => one.undo(...args))),
    takenBack: (...args) => platforms.then((one) => one.takenBack(...args)),
    giveSecret: signInAnew,
    savePlan: async (plan) => (await there(import('./save-plan.ts'), streams.text)).savePlan(plan),
    saveReport: async (compared) =>
      (await there(import('./save-plan.ts'), streams.text)).saveReport(compared),
    copy: (copied) => copyText(stdout, copied, env),
    now: Date.now,
    get timeZone() {
      return localZone();
    },
  };
  const transcript = guided?.transcribe(services);
  const begun = initialState(
    Date.now(),
    flags.emulator === true ? 'emulator' : draft?.live && draft.platform,
    {
      // Whoever names a plan has chosen what to go on with.
      hasOffers:
        draft === undefined && offers.drafts.length + offers.runs.length + (offers.unread?.length ?? 0) > 0,
      isFromPlan: draft !== undefined,
      ...(draft ? { draft } : {}),
      asksSecret,
      looksAtStorage: streams.restriction?.rights.has('storage') ?? true,
    },
  );
  async function login(): Promise<WizardState> {
    const { loginWithin } = await import('./login-within.ts');
    const signedIn = await loginWithin(flags, streams);
    ({ organisation, asksSecret } = organisationOf(flags, streams));
    const state = { ...(latest ?? begun), asksSecret };
    // Who gave up signing in finds the cursor where it was begun.
    organisation = { ...organisation, isSought: true };
    if (!signedIn || organisation.missing.length > 0) return state;
    signInAnew(signedIn.typed);
    const atPlatform = reduce(state, {
      type: 'answered',
      answer: { of: 'platform', value: 'organisation' },
    });
    // Typed once is enough.
    return atPlatform.page === 'platformSecret' && signedIn.typed !== undefined
      ? reduce(atPlatform, { type: 'answered', answer: { of: 'platformSecret' } })
      : atPlatform;
  }
  return {
    initialState: begun,
    services,
    cache,
    async goOnAfter({ then, outcome }) {
      const state = latest ?? begun;
      if (then?.kind === 'login') return login();
      if (then?.kind === 'flows') {
        // What is done need not be offered again, and what was read of it is another thing now.
        await drafts.settled();
        if (outcome === 'verified') drafts.forget();
        cache.forget();
        return reduce(state, { type: 'seen', ...(then.flow ? { flow: then.flow } : {}) });
      }
      if (then?.kind === 'plan') {
        const { planWithin } = await import('./opened-draft.ts');
        const draft = await planWithin(then.file, flags, streams);
        return draft ? reduce(state, { type: 'planTaken', draft }) : state;
      }
      if (then?.kind === 'storage') {
        const { storageWithin } = await import('./storage-within.ts');
        const connected = await (await platforms).connectionTo(placeOf(state, organisation));
        const seen = await storageWithin(state.draft, then.writes, connected, flags, streams);
        return seen ? reduce(state, { type: 'storageSeen', ...seen, atMs: Date.now() }) : state;
      }
      if (then?.kind !== 'flow') return undefined;
      const { commandWithin } = await import('./command-within.ts');
      const connected = await (await platforms).connectionTo(placeOf(state, organisation));
      const isDone = await commandWithin(then, connected, flags, streams);
      // Whatever was read of it may be another thing now.
      cache.forget();
      // Looking at what has come changes nothing.
      if (then.command === 'files') return state;
      const after = isDone ? { ...state, hasWritten: true } : state;
      if (then.command === 'export' && isDone) return reduce(after, { type: 'exported', atMs: Date.now() });
      return { ...after, page: then.command === 'delete' && isDone ? 'flows' : 'flow' };
    },
    onRestored(saved) {
      const name = found.find((one) => one.saved === saved)?.name;
      if (name === undefined) return;
      drafts.adopt(name);
      kept = { live: saved.draft.live };
    },
    async end(ending) {
      cache.close();
      const notKept = await platforms.then((one) => one.close()).catch(() => []);
      const undrafted = await drafts.settled();
      // What is done need not be offered again.
      if (ending.outcome === 'verified') drafts.forget();
      for (const one of ending.lines) (isCopied(one) ? line : tell)(stdout, one);
      if (unreadable !== undefined) {
        const { tellError } = await import('../console/with-stop.ts');
        tellError(streams, unreadable, { host: '', sandbox: '' });
      }
      if (undrafted !== undefined && ending.outcome !== 'verified')
        tell(stdout, `${glyphs.warning} ${streams.text('draft.notKept', { ...undrafted })}`);
      for (const one of notKept) tell(stdout, `${glyphs.warning} ${one}`);
      if (transcript) line(stdout, transcript.ended(ending));
      const { then } = ending;
      if (then?.kind === 'resume' || then?.kind === 'undo') {
        const asked = withoutYes(flags);
        return then.kind === 'resume'
          ? (await import('../resume.ts')).runResume(
              { command: 'resume', rest: [then.run], flags: asked },
              streams,
            )
          : (await import('../rollback.ts')).runRollback(
              { command: 'rollback', rest: [then.run], flags: asked },
              streams,
            );
      }
      // Nothing may keep a person waiting who has left.
      stdin.unref();
      return codeOf(ending);
    },
  };
}

/** How a wizard ended, for a script: as an apply in lines does. */
export const codeOf = ({ outcome, isTwin }: Pick<Ending, 'outcome' | 'isTwin'>): number =>
  isTwin === true ? exitCode.differs : codes[outcome];

const codes: Record<Ending['outcome'], number> = {
  verified: exitCode.done,
  mismatch: exitCode.differs,
  done: exitCode.done,
  interrupted: exitCode.interrupted,
};

/** More plans than these are nobody's list to choose from. */
const mostPlans = 500;

/** Plans in the folder that the person is in; what cannot be read is none. */
function plansHere(): readonly string[] {
  try {
    return readdirSync('.')
      .filter((name) => name.endsWith('.plan.json'))
      .sort()
      .slice(0, mostPlans);
  } catch {
    return [];
  }
}

/** Sources that wait for the module that has them. */
function lazySources(load: () => Promise<Platforms>): PlatformSources {
  return {
    sandboxes: async (...args) => (await load()).sources.sandboxes(...args),
    destinations: async (...args) => (await load()).sources.destinations(...args),
    sources: async (...args) => (await load()).sources.sources(...args),
    flowCount: async (...args) => (await load()).sources.flowCount(...args),
    flows: (...args) => lazily(load().then((platforms) => platforms.sources.flows(...args))),
    status: async (...args) => (await load()).sources.status(...args),
    runs: async (...args) => (await load()).sources.runs(...args),
    flow: async (...args) => (await load()).sources.flow(...args),
    exporting: async (...args) => (await load()).sources.exporting(...args),
    unionSchema: async (...args) => (await load()).sources.unionSchema(...args),
    namespaces: async (...args) => (await load()).sources.namespaces(...args),
    segments: (...args) => lazily(load().then((platforms) => platforms.sources.segments(...args))),
    madeMs: async (...args) => (await load()).sources.madeMs(...args),
  };
}

async function* lazily<Item>(promise: Promise<AsyncIterable<Item>>): AsyncGenerator<Item> {
  yield* await promise;
}

/** A part that is read late. @throws Error in the words of a person where it is not there any more. */
const there = <Part>(part: Promise<Part>, text: Text): Promise<Part> =>
  part.catch((error: unknown) => {
    throw isMissingPart(error) ? new Error(text('error.missingPart.why'), { cause: error }) : error;
  });
