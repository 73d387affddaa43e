import { describe, expect, it, vi } from 'vitest';
import { SecretField, type SecretFieldProps } from '../../../source/components/field/secret-field.tsx';
import { factsOfSecret } from '../../../source/components/field/secret-field-state.ts';
import { keys, renderInk } from '../../helpers/ink.tsx';

const pem = [
  '-----BEGIN RSA PRIVATE KEY-----',
  ...Array.from({ length: 38 }, (_, line) => `${String(line).padStart(2, '0')}${'Ab3/'.repeat(15)}`),
  '-----END RSA PRIVATE KEY-----',
].join('\n');
const pemAsTyped = `${pem.replaceAll('\n', '\r')}\r`;

function setUp(props: Partial<SecretFieldProps> = {}) {
  const seen = {
    changed: vi.fn<(value: string) => void>(),
    submitted: vi.fn<(value: string) => void>(),
  };
  const field = (
    <SecretField
      onChange={seen.changed}
      onSubmit={seen.submitted}
      size={(lines, characters) => `${lines} lines, ${characters} characters`}
      {...props}
    />
  );
  return { seen, field };
}

describe('SecretField', () => {
  it('takes a pasted key of 40 lines whole and never shows a line of it', async () => {
    const { seen, field } = setUp({ isMultiline: true });
    const ink = await renderInk(field);
    await ink.press(keys.paste(pemAsTyped), keys.enter);
    expect(seen.submitted).toHaveBeenCalledExactlyOnceWith(pem);
    expect(ink.frame()).toBe(`•••• 40 lines, ${pem.length} characters`);
    expect(ink.frames().join('')).not.toMatch(/BEGIN|Ab3|-----/);
  });

  it('takes a key whole that arrives without bracketed paste, in chunks of any size', async () => {
    for (const size of [1023, 65, 64, 4096]) {
      const { seen, field } = setUp({ isMultiline: true, now: () => 0 });
      const ink = await renderInk(field);
      for (let at = 0; at < pemAsTyped.length; at += size) {
        await ink.write(pemAsTyped.slice(at, at + size));
      }
      expect(seen.submitted).not.toHaveBeenCalled();
      expect(seen.changed).toHaveBeenLastCalledWith(pem);
      expect(ink.frames().join('')).not.toMatch(/BEGIN|Ab3|-----/);
    }
  });

  it('submits a pasted key when Enter comes later than any paste', async () => {
    let clock = 0;
    const { seen, field } = setUp({ isMultiline: true, now: () => clock });
    const ink = await renderInk(field);
    await ink.write(pemAsTyped);
    clock = 200;
    await ink.write(keys.enter);
    expect(seen.submitted).toHaveBeenCalledExactlyOnceWith(pem);
  });

  it('keeps a line end whole that is split between two chunks', async () => {
    const { seen, field } = setUp({ isMultiline: true, now: () => 0 });
    const ink = await renderInk(field);
    await ink.press('one\r\ntwo\r', '\nthree');
    expect(seen.changed).toHaveBeenLastCalledWith('one\ntwo\nthree');
  });

  it.each([
    ['types and submits in one chunk', ['hunter2hunter2\r'], 'hunter2hunter2', '••••'],
    ['shows no end of a short secret', ['hunter2', keys.enter], 'hunter2', '••••'],
    [
      'trims a pasted line end',
      [keys.paste('AKIAIOSFODNN7KEY7\r\n'), keys.enter],
      'AKIAIOSFODNN7KEY7',
      '••••KEY7',
    ],
    ['joins pasted lines', [keys.paste('abcdefg\rhijklmnop\r'), keys.enter], 'abcdefghijklmnop', '••••mnop'],
    ['erases one character', ['hunter22', keys.backspace, keys.enter], 'hunter2', '••••'],
    ['erases a whole emoji', ['a👨‍👩‍👧', keys.backspace, keys.enter], 'a', '••••'],
    ['keeps every Backspace of one chunk', ['abcdef', keys.backspace.repeat(3), keys.enter], 'abc', '••••'],
    ['clears with Ctrl+U', ['hunter2', keys.ctrl('u'), 'x', keys.enter], 'x', '••••'],
    [
      'types nothing for Ctrl and Alt letters',
      ['ab', keys.ctrl('a'), keys.alt('x'), keys.enter],
      'ab',
      '••••',
    ],
    ['types a question mark', ['?', keys.enter], '?', '••••'],
  ])('%s', async (_, chunks, wanted, shown) => {
    const { seen, field } = setUp();
    const ink = await renderInk(field);
    await ink.press(...chunks);
    expect(seen.submitted.mock.calls).toEqual([[wanted]]);
    expect(ink.frame()).toBe(shown);
  });

  it('shows the placeholder while it is empty', async () => {
    const ink = await renderInk(setUp({ placeholder: 'paste the key' }).field);
    expect(ink.frame()).toContain('paste the key');
  });
});

describe('factsOfSecret', () => {
  it.each([
    ['', { tail: '', lineCount: 0, characterCount: 0 }],
    ['12345678901', { tail: '', lineCount: 1, characterCount: 11 }],
    ['123456789012345', { tail: '', lineCount: 1, characterCount: 15 }],
    ['1234567890123456', { tail: '3456', lineCount: 1, characterCount: 16 }],
    // All of a kind end so.
    ['AccountKey=abc;EndpointSuffix=core.windows.net', { tail: '', lineCount: 1, characterCount: 46 }],
    ['-----END RSA PRIVATE KEY-----', { tail: '', lineCount: 1, characterCount: 29 }],
    ['123456789012\nx', { tail: '', lineCount: 2, characterCount: 14 }],
  ])('tells of %j only %j', (secret, facts) => {
    expect(factsOfSecret(secret)).toEqual(facts);
  });
});
