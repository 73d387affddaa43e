import { describe, expect, it } from 'vitest';
import { english } from '../../../source/locale/catalogs.ts';
import { macroItems } from '../../../source/screens/own/details/macro-items.ts';

describe('the parts of a file name', () => {
  it('are in where the name has them, and only then cannot be left out', () => {
    const items = macroItems('%SEGMENT_ID%_x', english);
    const of = (id: string) => items.find((one) => one.id === id);
    expect(of('SEGMENT_ID')).toMatchObject({ isIn: true, isLocked: true, hint: 'required' });
    expect(of('DESTINATION_NAME')).toMatchObject({ isIn: false, isLocked: false });
    expect(of('DESTINATION_NAME')?.hint).toMatch(/required, and not there/);
    expect(of('TIMESTAMP')).toMatchObject({ isIn: false, isLocked: false });
  });
});
