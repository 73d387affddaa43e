import { describe, expect, it } from 'vitest';
import type { FormField } from '../../source/components/form/form-field.ts';
import { askFields } from '../../source/dialogue/ask/ask-fields.ts';
import { askMany, numbersOf } from '../../source/dialogue/ask/ask-many.ts';
import { askOne } from '../../source/dialogue/ask/ask-one.ts';
import { askYesNo, happened } from '../../source/dialogue/dialogue.ts';
import { choose } from '../../source/dialogue/kinds/choose.ts';
import type { ChoicePage } from '../../source/pages/page.ts';
import { scripted } from '../helpers/dialogue.ts';

const options = [
  { value: 'dev', label: 'dev', hint: 'Development' },
  { value: 'prod', label: 'prod' },
  { value: 'prod-eu', label: 'prod-eu' },
  { value: 'old', label: 'old', disabled: 'It is being deleted.' },
];

describe('one of several', () => {
  it.each([
    ['a number', '2', 'prod'],
    ['a name', 'prod', 'prod'],
    ['a name in other letters', 'PROD-EU', 'prod-eu'],
    ['the beginning of a name', 'de', 'dev'],
    ['a part of a name', '-e', 'prod-eu'],
    ['a full-width number', '２', 'prod'],
    ['a number between full-width blanks', '　２　', 'prod'],
    ['a word that only its hint holds', 'development', 'dev'],
    ['a full-width name', 'ｐｒｏｄ－ｅｕ', 'prod-eu'],
    ['Enter, for what is preferred', '', 'dev'],
  ])('is chosen by %s', async (_, answer, wanted) => {
    const { dialogue } = scripted([answer]);
    expect(await askOne(dialogue, options, 'dev')).toEqual({ kind: 'value', value: wanted });
  });

  it.each([
    ['a number that is not there', '9', 'No such choice. Type a number from 1 to 4'],
    ['a name that is not there', 'x', 'No such choice'],
    ['nothing, where nothing is preferred', '', 'No such choice'],
    ['a beginning that fits two', 'pro', '"pro" matches more than one: prod, prod-eu'],
    ['a name with a slip in it', 'prdo', 'Nothing is called "prdo". Similar: prod'],
    ['what cannot be chosen', 'old', 'old is not available. It is being deleted.'],
  ])('is asked for again after %s', async (_, answer, told) => {
    const { dialogue, said } = scripted([answer, '1']);
    expect(await askOne(dialogue, options, undefined)).toEqual({ kind: 'value', value: 'dev' });
    expect(said.join('\n')).toContain(told);
  });

  it('says first what must be known before choosing', async () => {
    const { dialogue, said } = scripted(['1']);
    await askOne(dialogue, [{ value: 'p', label: 'prod', danger: 'PRODUCTION', hint: 'live' }], undefined);
    expect(said[0]).toBe('  1. prod, PRODUCTION, live');
  });

  it('is read out with its hints, and says what cannot be chosen', async () => {
    const { dialogue, said } = scripted(['1']);
    await askOne(dialogue, options, 'dev');
    expect(said).toEqual([
      '  1. dev, Development',
      '  2. prod',
      '  3. prod-eu',
      '  4. old (not available)',
      'Number or name (Enter: dev): 1',
    ]);
  });

  it.each([
    [':b', { kind: 'back' }],
    [':q', { kind: 'leave' }],
    [null, { kind: 'leave' }],
  ])('can be turned down with %j', async (answer, wanted) => {
    expect(await askOne(scripted([answer]).dialogue, options, undefined)).toEqual(wanted);
  });

  it.each([':?', '?', '？', ' ? '])('is explained by %j without losing the question', async (asked) => {
    const { dialogue, said } = scripted([asked, '1']);
    expect(await askOne(dialogue, options, undefined)).toEqual({ kind: 'value', value: 'dev' });
    expect(said).toContain('(platform explained)');
  });
});

describe('one of none', () => {
  const page = (none?: string): ChoicePage => ({
    kind: 'choice',
    question: () => 'Which?',
    options: () => [],
    preferred: () => undefined,
    chosen: () => undefined,
    ...(none === undefined ? {} : { none: () => none }),
  });

  it.each([
    ['', happened({ type: 'wentBack' })],
    ['1', happened({ type: 'wentBack' })],
    [':b', happened({ type: 'wentBack' })],
    [':q', { kind: 'leave' }],
    [null, { kind: 'leave' }],
  ])('is said, and %j does not ask again', async (answer, wanted) => {
    const { dialogue, said } = scripted([answer]);
    expect(await choose(dialogue, page())).toEqual(wanted);
    expect(said[0]).toBe('Nothing to choose from.');
    expect(said.join('\n')).not.toContain('umber');
  });

  it('is said in the words of the page', async () => {
    const { dialogue, said } = scripted(['']);
    await choose(dialogue, page('No dataflows.'));
    expect(said).toEqual(['No dataflows.', 'Press Enter to go back, or type ":q" to quit: ']);
  });
});

describe('any number of many', () => {
  const rows = Array.from({ length: 25 }, (_, at) => ({
    id: `id${at + 1}`,
    label: at === 6 ? 'Loyalty 2024' : `Segment ${String.fromCharCode(97 + at)}`,
    ...(at === 3 ? { disabled: 'Arrays cannot be exported.' } : {}),
  }));
  const run = async (answers: (string | null)[], selected: string[] = []) => {
    const changes: (readonly string[])[] = [];
    const { dialogue, said, left } = scripted(answers);
    const reply = await askMany(dialogue, {
      rows,
      selected,
      onChange: (ids) => changes.push(ids),
      refusal: (ids) => (ids.length === 0 ? 'Select one.' : undefined),
    });
    expect(left()).toBe(0);
    return { reply, changes, said: said.join('\n') };
  };

  it.each<[string, string[], string[]]>([
    ['numbers of the list', ['', '1 3', ''], ['id1', 'id3']],
    ['ranges', ['', '1-3', ''], ['id1', 'id2', 'id3']],
    ['a number twice takes it back', ['', '1 2', '1', ''], ['id2']],
    ['numbers after another search', ['loyalty', '1', 'segment b', '1', ''], ['id7', 'id2']],
    ['figures to search for', ['', '/2024', '1', ''], ['id7']],
    ['the second page', ['', ':m', '1', ''], ['id11']],
    ['all that match', ['loyalty', ':a', ''], ['id7']],
    ['full-width numbers', ['', '１　３－４，５', ''], ['id1', 'id3', 'id5']],
    ['full-width commands', ['loyalty', '：ａ', ''], ['id7']],
  ])('is chosen by %s', async (_, answers, wanted) => {
    const { reply, changes } = await run(answers);
    expect(reply).toEqual({ kind: 'value', value: wanted });
    expect(changes.at(-1)).toEqual(wanted);
  });

  it('keeps what was selected, whatever is searched', async () => {
    const { reply, said } = await run(['zzzz', ':s', ''], ['id1', 'gone']);
    expect(reply).toEqual({ kind: 'value', value: ['id1', 'gone'] });
    expect(said).toContain('1. Segment a, selected');
    expect(said).toContain('2. gone, selected');
  });

  it('does not go on with nothing, says why, and stays', async () => {
    const { reply, said } = await run(['', '', '1', '']);
    expect(said).toContain('Select one.');
    expect(reply).toEqual({ kind: 'value', value: ['id1'] });
  });

  it('refuses what cannot be chosen, and numbers that are not there', async () => {
    const { reply, said } = await run(['', '4 99', '1', '']);
    expect(said).toContain('Segment d is not available. Arrays cannot be exported.');
    expect(said).toContain('The list above has no 99.');
    expect(reply).toEqual({ kind: 'value', value: ['id1'] });
  });

  it('is not slow with a hundred thousand of them', async () => {
    const all = Array.from({ length: 100_000 }, (_, at) => ({ id: `id${at}`, label: `Segment ${at}` }));
    const { dialogue, said } = scripted(['', ':a', ':a', ':s', '']);
    const reply = await askMany(dialogue, { rows: all, selected: [], onChange: () => undefined });
    expect(reply).toMatchObject({ kind: 'value', value: { length: 100_000 } });
    expect(said.length).toBeLessThan(200);
  });

  it('names what is selected and not in the list', async () => {
    const { dialogue, said } = scripted([':s', '']);
    await askMany(dialogue, {
      rows: rows.slice(0, 3),
      selected: ['gone'],
      nameOf: (id) => (id === 'gone' ? 'Winter guests' : undefined),
      onChange: () => undefined,
    });
    expect(said).toContain('  1. Winter guests, selected');
  });

  it('says where the end is', async () => {
    expect((await run(['', ':m', ':m', ':m', '1', ''])).said).toContain('No more to show.');
  });
});

it.each([
  ['1', [1]],
  ['1 3-5', [1, 3, 4, 5]],
  ['1,2、3', [1, 2, 3]],
  ['１　３－５，７', [1, 3, 4, 5, 7]],
  ['5-3', undefined],
  ['loyalty', undefined],
  ['1st', undefined],
  ['', undefined],
  ['1-999999999', undefined],
])('%j is read as %j', (said, wanted) => {
  expect(numbersOf(said)).toEqual(wanted);
});

describe('fields', () => {
  const text = (name: string, more: Partial<FormField> = {}): FormField => ({
    name,
    label: name,
    kind: 'text',
    required: true,
    ...more,
  });
  const ask = async (fields: FormField[], answers: (string | null)[], values = {}) => {
    const { dialogue, said, left } = scripted(answers);
    const reply = await askFields(dialogue, { fieldsOf: () => fields, values });
    expect(left()).toBe(0);
    return { reply, said };
  };
  const bucket = text('bucket', {
    example: 'crm-exports',
    validate: (value) => (/^[a-z-]+$/.test(value) ? undefined : 'Not a bucket.'),
  });

  it('are asked one after the other, and again with an example after a mistake', async () => {
    const { reply, said } = await ask([bucket, text('path')], ['', 'X Y', 'crm', 'daily']);
    expect(reply).toEqual({ kind: 'value', value: { bucket: 'crm', path: 'daily' } });
    expect(said).toContain('bucket is required.');
    expect(said).toContain('Not a bucket.');
  });

  it('go back to the field before, with its answer, and from the first one to the page before', async () => {
    const { reply, said } = await ask([bucket, text('path')], ['crm', ':b', '', 'daily']);
    expect(reply).toEqual({ kind: 'value', value: { bucket: 'crm', path: 'daily' } });
    expect(said).toContain('bucket (Enter: crm): ');
    expect((await ask([bucket], [':b'])).reply).toEqual({ kind: 'back' });
  });

  it('take full-width commands, and leave full-width values as they are', async () => {
    const anything = text('name', { required: false });
    const { reply } = await ask([anything, text('path')], ['２', '：ｂ', '：ｃ', 'ＤＡＩＬＹ']);
    expect(reply).toEqual({ kind: 'value', value: { name: '', path: 'ＤＡＩＬＹ' } });
    expect((await ask([anything], ['２'])).reply).toEqual({ kind: 'value', value: { name: '２' } });
    expect((await ask([bucket], ['：ｑ'])).reply).toEqual({ kind: 'leave' });
  });

  it('take a secret as it is, though it looks like a command of a list', async () => {
    const secret = text('key', { kind: 'secret' });
    expect((await ask([secret], [':A'])).reply).toEqual({ kind: 'value', value: { key: ':A' } });
  });

  it('keep, empty and complete what they hold', async () => {
    const optional = text('port', { required: false });
    const macro = text('name', { complete: (value) => (value.endsWith('%DA') ? `${value}TE%` : undefined) });
    const { reply } = await ask([text('host'), optional, macro], ['', ':c', ':+'], {
      host: 'h',
      port: '22',
      name: '%DA',
    });
    expect(reply).toEqual({ kind: 'value', value: { host: 'h', port: '', name: '%DATE%' } });
  });

  it('leave a choice empty where it may be, and only there', async () => {
    const choices = [
      { value: 'true', label: 'true' },
      { value: 'false', label: 'false' },
    ];
    const choice = text('manifest', { kind: 'choice', required: false, choices, help: 'Adds a manifest.' });
    const { reply, said } = await ask([choice], ['']);
    expect(reply).toEqual({ kind: 'value', value: { manifest: '' } });
    expect(said).toContain('  Adds a manifest.');
    const { said: again } = await ask([{ ...choice, required: true }], ['', 'true']);
    expect(again.join('\n')).toContain('No such choice.');
  });

  it('never say a secret, nor put it into a prompt', async () => {
    const secret = text('key', { kind: 'secret' });
    const { dialogue, said } = scripted(['PLANTED', ':b', '', 'x']);
    const reply = await askFields(dialogue, { fieldsOf: () => [secret, text('host')], values: {} });
    expect(reply).toEqual({ kind: 'value', value: { key: 'PLANTED', host: 'x' } });
    // What is answered is written down by this test, and by nobody else.
    expect(said.filter((line) => line.includes('PLANTED'))).toEqual(['key (not shown): PLANTED']);
    expect(said).toContain('key (not shown; Enter keeps the earlier value): ');
  });
});

it.each([
  ['y', true],
  ['apply', true],
  ['ｙ', true],
  ['Ｎ', false],
  ['N', false],
  ['not yet', false],
])('yes or no: %s', async (answer, wanted) => {
  const { dialogue } = scripted(['maybe', answer]);
  const reply = await askYesNo(dialogue, 'Sure?', { yes: 'apply', no: 'not yet' });
  expect(reply).toEqual({ kind: 'value', value: wanted });
});
