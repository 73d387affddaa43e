import { fromList, namespaceOf } from './columns.ts';

/** A row of a made-up export, and whether the chosen keys keep it. */
interface SampleRow {
  readonly values: readonly string[];
  /** Number of the row, from 1, that has the same keys and stays instead. */
  readonly sameAs?: number | undefined;
}

interface Person {
  readonly first: string;
  readonly last: string;
  readonly contact: string;
  readonly other: number;
}

/** Ann twice, Ben at her address, and another Ann: what real exports are full of. */
const people: readonly Person[] = [
  { first: 'Ann', last: 'Lee', contact: 'ann@example.com', other: 1 },
  { first: 'Ann', last: 'Lee', contact: 'ann@example.com', other: 1 },
  { first: 'Ben', last: 'Lee', contact: 'ann@example.com', other: 2 },
  { first: 'Ann', last: 'Lee', contact: 'a.lee@example.org', other: 3 },
];

/**
 * What deduplication keys do to rows: of rows with the same keys one stays; without keys all stay.
 *
 * @param columns - Attribute paths, in the order of the file.
 * @param keys - Those of them that are keys.
 * @see flow-service.md, section 5.5
 */
export function sampleRows(columns: readonly string[], keys: readonly string[]): SampleRow[] {
  const seen = new Map<string, number>();
  return people.map((person, index) => {
    const values = columns.map((path) => valueOf(path, person));
    if (keys.length === 0) return { values };
    const key = JSON.stringify(keys.map((path) => valueOf(path, person)));
    const sameAs = seen.get(key);
    if (sameAs === undefined) seen.set(key, index + 1);
    return sameAs === undefined ? { values } : { values, sameAs };
  });
}

function valueOf(path: string, person: Person): string {
  const made = fromList(path);
  if (made) {
    const elementAt = (index: number): string =>
      valueOf(made.list, { ...person, other: person.other + index });
    return made.kind === 'element'
      ? elementAt(made.index)
      : [elementAt(0), elementAt(1)].join(made.separator);
  }
  const namespace = namespaceOf(path);
  if (namespace !== undefined && !/mail/i.test(namespace)) return `${namespace} ${person.other}`;
  const leaf = path.split('.').at(-1) ?? path;
  if (/first/i.test(leaf)) return person.first;
  if (/last|family|surname/i.test(leaf)) return person.last;
  if (/mail/i.test(path)) return person.contact;
  if (/^segmentMembership\.(.+\.)?status$/.test(path)) return 'realized';
  return `${leaf} ${person.other}`;
}
