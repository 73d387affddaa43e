import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activation } from '../../source/activation/activation.ts';
import { ofFlow } from '../../source/activation/of-flow.ts';
import { ofPlan } from '../../source/activation/of-plan.ts';
import { changesOf } from '../../source/activation/change/changes.ts';
import { textOf } from '../../source/activation/difference.ts';
import { type Conflict, merge } from '../../source/activation/change/merge.ts';
import { holds, open } from '../../source/activation/change/still-open.ts';
import { empties, aim } from '../../source/activation/change/aim.ts';
import { type Extras, patchOf } from '../../source/activation/change/patch.ts';
import { attributeOf, type Plan } from '../../source/activation/plan/plan.ts';
import { isBeyond } from '../../source/activation/sayable.ts';
import { targetPatchOf } from '../../source/activation/change/target-patch.ts';
import { flowOf, type Json, patchedWith, read, twoPlans } from '../helpers/flows.ts';
import { flowAsReturned, mountainBiking, tutorialPlan } from '../helpers/plans.ts';
import { runs } from '../helpers/soak.ts';

const about = { flow: 'ca5c6e9a-8559-4a08-97a5-f15b756da600' };
const anyChange = twoPlans.chain(([before, wanted]) =>
  fc.record({ held: flowOf(before), wanted: fc.constant({ ...wanted, ...about }) }),
);
const of = (held: Json): Activation => ofFlow(read(held));
/** What is there once a patch to an activation has been applied. */
const becomes = (held: Json, aimed: Activation): Json =>
  patchedWith(held, patchOf(aimed, read(held), 'prune'));

type Selector = { value: Record<string, unknown> };
const selectorsIn = (held: Json): Selector[] =>
  (
    held as { transformations?: { params?: { segmentSelectors?: { selectors?: Selector[] } } }[] }
  ).transformations?.flatMap(({ params }) => params?.segmentSelectors?.selectors ?? []) ?? [];
const withoutRaw = <Of extends object>(one: Of): Of => ({ ...one, raw: undefined });

describe('what a dataflow is to become', () => {
  it.each<Extras>(['keep', 'prune'])('needs the patch that the plan needs (%s)', (extras) => {
    fc.assert(
      fc.property(anyChange, ({ held, wanted }) => {
        const asked = ofPlan(wanted);
        const aimed = aim(asked, of(held), extras);
        // What a dataflow holds twice is pruned by nobody.
        const after = patchedWith(held, patchOf(extras === 'prune' ? aimed : asked, read(held), extras));
        expect(open(aimed, of(after))).toEqual([]);
        expect(open(aimed, of(becomes(held, aimed)))).toEqual([]);
        expect(holds(open(aimed, of(held)), aimed, of(after))).toBe(true);
        // Only what is extra is left of what the plan asks for, and nothing of it when it is pruned.
        const left = open(asked, of(after)).filter(({ kind }) => kind !== 'extra' && kind !== 'reordered');
        expect(left).toEqual([]);
        const now = of(after);
        const isUntold = isBeyond(now, asked);
        if (extras === 'prune') expect(open(asked, now).filter((one) => !isUntold(one))).toEqual([]);
      }),
      { numRuns: runs(200, 25) },
    );
  });

  it.each([
    ['a plan, which need not say it', undefined, 'held'],
    ['a dataflow, which would', {}, undefined],
  ])('is of who it was where that is told by %s', (_, raw, wanted) => {
    const all = ofFlow(flowAsReturned({ ...tutorialPlan, ...about }));
    const from = (of: 'held' | undefined, raw: unknown): Activation => ({
      ...all,
      segments: {
        ...all.segments,
        items: all.segments.items.map((one) => ({ ...one, namespace: of, systemSegmentId: of, raw })),
      },
    });
    const [segment] = aim(from(undefined, raw), from('held', {}), 'prune').segments.items;
    expect([segment?.namespace, segment?.systemSegmentId]).toEqual([wanted, wanted]);
  });

  it('is not there before, when there is something to be done', () => {
    fc.assert(
      fc.property(anyChange, ({ held, wanted }) => {
        const aimed = aim(ofPlan(wanted), of(held), 'prune');
        const change = open(aimed, of(held));
        fc.pre(change.length > 0);
        expect(holds(change, aimed, of(held))).toBe(false);
        expect(changesOf(ofPlan(wanted), aimed, of(held))).toHaveLength(change.length);
      }),
      { numRuns: runs(100, 13) },
    );
  });
});

describe('two changes of one dataflow', () => {
  it('come to yours where they did nothing, to theirs where you did nothing, and back', () => {
    fc.assert(
      fc.property(anyChange, ({ held, wanted }) => {
        const before = of(held);
        const aimed = aim(ofPlan(wanted), before, 'prune');
        const mine = merge(before, before, aimed);
        if (mine.kind === 'conflict') throw new Error(JSON.stringify(mine.conflicts));
        expect(open(aimed, of(becomes(held, mine.activation)))).toEqual([]);

        const after = becomes(held, aimed);
        const none = merge(before, of(after), before);
        if (none.kind === 'conflict') throw new Error(JSON.stringify(none.conflicts));
        expect(patchOf(none.activation, read(after), 'prune')).toEqual([]);

        // The way back, as an undo goes it.
        const back = merge(aimed, of(after), before);
        if (back.kind === 'conflict') throw new Error(JSON.stringify(back.conflicts));
        expect(open(before, of(becomes(after, back.activation)))).toEqual([]);
      }),
      { numRuns: runs(200, 25) },
    );
  });

  it('never lose what the other has brought, and say who does not agree', () => {
    fc.assert(
      fc.property(anyChange, twoPlans, ({ held, wanted }, [, other]) => {
        const before = of(held);
        const mine = aim(ofPlan(wanted), before, 'keep');
        const others = aim(ofPlan({ ...other, ...about }), before, 'keep');
        const theirs = becomes(held, others);
        const merged = merge(before, of(theirs), mine);
        if (merged.kind === 'conflict') {
          // Whoever says so can show that all three differ.
          for (const { before: was, theirs: is, yours } of merged.conflicts)
            expect(new Set([was, is, yours]).size).toBe(3);
          return;
        }
        const now = of(becomes(theirs, merged.activation));
        expect(holds(open(mine, before), mine, now)).toBe(true);
        expect(holds(open(others, before), others, now)).toBe(true);
      }),
      { numRuns: runs(200, 25) },
    );
  });

  it('take out nothing that the other has put something on, unseen', () => {
    fc.assert(
      fc.property(anyChange, fc.boolean(), ({ held, wanted }, isRead) => {
        const before = of(held);
        const mine = aim(ofPlan(wanted), before, 'prune');
        const theirs = structuredClone(held);
        for (const { raw } of before.segments.items)
          for (const one of selectorsIn(theirs)) if (isDeepStrictEqual(one, raw)) one.value['theirs'] = 1;
        const count = JSON.stringify(theirs).split('"theirs"').length;
        // What was only sent is not known by what the platform holds of it.
        const unread = { ...before.segments, items: before.segments.items.map(withoutRaw) };
        const seen = isRead ? before : { ...before, segments: unread };
        const merged = merge(seen, of(theirs), mine);
        if (merged.kind === 'conflict') return;
        expect(JSON.stringify(becomes(theirs, merged.activation)).split('"theirs"')).toHaveLength(count);
      }),
      { numRuns: runs(200, 25) },
    );
  });

  it.each<[string, object, object | undefined, boolean]>([
    ['a member that is new', { theirs: 1 }, {}, true],
    ['another value of one', { theirs: 2 }, { theirs: 1 }, true],
    ['one that is gone', {}, { theirs: 1 }, true],
    ['a selector that has come anew', { createTime: '2' }, { createTime: '1' }, true],
    ['nothing', { theirs: { b: 1, a: null } }, { theirs: { a: null, b: 1 } }, false],
    ['nothing where it says null', { theirs: null }, {}, false],
    ['nothing by the time of a change', { updateTime: '2' }, { updateTime: '1' }, false],
    ['a member on what was only sent', { theirs: 1 }, undefined, true],
    [
      'what the platform puts on that',
      { createTime: '1', updateTime: '2', description: '' },
      undefined,
      false,
    ],
  ])('tell of a segment that you take out: %s', (_, now, seen, isConflict) => {
    const segment = (more: object): Activation['segments'] => ({
      at: [],
      items: ofFlow(flowAsReturned(plan)).segments.items.map((one) => ({
        ...one,
        raw: { type: one.type, value: { id: one.id, ...more } },
      })),
    });
    const all = found();
    const before = {
      ...all,
      segments: seen ? segment(seen) : { ...all.segments, items: all.segments.items.map(withoutRaw) },
    };
    const yours = { ...all, segments: { ...all.segments, items: [] } };
    expect(merge(before, { ...all, segments: segment(now) }, yours).kind).toBe(
      isConflict ? 'conflict' : 'merged',
    );
  });

  it.each<[string, string, string, string, string | undefined]>([
    ['yours, where they did nothing', 'A', 'A', 'B', 'B'],
    ['theirs, where you did nothing', 'A', 'B', 'A', 'B'],
    ['both, where they agree', 'A', 'B', 'B', 'B'],
    ['nobody’s, where they do not', 'A', 'B', 'C', undefined],
  ])('make of the type of a segment %s', (_, was, is, shall, wanted) => {
    const all = found();
    const typed = (type: string): Activation => ({
      ...all,
      segments: { ...all.segments, items: all.segments.items.map((one) => ({ ...one, type })) },
    });
    const merged = merge(typed(was), typed(is), typed(shall));
    expect(
      merged.kind === 'merged'
        ? new Set(merged.activation.segments.items.map(({ type }) => type))
        : undefined,
    ).toEqual(wanted === undefined ? undefined : new Set([wanted]));
  });

  it.each<[string, unknown, unknown, boolean]>([
    ['mapped otherwise', { path: 'a', mapping: 1 }, { path: 'a', mapping: 2 }, true],
    ['as it was', { path: 'a', mapping: 1 }, { path: 'a', mapping: 1 }, false],
    ['only sent', undefined, { path: 'a', mapping: 2 }, false],
  ])('tell of a column that you take out: %s', (_, seen, now, isConflict) => {
    const all = found();
    const column = (value: unknown) => ({
      ...all,
      columns: { at: [], items: [{ name: 'a', at: [], value }] },
    });
    const yours = { ...all, columns: { at: [], items: [] } };
    expect(merge(column(seen), column(now), yours).kind).toBe(isConflict ? 'conflict' : 'merged');
    // A set has another line in each version.
    const inSet = { ...column(now), hasSet: true };
    expect(merge(column(seen), inSet, { ...yours, hasSet: true }).kind).toBe('merged');
  });

  const plan = { ...tutorialPlan, ...about };
  const [first, second] = plan.segments;
  if (!first || !second) throw new Error('a tutorial without segments');
  const found = (change: Partial<Plan> = {}): Activation => ofFlow(flowAsReturned({ ...plan, ...change }));
  const at = (startTime: string) => ({ ...first, schedule: { ...first.schedule, startTime } });
  const selected = (...paths: string[]): Partial<Plan> => ({
    attributes: { ...plan.attributes, selected: paths },
  });

  it.each<[string, Partial<Plan>, Partial<Plan>, Conflict[]]>([
    [
      'the time of a segment',
      { segments: [at('18:00'), second] },
      { segments: [at('19:00'), second] },
      [
        {
          part: 'segment',
          subject: mountainBiking,
          name: first.name,
          member: 'startTime',
          before: '17:00',
          theirs: '18:00',
          yours: '19:00',
        },
      ],
    ],
    [
      'a segment that one takes out and the other changes',
      { segments: [second] },
      { segments: [at('19:00'), second] },
      [
        {
          part: 'segment',
          subject: mountainBiking,
          name: first.name,
          before:
            'PLATFORM_SEGMENT, DAILY_FULL_EXPORT, ONCE, SCHEDULED, 2021-12-20, 17:00, ' +
            first.filenameTemplate,
          theirs: undefined,
          yours:
            'PLATFORM_SEGMENT, DAILY_FULL_EXPORT, ONCE, SCHEDULED, 2021-12-20, 19:00, ' +
            first.filenameTemplate,
        },
      ],
    ],
    [
      'the name',
      { name: 'Theirs' },
      { name: 'Yours' },
      [{ part: 'name', subject: 'name', before: plan.name, theirs: 'Theirs', yours: 'Yours' }],
    ],
    [
      'the order of columns',
      selected(...plan.attributes.selected.map(attributeOf), 'person.gender'),
      selected(...plan.attributes.selected.map(attributeOf).reverse()),
      [
        {
          part: 'column',
          subject: '$.attributes.selected',
          before: plan.attributes.selected.join(', '),
          theirs: [...plan.attributes.selected, 'person.gender'].join(', '),
          yours: [...plan.attributes.selected].reverse().join(', '),
        },
      ],
    ],
  ])('do not agree about %s', (_, theirs, yours, conflicts) => {
    const merged = merge(found(), found(theirs), aim(ofPlan({ ...plan, ...yours }), found(), 'prune'));
    expect(merged).toEqual({ kind: 'conflict', conflicts });
  });

  it('of two members of one segment are both in what comes of it', () => {
    const theirs = found({ segments: [at('18:00'), second] });
    const yours = { ...plan, segments: [{ ...first, filenameTemplate: '%SEGMENT_ID%' }, second] };
    const merged = merge(found(), theirs, aim(ofPlan(yours), found(), 'prune'));
    expect(merged).toMatchObject({
      kind: 'merged',
      activation: {
        segments: { items: [{ settings: { startTime: '18:00', filenameTemplate: '%SEGMENT_ID%' } }, {}] },
      },
    });
  });
});

describe('a change that empties', () => {
  const held = (count: number): Activation =>
    ofFlow(
      flowAsReturned({
        ...tutorialPlan,
        segments: Array.from({ length: count }, (_, index) => ({
          ...(tutorialPlan.segments[0] as Plan['segments'][number]),
          id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
        })),
      }),
    );
  it.each([
    [12, 12, true],
    [1, 1, true],
    [0, 0, false],
    [4, 7, false],
    [5, 10, false],
    [5, 9, true],
    [6, 11, true],
    [4, 4, true],
  ])('takes %i of %i segments: %s', (leaving, all, isEmptying) => {
    const found = held(all);
    const aimed = { ...found, segments: { ...found.segments, items: found.segments.items.slice(leaving) } };
    expect(empties(aimed, found)).toBe(isEmptying);
  });
});

/** JSON knows one zero. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

describe('where a dataflow is to store', () => {
  const params = {
    mode: 'S3',
    bucketName: 'b',
    path: 'daily',
    csvOptions: { delimiter: ',', quote: '"' },
    port: 22,
  };
  const place = (held: object, account = 'a'): Activation =>
    ofFlow(flowAsReturned(tutorialPlan), {
      target: { baseConnectionId: account, params: { ...params, ...held } },
    });

  it('is changed param by param, never all of them', () => {
    const wanted = place(
      { path: 'weekly', csvOptions: { delimiter: ';' }, port: 22, includeFileManifest: true },
      'B',
    );
    expect(targetPatchOf(aim(wanted, place({}), 'keep'), place({}))).toEqual([
      { op: 'replace', path: '/baseConnectionId', value: 'B' },
      { op: 'replace', path: '/params/path', value: 'weekly' },
      { op: 'replace', path: '/params/csvOptions/delimiter', value: ';' },
      { op: 'add', path: '/params/includeFileManifest', value: true },
    ]);
    expect(targetPatchOf(aim(wanted, place({}), 'prune'), place({}))).toContainEqual({
      op: 'remove',
      path: '/params/csvOptions/quote',
    });
  });

  it.each<[string, unknown, unknown, boolean]>([
    ['a number and its digits', 22, '22', true],
    ['a truth and its word', true, 'true', true],
    ['nothing and its word', null, 'null', true],
    ['a list and how it is written', ['a'], '["a"]', true],
    ['an object and how it is written', { a: 1 }, '{"a":1}', true],
    ['a text and how it is written', 'a', '"a"', true],
    ['numbers of a list and their digits', [1], ['1'], true],
    ['an object of a list and the same in another order', [{ a: 1, b: 2 }], [{ b: 2, a: 1 }], false],
    ['a list in another order', [1, 2], [2, 1], true],
    ['nothing and what is not there', null, undefined, false],
    ['an empty text and what is not there', '', undefined, true],
  ])('tells %s apart, as they are different: %j, %j', (_, one, other, isOther) => {
    for (const [held, wanted] of [
      [one, other],
      [other, one],
    ]) {
      const [found, asked] = [place({ more: held }), place({ more: wanted })];
      const aimed = aim(asked, found, 'prune');
      expect(open(asked, found).length > 0).toBe(isOther);
      expect(targetPatchOf(aimed, found).length > 0).toBe(isOther);
      expect(merge(found, found, aimed)).toMatchObject({ kind: 'merged' });
      expect(textOf(held) === textOf(wanted)).toBe(!isOther);
    }
  });

  it('gives no two values one text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.boolean(), (one, other, isWritten) => {
        const second = isWritten ? JSON.stringify(one) : other;
        fc.pre(one !== null && second !== null);
        expect(textOf(one) === textOf(second)).toBe(isDeepStrictEqual(plain(one), plain(second)));
      }),
      { numRuns: runs(500, 63) },
    );
  });

  it('is left alone where it is so', () => {
    expect(targetPatchOf(place({}, 'A'), place({}))).toEqual([]);
  });
});
