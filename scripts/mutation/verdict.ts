/** What became of a change. */
export type Verdict =
  | { kind: 'noticed'; test: string; testFile: string }
  /** Every test that was asked is green with it; `left` others that come by were not asked, nor other rooms' if near. */
  | { kind: 'survived'; asked: number; left: number; isNear?: boolean }
  /** The tests did not come to an end, or fail without the change too. */
  | { kind: 'untold'; why: string };

/** A failure that was told while a run went on. */
export interface Failure {
  test: string;
  testFile: string;
  /** Nothing where it is the file itself that failed. */
  id?: string | undefined;
  /** Whether nothing but the change can have made it: what waits may have met a busy machine. */
  isSure: boolean;
}

export type Outcome = { kind: 'green' } | { kind: 'unfinished'; why: string } | ({ kind: 'red' } & Failure);

/** A test that took longer may have failed because it had to wait, milliseconds. */
const quickMs = 1000;

export const isSureOf = (ms: number | undefined): boolean => ms !== undefined && ms < quickMs;

/**
 * What a run says. It is green only when every file that was asked has ended so: a run that is broken off can lose
 * the failure that broke it off, and then looks like one where nothing failed.
 */
export function outcomeOf(
  failure: Failure | undefined,
  files: readonly { testFile: string; state: string }[],
  errors: readonly unknown[],
): Outcome {
  if (failure) return { kind: 'red', ...failure };
  const red = files.find(({ state }) => state === 'failed');
  if (red) return { kind: 'red', test: 'the file itself', testFile: red.testFile, isSure: false };
  if (errors.length > 0) return { kind: 'red', test: 'an error of no test', testFile: '', isSure: false };
  const open = files.find(({ state }) => state !== 'passed' && state !== 'skipped');
  return open ? { kind: 'unfinished', why: `${open.testFile} did not end` } : { kind: 'green' };
}

/** Runs files of tests, or one test of one file, with the change or without it, until one fails. */
export type Run = (tests: readonly string[], withChange: boolean, id?: string) => Promise<Outcome>;

/**
 * Asks files of tests about a change. A failure counts when it comes again, and not without the change; one that a
 * busy machine cannot have made need not come again. A file of which that is not so is passed over, and then nothing is
 * said of a change that nobody else notices.
 */
export async function ask(tests: readonly string[], left: number, run: Run): Promise<Verdict> {
  let asked = tests;
  const passedOver: string[] = [];
  while (asked.length > 0) {
    const outcome = await run(asked, true);
    if (outcome.kind === 'green') break;
    const of = outcome.kind === 'red' && outcome.testFile !== '' ? [outcome.testFile] : asked;
    const id = outcome.kind === 'red' ? outcome.id : undefined;
    const alone = outcome.kind === 'red' && outcome.isSure ? outcome : await run(of, true, id);
    // One that does not fail again has kept the others of its file from being asked.
    const again = id !== undefined && alone.kind === 'green' ? await run(of, true) : alone;
    if (again.kind === 'red' && (await run(of, false, again.id)).kind === 'green') return noticed(again);
    if (again.kind !== 'green') passedOver.push(...of);
    asked = asked.filter((test) => !of.includes(test));
  }
  if (passedOver.length > 0) return { kind: 'untold', why: `no clear answer of ${passedOver.join(', ')}` };
  return { kind: 'survived', asked: tests.length, left };
}

const noticed = ({ test, testFile }: Failure): Verdict => ({ kind: 'noticed', test, testFile });
