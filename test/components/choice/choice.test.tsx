import { describe, expect, it, vi } from 'vitest';
import { Choice, type ChoiceOption, type ChoiceProps } from '../../../source/components/choice/choice.tsx';
import { keys, renderInk } from '../../helpers/ink.tsx';

type Place = 's3' | 'azure' | 'dlz' | 'gcs';

const options: readonly ChoiceOption<Place>[] = [
  { value: 's3', label: 'Amazon S3', hint: 'files in your own bucket' },
  { value: 'azure', label: 'Azure Blob' },
  { value: 'dlz', label: '資料登陸區', hint: 'Adobe keeps the files' },
  { value: 'gcs', label: 'Google Cloud Storage', disabled: 'No licence for it.' },
];

function setUp(props: Partial<ChoiceProps<Place>> = {}) {
  const seen = {
    selected: vi.fn<(value: Place) => void>(),
    highlighted: vi.fn<(value: Place) => void>(),
    backed: vi.fn<() => void>(),
  };
  const choice = (
    <Choice
      options={options}
      onSelect={seen.selected}
      onHighlight={seen.highlighted}
      onBack={seen.backed}
      {...props}
    />
  );
  return { seen, choice };
}

describe('Choice', () => {
  it('lines hints up, also beside Chinese labels, and marks the answer so far', async () => {
    const ink = await renderInk(setUp({ initialValue: 'azure' }).choice, { columns: 80 });
    expect(ink.frame()).toMatchInlineSnapshot(`
      "    Amazon S3             files in your own bucket
      ❯ ● Azure Blob
          資料登陸區            Adobe keeps the files
        · Google Cloud Storage
      "
    `);
  });

  it('keeps the row of the cursor when it is given less room, as by a question below it', async () => {
    const { choice } = setUp({ height: 4 });
    const ink = await renderInk(choice, { columns: 40 });
    await ink.press(keys.down, keys.down);
    expect(ink.frame()).toContain('❯   資料登陸區');
    for (const height of [2, 1]) {
      await ink.rerender(setUp({ height, isActive: false }).choice);
      expect(ink.frame()).toContain('資料登陸區');
    }
    await ink.rerender(setUp({ height: 4 }).choice);
    expect(ink.frame()).toContain('❯   資料登陸區');
  });

  it('leaves hints out that a narrow terminal would cut, and says the one under the cursor below', async () => {
    const ink = await renderInk(setUp().choice, { columns: 40 });
    expect(ink.frame()).toMatchInlineSnapshot(`
      "❯   Amazon S3
          Azure Blob
          資料登陸區
        · Google Cloud Storage
        files in your own bucket"
    `);
  });

  it('shows what must be seen before a hint, and nothing of a hint that has no room', async () => {
    const choice = (
      <Choice
        options={[
          { value: 'prod', label: 'Finish run 40fcb632', danger: 'PRODUCTION', hint: 'prod · 4 of 5 made' },
        ]}
        onSelect={() => undefined}
      />
    );
    expect((await renderInk(choice, { columns: 80 })).frame()).toContain(
      '40fcb632  PRODUCTION  prod · 4 of 5 made',
    );
    const narrow = await renderInk(choice, { columns: 27 });
    expect(narrow.frame()).toContain('Finish run 40fcb632\n');
    expect(narrow.frame()).toContain('PRODUCTION');
  });

  it.each([
    ['Enter chooses', [keys.enter], ['s3']],
    ['arrows move', [keys.down, keys.down, keys.up, keys.enter], ['azure']],
    ['j and k move', ['j', 'j', 'k', keys.enter], ['azure']],
    ['arrow and Enter of one chunk choose what the arrow reached', [`${keys.down}\r`], ['azure']],
    ['every arrow of one chunk counts', [keys.down.repeat(2), keys.enter], ['dlz']],
    ['a digit chooses at once', ['3'], ['dlz']],
    ['a digit without an option does nothing', ['9'], []],
    ['a disabled option is not chosen', [keys.up, keys.enter], []],
    ['a digit does not choose a disabled option', ['4'], []],
  ])('%s', async (_, chunks, wanted) => {
    const { seen, choice } = setUp();
    const ink = await renderInk(choice);
    await ink.press(...chunks);
    expect(seen.selected.mock.calls.map(([value]) => value)).toEqual(wanted);
  });

  it('says why an option cannot be chosen', async () => {
    const ink = await renderInk(setUp().choice);
    expect(ink.frame()).not.toContain('licence');
    await ink.press('4');
    expect(ink.frame()).toContain('▲ No licence for it.');
  });

  it('begins at the answer so far, also beyond the first screenful', async () => {
    const { seen, choice } = setUp({ initialValue: 'dlz', height: 2 });
    const ink = await renderInk(choice);
    await ink.press(keys.enter);
    expect(seen.selected).toHaveBeenCalledExactlyOnceWith('dlz');
  });

  it('draws the pointer where several arrows of one chunk lead', async () => {
    const ink = await renderInk(setUp().choice);
    await ink.press(keys.down.repeat(2));
    expect(ink.frame()).toContain('❯   資料登陸區');
    await ink.press(keys.down);
    expect(ink.frame()).toContain('❯ · Google');
  });

  it('stays on its option when others come or go', async () => {
    const { seen, choice } = setUp({ initialValue: 'dlz' });
    const ink = await renderInk(choice);
    await ink.rerender(
      <Choice options={options.slice(1)} onSelect={seen.selected} initialValue={undefined} />,
    );
    expect(ink.frame()).toContain('❯   資料登陸區');
    await ink.press(keys.enter);
    expect(seen.selected).toHaveBeenCalledExactlyOnceWith('dlz');
  });

  it('tells which option is under the cursor', async () => {
    const { seen, choice } = setUp();
    const ink = await renderInk(choice);
    await ink.press(keys.down);
    expect(seen.highlighted.mock.calls).toEqual([['azure']]);
  });

  it.each([
    ['to the last', [keys.end], '❯ · Google'],
    ['to the first', [keys.down, keys.down, keys.home], '❯   Amazon S3'],
  ])('goes %s with one key', async (_, pressed, seen) => {
    const { seen: heard, choice } = setUp();
    const ink = await renderInk(choice);
    await ink.press(...pressed);
    expect(ink.frame()).toContain(seen);
    expect(heard.highlighted).toHaveBeenLastCalledWith(pressed.length === 1 ? 'gcs' : 's3');
    // What is drawn and what is chosen are one.
    if (pressed.length > 1) await ink.press(keys.enter);
    if (pressed.length > 1) expect(heard.selected).toHaveBeenCalledExactlyOnceWith('s3');
  });

  it('goes back with Esc', async () => {
    const { seen, choice } = setUp();
    const ink = await renderInk(choice);
    await ink.press(keys.escape);
    expect(seen.backed).toHaveBeenCalledOnce();
  });

  it('takes no keys while it is not active', async () => {
    const { seen, choice } = setUp({ isActive: false });
    const ink = await renderInk(choice);
    await ink.press(keys.down, keys.enter, keys.escape);
    expect(seen.selected).not.toHaveBeenCalled();
    expect(seen.backed).not.toHaveBeenCalled();
  });
});
