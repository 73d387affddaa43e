import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  Form,
  type FormField,
  type FormProps,
  type FormTexts,
  type FormValues,
} from '../../../source/components/form/form.tsx';
import { noteLines, windowFields } from '../../../source/components/form/form-layout.ts';
import { keys, renderInk } from '../../helpers/ink.tsx';

const texts: FormTexts = {
  completion: (completed) => `tab: ${completed}`,
  required: (label) => `${label} is needed.`,
  optional: '(optional)',
  note: (help = '', example) => (example === undefined ? help : `${help} For example: ${example}`.trim()),
  secretSize: (lines, characters) => `${lines} lines, ${characters} characters`,
};

const fields: readonly FormField[] = [
  {
    name: 'bucket',
    label: 'Bucket name',
    kind: 'text',
    required: true,
    help: 'The bucket that receives the files.',
    example: 'crm-exports',
    validate: (value) => (/^[a-z-]+$/.test(value) ? undefined : 'Small letters and dashes only.'),
  },
  { name: 'path', label: '資料夾', kind: 'text', required: false },
  { name: 'secret', label: 'Secret key', kind: 'secret', required: true },
  {
    name: 'format',
    label: 'File format',
    kind: 'choice',
    required: true,
    choices: [
      { value: 'csv', label: 'CSV' },
      { value: 'json', label: 'JSON' },
      { value: 'parquet', label: 'Parquet' },
    ],
  },
];

function setUp(props: Partial<FormProps> = {}) {
  const seen = {
    submitted: vi.fn<(values: FormValues) => void>(),
    backed: vi.fn<() => void>(),
    changed: vi.fn<(name: string, value: string) => void>(),
  };
  const form = (
    <Form
      fields={fields}
      texts={texts}
      onSubmit={seen.submitted}
      onBack={seen.backed}
      onChange={seen.changed}
      {...props}
    />
  );
  return { seen, form };
}

const filled = { bucket: 'crm', path: 'daily', secret: 'abcdefghijklKEY7', format: 'json' };

describe('Form', () => {
  it('draws labels and answers in two columns', async () => {
    const ink = await renderInk(setUp({ initialValues: filled }).form, { columns: 80 });
    expect(ink.frame()).toMatchInlineSnapshot(`
      "❯ Bucket name  crm
                     The bucket that receives the files. For example: crm-exports
        資料夾       daily
        Secret key   ••••KEY7
        File format  JSON"
    `);
  });

  it('puts the answer being written below its label when the terminal is narrow', async () => {
    const ink = await renderInk(setUp({ initialValues: filled }).form, { columns: 36 });
    expect(ink.frame()).toMatchInlineSnapshot(`
      "❯ Bucket name
        crm
        The bucket that receives the
        files. For example: crm-exports
        資料夾       daily
        Secret key   ••••KEY7
        File format  JSON"
    `);
  });

  it('goes through all fields with Enter and submits from the last', async () => {
    const { seen, form } = setUp();
    const ink = await renderInk(form);
    await ink.press('crm\r', keys.enter, 'hunter2', keys.enter, keys.right, keys.right, keys.enter);
    expect(seen.submitted).toHaveBeenCalledExactlyOnceWith({
      bucket: 'crm',
      path: '',
      secret: 'hunter2',
      format: 'json',
    });
  });

  it('submits from any field where everything is proposed, and goes to what is wrong instead', async () => {
    const { seen, form } = setUp({ initialValues: filled, goesOn: () => true });
    await (await renderInk(form)).press(keys.enter);
    expect(seen.submitted).toHaveBeenCalledExactlyOnceWith(filled);
    const wrong = setUp({ initialValues: { ...filled, secret: '' }, goesOn: () => true });
    const ink = await renderInk(wrong.form);
    await ink.press(keys.enter);
    expect(wrong.seen.submitted).not.toHaveBeenCalled();
    expect(ink.frame()).toContain('❯ Secret key');
  });

  it('names an empty choice that is one', async () => {
    const choices = [
      { value: '"', label: 'double' },
      { value: '', label: 'no quotes' },
    ];
    const quote: FormField = { name: 'quote', label: 'Quote', kind: 'choice', required: false, choices };
    const ink = await renderInk(setUp({ fields: [...fields, quote], initialValues: filled }).form);
    expect(ink.frame()).toContain('no quotes');
    expect(ink.frame()).not.toContain('(optional)');
  });

  it('blocks forward and shows the rule with a valid example', async () => {
    const { form } = setUp();
    const ink = await renderInk(form);
    await ink.press('CRM', keys.enter);
    expect(ink.frame()).toContain('✗ Small letters and dashes only.');
    expect(ink.frame()).toContain('For example: crm-exports');
    expect(ink.frame()).toContain('❯ Bucket name');
    await ink.press('x');
    expect(ink.frame()).not.toContain('✗');
  });

  it('says an example once, where the rule says it already', () => {
    const [field] = fields;
    if (field === undefined) throw new Error('no field');
    const said = noteLines(field, texts, 60, 'Small letters only. For example: crm-exports');
    expect(said.join(' ')).not.toContain('crm-exports');
    expect(noteLines(field, texts, 60, 'Small letters only.').join(' ')).toContain('crm-exports');
  });

  it('says that a required field is needed', async () => {
    const ink = await renderInk(setUp().form);
    await ink.press(keys.enter);
    expect(ink.frame()).toContain('✗ Bucket name is needed.');
  });

  it.each([
    ['up', keys.up],
    ['Shift+Tab', keys.shiftTab],
  ])('never blocks going back with %s, and keeps what is wrong', async (_, key) => {
    const { form } = setUp({ initialValues: { ...filled, secret: '' }, initialField: 'secret' });
    const ink = await renderInk(form);
    await ink.press(key);
    expect(ink.frame()).toContain('❯ 資料夾');
    expect(ink.frame()).not.toContain('✗');
  });

  it.each([
    ['tab', keys.tab, '❯ File format'],
    ['down', keys.down, '❯ File format'],
    ['up', keys.up, '❯ 資料夾'],
    ['Shift+Tab', keys.shiftTab, '❯ 資料夾'],
  ])('leaves a wrong secret with %s, and says what is wrong where it is', async (_, key, next) => {
    const rule: FormField = {
      name: 'secret',
      label: 'Secret key',
      kind: 'secret',
      required: true,
      validate: (value) => (value.length < 8 ? 'At least 8 characters.' : undefined),
    };
    const wrong = fields.map((field) => (field.name === 'secret' ? rule : field));
    const { seen, form } = setUp({
      fields: wrong,
      initialValues: { ...filled, secret: '' },
      initialField: 'secret',
    });
    const ink = await renderInk(form);
    await ink.press('short', keys.enter);
    expect(ink.frame()).toContain('❯ Secret key');
    await ink.press(key);
    expect(ink.frame()).toContain(next);
    expect(ink.frame()).toContain('✗ At least 8 characters.');
    // What is typed next is no part of the secret.
    await ink.press('zz');
    expect(seen.changed.mock.calls.filter(([name]) => name === 'secret').at(-1)).toEqual(['secret', 'short']);
  });

  it('tells what an answer hardly means, and takes it', async () => {
    const doubted: FormField = {
      name: 'path',
      label: 'Folder',
      kind: 'text',
      required: false,
      doubts: (value) => (value === '..' ? ['Leads out.'] : []),
    };
    const { seen, form } = setUp({ fields: [doubted], initialValues: { path: '..' } });
    const ink = await renderInk(form);
    expect(ink.frame()).toContain('▲ Leads out.');
    await ink.press(keys.enter);
    expect(seen.submitted).toHaveBeenCalledExactlyOnceWith({ path: '..' });
    await ink.press('x');
    expect(ink.frame()).not.toContain('▲');
  });

  it('goes round from the last field to the first, and back', async () => {
    const ink = await renderInk(setUp({ initialValues: filled, initialField: 'format' }).form);
    await ink.press(keys.tab);
    expect(ink.frame()).toContain('❯ Bucket name');
    await ink.press(keys.shiftTab);
    expect(ink.frame()).toContain('❯ File format');
  });

  it('keeps values while walking up and down', async () => {
    const { form } = setUp({ initialValues: filled });
    const ink = await renderInk(form);
    await ink.press('x', keys.down, keys.down, keys.up, keys.up, 'y');
    expect(ink.frame()).toContain('crmxy');
    expect(ink.frame()).toContain('••••KEY7');
  });

  it('goes to the first wrong field when the last is submitted', async () => {
    const { seen, form } = setUp({ initialValues: { ...filled, bucket: 'NO' }, initialField: 'format' });
    const ink = await renderInk(form);
    await ink.press(keys.enter);
    expect(seen.submitted).not.toHaveBeenCalled();
    expect(ink.frame()).toContain('❯ Bucket name');
    expect(ink.frame()).toContain('✗ Small letters and dashes only.');
  });

  it('tells every change at once', async () => {
    const { seen, form } = setUp();
    const ink = await renderInk(form);
    await ink.press('ab', keys.backspace);
    expect(seen.changed.mock.calls).toEqual([
      ['bucket', 'ab'],
      ['bucket', 'a'],
    ]);
  });

  it('goes back with Esc from an invalid field', async () => {
    const { seen, form } = setUp();
    const ink = await renderInk(form);
    await ink.press('NO', keys.escape);
    expect(seen.backed).toHaveBeenCalledOnce();
  });

  it('never draws a secret', async () => {
    const { form } = setUp({ initialField: 'secret' });
    const ink = await renderInk(form);
    await ink.press('abcdefghijklKEY7', keys.tab, keys.up);
    expect(ink.frames().join('')).not.toContain('abcdef');
    expect(ink.frame()).toContain('••••KEY7');
  });

  it('keeps the active field in sight in a short terminal', async () => {
    const many = Array.from({ length: 20 }, (_, at): FormField => ({
      name: `f${at}`,
      label: `Field ${at}`,
      kind: 'text',
      required: false,
      help: 'Help.',
    }));
    const { form } = setUp({ fields: many, height: 7 });
    const ink = await renderInk(form);
    for (let at = 0; at < 20; at++) {
      expect(ink.frame()).toContain(`❯ Field ${at}`);
      expect(ink.frame().split('\n').length).toBeLessThanOrEqual(7);
      await ink.press(keys.down);
    }
  });

  it('shows where what is said of a field ends before it does', async () => {
    const help =
      'One sentence that is long. Another one that is as long. A third, which nobody gets to read here.';
    const long: FormField = { name: 'f', label: 'Field', kind: 'text', required: false, help };
    const other: FormField = { name: 'g', label: 'Other', kind: 'text', required: false };
    for (const height of [4, 5, 6]) {
      const ink = await renderInk(setUp({ fields: [long, other], height, width: 30 }).form, { columns: 30 });
      const lines = ink.frame().trimEnd().split('\n');
      expect(lines.length).toBeLessThanOrEqual(height);
      if (!ink.frame().includes('here.')) expect(lines.some((line) => / …$/.test(line))).toBe(true);
    }
    const ink = await renderInk(setUp({ fields: [long], height: 20, width: 30 }).form, { columns: 30 });
    expect(ink.frame()).toContain('here.');
    expect(ink.frame()).not.toContain('…');
  });

  it('stays on its field when fields come and go', async () => {
    const { form } = setUp({ initialField: 'secret' });
    const ink = await renderInk(form);
    await ink.press('abc');
    await ink.rerender(setUp({ fields: fields.slice(1) }).form);
    expect(ink.frame()).toContain('❯ Secret key');
    expect(ink.frame()).not.toContain('Bucket name');
  });
});

describe('completion', () => {
  it('is what Tab does where there is something to add; else Tab goes on', async () => {
    const onChange = vi.fn();
    const completing: readonly FormField[] = [
      {
        name: 'file',
        label: 'File',
        kind: 'text',
        required: true,
        complete: (value) => (value.endsWith('%S') ? `${value}EGMENT%` : undefined),
      },
      { name: 'next', label: 'Next', kind: 'text', required: false },
    ];
    const { press, frame } = await renderInk(
      <Form fields={completing} texts={texts} onSubmit={vi.fn()} onChange={onChange} />,
    );
    await press('x%S');
    expect(frame()).toContain('tab: x%SEGMENT%');
    await press(keys.tab);
    expect(onChange).toHaveBeenLastCalledWith('file', 'x%SEGMENT%');
    expect(frame()).toMatch(/❯ File/);
    await press(keys.tab);
    expect(frame()).toMatch(/❯ Next/);
  });
});

describe('a form without a field', () => {
  it('lets go with Enter and with Esc', async () => {
    const { form, seen } = setUp({ fields: [] });
    const ink = await renderInk(form);
    await ink.press(keys.down, keys.escape);
    expect(seen.backed).toHaveBeenCalledOnce();
    await ink.press(keys.enter);
    expect(seen.submitted).toHaveBeenCalledExactlyOnceWith({});
  });
});

describe('which fields are drawn', () => {
  it('are as many as there is room for, with the one that is written among them', () => {
    const cases = fc.record({
      heights: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 9 }),
      at: fc.nat(8),
      height: fc.integer({ min: 3, max: 20 }),
    });
    fc.assert(
      fc.property(cases, ({ heights, at, height }) => {
        const active = Math.min(at, heights.length - 1);
        const lines = (from: number, to: number): number =>
          heights.slice(from, to).reduce((sum, one) => sum + one, 0) +
          (from > 0 ? 1 : 0) +
          (to < heights.length ? 1 : 0);
        const { from, to } = windowFields(heights, active, height);
        expect(from <= active && active < to).toBe(true);
        if (lines(active, active + 1) <= height) expect(lines(from, to)).toBeLessThanOrEqual(height);
        // No line that tells of others stands above room for one of them.
        if (from > 0) expect(lines(from - 1, to)).toBeGreaterThan(height);
        if (to < heights.length) expect(lines(from, to + 1)).toBeGreaterThan(height);
      }),
    );
  });
});
