import { describe, expect, it } from 'vitest';
import type { Change } from '../../source/activation/change/changes.ts';
import type { Report, ReportRow } from '../../source/activation/report.ts';
import { unshown } from '../../source/pages/ending/resend.ts';

const row = (facts: Partial<ReportRow>): ReportRow => ({
  section: 'segment',
  subject: 'A',
  path: '$',
  mark: 'extra',
  ...facts,
});
const none = { asked: 0, returned: 0, same: 0, extra: 0, isSame: true };
const report: Report = {
  isVerified: false,
  rows: [
    row({ subject: '9f7d37fd' }),
    row({ section: 'attribute', subject: 'person.gender' }),
    row({ section: 'attribute', subject: 'person.name', mark: 'missing' }),
  ],
  segments: none,
  attributes: none,
  mandatory: none,
  deduplication: none,
  isReordered: false,
};
const change = (facts: Partial<Change>): Change => ({ kind: 'removed', path: '$', ...facts }) as Change;

describe('what is sent again', () => {
  it.each<[string, Partial<Change>, boolean]>([
    ['a segment that was shown', { path: '$.segments[9f7d37fd]', before: 'Loyalty' }, false],
    ['a segment that came since', { path: '$.segments[25768be6]', before: 'Hikers' }, true],
    ['a column that was shown', { path: '$.attributes.selected', before: 'person.gender' }, false],
    ['a column that came since', { path: '$.attributes.selected', before: 'person.age' }, true],
    ['a column that was only missing', { path: '$.attributes.selected', before: 'person.name' }, true],
    ['what is set', { kind: 'changed', path: '$.segments[25768be6].schedule', before: 'x' }, false],
    ['what is put in', { kind: 'added', path: '$.segments[25768be6]' }, false],
    ['what stays', { kind: 'kept', path: '$.segments[25768be6]' }, false],
  ])('takes out nothing that nobody has seen: %s', (_, facts, isUnshown) => {
    expect(unshown([change(facts)], report)).toHaveLength(isUnshown ? 1 : 0);
  });
});
