import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { english } from '../../source/locale/catalogs.ts';
import { liveFlows } from '../helpers/live-flows.ts';
import { keys } from '../helpers/keys.ts';
import { newerParams, newerPlan } from '../helpers/newer-plan.ts';
import { applyFromReview, choose, columnsFromReview, wordsIn } from '../helpers/walk.ts';
import { itInSoak } from '../helpers/soak.ts';

const words = wordsIn(english);
const { questions } = words;
const array = "array_to_string(', ', organizations)";

/** A sandbox without dataflows, and a plan for the newer Amazon S3 card in the folder. */
async function withPlan(attributes: Partial<Plan['attributes']> = {}) {
  const rig = await liveFlows(0);
  const file = path.join(rig.folder, 'gold.plan.json');
  const plan: Plan = { ...newerPlan, attributes: { ...newerPlan.attributes, ...attributes } };
  writeFileSync(file, JSON.stringify(plan));
  const read = (name: string): Plan => JSON.parse(readFileSync(path.join(rig.folder, name), 'utf8')) as Plan;
  return { ...rig, file, read, env: { S3_SECRET: newerParams.s3SecretKey } };
}

describe.concurrent('the columns of a card of today', () => {
  itInSoak('are named in the wizard, applied, pulled, and do not differ', async () => {
    const { open, run, read } = await withPlan({ mandatory: [], deduplication: [] });
    const terminal = open(['gold.plan.json']);
    await choose(terminal, words.organisation);
    await terminal.waitFor(/^❯ Secret access key/m);
    terminal.write(newerParams.s3SecretKey);
    await terminal.press(keys.enter, questions.review);
    await columnsFromReview(terminal, words);
    // Another name, and the key.
    await terminal.press(keys.home, words.inRow('FIRST'));
    await terminal.press(keys.down, words.inRow('personalEmail_address'));
    await terminal.press(keys.enter, english('key.keep-name'));
    await terminal.press(keys.ctrl('u'), /^❯ *$/m);
    await terminal.press('MAIL', /^❯ +MAIL *$/m);
    await terminal.press(keys.enter, /^❯ +MAIL +personalEmail/m);
    await terminal.press('k', /^❯ +MAIL.*◆/m);
    // An array, in another form, as the first column.
    await terminal.press('a', questions.arrayColumn);
    await terminal.press('organizations', words.inRow('organizations, joined'));
    await terminal.press(keys.enter, questions.columns);
    await terminal.press(keys.right, /organizations 1, organizations 2/);
    await terminal.press(keys.shiftUp.repeat(4), /^❯ +organizations .*\n.*FIRST/m);
    // Another identity in the place of the one that is there.
    await terminal.press('i', questions.identityColumn);
    await terminal.press('e.164', words.inRow('Phone_E.164'));
    await terminal.press(keys.enter, /^❯ +Phone_E_164 +identity Phone_E\.164/m);
    await terminal.press(keys.end, words.inRow(words.goOn));
    await terminal.press(keys.enter, questions.review);
    await applyFromReview(terminal);
    await terminal.waitFor(words.verified);
    const said = terminal.screen();
    const flowId = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(said)?.[0] ?? '';

    const pulled = await run(['pull', flowId, 'pulled.plan.json']);
    expect([pulled.exitCode, pulled.stderr]).toEqual([0, expect.any(String)]);
    expect(read('pulled.plan.json').attributes).toEqual({
      selected: [
        array,
        { path: 'person.name.firstName', column: 'FIRST' },
        { path: 'personalEmail.address', column: 'MAIL' },
        'identityMap.Phone_E.164',
        'segmentMembership.seg_namespace.seg_id.status',
      ],
      mandatory: [],
      deduplication: [{ fieldType: 'ATTRIBUTE', attributePath: 'personalEmail.address' }],
    });
    expect(await run(['diff', 'pulled.plan.json'])).toMatchObject({ exitCode: 0 });
    const shown = await run(['plan', 'show', 'pulled.plan.json']);
    expect(shown.stdout).toContain('personalEmail.address → MAIL');
    const requests = await run(['plan', 'show', 'gold.plan.json', '--requests']);
    expect(requests.stdout).toContain('"destination": "FIRST"');
  });

  it('that are no columns are told by their place before anything is asked', async () => {
    const { run } = await withPlan({
      selected: [
        { path: 'a', column: 'x' },
        { path: 'b', column: 'x' },
        { path: 'c', column: 'x.y' },
        'identityMap.Email',
        'identityMap.ECID',
      ],
      mandatory: ['d'],
      deduplication: [{ fieldType: 'IDENTITY', identityNamespace: 'Phone' }],
    });
    const { exitCode: code, stdout, stderr } = await run(['plan', 'check', 'gold.plan.json']);
    expect(code).toBe(2);
    for (const place of [
      ...['selected[1].column', 'selected[2].column', 'selected[4]'],
      ...['mandatory[0]', 'deduplication[0].identityNamespace'],
    ])
      expect(stdout + stderr).toContain(`$.attributes.${place}`);
  });
});
