import { describe, expect, it } from 'vitest';
import type { JournalNote } from '../../source/apply/journal/journal.ts';
import type { Flags } from '../../source/commands/console/arguments.ts';
import { isStop } from '../../source/commands/console/stop.ts';
import { chooseOpen, chooseUndo, findRun } from '../../source/commands/runs/find-run.ts';
import { english } from '../../source/locale/catalogs.ts';
import { futurePlan, orgId, runsIn, signedInTo } from '../helpers/runs.ts';
import { freshFolder } from '../helpers/terminal.ts';

const place = { apiUrl: 'https://platform.example', orgId, sandbox: 'dev' };
const flow = 'ca5c6e9a-8559-4a08-97a5-f15b756da600';
const made: JournalNote = { kind: 'made', step: 'flow', id: flow };
const found: JournalNote = { kind: 'found', flow: { id: flow } };
const ended = (outcome: 'verified' | 'mismatch' | 'rolledBack' | 'partlyRolledBack'): JournalNote => ({
  kind: 'ended',
  outcome,
});
const create = { plan: futurePlan };
const toBind = { ...create, bind: '/plans/a.plan.json' };
const change = { plan: { ...futurePlan, flow } };
const pause = { errand: { kind: 'disable' as const, flowId: flow, name: 'x' } };
type About = Pick<Extract<JournalNote, { kind: 'begun' }>, 'plan' | 'errand' | 'bind'> &
  Partial<Pick<Extract<JournalNote, { kind: 'begun' }>, 'place'>>;

/** Keeps runs, the oldest first: `00000001`, `00000002` … */
async function kept(runs: readonly (readonly [About, ...JournalNote[]])[]): Promise<string> {
  const folder = freshFolder();
  for (const [at, [about, ...notes]] of runs.entries()) {
    const run = `0000000${at + 1}`;
    const journal = await runsIn(folder, () => 1_800_000_000_000 + at * 60_000).open(run);
    await journal.note({ kind: 'begun', version: 1, run, place, ...about, who: { user: 'tests' } });
    for (const note of notes) await journal.note(note);
    await journal.close();
  }
  return folder;
}

/** The run that is meant, or what is said. */
async function meant(
  folder: string,
  way: 'resume' | 'rollback',
  name?: string,
  flags: Flags = {},
): Promise<string> {
  const here = { flags, env: { FERRY_STATE_DIR: folder, ...signedInTo(place.apiUrl) } };
  try {
    const { run } =
      way === 'resume'
        ? await findRun(name, here, chooseOpen, 'command.noRunOpen')
        : await findRun(name, here, chooseUndo, 'command.noRunUndo');
    return run;
  } catch (error) {
    if (!isStop(error)) throw error;
    expect(error.exitCode).toBe(2);
    return error.sentences.map((say) => say(english)).join('\n');
  }
}

describe('the run that is meant where none is named', () => {
  it('is none that somebody is at, as long as another one was left', async () => {
    const folder = await kept([
      [create, made],
      [create, made],
    ]);
    const held = await runsIn(folder).open('00000002');
    expect(await meant(folder, 'resume')).toBe('00000001');
    const both = await runsIn(folder).open('00000001');
    expect(await meant(folder, 'resume')).toBe('00000002');
    await held.close();
    await both.close();
  });

  it('is one of the organisation and the sandbox that are meant, if there is one', async () => {
    const elsewhere = { ...place, orgId: 'OTHER@AdobeOrg' };
    const folder = await kept([
      [{ ...create, place: { ...place, sandbox: 'test' } }, made],
      [create, made],
      [{ ...create, place: elsewhere }, made],
    ]);
    for (const way of ['resume', 'rollback'] as const) {
      expect(await meant(folder, way)).toBe('00000002');
      expect(await meant(folder, way, undefined, { sandbox: 'test' })).toBe('00000001');
      // Nothing of ours: where it is, is said when it is tried.
      expect(await meant(folder, way, undefined, { 'api-url': 'https://else.example' })).toBe('00000003');
    }
  });

  it.each<[string, (readonly [About, ...JournalNote[]])[], string, RegExp | string]>([
    ['there is none', [], 'there is no unfinished run', 'no run has left objects'],
    ['one is unfinished', [[create, made]], '00000001', '00000001'],
    [
      'one is verified, and its file does not name the dataflow yet',
      [[toBind, made, ended('verified')]],
      '00000001',
      /00000001, is verified/,
    ],
    [
      'one is verified, and its file names the dataflow',
      [[toBind, made, ended('verified'), { kind: 'bound' }]],
      'there is no unfinished run',
      /00000001, is verified/,
    ],
    [
      'one was to name its dataflow, and is undone',
      [[toBind, made, { kind: 'removed', step: 'flow', id: flow }, ended('rolledBack')]],
      'there is no unfinished run',
      'no run has left objects',
    ],
    ['one differs', [[change, found, ended('mismatch')]], 'there is no unfinished run', '00000001'],
    ['one is partly undone', [[create, made, ended('partlyRolledBack')]], '00000001', '00000001'],
    ['one has sent nothing', [[create]], '00000001', 'no run has left objects'],
    [
      'one is undone',
      [[create, made, ended('rolledBack')]],
      'there is no unfinished run',
      'no run has left objects',
    ],
    [
      'only verified ones are left',
      [
        [create, made, ended('verified')],
        [change, found, ended('verified')],
      ],
      'there is no unfinished run',
      /00000002, is verified.*\n {2}ferry rollback 00000002 .*verified\n {2}ferry rollback 00000001 .*verified$/,
    ],
    [
      'a verified one came after one that differs',
      [
        [change, found, ended('mismatch')],
        [change, found, ended('verified')],
      ],
      'there is no unfinished run',
      /00000002, is verified.*\n {2}ferry rollback 00000002 .*verified\n {2}ferry rollback 00000001 .*differs$/,
    ],
    [
      'a verified one came after one that is unfinished',
      [
        [create, made],
        [change, found, ended('verified')],
      ],
      '00000001',
      /00000002, is verified/,
    ],
    [
      'the newest is undone already',
      [
        [change, found, ended('mismatch')],
        [change, found, ended('rolledBack')],
      ],
      'there is no unfinished run',
      '00000001',
    ],
    [
      'the newest is nothing that an undo knows',
      [
        [change, found, ended('mismatch')],
        [pause, { kind: 'intent', step: 'disable' }],
      ],
      '00000002',
      '00000001',
    ],
    [
      'the newest differs, and an older one is verified',
      [
        [change, found, ended('verified')],
        [change, found, ended('mismatch')],
      ],
      'there is no unfinished run',
      '00000002',
    ],
  ])('%s', async (_, runs, resumed, undone) => {
    const folder = await kept(runs);
    expect(await meant(folder, 'resume')).toMatch(resumed);
    expect(await meant(folder, 'rollback')).toMatch(undone);
  });

  it('is the one that is named, also where it is verified', async () => {
    const folder = await kept([
      [create, made, ended('verified')],
      [create, made],
    ]);
    expect(await meant(folder, 'rollback', '00000001')).toBe('00000001');
  });

  it('names some of many', async () => {
    const folder = await kept(Array.from({ length: 7 }, () => [create, made, ended('verified')] as const));
    const said = await meant(folder, 'rollback');
    expect(said.match(/ferry rollback \d{8}/g)).toHaveLength(5);
    expect(said).toContain('ferry rollback 00000007');
  });
});
