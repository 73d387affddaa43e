import { describe, expect, it } from 'vitest';
import { ofFlow } from '../../source/activation/of-flow.ts';
import { ofPlan } from '../../source/activation/of-plan.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { read, type Json } from '../helpers/flows.ts';
import { expectedIds, flowAsReturned, loyalty, mountainBiking, tutorialPlan } from '../helpers/plans.ts';

const unknown = { kind: 'unknown' };
const known = (value: unknown): object => ({ kind: 'known', value });

describe('what a plan wants', () => {
  it('is what its dataflow exports, as it is sent', () => {
    const { segments, columns, mandatory, keys, ...others } = ofPlan(tutorialPlan);
    expect(segments.items.map(({ id, settings, at }) => [id, settings.triggerType, at])).toEqual([
      [mountainBiking, 'SCHEDULED', ['segments', 0]],
      [loyalty, 'SCHEDULED', ['segments', 1]],
    ]);
    expect(columns.items[1]).toEqual({
      name: 'person.name.firstName',
      value: { type: 'JSON_PATH', value: { path: 'person.name.firstName' } },
      at: ['attributes', 'selected', 1],
    });
    expect(mandatory.items.map(({ value }) => value)).toEqual(tutorialPlan.attributes.mandatory);
    expect(keys.items).toEqual([
      {
        name: 'ATTRIBUTE personalEmail.address',
        value: { fieldType: 'ATTRIBUTE', attributePath: 'personalEmail.address' },
        at: ['attributes', 'deduplication', 0],
      },
    ]);
    expect(others).toMatchObject({
      name: known('Activate segments to Adobe Campaign'),
      description: known(undefined),
      state: known('enabled'),
      location: known({ mode: 'S3', bucketName: 'crm-exports', path: 'daily', format: 'CSV' }),
      links: {},
    });
  });

  it('does not say which account a sign-in will make', () => {
    const { connectionSpecId, location } = tutorialPlan.destination;
    const id = '1ed86558-59b5-42f7-9865-5859b552f7f4';
    const again: Plan = {
      ...tutorialPlan,
      destination: { connectionSpecId, location, baseConnectionId: id },
    };
    expect([ofPlan(tutorialPlan).account, ofPlan(again).account]).toEqual([unknown, known(id)]);
  });
});

describe('what a dataflow holds', () => {
  it('is the same noun, with the places of the dataflow', () => {
    const { segments, columns, keys, links } = ofFlow(flowAsReturned(tutorialPlan));
    const base = ['transformations', 0, 'params'];
    expect(segments.items.map(({ id, settings, at }) => [id, settings, at])).toEqual(
      ofPlan(tutorialPlan).segments.items.map(({ id, settings }, index) => [
        id,
        settings,
        [...base, 'segmentSelectors', 'selectors', index],
      ]),
    );
    expect(columns.items.map(({ name }) => name)).toEqual(tutorialPlan.attributes.selected);
    expect(keys).toMatchObject({
      at: [...base, 'profileSelectors', 'primaryFields'],
      items: [{ name: 'ATTRIBUTE personalEmail.address' }],
    });
    expect(links).toEqual({
      'flowSpec.id': expectedIds.flowSpecId,
      sourceConnectionIds: expectedIds.sourceConnectionId,
      targetConnectionIds: expectedIds.targetConnectionId,
    });
  });

  it('is unknown as far as it was not read', () => {
    const bare = ofFlow({ transformations: [] });
    const { name, description, state, account, location, document } = bare;
    expect([name, description, state, account, location, document]).toEqual(Array(6).fill(unknown));
    expect(ofFlow(flowAsReturned(tutorialPlan)).location).toEqual(unknown);
  });

  it('knows account and location from the target connection, as far as that says', () => {
    const params = { mode: 'S3', bucketName: 'crm' };
    const flow = flowAsReturned(tutorialPlan);
    expect(ofFlow(flow, { target: { baseConnectionId: 'B', params } })).toMatchObject({
      account: known('B'),
      location: known(params),
    });
    const unread = { kind: 'unread' };
    expect(ofFlow(flow, { target: { baseConnectionId: 'B' } }).location).toEqual(unread);
    expect(ofFlow(flow, { target: { params } }).account).toEqual(unread);
    expect(ofFlow(flow, { hasNoTarget: true })).toMatchObject({ account: unread, location: unread });
    expect(ofFlow(flow)).toMatchObject({ account: unknown, location: unknown });
  });

  it.each<[Json, string | undefined, string | undefined]>([
    ['By hand · ferry run 40fcb632', 'By hand', 'ferry run 40fcb632'],
    ['ferry run 40fcb632', undefined, 'ferry run 40fcb632'],
    ['ferry run 1 · ferry run 2', 'ferry run 1', 'ferry run 2'],
    ['see ferry run 1', 'see ferry run 1', undefined],
    ['', undefined, undefined],
    [null, undefined, undefined],
  ])('reads the description %j without the marker', (description, said, marker) => {
    const read_ = ofFlow(read({ name: 'N', description, transformations: [] }));
    expect([read_.description, read_.marker]).toEqual([known(said), marker]);
  });

  it.each<[string, Json[], number]>([
    [
      'which has segments',
      [{ name: 'x' }, { name: 'y', params: { segmentSelectors: { selectors: [] } } }],
      1,
    ],
    [
      'which has them, before the one of that name',
      [{ params: { segmentSelectors: { selectors: [] } } }, { name: 'GeneralTransform' }],
      0,
    ],
    ['of that name, first', [{ name: 'GeneralTransform' }, { name: 'x' }], 0],
    ['of that name, last', [{ name: 'a general transform' }, { name: 'General Transform' }], 1],
    ['which is to come', [{ name: 'x' }, {}], 2],
    ['which is to come, alone', [], 0],
  ])('has its segments in the transformation %s', (_, transformations, index) => {
    const { segments, columns } = ofFlow(read({ transformations }));
    expect(segments.at).toEqual(['transformations', index, 'params', 'segmentSelectors', 'selectors']);
    expect(columns.at).toEqual(['transformations', index, 'params', 'profileSelectors', 'selectors']);
  });

  it('keeps the whole of a selector beside what was read of it', () => {
    const selector = { type: 'PLATFORM_SEGMENT', value: { id: loyalty, enrichmentInfo: { enabled: true } } };
    const held = { transformations: [{ params: { segmentSelectors: { selectors: [selector] } } }] };
    expect(ofFlow(read(held)).segments.items[0]?.raw).toEqual(selector);
  });
});
