import { expect, test } from 'vitest';
import { profileStoreSpecId } from '../../source/activation/spec/catalog.ts';
import { objectNames } from '../../source/activation/requests.ts';
import type { MadeObjects } from '../../source/apply/events.ts';
import type { ObjectStep } from '../../source/activation/steps.ts';
import { likenessOf } from '../../source/apply/once/likeness.ts';
import { futurePlan } from '../helpers/runs.ts';

const names = objectNames(futurePlan);
const { connectionSpecId } = futurePlan.destination;
const spec = (id: string): object => ({ connectionSpec: { id: id.toUpperCase() } });
const reusing = {
  ...futurePlan,
  source: { baseConnectionId: 'A0' },
  destination: { ...futurePlan.destination, baseConnectionId: 'B0' },
};

test.each<[ObjectStep, string, object, MadeObjects, boolean]>([
  ['source-base-connection', 'its name and spec', spec(profileStoreSpecId), {}, true],
  ['source-base-connection', 'its name and no spec', {}, {}, true],
  ['source-base-connection', 'its name and another spec', spec(connectionSpecId), {}, false],
  ['source-base-connection', 'another name', { name: 'x', ...spec(profileStoreSpecId) }, {}, false],
  ['source-base-connection', 'no name and no description', { name: undefined }, {}, true],
  ['source-base-connection', 'no name and a description', { name: undefined, description: 'x' }, {}, false],
  ['source-base-connection', 'its name and a description', { description: 'x' }, {}, true],
  ['target-base-connection', 'its name and spec', spec(connectionSpecId), {}, true],
  ['target-base-connection', 'its name and another spec', spec(profileStoreSpecId), {}, false],
  [
    'source-connection',
    'what was made',
    { name: 'x', baseConnectionId: 'a1' },
    { sourceBaseConnectionId: 'A1' },
    true,
  ],
  [
    'source-connection',
    'another one than was made',
    { baseConnectionId: 'A2' },
    { sourceBaseConnectionId: 'A1' },
    false,
  ],
  ['source-connection', 'its name on nothing, something made', {}, { sourceBaseConnectionId: 'A1' }, true],
  ['source-connection', 'another name on nothing', { name: 'x' }, { sourceBaseConnectionId: 'A1' }, false],
  ['source-connection', 'its name, nothing made', { baseConnectionId: 'A2' }, {}, true],
  ['source-connection', 'another name, nothing made', { name: 'x', baseConnectionId: 'A2' }, {}, false],
  [
    'target-connection',
    'what was made',
    { name: 'x', baseConnectionId: 'b1' },
    { targetBaseConnectionId: 'B1' },
    true,
  ],
  [
    'target-connection',
    'another one than was made',
    { baseConnectionId: 'B2' },
    { targetBaseConnectionId: 'B1' },
    false,
  ],
  [
    'flow',
    'what was made',
    { name: 'x', targetConnectionIds: ['T0', 't1'] },
    { targetConnectionId: 'T1' },
    true,
  ],
  ['flow', 'another one than was made', { targetConnectionIds: ['T0'] }, { targetConnectionId: 'T1' }, false],
  ['flow', 'its name, naming nothing', {}, { targetConnectionId: 'T1' }, true],
  ['flow', 'another name, naming nothing', { name: 'x' }, { targetConnectionId: 'T1' }, false],
  ['flow', 'its name, nothing made', { targetConnectionIds: ['T0'] }, {}, true],
  ['flow', 'another name, nothing made', { name: 'x', targetConnectionIds: ['T0'] }, {}, false],
])('%s with %s', (step, _, more, made, isLike) => {
  expect(likenessOf(step, futurePlan, made)({ id: 'x', name: names[step], ...more })).toBe(isLike);
});

test.each<[ObjectStep, string, boolean]>([
  ['source-connection', 'a0', true],
  ['source-connection', 'B0', false],
  ['target-connection', 'b0', true],
  ['target-connection', 'A0', false],
])('%s on what the plan uses again: %s', (step, baseConnectionId, isLike) => {
  const one = { id: 'x', name: objectNames(reusing)[step], baseConnectionId };
  expect(likenessOf(step, reusing, {})(one)).toBe(isLike);
  expect(likenessOf(step, reusing, {})({ ...one, name: 'x' })).toBe(false);
});
