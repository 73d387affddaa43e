import { exportModes, frequencies, triggerTypes, usualTrigger } from './content/schedule.ts';
import type { SegmentSelector } from '../flow-service/flows.ts';
import { own as ownOf } from './own.ts';
import { isObject, lookUp } from './plan/json-path.ts';
import type { PlanSegment } from './plan/plan.ts';

/** What says which segment it is, in the order it is sent; everything else that a plan says of one is a setting. */
export const identityNames = ['id', 'systemSegmentId', 'namespace', 'name'] as const;
export type Identity = Pick<PlanSegment, (typeof identityNames)[number]>;

/** Which segment it is, and nothing else of it. */
export const identityOf = ({ id, systemSegmentId, namespace, name }: Identity): Identity => ({
  id,
  systemSegmentId,
  namespace,
  name,
});

/** A plan's segment without what says which one it is. */
export function withoutIdentity(segment: PlanSegment): Omit<PlanSegment, keyof Identity> {
  const isIdentity = (name: string): boolean => identityNames.some((one) => one === name);
  const how = Object.entries(segment).filter(([name]) => !isIdentity(name));
  return Object.fromEntries(how) as Omit<PlanSegment, keyof Identity>;
}

/** The names of what a segment's export is made of, those of its schedule among them. */
export type SettingNameOf<Segment extends PlanSegment> =
  | Exclude<keyof Segment, keyof Identity | 'schedule'>
  | keyof Segment['schedule'];
export type SettingName = SettingNameOf<PlanSegment>;

/** Settings as they are compared: absent ones as what they mean. */
export type Settings = Readonly<Partial<Record<SettingName, string>>>;

interface Setting<Name extends PropertyKey = string> {
  /** Where it stands: a plan and a selector's `value` have it in the same place. */
  readonly place: readonly [Name] | readonly ['schedule', Name];
  /** Id of its name for people. */
  readonly label: `segmentField.${Name & string}`;
  /** A plan without it is no plan. */
  readonly isRequired?: true;
  /** What an absent one means. */
  readonly usual?: string;
  /** The value without what says nothing. */
  readonly plain?: (value: string) => string;
  /** What it can be, where it is one of a few. */
  readonly values?: readonly string[];
}

type ValueOf<Segment extends PlanSegment, Name> = Name extends keyof Segment
  ? Segment[Name]
  : Name extends keyof Segment['schedule']
    ? Segment['schedule'][Name]
    : never;

/** What can be any text has no values, and what is one of a few has no other line than one with them. */
type Few<Value> = string extends Value ? { readonly values?: never } : { readonly values: readonly Value[] };

/** A line for each setting of a plan, and none for what is no text: that needs more than this table knows. */
export type SettingTable<Segment extends PlanSegment> = {
  readonly [Name in SettingNameOf<Segment>]: ValueOf<Segment, Name> extends string | undefined
    ? Setting<Name> &
        Few<NonNullable<ValueOf<Segment, Name>>> &
        (undefined extends ValueOf<Segment, Name> ? unknown : { readonly isRequired: true })
    : never;
};

type Selector = SegmentSelector['value'];

/** A member that both a plan's segment and a selector as it is read have. */
const own = <Name extends keyof PlanSegment & keyof Selector>(name: Name) =>
  ({ place: [name], label: `segmentField.${name}` }) as const;

/** The same of a schedule. */
const scheduled = <Name extends keyof PlanSegment['schedule'] & keyof NonNullable<Selector['schedule']>>(
  name: Name,
) => ({ place: ['schedule', name], label: `segmentField.${name}` }) as const;

/**
 * What a segment's export is made of: the one list that says how each member is asked for, sent, read back
 * and compared. A member that a plan gets does not compile until it stands here.
 *
 * @see flow-service.md, sections 5.1 and 5.6
 */
export const settings = {
  filenameTemplate: { ...own('filenameTemplate'), isRequired: true },
  exportMode: { ...own('exportMode'), isRequired: true, values: exportModes },
  frequency: { ...scheduled('frequency'), isRequired: true, values: frequencies },
  triggerType: { ...scheduled('triggerType'), usual: usualTrigger, values: triggerTypes },
  startDate: { ...scheduled('startDate'), isRequired: true },
  endDate: scheduled('endDate'),
  // Seconds say nothing here: a start time has whole hours only.
  startTime: { ...scheduled('startTime'), plain: (value: string) => value.replace(/^(\d\d:\d\d):00$/, '$1') },
} satisfies SettingTable<PlanSegment>;

export const isSettingName = (name: string): name is SettingName => Object.hasOwn(settings, name);

/** In the order they are sent. */
export const settingNames: readonly SettingName[] = Object.keys(settings).filter(isSettingName);

/** In the order they are shown: a file name is long, so it comes last. */
export const shownSettings: readonly SettingName[] = [
  ...settingNames.filter((name) => name !== 'filenameTemplate'),
  'filenameTemplate',
];

const settingOf = (name: SettingName): Setting => settings[name];

export const isRequired = (name: SettingName): boolean => settingOf(name).isRequired === true;

export const labelOf = (name: SettingName): `segmentField.${SettingName}` => settings[name].label;

/** Where a setting stands in a plan's segment and in a selector's `value`. */
export const placeOf = (name: SettingName): readonly string[] => settingOf(name).place;

/** Those that stand in the schedule. */
export const scheduleNames: readonly SettingName[] = settingNames.filter(
  (name) => placeOf(name)[0] === 'schedule',
);

/** The settings that are one of a few. */
export type ChoiceName = {
  [Name in SettingName]: string extends NonNullable<ValueOf<PlanSegment, Name>> ? never : Name;
}[SettingName];
export type ChoiceValue<Name extends ChoiceName = ChoiceName> = NonNullable<ValueOf<PlanSegment, Name>>;
export type Choices = { readonly [Name in ChoiceName]: ChoiceValue<Name> };

export const isChoice = (name: SettingName): name is ChoiceName => settingOf(name).values !== undefined;

/** Those of what somebody gave that are one of the few; another value is none. */
export const choicesIn = (given: Readonly<Record<string, string | undefined>>): Partial<Choices> =>
  Object.fromEntries(
    settingNames.filter(isChoice).flatMap((name) => {
      const value = settingOf(name).values?.find((one) => one === ownOf(given, name));
      return value === undefined ? [] : [[name, value]];
    }),
  );

/** The settings of a plan's segment, or of a selector's `value`. */
export function settingsOf(held: object): Settings {
  return Object.fromEntries(
    settingNames.flatMap((name) => {
      const { place, usual, plain } = settingOf(name);
      const value = lookUp(held, place);
      const text = typeof value === 'string' ? (plain?.(value) ?? value) : usual;
      return text === undefined ? [] : [[name, text]];
    }),
  );
}

/**
 * The same plan's segment or selector's `value` with other settings; whatever else it holds stays.
 *
 * @param names - The settings to write; one of them that `wanted` has not is taken out.
 */
export function withSettings<Held extends object>(
  held: Held,
  wanted: Settings,
  names: readonly SettingName[] = settingNames,
): Held {
  return names.reduce<Held>((into, name) => put(into, placeOf(name), wanted[name]), held);
}

function put<Held extends object>(held: Held, [key = '', ...below]: readonly string[], value?: string): Held {
  const { [key]: before, ...others } = held as Record<string, unknown>;
  if (below.length > 0) return { ...held, [key]: put(isObject(before) ? before : {}, below, value) };
  return (value === undefined ? others : { ...held, [key]: value }) as Held;
}
