import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Plan } from '../../source/activation/plan/plan.ts';
import { readPlan } from '../../source/activation/plan/read-plan.ts';
import { hasSecret } from '../../source/activation/plan/secret-reference.ts';
import { fromPlan, whatIsLost, withAnswers } from '../../source/wizard/from-plan.ts';
import { initialState, reduce } from '../../source/wizard/reducer.ts';
import { toPlan } from '../../source/wizard/to-plan.ts';
import { tutorialPlan } from '../helpers/plans.ts';
import { some } from '../helpers/some.ts';

const folder = new URL('../../examples/plans/', import.meta.url);
const nowMs = Date.parse('2026-12-01T09:00:00Z');

function planOf(file: string): Plan {
  const reading = readPlan(readFileSync(new URL(file, folder), 'utf8'));
  if (reading.kind !== 'plan') throw new Error(file);
  return reading.plan;
}

/** What a plan says besides its secrets, which a draft that nobody typed into cannot hold. */
function withoutSecrets(plan: Plan): unknown {
  const { auth } = plan.destination;
  const params = Object.entries(auth?.params ?? {}).filter(([, value]) => !hasSecret(value));
  return {
    ...plan,
    $schema: undefined,
    destination: { ...plan.destination, auth: { ...auth, params: Object.fromEntries(params) } },
    segments: plan.segments.map((segment) => ({
      ...segment,
      schedule: { ...segment.schedule, triggerType: segment.schedule.triggerType ?? 'SCHEDULED' },
    })),
  };
}

describe('a plan as a draft', () => {
  it.each(some(readdirSync(folder).filter((name) => name.endsWith('.plan.json'))))(
    'says the same again: %s',
    (file) => {
      const plan = planOf(file);
      expect(withoutSecrets(toPlan(fromPlan(plan)))).toEqual(withoutSecrets(plan));
    },
  );

  it('asks for its secrets and goes on at the review', () => {
    const draft = fromPlan(tutorialPlan);
    const begun = initialState(nowMs, 'emulator', { draft, isFromPlan: true });
    expect(begun.page).toBe('signInFields');
    const typed = reduce(begun, {
      type: 'answered',
      answer: { of: 'signInFields', value: { secretKey: 'hush' } },
    });
    expect(typed.page).toBe('review');
    expect(toPlan(typed.draft).segments).toHaveLength(2);
  });

  it('asks for the platform first where that is open', () => {
    const begun = initialState(nowMs, undefined, { draft: fromPlan(tutorialPlan), isFromPlan: true });
    expect(begun.page).toBe('platform');
    const next = reduce(begun, { type: 'answered', answer: { of: 'platform', value: 'organisation' } });
    expect(next.page).toBe('signInFields');
    expect(next.draft.segments).toHaveLength(2);
  });

  it('keeps what it uses again', () => {
    const id = '00000000-0000-4000-8000-0000000000aa';
    const plan: Plan = {
      ...tutorialPlan,
      source: { sourceConnectionId: id },
      destination: { ...tutorialPlan.destination, auth: undefined, baseConnectionId: id },
    };
    const again = toPlan(fromPlan(plan));
    expect(again.source).toEqual({ sourceConnectionId: id });
    expect(again.destination.baseConnectionId).toBe(id);
  });

  it('stays about its dataflow, as long as that can be where it is', () => {
    const flow = '8256cfb4-17e6-432c-a469-6aedafb16cd5';
    const draft = fromPlan({ ...tutorialPlan, flow });
    expect(toPlan(draft).flow).toBe(flow);
    const begun = initialState(nowMs, 'emulator', { draft, isFromPlan: true });
    const elsewhere = reduce(begun, {
      type: 'answered',
      answer: { of: 'sandbox', value: { name: 'stage', isProduction: false } },
    });
    expect(elsewhere.draft.flow).toBeUndefined();
    const other = {
      connectionSpecId: '00000000-0000-4000-8000-00000000beef',
      name: 'X',
      auth: [],
      modes: [],
    };
    const moved = reduce(begun, { type: 'answered', answer: { of: 'destination', value: other } });
    expect(moved.draft.flow).toBeUndefined();
  });

  it('of a destination that needs its spec begins with the destination', () => {
    const connectionSpecId = '00000000-0000-4000-8000-00000000beef';
    const plan = { ...tutorialPlan, destination: { ...tutorialPlan.destination, connectionSpecId } };
    const begun = initialState(nowMs, 'emulator', { draft: fromPlan(plan), isFromPlan: true });
    expect(begun.page).toBe('sandbox');
    expect(begun.draft.segments).toHaveLength(2);
  });

  it('says what the wizard would lose', () => {
    const deduplication = [{ fieldType: 'IDENTITY' as const, identityNamespace: 'Email' }];
    const attributes = { ...tutorialPlan.attributes, deduplication };
    expect(whatIsLost({ ...tutorialPlan, attributes })).toBe('identityKeys');
    expect(whatIsLost(tutorialPlan)).toBeUndefined();
  });

  it('takes a mended plan over what was typed, and nothing else', () => {
    const draft = { ...fromPlan(tutorialPlan), signIn: { specName: 'S3', params: { secretKey: 'hush' } } };
    const attributes = { ...tutorialPlan.attributes, deduplication: [] };
    const mended = withAnswers(draft, { ...tutorialPlan, attributes });
    expect(mended.signIn.params).toEqual({ secretKey: 'hush' });
    expect(mended.deduplication).toEqual([]);
    expect(mended.attributes).toBe(draft.attributes);
  });
});
