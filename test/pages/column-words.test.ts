import { describe, expect, it } from 'vitest';
import { compare } from '../../source/activation/report.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { unicodeGlyphs as glyphs } from '../../source/components/theme/glyphs.ts';
import { flow } from '../../source/flow-service/flows.ts';
import { english as text } from '../../source/locale/catalogs.ts';
import { attributesText, columnsText } from '../../source/pages/content/columns.ts';
import { proofParts } from '../../source/pages/ending/proof-parts.ts';
import { fromPlan } from '../../source/wizard/from-plan.ts';
import { newerPlan } from '../helpers/newer-plan.ts';
import { tutorialPlan } from '../helpers/plans.ts';

describe('columns that have names', () => {
  const draft = fromPlan(newerPlan);

  it('are called alike wherever the review speaks of them', () => {
    const all = columnsText(draft, text);
    const paths = [...draft.mandatory, ...draft.deduplication];
    expect(paths.length).toBeGreaterThan(1);
    for (const path of paths) expect(all.split(', ')).toContain(attributesText([path], draft, text));
  });

  it('stay paths on a card that takes no names', () => {
    const older = fromPlan(tutorialPlan);
    expect(attributesText(older.mandatory, older, text)).toBe(older.mandatory.join(', '));
  });

  it.each<[string, Plan, RegExp]>([
    ['newer', newerPlan, /^\d+ columns$/],
    ['older', tutorialPlan, /^\d+ columns$/],
  ])('are counted as what they are in the proof of a %s card', (_, plan, label) => {
    const report = compare(plan, flow.parse({ state: 'enabled', transformations: [] }));
    const labels = proofParts(report, plan, { text, glyphs }, 'UTC').map((part) => part.label);
    expect(labels).toContainEqual(expect.stringMatching(label));
  });
});
