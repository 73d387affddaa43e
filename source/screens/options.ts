import { olderCloudStorageMode } from '../activation/catalog.ts';
import type { Problem } from '../activation/problem.ts';
import {
  type ExportMode,
  exportModes,
  type ExportSettings,
  frequencies,
  type Frequency,
  triggerTypes,
  type TriggerType,
  whyNotFrequency,
  whyNotTrigger,
} from '../activation/schedule.ts';
import type { ChoiceOption } from '../components/choice/choice.tsx';
import type { Glyphs } from '../components/theme/glyphs.ts';
import type { Sandbox } from '../flow-service/sandboxes.ts';
import { listText, type Text, valueText } from '../locale/texts.ts';
import type { ChosenDestination, PlatformKind, SavedDraft } from '../wizard/draft.ts';
import { fieldTitle } from './field-title.ts';
import type { Offers, Organisation } from './services.ts';

/*
What the pages with a short choice offer, and why something of it cannot be chosen. Drawn by the screens, read
out by the dialogue.
*/

/** What the words of an option are made with. */
export interface Words {
  readonly text: Text;
  readonly glyphs: Glyphs;
}

/** Parts side by side. */
export const joined = (glyphs: Glyphs, parts: readonly string[]): string => parts.join(` ${glyphs.dot} `);

export function platformOptions(
  { text, glyphs }: Words,
  { host, orgId, missing }: Organisation,
): ChoiceOption<PlatformKind>[] {
  return [
    {
      value: 'organisation',
      label: text('platform.organisation'),
      ...(missing.length === 0
        ? { hint: joined(glyphs, [orgId, host]) }
        : { disabled: text('platform.notSet', { names: missing }) }),
    },
    { value: 'emulator', label: text('platform.emulator'), hint: text('platform.emulatorHint') },
  ];
}

export function sandboxOptions({ text, glyphs }: Words, sandboxes: readonly Sandbox[]): ChoiceOption[] {
  return sandboxes.map(({ name, title, state, isProduction }) => ({
    value: name,
    label: name,
    hint: joined(glyphs, [title, ...(isProduction ? [text('sandbox.production')] : [])]),
    ...(state === 'active' ? {} : { disabled: text('sandbox.notActive', { state: valueText(text, state) }) }),
  }));
}

/** The sandbox to begin at: the one of the settings, or one where nothing can go wrong. */
export function preferredSandbox(
  sandboxes: readonly Sandbox[],
  fromSettings: string | undefined,
): string | undefined {
  const usable = sandboxes.filter((one) => one.state === 'active');
  // Nobody should land in production by pressing Enter once too often.
  const harmless = usable.find((one) => !one.isProduction) ?? usable[0];
  return (usable.find((one) => one.name === fromSettings) ?? harmless)?.name;
}

/** The sandbox of the settings, where the credential may work in it without being allowed to list them all. */
export function standInSandboxes(
  error: unknown,
  given: string | undefined,
  text: Text,
): Sandbox[] | undefined {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  if (given === undefined || (status !== 403 && status !== 404)) return undefined;
  const title = text('sandbox.fromSettings');
  return [{ name: given, title, state: 'active', isProduction: given === 'prod', isDefault: false }];
}

export function signInOptions(text: Text, destination: ChosenDestination | undefined): ChoiceOption[] {
  return (destination?.auth ?? []).map(({ specName, fields }) => ({
    value: specName,
    label: specName,
    hint: listText(
      text,
      fields.filter((field) => field.isRequired).map((field) => fieldTitle(text, field)),
    ),
  }));
}

export function locationOptions(
  { text, glyphs }: Words,
  destination: ChosenDestination | undefined,
): ChoiceOption[] {
  return (destination?.modes ?? []).map(({ mode = '', fields }) => {
    const params = listText(
      text,
      fields.map((field) => fieldTitle(text, field)),
    );
    const note =
      mode === olderCloudStorageMode
        ? [text('location.older')]
        : mode === destination?.defaultMode
          ? [text('location.default')]
          : [];
    return { value: mode, label: mode, hint: joined(glyphs, [params, ...note]) };
  });
}

export function exportModeOptions(text: Text): ChoiceOption<ExportMode>[] {
  return exportModes.map((value) => ({
    value,
    label: valueText(text, value),
    hint: text(value === 'DAILY_FULL_EXPORT' ? 'settings.fullHint' : 'settings.incrementalHint'),
  }));
}

/** A frequency that does not go with the export mode is there, and says why it cannot be chosen. */
export function frequencyOptions(text: Text, settings: readonly ExportSettings[]): ChoiceOption<Frequency>[] {
  return frequencies.map((value) => {
    const why = firstOf(settings, (one) => whyNotFrequency(one.exportMode, value));
    return {
      value,
      label: valueText(text, value),
      ...(why ? { disabled: text(why.id, inOurWords(text, why)) } : {}),
      ...(value === 'ONCE' && !why ? { hint: text('settings.onceHint') } : {}),
    };
  });
}

export function triggerOptions(text: Text, settings: readonly ExportSettings[]): ChoiceOption<TriggerType>[] {
  return triggerTypes.map((value) => {
    const why = firstOf(settings, (one) => whyNotTrigger(one.exportMode, value));
    return {
      value,
      label: valueText(text, value),
      hint: text(`settings.${value}.hint`),
      ...(why ? { disabled: text(why.id, inOurWords(text, why)) } : {}),
    };
  });
}

/** What earlier starts left; a value is `run ID`, `draft INDEX` or `new`. */
export function welcomeOptions(words: Words, offers: Offers, nowMs: number): ChoiceOption[] {
  const { text, glyphs } = words;
  return [
    ...offers.runs.map(({ run, plan, sandbox, begunMs }) => ({
      value: `run ${run}`,
      label: text('welcome.run', { run }),
      hint: text('welcome.runHint', { plan, sandbox, ago: agoText(text, nowMs - begunMs) }),
    })),
    ...offers.drafts.map((saved, at) => ({
      value: `draft ${at}`,
      label: text('welcome.draft'),
      hint: text('welcome.draftHint', {
        what: joined(glyphs, whatText(text, saved)),
        ago: agoText(text, nowMs - saved.savedMs),
      }),
    })),
    { value: 'new', label: text('welcome.new') },
  ];
}

/** `Adobe Campaign`, `dev`, `2 segments` */
function whatText(text: Text, { draft }: SavedDraft): string[] {
  const { destination, sandbox, segments } = draft;
  return [
    destination?.name ?? '',
    sandbox?.name ?? '',
    segments.length === 0 ? '' : text('welcome.segments', { count: segments.length }),
  ].filter((part) => part !== '');
}

function agoText(text: Text, ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return text('welcome.justNow');
  if (minutes < 60) return text('welcome.minutes', { count: minutes });
  const hours = Math.floor(minutes / 60);
  return hours < 48
    ? text('welcome.hours', { count: hours })
    : text('welcome.days', { count: Math.floor(hours / 24) });
}

function firstOf<Item>(
  items: readonly Item[],
  find: (item: Item) => Problem | undefined,
): Problem | undefined {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}

/** The platform's words in a problem's values become ours. */
function inOurWords(text: Text, found: Problem): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(found.values).map(([key, value]) => [
      key,
      typeof value === 'string'
        ? listText(
            text,
            value.split(', ').map((one) => valueText(text, one)),
          )
        : value,
    ]),
  );
}
