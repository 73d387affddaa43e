import { describe, expect, it } from 'vitest';
import { english } from '../../source/locale/catalogs.ts';
import { keys } from '../helpers/keys.ts';
import { openTerminal } from '../helpers/terminal.ts';
import { type Answers, journeys, newerJourneys, pageOf, questions, wordsIn } from '../helpers/walk.ts';

const words = wordsIn(english);

interface Card {
  readonly answers: Answers | undefined;
  readonly search: string;
  readonly row: RegExp;
  /** The question about a sign-in, or about a kind of storage, where there is more than one. */
  readonly asked: 'signIn' | 'location';
}

/** From the start to the proof with what is proposed, and what it takes. */
async function walkWithDefaults({ answers, search, row, asked }: Card) {
  const terminal = openTerminal();
  if (!answers) throw new Error('no journey');
  const headings: string[] = [];
  let controlKeys = 0;
  const look = (): void => {
    const heading = pageOf(terminal.screen());
    if (heading !== headings.at(-1)) headings.push(heading);
  };
  /** Presses a key that is no text, and counts it and the page it leads to. */
  const press = async (key: string, wanted: string | RegExp): Promise<void> => {
    controlKeys++;
    await terminal.press(key, wanted);
    look();
  };
  const type = (text: string): Promise<string> => terminal.press(text, text.slice(-4));
  const [keyId = '', secret = ''] = Object.values(answers.signInFields);
  const [bucket = '', folder = ''] = Object.values(answers.locationFields);

  await terminal.waitFor(/^❯ /m);
  look();
  await press(keys.enter, questions.sandbox);
  await terminal.waitFor(/^❯ .*dev/m);
  await press(keys.enter, questions.home);
  await press(keys.enter, questions.destination);
  await terminal.waitFor('Oracle Eloqua');
  await terminal.press(search, row);
  if (asked === 'signIn') await press(keys.enter, questions.signIn);
  await press(keys.enter, questions.signInFields);
  await type(keyId);
  await press(keys.enter, /^❯ Secret/m);
  await type(secret);
  if (asked === 'location') await press(keys.enter, questions.location);
  await press(keys.enter, questions.locationFields);
  await type(bucket);
  await press(keys.enter, /^❯ Folder/m);
  await type(folder);
  const place = terminal.screen();
  await press(keys.enter, questions.segments);
  await terminal.waitFor(words.allOf(1204));
  await press(keys.space, /^ +1 selected/m);
  await press(keys.enter, questions.attributes);
  await terminal.waitFor(words.allOf(147));
  await press(keys.enter, questions.schedule);
  const howAndWhen = terminal.screen();
  await press(keys.enter, questions.review);
  await press(keys.enter, words.applyQuestion);
  await press('y', words.verified);
  look();
  return { headings, controlKeys, place, howAndWhen };
}

const older: Card = {
  answers: journeys['Amazon S3'],
  search: 'amazon older',
  row: /^❯ .*Amazon S3 .older/m,
  asked: 'location',
};
const newer: Card = {
  answers: newerJourneys['Amazon S3, access key'],
  search: 'amazon s3',
  row: /^❯ .*Amazon S3 +newer/m,
  asked: 'signIn',
};

describe('from the start to a verified dataflow to Amazon S3, with what is proposed', () => {
  it.each([
    ['the older card', older],
    ['the newer card', newer],
  ])(
    'takes at most 13 screens and 15 control keys, with every choice asked in sight: %s',
    async (_, card) => {
      const { headings, controlKeys, place, howAndWhen } = await walkWithDefaults(card);
      // The confirmation stands below the review: it counts as a screen of its own.
      expect(headings.length + 1).toBeLessThanOrEqual(13);
      expect(controlKeys).toBeLessThanOrEqual(15);
      for (const asked of [
        questions.destination,
        questions[card.asked],
        questions.signInFields,
        questions.locationFields,
        questions.segments,
        questions.schedule,
      ])
        expect(headings.filter((heading) => heading.startsWith(asked))).toHaveLength(1);
      // A newer card has one way of storage, and asks what the files are beside where they go.
      if (card === newer)
        expect(place).toMatch(/Folder path[^]*File type +CSV\n +Compression +not compressed/);
      expect(howAndWhen).toMatch(/Export mode +Frequency/);
      expect(howAndWhen).toMatch(/m {2}◉ full {3}◯ incremental/);
      expect(howAndWhen).toMatch(/f {2}◯ once {3}◉ every day/);
    },
  );
});
