import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fileOf, sourceOf } from '../../scripts/banners.ts';
import { displayWidth } from '../../source/components/text/width.ts';
import { banners as en } from '../../source/locale/en/banners.ts';
import { banners as zhTW } from '../../source/locale/zh-TW/banners.ts';
import { some } from '../helpers/some.ts';

const kept = (language: 'en' | 'zh-TW'): string => readFileSync(fileOf(language), 'utf8');

it('the large names are those of the steps (npm run banners)', async () => {
  expect(kept('en')).toBe(await sourceOf('en'));
});

// Drawing Chinese characters takes a program and a font: what was drawn is taken over.
it('the large names in Chinese are written as the script writes them', async () => {
  const names = new Map<string, string>();
  const source = await sourceOf('zh-TW', (name, step) => {
    names.set(step, name);
    return zhTW[step];
  });
  expect(kept('zh-TW')).toBe(source);
  // Fourteen pixels a character and two between them, less what is empty at the end.
  for (const [step, name] of some([...names])) {
    const width = Math.max(...zhTW[step as keyof typeof zhTW].map(displayWidth)) - 2;
    expect(Math.ceil(width / 16)).toBe([...name].length);
  }
});

it('the large names fit 80 columns', () => {
  for (const lines of some([...Object.values(en), ...Object.values(zhTW)]))
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(80);
});
