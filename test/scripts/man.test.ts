import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { manPage } from '../../source/commands/man-page.ts';

it('the manual page says what --help says (npm run man)', () => {
  expect(readFileSync(new URL('../../docs/ferry.1', import.meta.url), 'utf8')).toBe(manPage());
});
