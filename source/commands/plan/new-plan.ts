import { keyNamed, namespaceOf } from '../../activation/content/columns.ts';
import { usualCsvOptions } from '../../activation/content/csv-file.ts';
import { proposedTemplate } from '../../activation/content/filename-template.ts';
import { starterAttributes } from '../../activation/content/profile-attributes.ts';
import {
  defaultSettings,
  type ExportMode,
  type Frequency,
  withChange,
  defaultStartTime,
  usualTrigger,
} from '../../activation/content/schedule.ts';
import { own } from '../../activation/own.ts';
import { isObject } from '../../activation/plan/json-path.ts';
import { attributeOf, type AuthParams, type Plan, type Selected } from '../../activation/plan/plan.ts';
import { isSecretReference, secretVariable } from '../../activation/plan/secret-reference.ts';
import {
  type AuthMethod,
  catalog,
  formOfMode,
  kindOf,
  newerCards,
  newerMode,
  successorOf,
} from '../../activation/spec/catalog.ts';
import { type Field, pathOf, putAt, wireValue } from '../../activation/spec/field.ts';
import { documentedForms } from '../../activation/spec/forms.ts';
import { modeFor, signInOfMethod } from '../../activation/spec/storage-kind.ts';
import { fileTypeNamed } from '../../activation/spec/storage-location.ts';
import type { Flags } from '../console/arguments.ts';
import { exitCode } from '../console/exit-codes.ts';
import { Stop } from '../console/stop.ts';

/**
 * A plan from answers on the command line; what is not said is as the wizard proposes it.
 *
 * @param nowMs - Epoch milliseconds.
 * @throws Stop (2; 3 where something is not said without which there is no plan)
 * @see cli.md
 */
export function newPlan(flags: Flags, nowMs: number): Plan {
  const missing = (['destination', 'segment'] as const).filter((name) => flags[name] === undefined);
  if (missing.length > 0)
    throw new Stop(exitCode.needsTerminal, (text) =>
      text('planNew.missing', { flags: missing.map((name) => `--${name}`) }),
    );
  const destination = destinationOf(flags.destination ?? '');
  const settings = settingsOf(flags, destination, nowMs);
  return {
    version: 1,
    name: flags.name ?? `Activate segments to ${destination.name}`,
    sandbox: flags.sandbox ?? 'dev',
    destination: toDestination(destination, flags),
    segments: (flags.segment ?? []).map((given) => {
      const [id = '', ...name] = given.split('=');
      return { id, ...(name.length > 0 ? { name: name.join('=') } : {}), ...settings };
    }),
    attributes: attributesOf(destination, flags),
  };
}

interface Known {
  readonly connectionSpecId: string;
  readonly name: string;
}

/** By id, or by name without regard to case and spaces; of two cards of one kind a name means the newer one. */
function destinationOf(given: string): Known {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const known: readonly Known[] = [...newerCards, ...catalog];
  const byId = known.find(({ connectionSpecId }) => connectionSpecId === given.toLowerCase());
  if (byId) return byId;
  const named =
    known.find(({ name }) => plain(name) === plain(given)) ??
    known.find(({ name }) => plain(given) !== '' && plain(name).includes(plain(given)));
  if (named) return successorOf(named.connectionSpecId) ?? named;
  const names = [...new Set(known.map(({ name }) => name))];
  throw new Stop(exitCode.usage, (text) => text('planNew.noDestination', { given, names }));
}

function toDestination({ connectionSpecId, name }: Known, flags: Flags): Plan['destination'] {
  const { auth = [], modes = [] } = documentedForms(connectionSpecId) ?? {};
  const method = methodOf(name, auth, flags.auth);
  const usualMode =
    kindOf(connectionSpecId) === 'newer'
      ? newerMode
      : modeFor(connectionSpecId, modes, method && signInOfMethod(method));
  const mode = flags.mode ?? usualMode;
  const given = pairs(flags.location, '--location');
  const fields = formOfMode(modes, mode)?.fields ?? [];
  const publicKey = flags['public-key'];
  // A sign-in that the card does not ask for is no less one that was given: the rules tell.
  const isSaid = method !== undefined || flags.auth !== undefined || flags.param !== undefined;
  const params = pairs(flags.param, '--param');
  const specName = method?.specName ?? flags.auth ?? name;
  return {
    connectionSpecId,
    ...(isSaid
      ? { auth: { specName, params: paramsOf(method?.fields ?? [], params, secretIn(name, specName)) } }
      : {}),
    ...(publicKey === undefined
      ? {}
      : { encryption: { publicKey: isSecretReference(publicKey) ? { $secret: publicKey } : publicKey } }),
    location: {
      ...(mode === undefined ? {} : { mode }),
      ...(kindOf(connectionSpecId) === 'newer' ? newerLocation(fields, given) : paramsOf(fields, given)),
    },
  };
}

function methodOf(
  destination: string,
  methods: readonly AuthMethod[],
  given: string | undefined,
): AuthMethod | undefined {
  const method = given === undefined ? methods[0] : methods.find(({ specName }) => specName === given);
  if (method || methods.length === 0) return method;
  const names = methods.map(({ specName }) => specName);
  throw new Stop(exitCode.usage, (text) =>
    text('planNew.noAuth', { given: given ?? '', destination, names }),
  );
}

/** CSV that nothing compresses, where nobody says what the files are. */
function newerLocation(fields: readonly Field[], given: Readonly<Record<string, string>>): AuthParams {
  const fileType = fileTypeNamed(own(given, 'fileType') ?? 'CSV');
  const params = paramsOf(fields, { compression: 'NONE', ...given, fileType });
  const { csvOptions } = params;
  if (fileType !== 'CSV') return params;
  return { ...params, csvOptions: { ...usualCsvOptions, ...(isObject(csvOptions) ? csvOptions : {}) } };
}

/** Texts as the fields want them, with their defaults; what no field asks for comes behind, and the rules tell. */
function paramsOf(
  fields: readonly Field[],
  given: Readonly<Record<string, string>>,
  secret?: (field: Field, value: string | undefined) => AuthParams[string],
): AuthParams {
  const params: AuthParams = {};
  for (const field of fields) {
    const value = own(given, field.name) ?? field.defaultValue;
    if (field.isSecret && secret && (field.isRequired || value !== undefined))
      putAt(params, pathOf(field), secret(field, value));
    else if (value !== undefined) putAt(params, pathOf(field), wireValue(field, value));
  }
  for (const [name, value] of Object.entries(given))
    if (!fields.some((field) => field.name === name)) putAt(params, name.split('.'), value);
  return params;
}

/** Secrets are named, never given; one that is not named is read from a variable. */
const secretIn =
  (destination: string, specName: string) =>
  ({ name, isBase64 }: Field, value: string | undefined): AuthParams[string] => {
    const reference = value ?? `env:${secretVariable(destination, specName, name)}`;
    if (!isSecretReference(reference))
      throw new Stop(exitCode.usage, (text) => text('planNew.secretInClear', { name }));
    return { $secret: reference, ...(isBase64 ? { encoding: 'base64' as const } : {}) };
  };

function attributesOf({ connectionSpecId }: Known, flags: Flags): Plan['attributes'] {
  const isNewer = kindOf(connectionSpecId) === 'newer';
  const selected = flags.attribute?.map(columnOf) ?? [...starterAttributes];
  const paths = selected.map(attributeOf);
  return {
    selected,
    mandatory: (flags.mandatory ?? []).map((one) => (isNewer ? (namespaceOf(one) ?? one) : one)),
    deduplication: (flags.key ?? []).map((attributePath) =>
      isNewer ? keyNamed(attributePath, paths) : { fieldType: 'ATTRIBUTE', attributePath },
    ),
  };
}

/** `PATH` or `PATH=COLUMN`; a separator of an array may be `=` too. */
function columnOf(given: string): Selected {
  const [, path, column] = /^(.+)=([^=')]*)$/.exec(given) ?? [];
  return path === undefined || column === undefined ? given : { path, column };
}

function settingsOf(flags: Flags, { connectionSpecId }: Known, nowMs: number) {
  const exportMode = oneOf<ExportMode>(flags['export-mode'] ?? 'full', '--export-mode', {
    full: 'DAILY_FULL_EXPORT',
    incremental: 'FIRST_FULL_THEN_INCREMENTAL',
  });
  const frequency = oneOf<Frequency>(flags.every ?? 'day', '--every', {
    once: 'ONCE',
    day: 'DAILY',
    week: 'WEEKLY',
    month: 'MONTHLY',
    '3h': 'EVERY_3_HOURS',
    '6h': 'EVERY_6_HOURS',
    '8h': 'EVERY_8_HOURS',
    '12h': 'EVERY_12_HOURS',
  });
  const template = flags.template ?? proposedTemplate(kindOf(connectionSpecId));
  const usual = withChange(defaultSettings(nowMs, template), { exportMode });
  const { startDate, startTime } = usual.schedule;
  return {
    exportMode,
    filenameTemplate: usual.filenameTemplate,
    schedule: {
      frequency,
      startDate: flags.start ?? startDate,
      ...(flags.end === undefined ? {} : { endDate: flags.end }),
      ...(flags.time === 'evaluation'
        ? { triggerType: 'AFTER_SEGMENT_EVAL' as const }
        : { triggerType: usualTrigger, startTime: flags.time ?? startTime ?? defaultStartTime }),
    },
  };
}

function oneOf<Value>(given: string, flag: string, allowed: Readonly<Record<string, Value>>): Value {
  const found = Object.hasOwn(allowed, given) ? allowed[given] : undefined;
  if (found !== undefined) return found;
  const names = Object.keys(allowed);
  throw new Stop(exitCode.usage, (text) => text('planNew.notOneOf', { flag, given, names }));
}

/** `key=value` as often as it is given. */
export function pairs(given: readonly string[] | undefined, flag: string): Record<string, string> {
  return Object.fromEntries(
    (given ?? []).map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new Stop(exitCode.usage, (text) => text('planNew.noPair', { flag }));
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
