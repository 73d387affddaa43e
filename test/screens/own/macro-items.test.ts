import { describe, expect, it } from 'vitest';
import { english } from '../../../source/locale/catalogs.ts';
import { macroItems } from '../../../source/screens/own/details/macro-items.ts';

describe('the parts of a file name', () => {
  it('are in where the name has them, and only then cannot be left out', () => {
    const items = macroItems('%SEGMENT_ID%_x', english, 'older');
    const of = (id: string) => items.find((one) => one.id === id);
    expect(of('SEGMENT_ID')).toMatchObject({ isIn: true, isLocked: true, hint: 'required' });
    expect(of('DESTINATION_NAME')).toMatchObject({ isIn: false, isLocked: false });
    expect(of('DESTINATION_NAME')?.hint).toMatch(/required, and not there/);
    expect(of('TIMESTAMP')).toMatchObject({ isIn: false, isLocked: false });
  });

  it('are more on the cards of today, and none of them has to stay', () => {
    const items = macroItems('%SEGMENT_ID%_%DESTINATION_NAME%', english, 'newer');
    expect(items.filter(({ isLocked }) => isLocked)).toEqual([]);
    expect(items.map(({ id }) => id)).toEqual([
      'SEGMENT_ID',
      'DESTINATION_NAME',
      'DESTINATION',
      'SEGMENT_NAME',
      'DESTINATION_INSTANCE_ID',
      'DESTINATION_INSTANCE_NAME',
      'ORGANIZATION_NAME',
      'SANDBOX_NAME',
      'DATETIME(YYYYMMdd_HHmmss)',
      'TIMESTAMP',
    ]);
    expect(items.find(({ id }) => id === 'SANDBOX_NAME')?.hint).toBe('the name of the sandbox');
  });
});
