import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../source/components/text/width.ts';
import { english } from '../../source/locale/catalogs.ts';
import { textsOf } from '../../source/locale/texts.ts';
import { zhTW } from '../../source/locale/zh-TW.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { keptFrame } from '../helpers/kept-frame.ts';
import { keys } from '../helpers/keys.ts';
import { signedInTo } from '../helpers/runs.ts';
import { byDay, describeInSoak, itInSoak } from '../helpers/soak.ts';
import { newerParams, newerPlan } from '../helpers/newer-plan.ts';
import { runProgram } from '../helpers/program.ts';
import { freshFolder, openTerminal, type Terminal, type TerminalOptions } from '../helpers/terminal.ts';
import {
  type Answers,
  applyFromReview,
  beginIn,
  choose,
  fill,
  fillForms,
  newerJourneys,
  walkForms,
  walkFromSegments,
  walkToReview,
  type WalkWords,
  wordsIn,
} from '../helpers/walk.ts';

const inEnglish = wordsIn(english);
const inChinese = wordsIn(textsOf(zhTW, 'zh-TW'));
const all = Object.entries(newerJourneys);

/** Where the files go, as the proof says it. */
const places: Readonly<Record<string, string>> = {
  'Amazon S3, access key': 's3://crm-exports/daily/%SEGMENT_NAME%/',
  'Amazon S3, role': 's3://crm-exports/daily/',
  'Azure Blob': 'crm-exports/daily/',
  'SFTP, password': 'sftp://sftp.example.com/exports/daily/',
  'SFTP, key': 'sftp://sftp.example.com/exports/daily/',
  'Azure Data Lake Gen2': 'abfss://exports@acme.dfs.core.windows.net/daily/',
  'Data Landing Zone': 'daily/',
  'Google Cloud Storage': 'gs://crm-exports/daily/',
};

/** From the review to the proof, and out. */
async function prove(terminal: Terminal, name: string, words: WalkWords = inEnglish): Promise<void> {
  await applyFromReview(terminal, words);
  const proof = await terminal.waitFor(words.verified);
  expect(proof).toContain(places[name]);
  expect(proof).toMatch(/✓ ▸ 5 .*5/);
  for (const line of proof.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80);
  terminal.write(keys.enter);
  expect(await terminal.waitForEnd()).toBe(0);
  expect(terminal.bytes()).not.toContain('PLANTED');
}

describe.concurrent('the cards of today', () => {
  // One is heard in lines every day, one drawn in Chinese, one in an organisation without the older ones.
  it.each(byDay(all, ([name]) => name === 'Amazon S3, role'))(
    'go from the first question to a verified dataflow: %s',
    async (name, answers) => {
      const terminal = openTerminal({ args: ['--emulator'] });
      await walkToReview(terminal, answers);
      await prove(terminal, name);
    },
  );

  itInSoak('are asked and proven in Chinese', async () => {
    const name = 'Azure Data Lake Gen2';
    const terminal = openTerminal({ args: ['--emulator'], env: { LANG: 'zh_TW.UTF-8' } });
    await walkToReview(terminal, answersOf(name), inChinese);
    expect(terminal.screen()).toContain(zhTW['destination.newer']);
    await prove(terminal, name, inChinese);
  });

  itInSoak('are all there are in an organisation that was migrated', async () => {
    const emulator = await emulatorWith({ organisation: 'migrated' });
    const env = { ...signedInTo(emulator.url), FERRY_SANDBOX: 'dev' };
    const terminal = openTerminal({ env });
    const { questions } = inEnglish;
    await terminal.waitFor(questions.platform);
    await choose(terminal, inEnglish.organisation);
    await terminal.waitFor(questions.sandbox);
    await beginIn(terminal, 'dev');
    await terminal.waitFor(questions.destination);
    const list = await terminal.waitFor(english('destination.gone'));
    expect(list).not.toContain('(older card)');
    expect(list.match(/newer card/g)).toHaveLength(6);
    await walkForms(terminal, answersOf('SFTP, key'));
    await walkFromSegments(terminal);
    await prove(terminal, 'SFTP, key');
  });

  itInSoak("take each other's place at the review, with all that was chosen since", async () => {
    const once = new Map(all.map((one) => [one[1].destination, one] as const));
    const [begin, ...others] = [...once.values()];
    expect(others).toHaveLength(5);
    const terminal = openTerminal({ args: ['--emulator'] });
    await walkToReview(terminal, begin?.[1] ?? expect.unreachable());
    for (const [, answers] of others) {
      await choose(terminal, 'Destination');
      await terminal.waitFor(inEnglish.questions.destination);
      await choose(terminal, answers.destination);
      await fillForms(terminal, answers);
      const review = await terminal.waitFor(inEnglish.questions.review);
      expect(review).toContain(english('destination.newer'));
      expect(review).toMatch(new RegExp(`Files +${answers.fileFields?.['File type'] ?? ''} `));
    }
    await prove(terminal, others.at(-1)?.[0] ?? '');
  });
});

const chinese = { LANG: 'zh_TW.UTF-8' };
const frames: [string, WalkWords, TerminalOptions][] = [
  ['en-80x24', inEnglish, {}],
  ['ascii-80x24', inEnglish, { env: { LC_ALL: 'C' } }],
  ['zh-TW-80x24', inChinese, { env: chinese }],
  ['zh-TW-40x15', inChinese, { env: chinese, columns: 40, rows: 15 }],
];

describeInSoak.concurrent('the pages of a card of today', () => {
  itInSoak.for(frames)('look as they should: %s', async ([name, words, options], { expect }) => {
    const terminal = openTerminal({ args: ['--emulator'], ...options });
    const { columns = 80, rows = 24 } = options;
    const look = async (page: string): Promise<void> => {
      const screen = await keptFrame(terminal, `cards/${name}/${page}.txt`);
      await expect(screen).toMatchFileSnapshot(`../golden/cards/${name}/${page}.txt`);
      expect(screen.split('\n').length).toBeLessThan(rows);
      for (const line of screen.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
    };
    const { destination, signInFields, locationFields } = answersOf('Azure Data Lake Gen2');
    await terminal.waitFor(words.questions.sandbox);
    await beginIn(terminal, 'dev', words);
    await terminal.waitFor(words.questions.destination);
    await choose(terminal, destination);
    await terminal.waitFor(words.questions.signInFields);
    await terminal.waitFor('abfss://');
    await look('sign-in-fields');
    await fill(terminal, signInFields, words);
    await terminal.waitFor(words.questions.locationFields);
    await terminal.waitFor(words.label('File type'));
    const [folder = ''] = Object.values(locationFields);
    await terminal.press(folder, new RegExp(`^[❯>] .* ${folder}$`, 'm'));
    await look('location-fields');
    terminal.write(keys.down);
    await terminal.waitFor(words.label('Delimiter'));
    // The keys of a choice, once the page knows that it is at one.
    await terminal.waitFor(/ \? \S+$/m);
    await look('files');
  });
});

/** What an organisation has that somebody made a dataflow in, from a plan. */
async function withFlow(): Promise<{ env: Record<string, string>; cwd: string }> {
  const emulator = await emulatorWith();
  const cwd = freshFolder();
  const env = {
    ...signedInTo(emulator.url),
    FERRY_SANDBOX: 'dev',
    FERRY_STATE_DIR: path.join(cwd, 'state'),
    S3_SECRET: newerParams.s3SecretKey,
  };
  const attributes = { ...newerPlan.attributes, deduplication: [] };
  writeFileSync(path.join(cwd, 'gold.plan.json'), JSON.stringify({ ...newerPlan, attributes }));
  const applied = await runProgram(['apply', 'gold.plan.json', '--yes'], { env, cwd });
  expect(applied.exitCode, applied.stderr).toBe(0);
  return { env, cwd };
}

describeInSoak('a dataflow of a card of today', () => {
  itInSoak('opens filled, from its name and from the list, and is changed where it is', async () => {
    const { env, cwd } = await withFlow();
    const named = openTerminal({ args: [newerPlan.name], env, cwd });
    await named.waitFor(inEnglish.questions.review);
    const held = await named.waitFor((seen) => seen.replaceAll(/\s+/g, ' ').includes(english('change.none')));
    expect(held).toMatch(/Files +CSV · GZIP · with a file manifest/);
    expect(held).toMatch(/Storage location +acme-exports\/daily/);
    await choose(named, 'Files');
    await named.waitFor(inEnglish.questions.locationFields);
    await fill(named, { Compression: 'not compressed' });
    const changed = await named.waitFor(inEnglish.questions.review);
    expect(changed).toContain('Compression: GZIP → not compressed');
    await applyFromReview(named);
    expect(await named.waitFor(inEnglish.verified)).toContain('CSV · not compressed');
    named.write(keys.enter);
    expect(await named.waitForEnd()).toBe(0);

    const listed = openTerminal({ env, cwd });
    await listed.waitFor(inEnglish.questions.platform);
    await choose(listed, inEnglish.organisation);
    await listed.waitFor(inEnglish.questions.sandbox);
    await choose(listed, 'dev');
    await listed.waitFor(inEnglish.questions.home);
    await choose(listed, inEnglish.flows);
    await listed.waitFor(newerPlan.name);
    await listed.press('gold', (seen) => /^[❯>].*Gold/m.test(seen));
    await listed.press(keys.enter, newerPlan.name);
    await listed.waitFor(inEnglish.change);
    await listed.press('e', inEnglish.questions.review);
    expect(await listed.waitFor(/Files +CSV/)).toContain('CSV · not compressed');
  });
});

const answersOf = (name: string): Answers => newerJourneys[name] ?? expect.unreachable();
