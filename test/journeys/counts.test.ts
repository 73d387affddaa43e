import { describe, expect, it } from 'vitest';
import { english } from '../../source/locale/catalogs.ts';
import { keys } from '../helpers/keys.ts';
import { openTerminal } from '../helpers/terminal.ts';
import { journeys, pageOf, questions, wordsIn } from '../helpers/walk.ts';

const words = wordsIn(english);

/** From the start to the proof with what is proposed, and what it takes. */
async function walkWithDefaults() {
  const terminal = openTerminal();
  const amazon = journeys['Amazon S3'];
  if (!amazon) throw new Error('no journey');
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
  const [keyId = '', secret = ''] = Object.values(amazon.signInFields);
  const [bucket = '', folder = ''] = Object.values(amazon.locationFields);

  await terminal.waitFor(/^❯ /m);
  look();
  await press(keys.enter, questions.sandbox);
  await terminal.waitFor(/^❯ .*dev/m);
  await press(keys.enter, questions.home);
  await press(keys.enter, questions.destination);
  await terminal.waitFor('Oracle Eloqua');
  await terminal.press('amazon older', /^❯ .*Amazon S3 .older/m);
  await press(keys.enter, questions.signInFields);
  await type(keyId);
  await press(keys.enter, /^❯ Secret/m);
  await type(secret);
  await press(keys.enter, questions.location);
  await press(keys.enter, questions.locationFields);
  await type(bucket);
  await press(keys.enter, /^❯ Folder/m);
  await type(folder);
  await press(keys.enter, questions.segments);
  await terminal.waitFor(words.allOf(1204));
  await press(keys.space, /^ +1 selected/m);
  await press(keys.enter, questions.attributes);
  await terminal.waitFor(words.allOf(147));
  await press(keys.enter, questions.schedule);
  const howAndWhen = terminal.screen();
  await press(keys.enter, questions.review);
  await press(keys.enter, words.applyQuestion);
  await press(keys.enter, words.verified);
  look();
  return { headings, controlKeys, howAndWhen };
}

describe('from the start to a verified dataflow to Amazon S3, with what is proposed', () => {
  it('takes at most 13 screens and 15 control keys, with every choice asked in sight', async () => {
    const { headings, controlKeys, howAndWhen } = await walkWithDefaults();
    // The confirmation stands below the review: it counts as a screen of its own.
    expect(headings.length + 1).toBeLessThanOrEqual(13);
    expect(controlKeys).toBeLessThanOrEqual(15);
    for (const asked of [
      questions.destination,
      questions.signInFields,
      questions.location,
      questions.segments,
      questions.schedule,
    ])
      expect(headings.filter((heading) => heading.startsWith(asked))).toHaveLength(1);
    expect(howAndWhen).toMatch(/Export mode +Frequency/);
    expect(howAndWhen).toMatch(/m {2}◉ full {3}◯ incremental/);
    expect(howAndWhen).toMatch(/f {2}◯ once {3}◉ every day/);
  });
});
