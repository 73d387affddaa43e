import { expect, it } from 'vitest';
import { escapedJson, withoutHidden } from '../../source/activation/plan/escaped-json.ts';
import { planJsonSchema } from '../../source/activation/plan/json-schema.ts';

it.each([
  ['\u202e', '"\\u202e"'],
  ['a\u00adb', '"a\\u00adb"'],
  ['\u{e0041}', '"\\udb40\\udc41"'],
  ['使用者 é', '"使用者 é"'],
])('what would hide or turn is written as an escape, and reads the same: %j', (text, wanted) => {
  expect(escapedJson(text)).toBe(wanted);
  expect(JSON.parse(escapedJson(text))).toBe(text);
});

it.each([
  ['a\u200bb\u202ec', 'abc'],
  ['a\r\nb', 'a\nb'],
  ['使用者 é', '使用者 é'],
])('what cannot be seen is left out: %j', (text, wanted) => {
  expect(withoutHidden(text)).toBe(wanted);
});

it('the schema of a plan says what it is of', () => {
  expect(planJsonSchema()).toMatchObject({
    $schema: expect.stringContaining('json-schema.org') as string,
    title: 'ferry plan',
    type: 'object',
  });
});
