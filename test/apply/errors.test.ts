import { expect, it } from 'vitest';
import { DataflowChangedError } from '../../source/apply/activate.ts';
import { ChangedSinceError } from '../../source/apply/live/changed-since.ts';
import { PlanRefusedError } from '../../source/apply/check/plan-refused.ts';
import {
  DataSetsError,
  EmptyingError,
  OtherDestinationError,
} from '../../source/apply/live/not-changeable.ts';
import { NotTakenError } from '../../source/apply/errand/switch-state.ts';
import { ForeignConnectionError, NoFlowSpecError } from '../../source/apply/establish.ts';
import { JournalDamagedError } from '../../source/apply/journal/lines.ts';
import { JournalError, RunHeldError, StateUnreadableError } from '../../source/state/errors.ts';
import { FlowMissingError } from '../../source/apply/live/live.ts';
import { ConflictError } from '../../source/apply/live/course.ts';
import { UnmarkedError } from '../../source/apply/once/likeness.ts';
import { FlowBusyError } from '../../source/apply/once/quiet.ts';
import { DoubledError } from '../../source/apply/once/single.ts';
import { Stopped } from '../../source/apply/stopped.ts';
import type { Change } from '../../source/activation/change/changes.ts';
import type { Conflict } from '../../source/activation/change/merge.ts';
import { problem } from '../../source/activation/plan/problem.ts';

const full = Object.assign(new Error('x'), { code: 'ENOSPC' });

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
    new OtherDestinationError('F', 'X', 'Y'),
    'OtherDestinationError',
    'otherDestination',
    'dataflow F is of X, not of Y',
  ],
  [new DataSetsError({ id: 'F', name: 'N' }), 'DataSetsError', 'ofDataSets', 'dataflow F exports datasets'],
  [new EmptyingError({ flowId: 'F', name: 'N' }), 'EmptyingError', 'emptying', 'most segments of F would go'],
  [new NotTakenError('F', 'x'), 'NotTakenError', 'notTaken', 'F: x was accepted, and does not show'],
  [new FlowMissingError('F'), 'FlowMissingError', 'flowMissing', 'there is no dataflow F'],
  [new FlowBusyError('F', 'updating'), 'FlowBusyError', 'flowBusy', 'dataflow F is updating'],
  [
    new UnmarkedError(['flows A', 'flows B'], 'ferry run x'),
    'UnmarkedError',
    'unmarked',
    'may be of ferry run x: flows A, flows B',
  ],
  [
    new ConflictError('F', [{ part: 'segment', subject: 'A' } as Conflict]),
    'ConflictError',
    'conflict',
    'F: segment A',
  ],
  [
    new ChangedSinceError('F', [
      { segment: 'A', before: 'b', path: '$.a' },
      { before: 'b', after: 'c', path: '$.b' },
      { after: 'c', path: '$.c' },
      { path: '$.d' },
      { segment: 'A', path: '$.e' },
    ] as unknown as Change[]),
    'ChangedSinceError',
    'changedSince',
    'F: A, b, c, $.d, A',
  ],
])('%s has its name, its kind and what happened', (error, name, kind, message) => {
  expect([error.name, 'kind' in error ? error.kind : undefined, error.message]).toEqual([
    name,
    kind,
    message,
  ]);
});

const s3 = '4fce964d-3f37-408f-9778-e597338a21ee';
const campaign = '0b23e41a-cb4a-4321-a78f-3b654f5d7d97';
it.each<['destination' | 'flowSpec', string, string]>([
  ['destination', `Adobe Campaign (${campaign})`, `Amazon S3 (${s3})`],
  ['flowSpec', campaign, s3],
])('of another %s, only a destination is called by its name', (of, found, connectionSpecId) => {
  expect(new OtherDestinationError('F', campaign, s3, of)).toMatchObject({
    found: [found],
    connectionSpecId,
  });
});
