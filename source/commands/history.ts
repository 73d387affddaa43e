import { rm } from 'node:fs/promises';
import { type FoundRun, listRuns, removeRun } from '../apply/journal-file.ts';
import { english } from '../locale/texts.ts';
import { stateFolder } from '../settings/state-folder.ts';
import type { Arguments } from './arguments.ts';
import { listDrafts } from './drafts.ts';
import { exitCode } from './exit-codes.ts';
import { isOpen } from './find-run.ts';
import { visible } from './read-plan.ts';
import { json, line, type Streams } from './streams.ts';
import { tableLines } from './table-text.ts';

/**
 * `ferry history`: every apply from here, the newest first, and the drafts of the wizard. `--prune DAYS`
 * forgets what is older and ended; nothing is ever forgotten unasked. @see cli.md
 */
export async function runHistory({ flags }: Arguments, { stdout, stderr, env }: Streams): Promise<number> {
  const folder = stateFolder(env);
  if (flags.prune !== undefined) {
    const days = Number(flags.prune);
    if (!Number.isInteger(days) || days < 0) {
      line(stderr, english('command.badNumber', { flag: '--prune', least: 0, most: 36_500 }));
      return exitCode.usage;
    }
    const count = await prune(folder, Date.now() - days * 86_400_000);
    if (flags.json === true) json(stdout, count);
    else line(stdout, english('history.pruned', count));
    return exitCode.done;
  }
  const runs = await listRuns(folder);
  const drafts = listDrafts(folder);
  if (flags.json === true) {
    json(stdout, runs.map(documentOf), 2);
    return exitCode.done;
  }
  if (runs.length === 0) line(stderr, english('command.runsNone'));
  for (const one of tableLines(runs.map(cellsOf))) line(stdout, one);
  for (const { saved } of drafts) {
    const at = new Date(saved.savedMs).toISOString().slice(0, 16).replace('T', ' ');
    const what = visible(saved.draft.destination?.name ?? '');
    line(stdout, english('history.draft', { at, what, segments: saved.draft.segments.length }));
  }
  return exitCode.done;
}

/** Runs that still have something to finish are never forgotten. */
async function prune(folder: string, beforeMs: number): Promise<{ runs: number; drafts: number }> {
  const runs = (await listRuns(folder)).filter(
    (one) => one.kind === 'run' && one.state.begunMs <= beforeMs && !isOpen(one.state),
  );
  for (const { run } of runs) await removeRun(folder, run);
  const drafts = listDrafts(folder).filter(({ saved }) => saved.savedMs <= beforeMs);
  for (const { file } of drafts) await rm(file, { force: true });
  return { runs: runs.length, drafts: drafts.length };
}

function stateText(found: FoundRun): string {
  if (found.kind === 'damaged') return english('history.damaged', { line: found.line });
  if (found.kind === 'empty') return english('history.empty');
  return english(`history.${found.state.outcome ?? 'open'}`);
}

function cellsOf(found: FoundRun): string[] {
  if (found.kind !== 'run') return [found.run, stateText(found)];
  const { run, begunMs, place, who, plan, made } = found.state;
  const at = new Date(begunMs).toISOString().slice(0, 16).replace('T', ' ');
  const user = [who.user, who.sudoUser, who.sshClient].filter((one) => one !== undefined).join('/');
  return [
    run,
    stateText(found),
    `${at} UTC`,
    place.sandbox,
    user,
    visible(plan.name),
    made.flowId ?? `${Object.keys(made).length}/5`,
  ];
}

function documentOf(found: FoundRun): unknown {
  if (found.kind !== 'run') return { ...found, state: found.kind };
  const { run, begunMs, place, who, plan, made, doubts, outcome } = found.state;
  return {
    run,
    state: outcome ?? 'open',
    begunAt: new Date(begunMs).toISOString(),
    who,
    ...place,
    plan: plan.name,
    made,
    doubtful: Object.keys(doubts),
  };
}
