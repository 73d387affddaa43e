import { describe, expect, it } from 'vitest';
import { unicodeGlyphs } from '../../source/components/theme/glyphs.ts';
import { english } from '../../source/locale/catalogs.ts';
import type { Asking } from '../../source/pages/page.ts';
import { leadsTo } from '../../source/pages/leads-to.ts';
import type { WizardServices } from '../../source/pages/services.ts';
import { storage } from '../../source/pages/target/storage.ts';
import { initialState, type WizardState } from '../../source/wizard/reducer.ts';
import { nowMs, run, whole } from '../helpers/wizard-events.ts';

const state = run(initialState(nowMs, 'organisation', { looksAtStorage: true }), ...whole.slice(0, 7));
const asking = (of: WizardState = state, isReadOnly = false): Asking => ({
  state: of,
  services: { isReadOnly } as WizardServices,
  text: english,
  glyphs: unicodeGlyphs,
  hidesSecrets: false,
});

describe('the page that looks at the storage', () => {
  it('is passed by Enter', () => {
    const preferred = storage.preferred(asking(), undefined);
    const outcome = preferred && storage.chosen(preferred, asking(), undefined);
    expect(leadsTo(outcome, state)).toBe('segments');
  });

  it.each([
    [false, ['goOn', 'look', 'lookOnly']],
    [true, ['goOn', 'lookOnly']],
  ])('writes nothing where nothing may be written: %s', (isReadOnly, values) => {
    expect(storage.options(asking(state, isReadOnly), undefined).map(({ value }) => value)).toEqual(values);
  });

  it.each([
    ['look', true],
    ['lookOnly', false],
  ] as const)('leaves for the terminal as it is: %s', (act, writes) => {
    expect(storage.chosen(act, asking(), undefined)).toMatchObject({
      type: 'ended',
      ending: { outcome: 'done', then: { kind: 'storage', writes } },
    });
  });

  it('says what was seen, and when', () => {
    const noted = (failed?: string) =>
      storage.note?.(asking({ ...state, storageSeen: { failed, atMs: nowMs } }), undefined);
    expect(storage.note?.(asking(), undefined)).toBeUndefined();
    expect(noted()).toMatch(/09:00:00 UTC.*right\./);
    expect(noted('Bucket crm does not exist.')).toMatch(/09:00:00 UTC: Bucket crm does not exist\. Esc/);
  });
});
