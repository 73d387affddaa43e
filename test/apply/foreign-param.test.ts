import { expect, it } from 'vitest';
import type { ApplyEvent } from '../../source/apply/events.ts';
import { execute } from '../../source/apply/execute.ts';
import type { FlowService } from '../../source/flow-service/client.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { liveOn } from '../helpers/live.ts';

const at = '/params/foreign';

/** A platform whose storage location holds a param that no spec publishes; it goes when it is removed, or does not. */
function withForeign(client: FlowService, goes: boolean): FlowService {
  let [isThere, version] = [true, 0];
  return {
    ...client,
    async getConnection(collection, ...asked) {
      const one = await client.getConnection(collection, ...asked);
      if (collection !== 'targetConnections' || !isThere) return one;
      const params = { ...one.params, foreign: 'x' };
      return { ...one, etag: `"${version}"`, params, raw: { params } };
    },
    async patchConnection(collection, id, etag, patch, ...more) {
      const others = patch.filter(({ path }) => path !== at);
      if (others.length < patch.length) [isThere, version] = [!goes, version + 1];
      if (others.length === 0) return {};
      const { etag: own } = await client.getConnection('targetConnections', id);
      return client.patchConnection(collection, id, etag === `"${version}"` ? own : etag, others, ...more);
    },
  };
}

it.each([
  ['is kept, told and counted', 'keep', true, 'mismatch', 'kept'],
  ['goes, where it is pruned', 'prune', true, 'verified', 'removed'],
  ['stays and counts, where the platform does not let go of it', 'prune', false, 'mismatch', 'removed'],
] as const)('a param that the plan does not name %s', async (_, extras, goes, outcome, kind) => {
  const live = await liveOn(await emulatorWith({ segments: 20, patchDelayMs: 5, touchDelayMs: false }));
  const client = withForeign(live.client, goes);
  const events: ApplyEvent[] = [];
  for await (const event of execute(live.plan, {
    ...{ client, authParams: {}, run: 'c0c0c0c0', clock: () => performance.now() },
    ...{ extras, approve: () => Promise.resolve(true), doubtMs: 100, retryBaseMs: 1 },
  }))
    events.push(event);
  const told = events.find((one) => one.kind === 'difference');
  expect(told?.differences).toMatchObject([{ kind, path: '$.destination.location.foreign' }]);
  const result = events.at(-1);
  expect(result).toMatchObject({ kind: 'result', outcome });
  const rows = result?.kind === 'result' ? (result.report?.rows ?? []) : [];
  expect(rows.filter(({ mark }) => mark !== 'same').map(({ path }) => path)).toEqual(
    outcome === 'verified' ? [] : ['$.destination.location.foreign'],
  );
});
