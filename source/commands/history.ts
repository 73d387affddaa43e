import { type FoundRun, listRuns } from '../apply/journal-file.ts';
import { english } from '../locale/texts.ts';
import { stateFolder } from '../settings/state-folder.ts';
import type { Arguments } from './arguments.ts';
import { exitCode } from './exit-codes.ts';
import { visible } from './read-plan.ts';
import { json, line, type Streams } from './streams.ts';
import { tableLines } from './table-text.ts';

/** `ferry history`: every apply from here, the newest first. @see cli.md */
export async function runHistory({ flags }: Arguments, { stdout, stderr, env }: Streams): Promise<number> {
  const runs = await listRuns(stateFolder(env));
  if (flags.json === true) {
    json(stdout, runs.map(documentOf), 2);
  } else if (runs.length === 0) {
    line(stderr, english('command.runsNone'));
  } else {
    for (const one of tableLines(runs.map(cellsOf))) line(stdout, one);
  }
  return exitCode.done;
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
