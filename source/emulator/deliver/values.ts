import { isObject } from '../rules/params.ts';
import { schemaAt, stepsOf } from '../rules/paths.ts';
import { joining } from '../rules/mappings.ts';
import { drawn } from '../runs/run-faults.ts';
import { unionSchema } from '../seed/union-schema.ts';
import type { JsonObject } from '../store.ts';
import type { Column } from './columns.ts';

/** A value of a row; nothing where the profile has none. */
export type Value = string | number | boolean | undefined;
type Maker = (index: number) => Value;

const firstNames = ['Ann', 'Jörg', '怡君', 'Marie', 'Omar', 'Lucía', 'Noé', 'Aiko'];
const lastNames = ['Example', 'Muster', '陳', "O'Neil", 'Smith, Jr.', 'Sánchez', 'Doe', 'Øst'];
const cities = ['Springfield', '臺北', 'Zürich', 'São Paulo', 'Łódź'];
const dayMs = 86_400_000;
/** Nobody's days and moments are later: they are the same every time. */
const latestMs = Date.UTC(2026, 0, 1);

/** One profile of so many lacks a value that no row has to have. */
const lackingOf = 25;

const number = (words: string): number => drawn(words, 2 ** 32);

/**
 * What a column holds in each row: made-up people, the same ones every time. No address of them is anybody's.
 *
 * @param isNeeded - No row is without it.
 * @see cards.md, sections 5.2 and 6.3; flow-service.md, section 5.4
 */
export function makerOf({ source, sourceType }: Column, isNeeded: boolean, atMs: number): Maker {
  const make = makerOfSource(source, sourceType, atMs);
  if (isNeeded) return make;
  const offset = drawn(`lack ${source}`, lackingOf);
  return (index) => ((index + offset) % lackingOf === 0 ? undefined : make(index));
}

function makerOfSource(source: string, sourceType: string, atMs: number): Maker {
  if (sourceType === 'text/plain') return () => source;
  if (sourceType === 'text/x.aep-xl') {
    const joined = joining(source);
    return (index) => joined && listAt(joined.path, index).join(joined.separator);
  }
  const steps = (stepsOf(source) ?? [source]).map(String);
  const [first = source, second = ''] = steps;
  const last = steps.at(-1) ?? source;
  if (first === 'segmentMembership')
    return last === 'lastQualificationTime' ? () => new Date(atMs).toISOString() : () => 'realized';
  if (first === 'identityMap') return identityOf(second);
  if (steps.length === 1 && /^(Email|ECID|Phone)/.test(first)) return identityOf(first);
  const schema = schemaAt(unionSchema, source);
  return isObject(schema) ? ofSchema(schema, last, source) : () => undefined;
}

function identityOf(code: string): Maker {
  if (code === 'Email') return (index) => emailOf('', index);
  if (code.startsWith('Phone')) return (index) => `+1555${String(index).padStart(7, '0')}`;
  return (index) => String(number(`${code} ${index}`)).padStart(38, '4');
}

const emailOf = (which: string, index: number): string => `person${which}.${index}@example.com`;

const listAt = (path: string, index: number): string[] => {
  const word = path.split('.').at(-1) ?? path;
  return Array.from({ length: 1 + (index % 3) }, (_, at) => `${word}${at}`);
};

function ofSchema(schema: JsonObject, last: string, path: string): Maker {
  const { type, format } = schema;
  const values = Array.isArray(schema['enum']) ? schema['enum'].map(String) : [];
  if (values.length > 0) return (index) => values[index % values.length];
  const spread = (index: number, below: number): number => (index * 7919 + number(path)) % below;
  const momentOf = (index: number): string =>
    new Date(latestMs - spread(index, 20_000) * dayMs).toISOString();
  if (format === 'date') return (index) => momentOf(index).slice(0, 10);
  if (format === 'date-time') return momentOf;
  switch (type) {
    case 'boolean':
      return (index) => spread(index, 2) === 0;
    case 'integer':
      return (index) => spread(index, 10_000);
    case 'number':
      return (index) => spread(index, 100_000) / 100;
    default:
      return namedOf(last, path, String(schema['title'] ?? last));
  }
}

function namedOf(last: string, path: string, title: string): Maker {
  const of =
    (list: readonly string[]): Maker =>
    (index) =>
      list[index % list.length];
  if (last === 'firstName') return of(firstNames);
  if (last === 'lastName') return of(lastNames);
  if (last === 'city') return of(cities);
  if (last === 'fullName')
    return (index) => `${firstNames[index % firstNames.length]} ${lastNames[index % lastNames.length]}`;
  if (/email/i.test(path) && last === 'address') return (index) => emailOf(path.slice(0, 1), index);
  if (/phone/i.test(path) && last === 'number') return identityOf('Phone');
  if (/countryCode$/i.test(path)) return of(['US', 'TW', 'CH', 'BR']);
  return (index) => `${title} ${index}`;
}
