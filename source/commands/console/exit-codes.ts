/** What an exit code means. @see cli.md, last table */
export const exitCode = {
  done: 0,
  bug: 1,
  usage: 2,
  needsTerminal: 3,
  notAllowed: 4,
  conflict: 5,
  differs: 6,
  unreachable: 7,
  interrupted: 130,
} as const;

/** The exit code of an error, by its kind and facts. */
export function exitCodeOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('kind' in error)) return exitCode.bug;
  switch (error.kind) {
    case 'refused': {
      const status = 'status' in error ? Number(error.status) : 0;
      if (status === 401 || status === 403) return exitCode.notAllowed;
      if (status === 409 || status === 412) return exitCode.conflict;
      // What is refused for its content is a plan, or a call, that breaks a rule.
      return status === 429 || status >= 500 || status < 400 ? exitCode.unreachable : exitCode.usage;
    }
    case 'unreachable':
    case 'heldBack':
    case 'stateAway':
    case 'lost':
    case 'timeout':
    case 'unreadable':
    case 'incomplete':
    case 'flowBusy':
    case 'notTaken':
    case 'exportDoubt':
    case 'credentialsUnknown':
      return exitCode.unreachable;
    case 'notEncrypted':
      return exitCode.differs;
    case 'emptying':
      return exitCode.needsTerminal;
    case 'secretMissing':
    case 'notPermitted':
      return exitCode.notAllowed;
    case 'stateRefused':
    case 'stateVersion':
    case 'stateAddress':
    case 'profilesDamaged':
    case 'profilesUnsafe':
    case 'stateUnreadable':
    case 'readOnly':
    case 'unsendable':
    case 'badProxy':
    case 'planRefused':
    case 'noFlowSpec':
    case 'foreignConnection':
    case 'flowMissing':
    case 'otherDestination':
    case 'ofDataSets':
    case 'journal':
    case 'journalDamaged':
      return exitCode.usage;
    case 'runHeld':
    case 'runLost':
    case 'doubled':
    case 'unmarked':
    case 'changed':
    case 'changedSince':
    case 'conflict':
      return exitCode.conflict;
    case 'cancelled':
      return exitCode.interrupted;
    default:
      return exitCode.bug;
  }
}
