import { expect, it } from 'vitest';
import type { JournalNote } from '../../../source/apply/journal/journal.ts';
import type { Errand } from '../../../source/apply/journal/errands.ts';
import { knownHere } from '../../../source/commands/status/known-here.ts';
import type { Connected } from '../../../source/commands/connect/open-client.ts';
import { clientOf } from '../../helpers/answers.ts';
import { freshFolder } from '../../helpers/folders.ts';
import { runsIn } from '../../helpers/runs.ts';

const place = { apiUrl: 'http://here', orgId: '5555467B@AdobeOrg', sandbox: 'dev' };

async function keep(
  folder: string,
  run: string,
  errand: Errand,
  notes: readonly JournalNote[],
  sandbox = 'dev',
) {
  const journal = await runsIn(folder).open(run);
  await journal.note({
    kind: 'begun',
    version: 1,
    run,
    errand,
    place: { ...place, sandbox },
    who: { user: 'x' },
  });
  for (const note of notes) await journal.note(note);
  await journal.close();
}

it('what was done from here is known by its journals, of this place alone', async () => {
  const folder = freshFolder();
  const flows = [{ flowId: 'crm', name: 'CRM', segments: ['s1', 's2'] }];
  const errand: Errand = { kind: 'export', name: 'CRM', flows };
  const of = (runId: string) => ({ flowId: 'crm', segmentId: 's1', runId });
  await keep(folder, 'aaaaaaaa', errand, [
    { kind: 'exported', job: 0, runs: [of('asked'), { ...of('under way'), isEarlier: true }] },
    { kind: 'exported', job: 1, runs: [of('found')], isFound: true },
  ]);
  await keep(folder, 'bbbbbbbb', errand, [{ kind: 'exported', job: 0, runs: [of('elsewhere')] }], 'prod');
  await keep(folder, 'cccccccc', { kind: 'enable', flowId: 'CRM', name: 'CRM' }, []);
  const client = clientOf(place.apiUrl, { orgId: place.orgId, sandbox: place.sandbox });
  const { onDemand, enabledMs } = await knownHere({ client } as Connected, { FERRY_STATE_DIR: folder });
  expect([...onDemand]).toEqual(['asked']);
  expect([...enabledMs.keys()]).toEqual(['crm']);
  const nowhere = await knownHere({ client } as Connected, { FERRY_STATE_DIR: freshFolder() });
  expect([nowhere.onDemand.size, nowhere.enabledMs.size]).toEqual([0, 0]);
});
