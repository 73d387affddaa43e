/** What an emulator cannot start with. */
type StartProblem = 'faultRule' | 'runFault' | 'portTaken' | 'port' | 'logFile' | 'stateFile';

/** An emulator that cannot start: what is wrong, and what was given. */
export class EmulatorStartError extends Error {
  override readonly name = 'EmulatorStartError';
  readonly problem: StartProblem;
  /** The rule, the port or the file. */
  readonly given: string;

  constructor(problem: StartProblem, given: string, options?: ErrorOptions) {
    super(`${problem}: ${given}`, options);
    this.problem = problem;
    this.given = given;
  }
}
