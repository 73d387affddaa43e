import { expect } from 'vitest';
import type { ApplyEvent } from '../../source/apply/events.ts';
import { type Credentials, runErrand } from '../../source/apply/errand/errand.ts';
import { execute } from '../../source/apply/execute.ts';
import { journalWords, type RunStore } from '../../source/apply/journal/run-store.ts';
import { folderRuns } from '../../source/state/folder/runs.ts';
import type { Journal, WriteStep } from '../../source/apply/journal/journal.ts';
import type { RunState } from '../../source/apply/journal/run-state.ts';
import type { Errand } from '../../source/apply/journal/errands.ts';
import { rollback, type RollbackEvent, type RollbackServices } from '../../source/apply/undo/rollback.ts';
import type { ApplyServices, Checkpoint } from '../../source/apply/services.ts';
import type { Emulator } from '../../source/emulator/server.ts';
import { clientOf } from './answers.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { tutorialPlan } from './plans.ts';

export const orgId = '5555467B5D8013E50A494220@AdobeOrg';

/** The runs that are kept in a folder. @param now - Epoch milliseconds. */
export const runsIn = (folder: string, now: () => number = Date.now): RunStore =>
  folderRuns(folder, now, journalWords);

/** The environment of somebody who may work on a platform. */
export const signedInTo = (url: string): Record<string, string> => ({
  FERRY_API_URL: url,
  FERRY_ACCESS_TOKEN: 'token',
  FERRY_API_KEY: 'key',
  FERRY_ORG_ID: orgId,
});

/** The plan of the tutorial, in a future that the emulator takes. */
export const futurePlan = {
  ...tutorialPlan,
  segments: tutorialPlan.segments.map((one) => ({
    ...one,
    schedule: {
      ...one.schedule,
      startDate: '2035-01-01',
      ...(one.schedule.endDate === undefined ? {} : { endDate: '2035-02-01' }),
    },
  })),
};

export const authParams = { accessId: 'AKIAIOSFODNN7EXAMPLE', secretKey: 'PLANTEDsecret' };

/** How many there are of each: connections, source connections, target connections, dataflows. */
export function countsOf(emulator: Emulator): number[] {
  return (['connections', 'sourceConnections', 'targetConnections', 'flows'] as const).map((one) =>
    emulator.count(one),
  );
}
/** The same, once nothing is pending: what was cut may still be acted upon. */
export async function settledCounts(emulator: Emulator): Promise<number[]> {
  await emulator.idle();
  return countsOf(emulator);
}
export const exactlyOne = [2, 1, 1, 1];
export const none = [0, 0, 0, 0];

/** What kills the program, as `FERRY_DIE_AT=POINT:STEP`. */
export const killSteps = [
  'source-base-connection',
  'source-connection',
  'target-base-connection',
  'target-connection',
  'flow',
  'read',
  'activate',
  'settle',
];
export const killPoints = ['intended', 'sent', 'answered'];

/** `noted`: its patch is in, and that is on the disk. */
export interface Death {
  point: Checkpoint | 'noted';
  step: WriteStep;
}

/** Thrown where a process would have died. */
class Died extends Error {}

/** A run that dies at a point: its call under way is broken off, and its journal takes no more. */
function mortal(
  journal: Journal,
  { point, step }: Death,
): Required<Pick<ApplyServices, 'journal' | 'checkpoint' | 'abort'>> {
  const abort = new AbortController();
  let isDead = false;
  const die = (): void => {
    isDead = true;
    abort.abort();
  };
  return {
    abort: abort.signal,
    journal: {
      async note(note) {
        if (isDead) throw new Died();
        await journal.note(note);
        if (point === 'noted' && note.kind === 'patched' && note.step === step) die();
      },
    },
    checkpoint(at, what) {
      if (at !== point || what !== step) return;
      die();
      if (at !== 'sent') throw new Died();
    },
  };
}

export interface RunHere {
  folder: string;
  run: string;
  emulator: Emulator;
  services?: Partial<ApplyServices>;
  /** @default the tutorial's */
  plan?: Plan;
  /** Where it dies: what is noted or sent after that is not. */
  diesAt?: Death;
  /** How long an answer may take, milliseconds; only who plays a slow one has it short. @default 5000 */
  timeoutMs?: number;
}

type Result = Extract<ApplyEvent, { kind: 'result' }>;

/** Applies or goes on with a run, with its journal on the disk; never comes back from a checkpoint that does not. */
export function applyHere({ plan = futurePlan, ...here }: RunHere): Promise<Result> {
  const { extras, since } = here.services ?? {};
  const about = { plan, ...(extras === 'prune' ? { isPruned: true } : {}), ...(since ? { since } : {}) };
  return performHere(here, about, (services) => execute(plan, { ...services, ...here.services }));
}

/** The same of an errand. */
export function runErrandHere(
  here: Omit<RunHere, 'plan'>,
  errand: Errand,
  credentials?: Credentials,
): Promise<Result> {
  return performHere(here, { errand }, (services) =>
    runErrand(errand, { ...services, ...here.services }, credentials),
  );
}

async function performHere(
  { folder, run, emulator, diesAt, timeoutMs = 5000 }: Omit<RunHere, 'plan'>,
  about: { plan?: Plan; errand?: Errand; isPruned?: boolean; since?: Plan },
  start: (services: ApplyServices) => AsyncGenerator<ApplyEvent>,
): Promise<Result> {
  const journal = await runsIn(folder).open(run);
  try {
    const found = await runsIn(folder).find(run);
    if (found?.kind !== 'run') {
      const place = { apiUrl: emulator.url, orgId, sandbox: 'dev' };
      await journal.note({ kind: 'begun', version: 1, run, ...about, place, who: { user: 'tests' } });
    }
    const events = start({
      client: clientOf(emulator.url, { orgId, timeoutMs }),
      authParams,
      run,
      clock: () => performance.now(),
      doubtMs: 350,
      unseenMs: 2000,
      retryBaseMs: 1,
      // As the program has them.
      stop: new AbortController().signal,
      abort: new AbortController().signal,
      journal,
      ...(found?.kind === 'run' ? { earlier: found.state } : {}),
      ...(diesAt ? mortal(journal, diesAt) : {}),
    });
    let result: Result | undefined;
    for await (const event of events) if (event.kind === 'result') result = event;
    if (!result) throw new Error('no result');
    return result;
  } finally {
    await journal.close();
  }
}

/** Undoes a run. */
export async function rollBackHere(
  { folder, run, emulator, timeoutMs = 5000 }: RunHere,
  services: Partial<RollbackServices> = {},
): Promise<RollbackEvent[]> {
  const journal = await runsIn(folder).open(run);
  try {
    const found = await runsIn(folder).find(run);
    if (found?.kind !== 'run' || !found.state.plan) throw new Error('no run');
    const client = clientOf(emulator.url, { orgId, timeoutMs });
    const events: RollbackEvent[] = [];
    const undoing = rollback(found.state, {
      client,
      journal,
      doubtMs: 350,
      unseenMs: 2000,
      goneMs: 2000,
      retryBaseMs: 1,
      stop: new AbortController().signal,
      abort: new AbortController().signal,
      ...services,
    });
    for await (const event of undoing) events.push(event);
    return events;
  } finally {
    await journal.close();
  }
}

export async function stateOf({ folder, run }: Pick<RunHere, 'folder' | 'run'>): Promise<RunState> {
  const found = await runsIn(folder).find(run);
  expect(found?.kind).toBe('run');
  if (found?.kind !== 'run') throw new Error('no run');
  return found.state;
}

/** Prints a table once all of it is known: rows by the first part of the key. */
export function printTable(title: string, cells: ReadonlyMap<string, string>): void {
  const rows = Map.groupBy(cells, ([key]) => key.split('\t')[0] ?? '');
  const lines = [...rows].flatMap(([row, own]) => [
    '',
    `  ${row}`,
    ...own.map(([key, value]) => `    ${(key.split('\t')[1] ?? '').padEnd(34)} ${value}`).sort(),
  ]);
  process.stdout.write(`\n${title}\n${lines.join('\n')}\n\n`);
}
