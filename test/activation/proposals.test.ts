import { describe, expect, it } from 'vitest';
import { catalog, newerCards } from '../../source/activation/spec/catalog.ts';
import { betterValue, type Field, fieldProblem } from '../../source/activation/spec/field.ts';
import { documentedForms, formsOf } from '../../source/activation/spec/forms.ts';
import { legacyDestinations } from '../../source/emulator/specs/legacy-destinations.ts';
import { newerDestinations } from '../../source/emulator/specs/newer-cards.ts';
import { connectionSpec } from '../../source/flow-service/specs.ts';

/** Every field of every card, as it is documented and as it is published; one of each kind is enough. */
function everyField(): readonly (readonly [string, Field])[] {
  const published = [...legacyDestinations(true), ...newerDestinations()].map((one) => {
    const spec = connectionSpec.parse(one);
    return [spec.name, formsOf(spec)] as const;
  });
  const known = [...catalog, ...newerCards].flatMap(({ connectionSpecId, name }) => {
    const forms = documentedForms(connectionSpecId);
    return forms ? [[name, forms] as const] : [];
  });
  const fields = [...published, ...known].flatMap(([card, { auth, modes }]) =>
    [...auth, ...modes].flatMap((one) =>
      one.fields.map((field) => [`${card}, ${field.name}`, field] as const),
    ),
  );
  return [
    ...new Map(
      fields.map(([where, field]) => [where + JSON.stringify(field), [where, field] as const]),
    ).values(),
  ];
}
const fields = everyField();

/** What people type and paste where a name, a folder or an address is asked for. */
const names = [
  'crm-exports',
  'CRM-Exports',
  'My Exports',
  'a--b',
  'goog-x',
  'ab',
  'exports/daily',
  'acme.com',
  'Ab.C',
];
const ways: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => ` ${name}  `,
  (name) => `"${name}"`,
  (name) => ` '${name}' `,
  (name) => `s3://${name}/in`,
  (name) => `https://${name}.blob.core.windows.net/${name}`,
  (name) => `abfss://${name}@${name}.dfs.core.windows.net/in`,
  (name) => `sftp://me@${name}:22/in`,
  (name) => `${name}\u200b`,
  (name) => name.replaceAll('.', '。'),
];

describe('what is proposed for a field of a card', () => {
  it('as an example is taken', () => {
    expect(fields.filter(([, { example }]) => example !== undefined).length).toBeGreaterThan(20);
    const refused = fields.flatMap(([where, field]) => {
      const found = field.example === undefined ? undefined : fieldProblem(field, field.example);
      return found ? [`${where}: ${found.id}`] : [];
    });
    expect(refused).toEqual([]);
  });

  it('in place of what was typed is taken, and what is said to be better is that', () => {
    let proposed = 0;
    const refused = fields.flatMap(([where, field]) =>
      names.flatMap((name) =>
        ways.flatMap((way) => {
          const value = way(name);
          const better = betterValue(field, value);
          const said = fieldProblem(field, value)?.values['better'] ?? '…';
          if (better !== undefined) proposed++;
          const isTaken = better === undefined || fieldProblem(field, better) === undefined;
          return isTaken && (said === '…' || said === better)
            ? []
            : [`${where}: ${value} → ${better ?? '–'}, ${said}`];
        }),
      ),
    );
    expect(refused).toEqual([]);
    expect(proposed).toBeGreaterThan(1000);
  });

  it('is the name in small letters where a store has no others', () => {
    const bucket = fields.find(([where]) => where === 'Amazon S3, bucketName')?.[1];
    expect(bucket && betterValue(bucket, ' CRM-Exports ')).toBe('crm-exports');
    expect(bucket && betterValue(bucket, 's3://CRM-Exports/daily')).toBe('crm-exports');
    expect(bucket && betterValue(bucket, 'My Exports')).toBeUndefined();
    expect(bucket && fieldProblem(bucket, ' My Exports ')?.id).toBe('field.pattern');
  });
});
