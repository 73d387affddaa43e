import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { unicodeGlyphs as glyphs } from '../../source/components/theme/glyphs.ts';
import { english } from '../../source/locale/catalogs.ts';
import { signInText } from '../../source/pages/target/draft-text.ts';
import { withoutSecrets } from '../../source/wizard/draft.ts';
import { fromPlan } from '../../source/wizard/from-plan.ts';
import { withVariables } from '../../source/wizard/from-variables.ts';
import { isAnswered } from '../../source/wizard/pages.ts';
import { initialState, reduce } from '../../source/wizard/reducer.ts';
import { clearParams, toPlan } from '../../source/wizard/to-plan.ts';
import { projectRoot } from '../helpers/terminal.ts';
import { nowMs } from '../helpers/wizard-events.ts';

const file = path.join(projectRoot, 'examples', 'plans', 'newer-s3-key.plan.json');
const plan = JSON.parse(readFileSync(file, 'utf8')) as Plan;
const value = 'A1b2/C3d4+A1b2/C3d4+A1b2/C3d4+A1b2/C9x7Q';
const opened = (variables: Record<string, string>) =>
  withVariables(fromPlan(plan), (name) => variables[name]);

describe('a plan whose secret is in a variable', () => {
  const draft = opened({ S3_SECRET_KEY: value });

  it('is not asked for it, shows where it comes from, and says the same again', () => {
    expect(isAnswered('signInFields', draft)).toBe(true);
    const said = signInText(draft, { text: english, glyphs, hidesSecrets: false });
    expect(said).toContain('from variable S3_SECRET_KEY');
    expect(said).not.toContain('9x7Q');
    expect(clearParams(draft)).toMatchObject({ s3SecretKey: value });
    expect(toPlan(draft)).toEqual(plan);
    const at = initialState(nowMs, 'emulator', { draft, isFromPlan: true });
    expect(reduce(at, { type: 'formsRead', destination: draft.destination }).page).toBe('review');
  });

  it.each([
    ['not set', {}],
    ['another', { OTHER: value }],
  ])('is asked for it where that is %s', (_, variables) => {
    expect(isAnswered('signInFields', opened(variables))).toBe(false);
  });

  it('names the variable no more once something else was typed, and keeps neither', () => {
    const state = { ...initialState(nowMs, 'emulator', { draft }), page: 'signInFields' as const };
    const same = reduce(state, {
      type: 'kept',
      answer: { of: 'signInFields', value: { s3SecretKey: value } },
    });
    expect(same.draft.variables).toEqual({ s3SecretKey: 'S3_SECRET_KEY' });
    const typed = reduce(state, {
      type: 'kept',
      answer: { of: 'signInFields', value: { s3SecretKey: 'x' } },
    });
    expect(typed.draft.variables).toEqual({});
    expect(JSON.stringify(withoutSecrets(draft))).not.toMatch(/9x7Q|variables/);
  });
});
