import { type Difference, planDifferences } from '../../activation/plan-differences.ts';
import type { Text } from '../../locale/texts.ts';
import { isSettingName, labelOf, type SettingName } from '../../activation/settings.ts';
import { settingText } from '../../pages/schedule/settings-text.ts';
import { exitCode } from '../console/exit-codes.ts';
import { readPlanFile } from './read-plan.ts';
import { visible } from '../console/visible.ts';
import { Stop } from '../console/stop.ts';
import { json, line, type Streams } from '../console/streams.ts';

/** `ferry plan diff A B`: what changed, in words. Exit 6 when something did, as `validate` does. */
export async function planDiff(
  files: readonly (string | undefined)[],
  isJson: boolean,
  streams: Streams,
): Promise<number> {
  const [first, second] = files;
  if (first === undefined || second === undefined)
    throw new Stop(exitCode.usage, (text) => text('diff.usage'));
  const before = await readPlanFile(first, 'plan diff', streams, isJson);
  const after = before && (await readPlanFile(second, 'plan diff', streams, isJson));
  if (!before || !after) return exitCode.usage;
  const differences = planDifferences(before, after);
  const { stdout, text, glyphs } = streams;
  if (isJson) json(stdout, { differences });
  else if (differences.length === 0) line(stdout, `${glyphs.check} ${text('diff.same')}`);
  else for (const one of differences) line(stdout, `  ${visible(inWords(one, text))}`);
  return differences.length === 0 ? exitCode.done : exitCode.differs;
}

const marks = { changed: '~', added: '+', removed: '-', reordered: '~' } as const;

function inWords(one: Difference, text: Text): string {
  const what = whatOf(one, text);
  // A name that happens to be a word of the platform, or a day, stays a name.
  const setting = settingOf(one);
  const hasWords = setting !== undefined && setting !== 'filenameTemplate';
  const value = (said = ''): string => (hasWords ? settingText(text, said) : said);
  const values = { what, before: value(one.before), after: value(one.after) };
  return `${marks[one.kind]} ${text(`diff.${one.kind}`, values)}`;
}

function settingOf({ path }: Difference): SettingName | undefined {
  const name = /^\$\.segments\[[^\]]+\]\.(?:schedule\.)?(\w+)$/.exec(path)?.[1];
  return name !== undefined && isSettingName(name) ? name : undefined;
}

/** The place in words, where there are any; else its path. */
function whatOf(one: Difference, text: Text): string {
  const { path, segment } = one;
  const setting = settingOf(one);
  const place = places.find(([pattern]) => pattern.test(path));
  const named = setting ? text(labelOf(setting)) : place ? text(place[1]) : path.replace(/^\$\./, '');
  // Of many parameters the name tells which.
  const param = /^\$\.destination\.(?:auth\.params|location)\.(.+)$/.exec(path)?.[1];
  const word = param === undefined ? named : `${named} ${param}`;
  return segment === undefined ? word : `"${segment}" ${word}`;
}

const places = [
  [/^\$\.name$/, 'diff.what.name'],
  [/^\$\.sandbox$/, 'diff.what.sandbox'],
  [/^\$\.destination\.connectionSpecId$/, 'diff.what.destination'],
  [/^\$\.destination\.auth/, 'diff.what.signIn'],
  [/^\$\.destination\.location/, 'diff.what.location'],
  [/^\$\.segments\[[^\]]+\]$/, 'diff.what.segment'],
  [/\.selected$/, 'diff.what.attribute'],
  [/\.mandatory$/, 'diff.what.mandatory'],
  [/\.deduplication$/, 'diff.what.key'],
] as const;
