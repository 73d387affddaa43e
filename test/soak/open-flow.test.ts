import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { choose } from '../helpers/walk.ts';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { displayWidth } from '../../source/components/text/width.ts';
import { english } from '../../source/locale/catalogs.ts';
import { type Text, textsOf } from '../../source/locale/texts.ts';
import { zhTW } from '../../source/locale/zh-TW.ts';
import { liveFlows } from '../helpers/live-flows.ts';
import { keys } from '../helpers/keys.ts';
import type { PatchOperation } from '../../source/flow-service/flows.ts';
import { promptEnd, promptsIn, Talk } from '../helpers/talk.ts';
import type { Terminal, TerminalOptions } from '../helpers/terminal.ts';

const flow = 'Loyalty to SFTP';
const chinese = textsOf(zhTW, 'zh-TW');
/** One that is searched as it is typed. */
const plainOf = (all: readonly string[]): string => all.find((name) => /^[ -~]+$/.test(name)) ?? '';
const nothing = english('change.none');

/** To the segments of the last group: they stand above columns, mandatory ones and keys, which end the review. */
async function toSegments(terminal: Terminal, say: Text = english): Promise<void> {
  const marked = (seen: string): string => /^[❯>].*$/m.exec(seen)?.[0] ?? '';
  await terminal.press(keys.end, (seen) => marked(seen).includes(say('review.deduplication')));
  for (let step = 0; step < 3; step++) {
    const before = marked(terminal.screen());
    await terminal.press(keys.up, (seen) => marked(seen) !== before);
  }
  await terminal.press(keys.enter, say('question.segments').slice(0, 10));
  // The first of the chosen ones is in sight once the list is there.
  await terminal.waitFor(/^[❯>] (☑|\[x\]) /m);
}

/** From the review to the segments, where the first of the dataflow is deselected, and back. */
async function deselectFirst(terminal: Terminal, name: string, say: Text = english): Promise<void> {
  await toSegments(terminal, say);
  await terminal.press(name, (seen) => new RegExp(`^[❯>] (☑|\\[x\\]) ${name.slice(0, 12)}`, 'm').test(seen));
  await terminal.press(keys.space, (seen) =>
    new RegExp(`^[❯>] (☐|\\[ \\]) ${name.slice(0, 12)}`, 'm').test(seen),
  );
  await terminal.press(keys.enter, say('question.review'));
}

type Live = Awaited<ReturnType<typeof liveFlows>>;

/** Its plan, with another name. */
async function renamedPlan({ run, folder }: Pick<Live, 'run' | 'folder'>): Promise<void> {
  await run(['pull', flow, 'crm.plan.json']);
  const file = path.join(folder, 'crm.plan.json');
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as Plan), name: 'Ours' }));
}

/** Takes the newest run back, as a person who is asked. */
async function putBack({ run, open }: Pick<Live, 'run' | 'open'>, options: TerminalOptions): Promise<void> {
  const [{ run: id }] = JSON.parse((await run(['history', '--json'])).stdout) as [{ run: string }];
  const terminal = open(['rollback', id], options);
  await terminal.waitFor((seen) => /[:：]\s*$/.test(seen.trimEnd()) && seen.includes('yes'));
  terminal.write('yes\r');
  expect(await terminal.waitForEnd()).toBe(0);
}

describe.concurrent('a dataflow that is opened in the wizard', () => {
  it('is at its review, and applied as it is sends nothing', async () => {
    const { open, idOf, writes } = await liveFlows();
    for (const given of [flow, idOf(flow)]) {
      const terminal = open([given]);
      await terminal.waitFor(english('question.review'));
      expect(terminal.screen().replaceAll(/\s+/g, ' ')).toContain(nothing);
      expect(terminal.screen()).toContain(`enter ${english('key.enter.compare')}`);
      await terminal.press(keys.enter, english('report.verified'));
      expect(writes()).toEqual([]);
      terminal.write(keys.enter);
      expect(await terminal.waitForEnd()).toBe(0);
    }
  });

  it('loses a segment that is deselected, says so first, and has it back when that is undone', async () => {
    const { open, names, run, writes, folder, idOf } = await liveFlows();
    const before = await names(flow);
    const gone = plainOf(before);
    const left = before.filter((name) => name !== gone);
    const terminal = open([flow]);
    await terminal.waitFor(english('question.review'));
    await deselectFirst(terminal, gone);
    const screen = await terminal.press(keys.home, 'changes 1 dataflow: 1 segment removed');
    expect(screen).toContain(`- segment: ${gone}`);
    expect(writes()).toEqual([]);
    // A key that is pressed once too often sends nothing.
    const question = await terminal.press(keys.enter, 'Change dataflow "');
    // Behind a review that was opened by its name is the shell; behind its question, the review.
    expect(question).toMatch(/^←→ move · enter choose · esc back$/m);
    await terminal.press(keys.enter, (seen) => !seen.includes('Change dataflow "'));
    expect(writes()).toEqual([]);
    await terminal.press(keys.enter, 'Change dataflow "');
    await terminal.press('y', english('report.verified'));
    expect(await names(flow)).toEqual(left);
    expect(writes()).toEqual(['PATCH']);
    // What an undo puts back is seen before it is confirmed, and Enter does not confirm it.
    const asked = await terminal.press('u', 'Undo what run ');
    expect(asked).toContain(`+ segment: ${gone}`);
    await terminal.press(keys.enter, (seen) => !seen.includes('Undo what run '));
    expect(writes()).toEqual(['PATCH']);
    terminal.write(keys.enter);
    expect(await terminal.waitForEnd()).toBe(0);

    const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.plan.json'));
    const plan = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Plan;
    expect(plan.flow).toBe(idOf(flow));
    expect((await run(['diff', file])).exitCode).toBe(0);
    const [{ run: id }] = JSON.parse((await run(['history', '--json'])).stdout) as [{ run: string }];
    const undone = await run(['rollback', id, '--yes']);
    expect(undone.exitCode).toBe(0);
    expect([...(await names(flow))].sort()).toEqual([...before].sort());
  });

  const small = { columns: 40, rows: 15 };
  const inChina = { env: { LANG: 'zh_TW.UTF-8' } };
  for (const [at, say, options] of [
    ['en/40x15', english, small],
    ['zh-TW/80x24', chinese, inChina],
    ['zh-TW/40x15', chinese, { ...inChina, ...small }],
  ] as const)
    it(`is changed and put back in ${at}, and not by Enter twice`, async () => {
      const { open, run, writes, folder, client, idOf } = await liveFlows();
      await renamedPlan({ run, folder });
      const terminal = open(['crm.plan.json'], options);
      const plain = (seen: string): string => seen.replaceAll(/\s+/g, '');
      const name = say('diff.what.name');
      const asks = plain(
        say('review.confirmChange', { name: flow, id: idOf(flow), sandbox: 'dev', what: [name] }),
      );
      await terminal.waitFor(say('question.review'));
      await terminal.press(keys.enter, (seen) => plain(seen).includes(asks));
      await terminal.press(keys.enter, (seen) => !plain(seen).includes(asks));
      expect(writes()).toEqual([]);
      await terminal.press(keys.enter, (seen) => plain(seen).includes(asks));
      await terminal.press('y', (seen) => plain(seen).includes(plain(say('report.verified'))));
      expect(writes()).toEqual(['PATCH']);
      terminal.write(keys.enter);
      expect(await terminal.waitForEnd()).toBe(0);
      expect((await client.getFlow(idOf(flow))).name).toBe('Ours');
      await putBack({ run, open }, options);
      expect((await client.getFlow(idOf(flow))).name).toBe(flow);
    });

  for (const [at, say, env] of [
    ['en', english, {}],
    ['zh-TW', chinese, { LANG: 'zh_TW.UTF-8' }],
  ] as const)
    it(`is changed and put back in a plain dialogue in ${at}`, async () => {
      const { open, run, folder, client, idOf } = await liveFlows();
      await renamedPlan({ run, folder });
      const talk = new Talk(open(['crm.plan.json', '--accessible'], { env, rows: 60 }));
      await talk.answer(say('dialogue.review'), '1');
      await talk.answer(promptsIn(say).yesNo, 'n');
      expect((await client.getFlow(idOf(flow))).name).toBe(flow);
      await talk.answer(say('dialogue.review'), '1');
      await talk.answer(promptsIn(say).yesNo, 'y');
      await talk.answer(say('dialogue.finish'), '');
      expect((await client.getFlow(idOf(flow))).name).toBe('Ours');
      await putBack({ run, open }, { env });
      expect((await client.getFlow(idOf(flow))).name).toBe(flow);
    });

  /** What somebody else does to it, on what is there now. */
  async function stranger(
    { client, idOf }: Awaited<ReturnType<typeof liveFlows>>,
    change: (list: string, selectors: readonly { value: { name?: string | undefined } }[]) => PatchOperation,
  ): Promise<void> {
    const { etag = '', transformations } = await client.getFlow(idOf(flow));
    const home = transformations.findIndex(({ params }) => params?.segmentSelectors !== undefined);
    const selectors = transformations[home]?.params?.segmentSelectors?.selectors ?? [];
    const list = `/transformations/${home}/params/segmentSelectors/selectors`;
    await client.patchFlow(idOf(flow), etag, [change(list, selectors)]);
  }

  it('keeps what somebody has brought since it was opened, and sends the rest', async () => {
    const here = await liveFlows();
    const { open, names, client, idOf, writes } = here;
    const before = await names(flow);
    const gone = plainOf(before);
    const terminal = open([flow]);
    await terminal.waitFor(english('question.review'));
    await deselectFirst(terminal, gone);
    const [other] = (await client.getFlow(idOf('CRM weekly'))).transformations.flatMap(
      ({ params }) => params?.segmentSelectors?.selectors ?? [],
    );
    await stranger(here, (list) => ({ op: 'add', path: `${list}/-`, value: other }));
    terminal.write(keys.home);
    await terminal.press(keys.enter, 'Change dataflow "');
    // It holds more than was asked for: theirs.
    const seen = await terminal.press('y', /It differs\./);
    expect(seen.replaceAll(/\s+/g, ' ')).toContain(other?.value.name ?? '?');
    expect(await names(flow)).toEqual([...before.filter((name) => name !== gone), other?.value.name]);
    expect(writes()).toEqual(['PATCH', 'PATCH']);
  });

  it('is left alone where somebody has changed the same, and shows all three', async () => {
    const here = await liveFlows();
    const { open, names, writes } = here;
    const before = await names(flow);
    const terminal = open([flow, '--accessible']);
    const talk = new Talk(terminal);
    await talk.answer(english('dialogue.reviewCompare'), '3');
    await talk.answer(promptEnd, 'Ours');
    await talk.hear(english('dialogue.review'));
    await stranger(here, () => ({ op: 'replace', path: '/name', value: 'Theirs' }));
    await talk.answer(english('dialogue.review'), '1');
    await talk.answer(promptsIn(english).yesNo, 'y');
    const heard = (await talk.hear(english('dialogue.retry').slice(0, 20))).replaceAll(/\s+/g, ' ');
    expect(heard).toContain(`before ${flow}, theirs Theirs, yours Ours`);
    expect(heard).toContain('Open it again');
    expect(await names(flow)).toEqual(before);
    expect(writes()).toEqual(['PATCH']);
  });

  it('is changed by its plan, with what the plan does not have', async () => {
    const { open, names, run, writes, folder, idOf } = await liveFlows();
    const before = await names(flow);
    await run(['pull', flow, 'crm.plan.json']);
    const file = path.join(folder, 'crm.plan.json');
    const plan = JSON.parse(readFileSync(file, 'utf8')) as Plan;
    const [first, ...others] = plan.segments;
    const { destination } = plan;
    const location = { ...destination.location, remotePath: undefined };
    const changed = { ...plan, name: 'Ours', destination: { ...destination, location }, segments: others };
    writeFileSync(file, JSON.stringify(changed));
    const broken = path.join(folder, 'a.plan.json');
    writeFileSync(broken, JSON.stringify({ ...changed, flow: '00000000-0000-4000-8000-000000000000' }));
    const terminal = open([]);
    await terminal.waitFor(english('question.platform'));
    await choose(terminal, english('platform.plan'));
    await terminal.waitFor(english('question.plans'));
    await choose(terminal, 'a.plan.json');
    await terminal.waitFor('does not exist in sandbox "dev"');
    await terminal.press(keys.enter, english('question.plans'));
    await choose(terminal, 'crm.plan.json');
    await terminal.waitFor(english('question.platform'));
    await choose(terminal, english('platform.organisation'));
    await terminal.waitFor(english('question.review'));
    const said = terminal.screen().replaceAll(/\s+/g, ' ');
    expect(said).toContain('changes 1 dataflow: name');
    expect(said).toContain(`~ name: ${flow} → Ours`);
    await terminal.press(keys.enter, 'Change dataflow "');
    await terminal.press('y', english('report.verified'));
    expect(writes()).toEqual(['PATCH']);
    expect([...(await names(flow))].sort()).toEqual([...before].sort());
    expect(before).toContain(first?.name);
    terminal.write(keys.enter);
    expect(await terminal.waitForEnd()).toBe(0);

    writeFileSync(file, JSON.stringify({ ...changed, flow: '00000000-0000-4000-8000-000000000000' }));
    const nowhere = open(['crm.plan.json']);
    expect(await nowhere.waitForEnd()).toBe(2);
    expect(nowhere.screen()).toContain('does not exist in sandbox "dev"');
    writeFileSync(file, JSON.stringify({ ...changed, flow: idOf('CRM weekly') }));
    const other = open(['crm.plan.json']);
    expect(await other.waitForEnd()).toBe(2);
    expect(other.screen()).toContain('belongs to another destination');
  });

  it('asks for its name before nearly all of it goes', async () => {
    const { open, names, writes } = await liveFlows();
    const [only = '', ...others] = await names('CRM weekly');
    expect(others).toEqual([]);
    const terminal = open(['CRM weekly']);
    await terminal.waitFor(english('question.review'));
    await toSegments(terminal);
    await terminal.press('hikers', /^[❯>] (☐|\[ \]) /m);
    await terminal.press(keys.space, /^[❯>] (☑|\[x\]) /m);
    await terminal.press(keys.ctrl('u'), (seen) => !seen.includes('Search: hikers'));
    await terminal.press(only, (seen) =>
      new RegExp(`^[❯>] (☑|\\[x\\]) ${only.slice(0, 12)}`, 'm').test(seen),
    );
    await terminal.press(keys.space, /^[❯>] (☐|\[ \]) /m);
    await terminal.press(keys.enter, english('question.review'));
    terminal.write(keys.home);
    await terminal.press(keys.enter, 'removes most segments from "CRM weekly"');
    await terminal.press('CRM\r', english('review.confirmMismatch'));
    expect(writes()).toEqual([]);
    await terminal.press(keys.ctrl('u'), 'Type its name');
    await terminal.press('CRM weekly\r', english('report.verified'));
    const [left = '', ...more] = await names('CRM weekly');
    expect([left.includes('hikers'), more]).toEqual([true, []]);
  });

  it('is spoken: what is sent, what goes, and what nobody has', async () => {
    const { open, run, folder } = await liveFlows();
    const terminal = open([flow, '--accessible']);
    const talk = new Talk(terminal);
    const heard = await talk.hear(english('dialogue.reviewCompare'));
    expect(heard.replaceAll(/\s+/g, ' ')).toContain(nothing);
    await talk.answer(english('dialogue.reviewCompare'), '1');
    await talk.hear(english('report.verified'));
    const unknown = open(['Nobodys flow']);
    expect(await unknown.waitForEnd()).toBe(2);
    expect(unknown.screen()).toContain('No dataflow of sandbox dev is called "Nobodys flow".');
    const near = open(['aply']);
    expect(await near.waitForEnd()).toBe(2);
    expect(near.screen()).toContain('Unknown command "aply"');
    // Without a terminal a word that is none is still no command.
    expect(await run(['Nobodys flow'])).toMatchObject({ exitCode: 2 });
    expect(existsSync(path.join(folder, 'state', 'open'))).toBe(false);
  });

  it.for<[string, Text, Pick<TerminalOptions, 'rows' | 'columns' | 'env'>]>([
    ['en/80x24', english, {}],
    ['en/40x15', english, { columns: 40, rows: 15 }],
    ['zh-TW/80x24', chinese, { env: { LANG: 'zh_TW.UTF-8' } }],
    ['zh-TW/40x15', chinese, { env: { LANG: 'zh_TW.UTF-8' }, columns: 40, rows: 15 }],
  ])('says in %s what becomes of it, and cuts nothing', async ([, say, options], { expect }) => {
    const { open, names } = await liveFlows();
    const gone = plainOf(await names(flow));
    const terminal = open([flow], options);
    await terminal.waitFor(say('question.review'));
    await deselectFirst(terminal, gone, say);
    terminal.write(keys.home);
    const removed = say('review.segmentsRemoved', { count: 1 });
    const plain = (seen: string): string => seen.replaceAll(/\s+/g, '');
    await terminal.waitFor((seen) => plain(seen).includes(plain(say('review.changes', { what: removed }))));
    const seen = await terminal.waitFor((screen) => plain(screen).includes(plain(gone)));
    expect(seen).toContain(say('review.removed'));
    for (const line of seen.split('\n'))
      expect(displayWidth(line)).toBeLessThanOrEqual(options.columns ?? 80);
  });
});
