import { escapedJson } from '../../activation/plan/escaped-json.ts';
import { existsSync, writeFileSync } from 'node:fs';
import { catalog, type CatalogDestination } from '../../activation/spec/catalog.ts';
import { type Field, wireValue } from '../../activation/spec/field.ts';
import { defaultTemplate } from '../../activation/content/filename-template.ts';
import { own } from '../../activation/own.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import { starterAttributes } from '../../activation/content/profile-attributes.ts';
import { readPlan } from '../../activation/plan/read-plan.ts';
import {
  defaultSettings,
  type ExportMode,
  type Frequency,
  withChange,
} from '../../activation/content/schedule.ts';
import { isSecretReference, secretVariable } from '../../activation/plan/secret-reference.ts';
import { modeFor, signInOfMethod } from '../../activation/spec/storage-kind.ts';
import type { Flags } from '../console/arguments.ts';
import { exitCode } from '../console/exit-codes.ts';
import { fileToWrite } from './inside-plans.ts';
import { tellProblems } from './read-plan.ts';
import { notWritten } from './write-plan.ts';
import { Stop } from '../console/stop.ts';
import { json, line, type Streams } from '../console/streams.ts';

/** `ferry plan new FILE`: a plan from answers on the command line; what is not said is as the wizard proposes it. */
export function planNew(target: string | undefined, flags: Flags, streams: Streams): number {
  const isJson = flags.json === true;
  const file = fileToWrite(target, streams);
  if (file !== undefined && existsSync(file))
    throw new Stop(exitCode.usage, (text) => text('planNew.exists', { file }));
  const plan = newPlan(flags, Date.now());
  // The same reading as any plan gets: what it says is wrong with an answer is said here.
  const reading = readPlan(JSON.stringify(plan));
  if (reading.kind === 'problems') {
    tellProblems(file ?? streams.text('planNew.unnamed'), reading.problems, streams, isJson);
    return exitCode.usage;
  }
  const content = `${escapedJson(plan, 2)}\n`;
  if (file === undefined) {
    streams.stdout.write(content);
    return exitCode.done;
  }
  try {
    writeFileSync(file, content, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    notWritten(file)(error as NodeJS.ErrnoException);
  }
  if (isJson) json(streams.stdout, { file });
  else line(streams.stdout, streams.text('planNew.done', { file }));
  return exitCode.done;
}

function newPlan(flags: Flags, nowMs: number): Plan {
  const missing = (['destination', 'segment'] as const).filter((name) => flags[name] === undefined);
  if (missing.length > 0)
    throw new Stop(exitCode.needsTerminal, (text) =>
      text('planNew.missing', { flags: missing.map((name) => `--${name}`) }),
    );
  const destination = destinationOf(flags.destination ?? '');
  const method = methodOf(destination, flags.auth);
  const { connectionSpecId, modes } = destination;
  const usualMode = modeFor(connectionSpecId, modes, signInOfMethod(method));
  const mode = modes.find((one) => one.mode === (flags.mode ?? usualMode));
  const settings = settingsOf(flags, nowMs);
  const selected = [...(flags.attribute ?? starterAttributes)];
  return {
    version: 1,
    name: flags.name ?? `Activate segments to ${destination.name}`,
    sandbox: flags.sandbox ?? 'dev',
    destination: {
      connectionSpecId: destination.connectionSpecId,
      auth: {
        specName: method.specName,
        params: authParams(destination.name, method.specName, method.fields, pairs(flags.param, '--param')),
      },
      location: {
        mode: flags.mode ?? mode?.mode,
        ...withDefaults(mode?.fields ?? [], pairs(flags.location, '--location')),
      },
    },
    segments: (flags.segment ?? []).map((given) => {
      const [id = '', ...name] = given.split('=');
      return { id, ...(name.length > 0 ? { name: name.join('=') } : {}), ...settings };
    }),
    attributes: {
      selected,
      mandatory: [...(flags.mandatory ?? [])],
      deduplication: (flags.key ?? []).map((attributePath) => ({ fieldType: 'ATTRIBUTE', attributePath })),
    },
  };
}

/** By id, or by name without regard to case and spaces. */
function destinationOf(given: string): CatalogDestination {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const found =
    catalog.find(
      ({ connectionSpecId, name }) =>
        given.toLowerCase() === connectionSpecId || plain(name) === plain(given),
    ) ?? catalog.find(({ name }) => plain(given) !== '' && plain(name).includes(plain(given)));
  if (found) return found;
  const names = catalog.map(({ name }) => name);
  throw new Stop(exitCode.usage, (text) => text('planNew.noDestination', { given, names }));
}

function methodOf({ name, auth }: CatalogDestination, given: string | undefined) {
  const method = given === undefined ? auth[0] : auth.find(({ specName }) => specName === given);
  if (method) return method;
  const names = auth.map(({ specName }) => specName);
  throw new Stop(exitCode.usage, (text) =>
    text('planNew.noAuth', { given: given ?? '', destination: name, names }),
  );
}

function settingsOf(flags: Flags, nowMs: number) {
  const exportMode = oneOf<ExportMode>(flags['export-mode'] ?? 'full', '--export-mode', {
    full: 'DAILY_FULL_EXPORT',
    incremental: 'FIRST_FULL_THEN_INCREMENTAL',
  });
  const frequency = oneOf<Frequency>(flags.every ?? 'day', '--every', {
    once: 'ONCE',
    day: 'DAILY',
    '3h': 'EVERY_3_HOURS',
    '6h': 'EVERY_6_HOURS',
    '8h': 'EVERY_8_HOURS',
    '12h': 'EVERY_12_HOURS',
  });
  const usual = withChange(defaultSettings(nowMs, flags.template ?? defaultTemplate), { exportMode });
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
        : { triggerType: 'SCHEDULED' as const, startTime: flags.time ?? startTime ?? '12:00' }),
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

/** Secrets are named, never given; one that is not named is read from a variable. */
function authParams(
  destination: string,
  specName: string,
  fields: readonly Field[],
  given: Record<string, string>,
) {
  const secrets = fields
    .filter(({ isSecret, isRequired, name }) => isSecret && (isRequired || own(given, name) !== undefined))
    .map(({ name }): [string, { $secret: string }] => {
      const reference = own(given, name) ?? `env:${secretVariable(destination, specName, name)}`;
      if (!isSecretReference(reference))
        throw new Stop(exitCode.usage, (text) => text('planNew.secretInClear', { name }));
      return [name, { $secret: reference }];
    });
  return { ...withDefaults(fields, given), ...Object.fromEntries(secrets) };
}

/** Texts as the fields want them, with their defaults. */
function withDefaults(
  fields: readonly Field[],
  given: Record<string, string>,
): Record<string, string | number | boolean> {
  const defaults = fields.flatMap(({ name, defaultValue }) =>
    defaultValue === undefined ? [] : [[name, defaultValue] as const],
  );
  return Object.fromEntries(
    [...new Map([...defaults, ...Object.entries(given)])].map(([name, value]) => {
      const field = fields.find((one) => one.name === name);
      return [name, field ? wireValue(field, value) : value];
    }),
  );
}
