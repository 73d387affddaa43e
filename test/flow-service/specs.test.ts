import { describe, expect, it } from 'vitest';
import { connectionSpec, flowSpec } from '../../source/flow-service/specs.ts';

describe('a template of a system', () => {
  it('is read with every sign-in that can be read', () => {
    const { authSpec } = connectionSpec.parse({
      id: 'a',
      name: 'A',
      authSpec: [{ name: 'One' }, { type: 'no name' }, 7, { name: 'Two', type: 2, spec: { title: 'T' } }],
    });
    expect(authSpec).toEqual([{ name: 'One' }, { name: 'Two', spec: { title: 'T' } }]);
  });

  it.each<[string, object, unknown]>([
    ['none is published', {}, undefined],
    ['none is needed', { authSpec: [] }, []],
    ['what is published means nothing', { authSpec: {} }, undefined],
  ])('tells that %s', (_, more, wanted) => {
    expect(connectionSpec.parse({ id: 'a', name: 'A', ...more }).authSpec).toEqual(wanted);
  });
});

describe('a template of a pipeline', () => {
  it.each([{}, { sourceConnectionSpecIds: 7, targetConnectionSpecIds: null }])(
    'leads nowhere by %j',
    (more) => {
      expect(flowSpec.parse({ id: 'a', name: 'A', ...more })).toMatchObject({
        sourceConnectionSpecIds: [],
        targetConnectionSpecIds: [],
      });
    },
  );
});
