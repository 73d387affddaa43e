import { expect, it } from 'vitest';
import { DataflowChangedError } from '../../source/apply/activate.ts';
import { PlanRefusedError } from '../../source/apply/check/plan-refused.ts';
import { ForeignConnectionError, NoFlowSpecError } from '../../source/apply/establish.ts';
import { JournalError } from '../../source/apply/journal/journal-file.ts';
import { JournalDamagedError } from '../../source/apply/journal/journal.ts';
import { StateUnreadableError } from '../../source/apply/journal/kept-files.ts';
import { RunHeldError } from '../../source/apply/journal/run-lock.ts';
import { DoubledError } from '../../source/apply/once/single.ts';
import { Stopped } from '../../source/apply/stopped.ts';
import { problem } from '../../source/activation/plan/problem.ts';
import * as errors from '../../source/flow-service/errors.ts';

const full = Object.assign(new Error('x'), { code: 'ENOSPC' });
const call = { method: 'GET', path: '/flows' };

// What a report of a crash shows, and what the explanations go by.
it.each<[Error, string, string | undefined, string]>([
  [new DataflowChangedError('F', ['a', 'b']), 'DataflowChangedError', 'changed', 'dataflow F holds a, b'],
  [
    new PlanRefusedError([problem('plan.missing', '$.a'), problem('plan.missing', '$.b')]),
    'PlanRefusedError',
    'planRefused',
    '$.a plan.missing, $.b plan.missing',
  ],
  [
    new ForeignConnectionError('C', 'X', 'Y'),
    'ForeignConnectionError',
    'foreignConnection',
    'C is a connection of X, not of Y',
  ],
  [new NoFlowSpecError('Y'), 'NoFlowSpecError', 'noFlowSpec', 'no flow spec leads from Profile Store to Y'],
  [new JournalError('/f', full), 'JournalError', 'journal', '/f: ENOSPC'],
  [new JournalError('/f', 'x'), 'JournalError', 'journal', '/f: UNKNOWN'],
  [new JournalError('/f', null), 'JournalError', 'journal', '/f: UNKNOWN'],
  [new JournalDamagedError('/j', 3), 'JournalDamagedError', 'journalDamaged', '/j: line 3 is damaged'],
  [new StateUnreadableError('/s', 'EIO'), 'StateUnreadableError', 'stateUnreadable', '/s: EIO'],
  [new RunHeldError({ kind: 'nameless' }, '/h'), 'RunHeldError', 'runHeld', 'held: /h'],
  [new DoubledError(['flows A', 'flows B']), 'DoubledError', 'doubled', 'made twice: flows A, flows B'],
  [new Stopped(), 'Stopped', undefined, ''],
  [
    new errors.UnreachableError(call, 'h', 'ENOTFOUND', full),
    'UnreachableError',
    'unreachable',
    'GET /flows: no connection to h (ENOTFOUND)',
  ],
  [
    new errors.LostAnswerError(call, 'ECONNRESET', full),
    'LostAnswerError',
    'lost',
    'GET /flows: the connection broke before the answer (ECONNRESET)',
  ],
  [new errors.TimeoutError(call, 7), 'TimeoutError', 'timeout', 'GET /flows: no answer within 7 ms'],
])('%s has its name, its kind and what happened', (error, name, kind, message) => {
  expect([error.name, 'kind' in error ? error.kind : undefined, error.message]).toEqual([
    name,
    kind,
    message,
  ]);
});
