import type { Draft } from './draft.ts';

/** An apply that has not come to its end, and what it left on the platform. */
export interface UnfinishedRun {
  readonly run: string;
  /** How many of its objects are there. */
  readonly made: number;
  /** When it was broken off, or last kept; epoch milliseconds. */
  readonly atMs: number;
  /** The answers that it is of, secrets among them; nothing where no apply from here may go on with it. */
  readonly of?: Draft | undefined;
  /** It was taken back, but for these: it is no longer offered to be finished. */
  readonly isUndone?: true | undefined;
}

/** As it is kept with a draft: another start may have other secrets, so nothing goes on with it unseen. */
export const withoutAnswers = ({ run, made, atMs, isUndone }: UnfinishedRun): UnfinishedRun =>
  isUndone === undefined ? { run, made, atMs } : { run, made, atMs, isUndone };

/** All of them, the one that is told now as it is told. */
export const withRun = (runs: readonly UnfinishedRun[], told: UnfinishedRun): readonly UnfinishedRun[] => [
  ...withoutRun(runs, told.run),
  told,
];

export const withoutRun = (runs: readonly UnfinishedRun[], run: string): readonly UnfinishedRun[] =>
  runs.filter((one) => one.run !== run);

/** Those that have left something. */
export const thatLeft = (runs: readonly UnfinishedRun[]): readonly UnfinishedRun[] =>
  runs.filter(({ made }) => made > 0);

/** Whether something may be on the platform that was not there before. */
export const mayHaveWritten = ({
  hasApplied,
  unfinished,
}: {
  readonly hasApplied: boolean;
  readonly unfinished: readonly UnfinishedRun[];
}): boolean => hasApplied || thatLeft(unfinished).length > 0;
