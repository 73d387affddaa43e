import fc from 'fast-check';
import { applyPatch, type Operation } from 'rfc6902';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { type Flow, flow, type PatchOperation } from '../../source/flow-service/flows.ts';
import { soundPlan } from './plans.ts';

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Members that ferry has never heard of, some with names that every object answers to. */
const unheardOf: fc.Arbitrary<{ [name: string]: Json }> = fc
  .dictionary(
    fc.constantFrom(
      'x-one',
      'x-two',
      'constructor',
      'toString',
      'hasOwnProperty',
      'enrichmentInfo',
      'operator',
    ),
    fc.oneof(
      fc.string(),
      fc.integer(),
      fc.constant(null),
      fc.constant<Json>([{ deep: true }]),
      fc.constant({}),
    ),
    { maxKeys: 3 },
  )
  .map((members) => ({ ...members }));

const maybe = <Value>(value: Value): fc.Arbitrary<Value | undefined> => fc.constantFrom(value, undefined);

/** A selector as a server writes it: absent may be `null`, a time has seconds, there is more than was sent. */
const selectorOf = (segment: Plan['segments'][number]): fc.Arbitrary<Json> =>
  fc
    .tuple(unheardOf, unheardOf, unheardOf, fc.boolean(), fc.boolean())
    .map(([outer, inner, innermost, hasNulls, hasSeconds]) => {
      const { schedule, ...members } = segment;
      const { startTime } = schedule;
      return json({
        ...outer,
        type: 'PLATFORM_SEGMENT',
        value: {
          ...inner,
          ...members,
          id: hasNulls ? segment.id.toUpperCase() : segment.id,
          schedule: {
            ...innermost,
            ...(hasNulls ? { endDate: null, triggerType: null } : {}),
            ...schedule,
            ...(hasSeconds && startTime !== undefined ? { startTime: `${startTime}:00` } : {}),
          },
          createTime: '1640016962',
        },
      });
    });

const json = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

/** A dataflow that holds a plan, as any server might have it, with things in it that nobody asked for. */
export const flowOf = (plan: Plan): fc.Arbitrary<Json> => {
  const { selected, mandatory, deduplication } = plan.attributes;
  return fc
    .record({
      segments: fc
        .tuple(
          fc.shuffledSubarray(plan.segments, { minLength: plan.segments.length }),
          fc.subarray(plan.segments),
        )
        .chain(([all, twice]) => fc.tuple(...[...all, ...twice].map(selectorOf))),
      columns: fc
        .tuple(
          fc.shuffledSubarray(selected, { minLength: selected.length }),
          fc.subarray(selected, { maxLength: 1 }),
        )
        .chain(([all, twice]) =>
          fc.tuple(
            ...[...all, ...twice].map((path) =>
              fc
                .tuple(unheardOf, unheardOf)
                .map(([outer, inner]) => json({ ...outer, type: 'JSON_PATH', value: { ...inner, path } })),
            ),
          ),
        ),
      whole: fc.record({
        mandatoryFields: maybe(mandatory),
        primaryFields: fc
          .tuple(unheardOf, fc.boolean())
          .map(([more, isThere]) =>
            isThere ? deduplication.map((key) => ({ ...more, ...key })) : undefined,
          ),
      }),
      isBeside: fc.boolean(),
      params: unheardOf,
      others: fc.array(
        unheardOf.map((params): object => ({ name: 'Other', params })),
        { maxLength: 2 },
      ),
      home: fc.nat(2),
      members: unheardOf,
      description: fc.constantFrom(
        undefined,
        null,
        '',
        'By hand',
        'ferry run 1',
        'By hand · ferry run 40fcb632',
      ),
    })
    .map(({ segments, columns, whole, isBeside, params, others, home, members, description }) => {
      const general = {
        name: 'GeneralTransform',
        params: {
          ...params,
          segmentSelectors: { ...params, selectors: segments },
          profileSelectors: { selectors: columns, ...(isBeside ? {} : whole) },
          ...(isBeside ? whole : {}),
        },
      };
      return json({
        ...members,
        id: 'ca5c6e9a-8559-4a08-97a5-f15b756da600',
        name: plan.name,
        ...(description === undefined ? {} : { description }),
        state: 'enabled',
        transformations: others.toSpliced(home, 0, general),
      });
    });
};

/** Two plans that have some segments and columns in common, set otherwise. */
export const twoPlans: fc.Arbitrary<[Plan, Plan]> = fc
  .tuple(soundPlan, soundPlan, fc.nat(3), fc.nat(8))
  .map(([one, other, segments, columns]) => {
    const [fresh] = other.segments;
    const shared = one.segments
      .slice(0, segments)
      .map((segment, index) => (index > 0 && fresh ? { ...fresh, id: segment.id } : segment));
    const selected = [
      ...new Set([...other.attributes.selected, ...one.attributes.selected.slice(0, columns)]),
    ];
    return [
      one,
      {
        ...other,
        segments: [...other.segments, ...shared],
        attributes: { ...other.attributes, selected: columns % 2 === 0 ? selected : selected.reverse() },
      },
    ];
  });

export const read = (held: Json): Flow => flow.parse(structuredClone(held));

/** What a server makes of a patch; throws where it cannot be applied. */
export function patchedWith(held: Json, patch: readonly PatchOperation[]): Json {
  const after = structuredClone(held);
  const errors = applyPatch(after, json(patch) as unknown as Operation[]);
  const wrong = errors.find((error) => error !== null);
  if (wrong) throw wrong;
  return after;
}
