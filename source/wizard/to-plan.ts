import type { Plan } from '../activation/plan.ts';
import type { ResolvedParams } from '../activation/requests.ts';
import type { Field, FieldValues } from '../activation/field.ts';
import { secretVariable } from '../activation/secret-reference.ts';
import { chosenMethod, chosenMode, type Draft, draftName } from './draft.ts';

/** A draft as a plan, as far as it goes; whether it is whole is for the rules of a plan to say. */
export function toPlan(draft: Draft): Plan {
  const method = chosenMethod(draft);
  const mode = chosenMode(draft);
  return {
    version: 1,
    name: draftName(draft),
    sandbox: draft.sandbox?.name ?? '',
    destination: {
      connectionSpecId: draft.destination?.connectionSpecId ?? '',
      ...(method ? { auth: { specName: method.specName, params: authParams(draft, method.fields) } } : {}),
      location: {
        ...(mode?.mode === undefined ? {} : { mode: mode.mode }),
        ...typed(mode?.fields ?? [], draft.location.params),
      },
    },
    segments: draft.segments.flatMap((segment) => {
      const settings = draft.settings[segment.id];
      return settings
        ? [
            {
              ...defined(segment),
              exportMode: settings.exportMode,
              filenameTemplate: settings.filenameTemplate,
              schedule: defined(settings.schedule),
            },
          ]
        : [];
    }),
    attributes: {
      selected: [...draft.attributes],
      mandatory: [...draft.mandatory],
      deduplication: draft.deduplication.map((attributePath) => ({ fieldType: 'ATTRIBUTE', attributePath })),
    },
  };
}

/** Auth params in clear, for applying from the wizard without asking twice. */
export function clearParams(draft: Draft): ResolvedParams {
  return typed(chosenMethod(draft)?.fields ?? [], draft.signIn.params);
}

type Params = NonNullable<Plan['destination']['auth']>['params'];

/** What the plan writes down: a secret becomes the name of an environment variable. */
function authParams(draft: Draft, fields: readonly Field[]): Params {
  const clear = typed(fields, draft.signIn.params);
  const secrets = fields.filter((field) => field.isSecret && clear[field.name] !== undefined);
  const references = secrets.map((field) => [
    field.name,
    {
      $secret: `env:${secretVariable(draft.destination?.name ?? '', draft.signIn.specName ?? '', field.name)}`,
    },
  ]);
  return { ...clear, ...Object.fromEntries(references) };
}

/** Texts of a form as the spec wants them; what was left empty is left out. */
function typed(fields: readonly Field[], values: FieldValues): Record<string, string | number | boolean> {
  return Object.fromEntries(
    fields.flatMap((field): [string, string | number | boolean][] => {
      const value = values[field.name] ?? field.defaultValue;
      if (value === undefined || value === '') return [];
      if (field.kind === 'number') return [[field.name, Number(value)]];
      return [[field.name, field.kind === 'boolean' ? value === 'true' : value]];
    }),
  );
}

/** Without the members that are `undefined`: they are no part of a document. */
function defined<Value extends object>(value: Value): { [K in keyof Value]: Exclude<Value[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, held]) => held !== undefined)) as {
    [K in keyof Value]: Exclude<Value[K], undefined>;
  };
}
