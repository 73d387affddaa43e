import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planFindings } from '../../source/activation/findings/findings.ts';
import { readPlan } from '../../source/activation/plan/read-plan.ts';
import { english, textIn } from '../../source/locale/catalogs.ts';
import { some } from '../helpers/some.ts';
import { runs } from '../helpers/soak.ts';

const folder = path.join(import.meta.dirname, '..', '..', 'examples', 'plans');
const sources = some(readdirSync(folder)).map((name) => readFileSync(path.join(folder, name), 'utf8'));

/** Every place of a document, as keys. */
function placesOf(value: unknown, above: readonly (string | number)[] = []): (string | number)[][] {
  const here = [[...above]];
  if (typeof value !== 'object' || value === null) return here;
  const keys = Array.isArray(value) ? value.map((_, at) => at) : Object.keys(value);
  return [
    ...here,
    ...keys.flatMap((key) => placesOf((value as Record<PropertyKey, unknown>)[key], [...above, key])),
  ];
}

/** The document with something else at a place. */
function withAt(value: unknown, [key, ...rest]: readonly (string | number)[], put: unknown): unknown {
  if (key === undefined) return put;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<
    PropertyKey,
    unknown
  >;
  copy[key] = withAt(copy[key], rest, put);
  return copy;
}

/** What is likely to be put where something else belongs. */
const junk = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e300,
    '',
    '{}',
    [],
    {},
    [[]],
    [null],
    { $secret: 0 },
    { $secret: {} },
  ),
  fc.record({ $secret: fc.jsonValue() }),
  fc.record({ $secret: fc.constant('env:X'), encoding: fc.jsonValue() }),
  fc.constantFrom('__proto__', 'constructor', 'toString').map((name) => ({ [name]: 1 })),
);

/** Everything that is said of a plan, in both languages, as a person and as a program get it. */
async function saidOf(source: string): Promise<string> {
  const chinese = await textIn('zh-TW', {});
  const reading = readPlan(source);
  const told = reading.kind === 'problems' ? reading.problems : planFindings(reading.plan, 0);
  return told
    .flatMap((one) => [JSON.stringify(one), english(one.id, one.values), chinese(one.id, one.values)])
    .join('\n');
}

describe('a plan that was bent', () => {
  it('is told about in words, whatever stands where', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...sources), fc.nat(), junk, async (source, which, put) => {
        const plan = JSON.parse(source) as unknown;
        const places = placesOf(plan);
        const place = places[which % places.length] ?? [];
        const said = await saidOf(JSON.stringify(withAt(plan, place, put)));
        expect(said).not.toMatch(/undefined|Invalid/);
      }),
      { numRuns: runs(2000) },
    );
  });

  it('has one problem, at its place, for every value that is no reference', () => {
    const plan = JSON.parse(sources.find((one) => one.includes('secretKey')) ?? '') as unknown;
    const place = ['destination', 'auth', 'params', 'secretKey'];
    const wrong: [unknown, string][] = [
      [{ $secret: 0 }, '$.destination.auth.params.secretKey.$secret plan.wrongType'],
      [{ $secret: true }, '$.destination.auth.params.secretKey.$secret plan.wrongType'],
      [{ $secret: null }, '$.destination.auth.params.secretKey.$secret plan.wrongType'],
      [{ $secret: {} }, '$.destination.auth.params.secretKey.$secret plan.wrongType'],
      [{ $secret: [] }, '$.destination.auth.params.secretKey.$secret plan.wrongType'],
      [{ $secret: [[0]] }, '$.destination.auth.params.secretKey.$secret plan.wrongType'],
      [{ $secret: { $secret: 0 } }, '$.destination.auth.params.secretKey.$secret plan.wrongType'],
      [{ $secret: 'nothing' }, '$.destination.auth.params.secretKey.$secret plan.secretReference'],
      [{ $secret: 'http://x' }, '$.destination.auth.params.secretKey.$secret plan.secretReference'],
      [{ $secret: 'env:X', more: 1 }, '$.destination.auth.params.secretKey.more plan.unknownKey'],
      [null, '$.destination.auth.params.secretKey plan.wrongType'],
      [[], '$.destination.auth.params.secretKey plan.wrongType'],
      [{}, '$.destination.auth.params.secretKey auth.secretInClear'],
      ['clear', '$.destination.auth.params.secretKey auth.secretInClear'],
    ];
    for (const [put, expected] of wrong) {
      const reading = readPlan(JSON.stringify(withAt(plan, place, put)));
      if (reading.kind !== 'problems') throw new Error(`${JSON.stringify(put)} was taken`);
      expect(
        reading.problems.map((one) => `${one.path} ${one.id}`),
        JSON.stringify(put),
      ).toEqual([expected]);
    }
  });

  it('never repeats what stands where a secret may stand', async () => {
    const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
    const shapes: ((value: string) => unknown)[] = [
      (value) => value,
      (value) => ({ $secret: value }),
      (value) => ({ $secret: `env:${value}` }),
      (value) => ({ $secret: `key:${value}` }),
      (value) => ({ $secret: 'env:X', encoding: value }),
      (value) => ({ $secret: [value] }),
      (value) => ({ $secret: { value } }),
      (value) => [value],
      (value) => ({ value: [{ value }] }),
    ];
    let count = 0;
    for (const source of sources) {
      const plan = JSON.parse(source) as { destination: { auth?: { params: object } } };
      const places = [
        ['destination', 'auth', 'params'],
        ...Object.keys(plan.destination.auth?.params ?? {}).map((name) => [
          'destination',
          'auth',
          'params',
          name,
        ]),
      ];
      for (const place of places)
        for (const shape of shapes) {
          const said = await saidOf(JSON.stringify(withAt(plan, place, shape(secret))));
          expect(said).not.toContain(secret.slice(0, 8));
          count++;
        }
      // A landing zone has none.
      if (!source.includes('"env:')) continue;
      // Where the document is none, the place is told and not what stands there.
      const torn = source.replace(/"env:[^"]*"/, secret);
      expect(torn).toContain(secret);
      expect(await saidOf(torn)).not.toContain(secret.slice(0, 8));
    }
    expect(count).toBeGreaterThan(400);
  });
});
