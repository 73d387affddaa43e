import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activation } from '../../source/activation/activation.ts';
import { ofFlow } from '../../source/activation/of-flow.ts';
import { ofPlan } from '../../source/activation/of-plan.ts';
import { changesOf, rescheduled } from '../../source/activation/change/changes.ts';
import { open } from '../../source/activation/change/still-open.ts';
import { aim } from '../../source/activation/change/aim.ts';
import { patchOf } from '../../source/activation/change/patch.ts';
import { attributeOf, type Plan } from '../../source/activation/plan/plan.ts';
import { readPlan } from '../../source/activation/plan/read-plan.ts';
import { type FlowReading, planOfFlow, unsaidMembers } from '../../source/activation/plan-of-flow.ts';
import { compare } from '../../source/activation/report.ts';
import { difference } from '../../source/activation/difference.ts';
import { besidePlan, isBeyond } from '../../source/activation/sayable.ts';
import { settingNames, withSettings } from '../../source/activation/settings.ts';
import { catalog } from '../../source/activation/spec/catalog.ts';
import { parseMarked } from '../../source/flow-service/clean.ts';
import { readAgain } from '../../source/flow-service/flows.ts';
import { newerPlan } from '../helpers/newer-plan.ts';
import type { Connection } from '../../source/flow-service/connections.ts';
import { flowOf, type Json, read } from '../helpers/flows.ts';
import { soundPlan, tutorialPlan } from '../helpers/plans.ts';
import { runs } from '../helpers/soak.ts';

const account = 'cafe0000-0000-4000-8000-00000000cafe';
const targetOf = ({ destination }: Plan): Connection => ({
  id: '54d575d8-43c9-4d3d-aec5-b033e4189f4a',
  connectionSpec: { id: destination.connectionSpecId },
  baseConnectionId: account,
  params: destination.location,
});

function pulled(held: Json, target: Connection): Extract<FlowReading, { kind: 'plan' }> {
  const reading = planOfFlow({ flow: read(held), target }, 'dev');
  if (reading.kind !== 'plan') throw new Error(reading.why);
  return reading;
}

/** A dataflow of the tutorial's plan, with what a test wants to be otherwise. */
const tutorialFlow = (change: (params: Members, flow: Members) => void): Json => {
  const [held] = fc.sample(flowOf({ ...tutorialPlan, segments: [...tutorialPlan.segments] }), {
    numRuns: 1,
    seed: 7,
  }) as [Members];
  const params = {
    segmentSelectors: {
      selectors: tutorialPlan.segments.map((one) => ({ type: 'PLATFORM_SEGMENT', value: one })),
    },
    profileSelectors: {
      selectors: tutorialPlan.attributes.selected.map((path) => ({ type: 'JSON_PATH', value: { path } })),
      mandatoryFields: tutorialPlan.attributes.mandatory,
      primaryFields: tutorialPlan.attributes.deduplication,
    },
  } as unknown as Members;
  const flow: Members = {
    id: held['id'] ?? null,
    name: 'By hand',
    transformations: [{ name: 'GeneralTransform', params }],
  };
  const copy = structuredClone(flow);
  const [home] = copy['transformations'] as [{ params: Members }];
  change(home.params, copy);
  return copy;
};
type Members = { [name: string]: Json };
const listIn = (params: Members, holder: string, list: string): Json[] =>
  (params[holder] as Members)[list] as Json[];

const beside = (found: Activation, wanted: Activation): ReturnType<typeof besidePlan> =>
  besidePlan(found, difference(wanted, found), isBeyond(found, wanted));

describe('a plan of a dataflow', () => {
  it('has nothing to tell of a segment that has every setting', () => {
    const all = Object.fromEntries(settingNames.map((name) => [name, 'x']));
    const value = withSettings({ id: 'a', systemSegmentId: 'b', namespace: 'c', name: 'd' }, all);
    const params = { segmentSelectors: { selectors: [{ type: 'PLATFORM_SEGMENT', value }] } };
    expect(unsaidMembers({ transformations: [{ name: 'GeneralTransform', params }] })).toEqual([]);
  });

  it('names what stands beside everything that a dataflow is known to have, and a change leaves it', () => {
    const held = tutorialFlow((_, flow) => {
      flow['governance'] = { owner: 'crm' };
      flow['policy'] = { enforcementRefs: [], note: 'kept' };
      flow['retention'] = null;
      flow['lastRunDetails'] = { state: 'success' };
      flow['createdClient'] = 'exc_app';
    });
    Object.defineProperty(held, '__proto__', { value: { x: 1 }, enumerable: true });
    const { plan, unsaid } = pulled(held, targetOf(tutorialPlan));
    expect(unsaid.map(({ what, subject, path }) => [what, subject, path])).toEqual([
      ['member', 'governance', '$.governance'],
      ['member', '__proto__', '$.__proto__'],
      ['member', 'note', '$.policy.note'],
    ]);
    const found = ofFlow(read(held), { target: targetOf(tutorialPlan) });
    const aimed = aim(ofPlan({ ...plan, name: 'Another' }), found, 'prune');
    const ways = patchOf(aimed, read(held), 'prune').map(({ op, path }) => `${op} ${path}`);
    expect(ways).toEqual(['replace /name']);
  });

  it('is sound, holds what the dataflow holds, and is the same each time', () => {
    fc.assert(
      fc.property(
        soundPlan.chain((plan) => fc.tuple(fc.constant(plan), flowOf(plan))),
        ([made, held]) => {
          const target = targetOf(made);
          const { plan } = pulled(held, target);
          expect(readPlan(JSON.stringify(plan))).toMatchObject({ kind: 'plan' });
          expect(JSON.stringify(plan)).not.toContain('$secret');
          expect(plan).toMatchObject({ flow: 'ca5c6e9a-8559-4a08-97a5-f15b756da600', sandbox: 'dev' });
          expect(plan.destination.baseConnectionId).toBe(account);
          const backwards = {
            ...target,
            params: Object.fromEntries(Object.entries(target.params ?? {}).reverse()),
          };
          expect(JSON.stringify(pulled(held, backwards).plan)).toBe(JSON.stringify(plan));
          const found = ofFlow(read(held), { target });
          // What stands in a list twice is told, and a plan cannot say it.
          const left = open(ofPlan(plan), found).filter(({ kind }) => kind !== 'extra');
          expect(left).toEqual([]);
          // But a segment that is exported twice makes other files than the plan.
          const twice = found.segments.items.length - plan.segments.length;
          for (const extras of ['keep', 'prune'] as const) {
            const aimed = aim(ofPlan(plan), found, extras);
            const kinds = changesOf(ofPlan(plan), aimed, found).map(({ kind }) => kind);
            expect(kinds).toEqual(Array<string>(twice).fill(extras === 'keep' ? 'kept' : 'removed'));
            const ops = patchOf(aimed, read(held), 'prune').map(({ op }) => op);
            expect(ops).toEqual(Array<string>(extras === 'keep' ? 0 : twice).fill('remove'));
          }
          expect(compare(plan, read(held), {}, { target }).isVerified).toBe(twice === 0);
          expect(new Set(plan.segments.map(({ id }) => id.toLowerCase()))).toEqual(
            new Set(made.segments.map(({ id }) => id.toLowerCase())),
          );
          expect(new Set(plan.attributes.selected)).toEqual(new Set(made.attributes.selected));
        },
      ),
      { numRuns: runs(200, 25) },
    );
  });

  /** Pieces of names that somebody may have given by hand. */
  const piece = fc.constantFrom(
    ...[
      'person',
      '.',
      'name',
      'identityMap.',
      'a',
      ' ',
      '\n',
      '\r',
      '\t',
      '\u2028',
      '\u200b',
      '\u202e',
      '\ud800',
    ],
    ...[
      "upper('",
      ')',
      "array_to_string('",
      "', ",
      '[0]',
      '//.',
      '\ufffd',
      '"',
      '\\',
      '__proto__',
      '${',
      '→',
      '',
    ],
  );
  const name = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));

  it('is one, whatever its columns, keys and segments are called', () => {
    fc.assert(
      fc.property(
        fc.array(name, { minLength: 1, maxLength: 3 }),
        name,
        fc.boolean(),
        (names, other, hasSet) => {
          const { connectionSpecId } = (hasSet ? newerPlan : tutorialPlan).destination;
          const held = tutorialFlow((params) => {
            for (const path of names) {
              listIn(params, 'profileSelectors', 'selectors').push({ type: 'JSON_PATH', value: { path } });
              listIn(params, 'profileSelectors', 'mandatoryFields').push(path);
              listIn(params, 'profileSelectors', 'primaryFields').push(
                { fieldType: 'ATTRIBUTE', attributePath: path },
                { fieldType: 'IDENTITY', identityNamespace: path },
              );
            }
            const [first] = listIn(params, 'segmentSelectors', 'selectors') as [{ value: Members }];
            Object.assign(first.value, { name: other, namespace: `x${other}`, systemSegmentId: `x${other}` });
            if (hasSet) params['profileMapping'] = { mappingId: 's', mappingVersion: 0 };
          });
          const line = (raw: { source: string; destination: string }) => {
            const sourceType = raw.source.includes('(') ? 'EXPRESSION' : 'ATTRIBUTE';
            return { sourceType, ...(parseMarked(JSON.stringify(raw)) as typeof raw), raw };
          };
          const lines = names.flatMap((one) => [
            line({ source: one, destination: 'A' }),
            line({ source: 'person.gender', destination: one }),
          ]);
          const target = { ...targetOf(tutorialPlan), connectionSpec: { id: connectionSpecId } };
          const set = hasSet ? { id: 's', version: 0, lines } : undefined;
          const reading = planOfFlow({ flow: readAgain(held), target, set }, 'dev');
          if (reading.kind !== 'plan') throw new Error(reading.why);
          expect(readPlan(JSON.stringify(reading.plan))).toMatchObject({ kind: 'plan' });
          const listed = [
            reading.plan.attributes,
            reading.plan.segments.map((one) => ({ ...one, name: '' })),
          ];
          expect(JSON.stringify(listed)).not.toContain('\ufffd');
          const found = ofFlow(readAgain(held), { target, set });
          expect(changesOf(ofPlan(reading.plan), aim(ofPlan(reading.plan), found, 'prune'), found)).toEqual(
            [],
          );
        },
      ),
      { numRuns: runs(1000, 125) },
    );
  });

  it('leaves what is calculated otherwise where it stands', () => {
    const held = tutorialFlow((params) => {
      delete params['profileSelectors'];
      Object.assign(params, {
        mandatoryFields: [],
        primaryFields: [],
        profileMapping: { mappingId: 's', mappingVersion: 0 },
      });
    });
    const sources = ['person.gender', 'size_of(a)', 'a[-1]', 'a[0]', "array_to_string('_', a)"];
    const lines = sources.map((source, index) => ({
      sourceType: source.includes('(') ? 'EXPRESSION' : 'ATTRIBUTE',
      source,
      destination: `c${index}`,
    }));
    const target = targetOf(newerPlan);
    const set = { id: 's', version: 0, lines };
    const reading = planOfFlow({ flow: read(held), target, set }, 'dev');
    if (reading.kind !== 'plan') throw new Error(reading.why);
    const { plan, unsaid } = reading;
    expect(plan.attributes.selected.map(attributeOf)).toEqual([sources[0], sources[3], sources[4]]);
    expect(unsaid.map(({ what, subject }) => `${what} ${subject}`)).toEqual([
      'column size_of(a) → c1',
      'column a[-1] → c2',
    ]);
    const found = ofFlow(read(held), { target, set });
    const selected = [...plan.attributes.selected.slice(0, 2), { path: 'person.name.lastName', column: 'L' }];
    const wanted = ofPlan({ ...plan, attributes: { ...plan.attributes, selected } });
    const aimed = aim(wanted, found, 'prune').columns.items;
    expect(aimed.map(({ value }) => (value as { source: string }).source)).toEqual([
      ...sources.slice(0, 4),
      'person.name.lastName',
    ]);
  });

  it.each<[string, (params: Members, flow: Members) => void, object]>([
    [
      'another transformation',
      (_params, flow) => {
        (flow['transformations'] as Json[]).push({ name: 'EnrichmentTransform', params: { score: ['a'] } });
      },
      { what: 'transformation', subject: 'EnrichmentTransform', path: '$.transformations[1]' },
    ],
    [
      'a member of its segments',
      (params) => {
        for (const one of listIn(params, 'segmentSelectors', 'selectors'))
          ((one as Members)['value'] as Members)['audienceOrigin'] = 'x';
      },
      { what: 'member', subject: 'audienceOrigin', count: 2 },
    ],
    [
      'a member of a selector itself',
      (params) => {
        for (const one of listIn(params, 'segmentSelectors', 'selectors'))
          (one as Members)['origin'] = { of: ['x'] };
      },
      {
        what: 'member',
        subject: 'origin',
        count: 2,
        path: '$.transformations[0].params.segmentSelectors.selectors[0].origin',
      },
    ],
    [
      'a member of a column itself',
      (params) => {
        const [, second] = listIn(params, 'profileSelectors', 'selectors') as [unknown, Members];
        second['isHidden'] = false;
      },
      {
        what: 'member',
        subject: 'isHidden',
        path: '$.transformations[0].params.profileSelectors.selectors[1].isHidden',
      },
    ],
    [
      'a member of a key',
      (params) => {
        const [first] = listIn(params, 'profileSelectors', 'primaryFields') as [Members];
        first['order'] = 1;
      },
      {
        what: 'member',
        subject: 'order',
        path: '$.transformations[0].params.profileSelectors.primaryFields[0].order',
      },
    ],
    [
      'a member of the transformation itself',
      (_params, flow) => {
        const [first] = flow['transformations'] as [Members];
        first['version'] = 2;
      },
      { what: 'member', subject: 'version', path: '$.transformations[0].version' },
    ],
    [
      'a member beside its selectors',
      (params) => {
        params['enrichmentAttributes'] = { audience: ['score'] };
      },
      {
        what: 'member',
        subject: 'enrichmentAttributes',
        path: '$.transformations[0].params.enrichmentAttributes',
      },
    ],
    [
      'a mapping of attributes that a migration has left full',
      (params) => {
        Object.assign(params, {
          identityMapping: { mappings: [] },
          attributeMapping: { 'person.name': 'N' },
        });
      },
      { what: 'member', subject: 'attributeMapping', path: '$.transformations[0].params.attributeMapping' },
    ],
    [
      'a mapping of identities that a migration has left full',
      (params) => {
        Object.assign(params, { identityMapping: { mappings: [{ Email: '' }, 0] }, attributeMapping: {} });
      },
      { what: 'member', subject: 'identityMapping' },
    ],
    [
      'a mapping that stands in the dataflow itself',
      (_params, flow) => {
        flow['attributeMapping'] = { a: ['b'] };
      },
      { what: 'member', subject: 'attributeMapping', path: '$.attributeMapping' },
    ],
    [
      'a member beside the list of its segments',
      (params) => {
        (params['segmentSelectors'] as Members)['filter'] = 'x';
      },
      { what: 'member', subject: 'filter', path: '$.transformations[0].params.segmentSelectors.filter' },
    ],
    [
      'a member beside the list of its columns',
      (params) => {
        (params['profileSelectors'] as Members)['order'] = true;
      },
      { what: 'member', subject: 'order' },
    ],
    [
      'a segment of another type',
      (params) => {
        const [first] = listIn(params, 'segmentSelectors', 'selectors') as [Members];
        first['type'] = 'EXTERNAL_AUDIENCE';
      },
      { what: 'segment', subject: 'Interested in Mountain Biking' },
    ],
    [
      'a schedule that no plan may have',
      (params) => {
        const [first] = listIn(params, 'segmentSelectors', 'selectors') as [{ value: Members }];
        first.value['schedule'] = { frequency: 'WEEKLY', startDate: '2030-01-01', startTime: '06:00' };
      },
      { what: 'segment', subject: 'Interested in Mountain Biking' },
    ],
    [
      'a column that is meant otherwise',
      (params) => {
        listIn(params, 'profileSelectors', 'selectors').push({ type: 'MAP', value: { path: 'identityMap' } });
      },
      { what: 'column', subject: 'MAP identityMap' },
    ],
    [
      'an identity as a mandatory field',
      (params) => {
        listIn(params, 'profileSelectors', 'mandatoryFields').push('Email');
      },
      { what: 'mandatory', subject: 'Email' },
    ],
    [
      'a key of another type',
      (params) => {
        listIn(params, 'profileSelectors', 'primaryFields').push({
          fieldType: 'HASH',
          attributePath: 'person',
        });
      },
      { what: 'key', subject: 'HASH ' },
    ],
    [
      'a marketing action',
      (_params, flow) => {
        flow['policy'] = { enforcementRefs: ['/dulepolicy/marketingActions/custom/crm/constraints'] };
      },
      { what: 'marketing', subject: 'crm' },
    ],
  ])('names %s, which no change touches, nor a removal of all that is extra', (_name, change, told) => {
    const held = tutorialFlow(change);
    const target = targetOf(tutorialPlan);
    const { plan, unsaid } = pulled(held, target);
    expect(unsaid).toEqual([expect.objectContaining(told)]);
    const found = ofFlow(read(held), { target });
    const wanted = ofPlan(plan);
    for (const extras of ['keep', 'prune'] as const) {
      const aimed = aim(wanted, found, extras);
      expect(patchOf(aimed, read(held), 'prune')).toEqual([]);
      expect(changesOf(wanted, aimed, found)).toEqual([]);
    }
    const report = compare(plan, read(held), {}, { target });
    expect(report.rows.filter(({ mark }) => mark !== 'same')).toEqual([]);
    // It is never passed over in silence.
    const items = unsaid.filter(({ what }) => ['segment', 'column', 'mandatory', 'key'].includes(what));
    expect(report.beside ?? []).toEqual(items);
    expect(beside(found, wanted)).toEqual(items);
  });

  it('tells nothing beside it of what a plan names, or says no more than another way', () => {
    const held = tutorialFlow((params) => {
      const [first] = listIn(params, 'segmentSelectors', 'selectors') as [{ value: Members }];
      first.value['schedule'] = { frequency: 'WEEKLY', startDate: '2030-01-01', startTime: '06:00' };
      listIn(params, 'profileSelectors', 'mandatoryFields').push('CORE');
    });
    const plan = { ...tutorialPlan, flow: 'ca5c6e9a-8559-4a08-97a5-f15b756da600' };
    const told = [{ what: 'mandatory', subject: 'CORE' }];
    expect(beside(ofFlow(read(held)), ofPlan(plan))).toMatchObject(told);
    expect(compare(plan, read(held)).beside).toMatchObject(told);
    expect(compare(tutorialPlan, read(held)).beside).toBeUndefined();
  });

  it('of segments that are exported twice keeps the first, and a removal takes the others, the last one first', () => {
    const held = tutorialFlow((params) => {
      const selectors = listIn(params, 'segmentSelectors', 'selectors') as { value: Members }[];
      for (const { value } of [...selectors]) {
        const schedule = { ...(value['schedule'] as Members), startTime: '03:00' };
        selectors.push({ type: 'PLATFORM_SEGMENT', value: { ...value, schedule } } as never);
      }
    });
    const target = targetOf(tutorialPlan);
    const { plan } = pulled(held, target);
    const found = ofFlow(read(held), { target });
    const [wanted, pruned] = [ofPlan(plan), aim(ofPlan(plan), found, 'prune')];
    expect(patchOf(pruned, read(held), 'prune').map(({ op, path }) => `${op} ${path}`)).toEqual(
      [3, 2].map((at) => `remove /transformations/0/params/segmentSelectors/selectors/${at}`),
    );
    expect(rescheduled(pruned, found)).toEqual([]);
    expect(rescheduled(aim(wanted, found, 'keep'), found)).toEqual([]);
    const later = {
      ...plan,
      segments: plan.segments.map((one) => ({ ...one, schedule: { ...one.schedule, startTime: '05:00' } })),
    };
    const told = rescheduled(aim(ofPlan(later), found, 'prune'), found);
    expect(told.map(({ before, after }) => [before.startTime, after.startTime])).toEqual(
      plan.segments.map(({ schedule }) => [schedule.startTime, '05:00']),
    );
    const report = compare(plan, read(held), {}, { target });
    expect(report.rows.filter(({ mark }) => mark !== 'same')).toMatchObject(
      plan.segments.map(({ id }) => ({ section: 'segment', subject: id, mark: 'extra' })),
    );
  });

  it('has no end for a segment that is exported once, and one that is there is a difference to everybody', () => {
    const held = tutorialFlow((params) => {
      const [first] = listIn(params, 'segmentSelectors', 'selectors') as [{ value: Members }];
      Object.assign(first.value['schedule'] as Members, { endDate: '2022-01-01' });
    });
    const plan = { ...tutorialPlan, flow: 'ca5c6e9a-8559-4a08-97a5-f15b756da600', name: 'By hand' };
    const found = ofFlow(read(held));
    const told = changesOf(ofPlan(plan), aim(ofPlan(plan), found, 'keep'), found);
    const rows = compare(plan, read(held), {}, {}).rows.filter(({ mark, field }) => mark !== 'same' && field);
    expect(told.map(({ kind, before }) => [kind, before])).toEqual([['removed', '2022-01-01']]);
    expect(rows.map(({ field, returned }) => [field, returned])).toEqual([['endDate', '2022-01-01']]);
  });

  it('does not name the empty mappings that a migration leaves', () => {
    const held = tutorialFlow((params, flow) => {
      for (const one of [params, flow])
        Object.assign(one, { identityMapping: { mappings: [] }, attributeMapping: { a: [{}, null, ''] } });
    });
    expect(pulled(held, targetOf(tutorialPlan)).unsaid).toEqual([]);
  });

  it('leaves out nothing where a storage location says nothing of its format', () => {
    const target = { ...targetOf(tutorialPlan), params: { mode: 'S3', bucketName: 'crm', path: 'daily' } };
    const held = tutorialFlow(() => undefined);
    const { plan } = pulled(held, target);
    expect(plan.destination.location).toEqual({ mode: 'S3', bucketName: 'crm', path: 'daily' });
    expect(open(ofPlan(plan), ofFlow(read(held), { target }))).toEqual([]);
  });

  const streaming = '5d8a8a3e-58d5-4a2b-b0c9-7f8a7c3cd1b1';
  it('is not made of one to a streaming destination', () => {
    const [id, why] = [streaming, 'notBatch'];
    const target = { ...targetOf(tutorialPlan), connectionSpec: { id } };
    const reading = planOfFlow({ flow: read(tutorialFlow(() => undefined)), target }, 'dev');
    expect(reading).toEqual({ kind: 'other', why, destination: id });
  });

  it('is the same where members hold nothing, wherever they stand', () => {
    const nothing = (held: Json): Json => {
      if (Array.isArray(held)) return held.map(nothing);
      if (typeof held !== 'object' || held === null) return held;
      const others = [
        ...['scheduleParams', 'options', 'lastOperation', 'lastRunDetails', 'policy', 'description'],
        ...['profileMapping', 'identityMapping', 'attributeMapping', 'enrichmentInfo', 'triggerType'],
        ...['endDate', 'attributePath', 'x-unheard-of'],
      ];
      return {
        ...Object.fromEntries(others.map((name) => [name, null])),
        ...Object.fromEntries(Object.entries(held).map(([name, value]) => [name, nothing(value)])),
      };
    };
    const held = tutorialFlow(() => undefined);
    const target = targetOf(tutorialPlan);
    const nulled = nothing({ ...target } as unknown as Json) as unknown as Connection;
    expect(pulled(nothing(held), nulled)).toEqual(pulled(held, target));
  });

  it('is not made of datasets, nor of one that stores nowhere', () => {
    const datasets = read(tutorialFlow((_params, flow) => (flow['scheduleParams'] = { interval: 1 })));
    const target = targetOf(tutorialPlan);
    expect(planOfFlow({ flow: datasets, target }, 'dev')).toMatchObject({ why: 'datasets' });
    const flow = read(tutorialFlow(() => undefined));
    expect(planOfFlow({ flow }, 'dev')).toMatchObject({ why: 'noTarget' });
  });

  it('is made of one to a destination that only the platform knows', () => {
    const id = 'aaaaaaaa-0000-4000-8000-000000000001';
    const [known] = catalog;
    const flow = read(tutorialFlow(() => undefined));
    const target = { ...targetOf(tutorialPlan), connectionSpec: { id } };
    const spec = { id, name: 'Own', attributes: { isDestination: true, frequency: 'batch' } };
    const flowSpec = {
      id: 'f',
      name: 'f',
      sourceConnectionSpecIds: ['8a9c3494-9708-43d7-ae3f-cda01e5030e1'],
      targetConnectionSpecIds: [id],
    };
    expect(known).toBeDefined();
    expect(planOfFlow({ flow, target, specs: [spec], flowSpecs: [flowSpec] } as never, 'dev').kind).toBe(
      'plan',
    );
  });
});
