import { describe, expect, it } from 'vitest';
import { english } from '../../source/locale/catalogs.ts';
import { endedText, sentencesText, textsOf } from '../../source/locale/texts.ts';
import { zhTW } from '../../source/locale/zh-TW.ts';

const chinese = textsOf(zhTW, 'zh-TW');

describe('a sentence', () => {
  it.each([
    [english, 'only with incremental', 'only with incremental.'],
    [english, 'Which one?', 'Which one?'],
    [chinese, '只能搭配增量', '只能搭配增量。'],
    [chinese, '以 UTC 計；按 Ctrl+O 開啟日曆。', '以 UTC 計；按 Ctrl+O 開啟日曆。'],
  ])('ends as its language does', (text, said, wanted) => {
    expect(endedText(text, said)).toBe(wanted);
  });

  it('has no blank behind a wide mark that a value ends with', () => {
    const said = (text: typeof chinese, start: string) => text('when.from', { every: '每天', start });
    expect(said(chinese, '2026/12/20 17:00 UTC（20:00）')).toBe('每天，2026/12/20 17:00 UTC（20:00）起');
    expect(said(chinese, '2026/12/20')).toBe('每天，2026/12/20 起');
    expect(english('when.from', { every: '每天（新）', start: 'today' })).toBe('每天（新） from today');
  });

  it('stands from the next as its language parts them', () => {
    expect(sentencesText(english, ['One.', 'Two.', 'Three.'])).toBe('One. Two. Three.');
    expect(sentencesText(chinese, ['一。', '二。', '三。'])).toBe('一。二。三。');
    expect(sentencesText(chinese, ['', '二。'])).toBe('二。');
    expect(sentencesText(chinese, [])).toBe('');
  });
});
