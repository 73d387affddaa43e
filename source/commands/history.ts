import { rm } from 'node:fs/promises';
import { utcText } from '../activation/content/schedule.ts';
import { nameOf } from '../apply/journal/run-state.ts';
import { JournalDamagedError } from '../apply/journal/lines.ts';
import { type Errand, idsOf } from '../apply/journal/errands.ts';
import type { FoundRun } from '../apply/journal/run-store.ts';
import { momentText } from '../locale/format.ts';
import type { Text } from '../locale/texts.ts';
import { stateFolder } from '../settings/state-folder.ts';
import { StateUnreadableError } from '../state/errors.ts';
import type { State } from '../state/state.ts';
import type { Arguments } from './console/arguments.ts';
import { type KeptDraft, listDrafts } from './wizard/drafts.ts';
import { exitCode } from './console/exit-codes.ts';
import { isOpen } from './runs/find-run.ts';
import { keptState } from './state/kept-state.ts';
import { visible } from './console/visible.ts';
import { Stop } from './console/stop.ts';
import { tellError, withStop } from './console/with-stop.ts';
import { json, line, type Streams } from './console/streams.ts';
import { tableLines } from './console/table-text.ts';
import { oldTranscripts } from './wizard/transcripts.ts';
import { columnsOf, tell } from './console/wrap-said.ts';
import { isoText } from './console/here.ts';

/**
 * `ferry history`: every apply from here, the newest first, and the drafts of the wizard. `--prune DAYS`
 * forgets what is older and ended; nothing is ever forgotten unasked. What cannot be read is told, behind everything
 * else. @see cli.md
 */
export function runHistory({ flags }: Arguments, streams: Streams): Promise<number> {
  const isJson = flags.json === true;
  return withStop(streams, isJson, async () => {
    const { stdout, env, text } = streams;
    const state = keptState(env);
    if (flags.prune !== undefined) {
      const days = Number(flags.prune);
      if (!Number.isInteger(days) || days < 0)
        throw new Stop(exitCode.usage, (words) =>
          words('command.badNumber', { flag: '--prune', least: 0, most: '36500' }),
        );
      const count = await prune(state, stateFolder(env), Date.now() - days * 86_400_000);
      if (isJson) json(stdout, count);
      else tell(stdout, text('history.pruned', count));
      return exitCode.done;
    }
    const runs = await state.runs.list();
    const { drafts, unread } = await listDrafts(state.drafts);
    const unreadable = [
      ...runs.flatMap((one): Error[] => {
        if (one.kind === 'damaged') return [new JournalDamagedError(one.file, one.line)];
        return one.kind === 'unreadable' ? [new StateUnreadableError(one.file, one.code)] : [];
      }),
      ...unread,
    ];
    if (isJson) json(stdout, runs.map(documentOf), 2);
    else tellRuns(runs, drafts, streams);
    for (const one of unreadable) tellError(streams, one, { host: '', sandbox: '' });
    return unreadable.length === 0 ? exitCode.done : exitCode.usage;
  });
}

function tellRuns(
  runs: readonly FoundRun[],
  drafts: readonly KeptDraft[],
  { stdout, stderr, text }: Streams,
): void {
  if (runs.length === 0) tell(stderr, text('command.runsNone'));
  const rows = runs.map((run) => cellsOf(run, text));
  const table = rows.length === 0 ? [] : [header.map((id) => text(id)), ...rows];
  for (const one of tableLines(table, columnsOf(stdout))) line(stdout, one);
  for (const { saved } of drafts) {
    const at = utcText(saved.savedMs);
    const what = visible(saved.draft.destination?.name ?? '');
    tell(stdout, text('history.draft', { at, what, segments: saved.draft.segments.length }));
  }
}

/** How many of each were forgotten. */
type Pruned = Record<'runs' | 'drafts' | 'transcripts', number>;

/** Runs that still have something to finish are never forgotten. */
async function prune(
  { runs: kept, drafts: keptDrafts }: State,
  folder: string,
  beforeMs: number,
): Promise<Pruned> {
  const runs = (await kept.list()).filter(
    (one) => one.kind === 'run' && one.state.begunMs <= beforeMs && !isOpen(one.state),
  );
  for (const { run } of runs) await kept.forget(run);
  const drafts = (await listDrafts(keptDrafts)).drafts.filter(({ saved }) => saved.savedMs <= beforeMs);
  const transcripts = oldTranscripts(folder, beforeMs);
  for (const { name } of drafts) await keptDrafts.remove(name);
  for (const file of transcripts) await rm(file, { force: true });
  return { runs: runs.length, drafts: drafts.length, transcripts: transcripts.length };
}

function stateText(found: FoundRun, text: Text): string {
  if (found.kind === 'damaged') return text('history.damaged', { line: found.line });
  if (found.kind === 'unreadable' && found.code === 'LOST') return text('history.lost');
  if (found.kind === 'unreadable') return text('history.unreadable', { code: found.code });
  if (found.kind === 'empty') return text('history.empty');
  return text(`history.${found.state.outcome ?? 'open'}`);
}

const header = [
  'history.run',
  'history.state',
  'history.when',
  'review.sandbox',
  'history.who',
  'receipt.plan',
  'review.flow',
] as const;

function cellsOf(found: FoundRun, text: Text): string[] {
  if (found.kind !== 'run') return [found.run, stateText(found, text)];
  const { run, begunMs, place, who, plan, made, errand } = found.state;
  const isOfFlows = errand && !('accountId' in errand);
  const flowId = made.flowId ?? plan?.flow ?? (isOfFlows ? idsOf(errand).join(' ') : undefined);
  const about = visible(nameOf(found.state));
  const user = [who.user, who.sudoUser, who.sshClient].filter((one) => one !== undefined).join('/');
  return [
    run,
    stateText(found, text),
    `${momentText(text.language, utcText(begunMs))} UTC`,
    place.sandbox,
    user,
    errand ? text('text.labelled', { label: text(`apply.${stepOf(errand)}`), value: about }) : about,
    flowId ??
      (errand
        ? text('text.labelled', { label: text('review.account'), value: idsOf(errand).join(' ') })
        : `${Object.keys(made).length}/5`),
  ];
}

/** The step that says what an errand was. */
const stepOf = ({ kind }: Errand) => (kind === 'remove' ? 'remove-flow' : kind);

function documentOf(found: FoundRun): unknown {
  if (found.kind !== 'run') return { ...found, state: found.kind };
  const { run, begunMs, place, who, made, doubts, outcome, errand } = found.state;
  return {
    run,
    state: outcome ?? 'open',
    begunAt: isoText(begunMs),
    who,
    ...place,
    plan: nameOf(found.state),
    ...(errand ? { errand: errand.kind } : {}),
    made,
    doubtful: Object.keys(doubts),
  };
}
