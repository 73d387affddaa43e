// npm run banners: the large names of the steps, as source/locale/*/banners.ts. Letters come from figlet; Chinese
// characters are drawn small with rsvg-convert (Debian: librsvg2-bin, fonts-noto-cjk) and read back as half blocks.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import figlet from 'figlet';
import { format, type FormatOptions } from 'oxfmt';
import { PNG } from 'pngjs';
import { textIn } from '../source/locale/catalogs.ts';
import { en } from '../source/locale/en.ts';
import { type Language, languages, type MessageId } from '../source/locale/texts.ts';
import type { StepName } from '../source/wizard/pages.ts';

type Names = Readonly<Record<StepName, string>>;

const style = JSON.parse(readFileSync(new URL('../.oxfmtrc.json', import.meta.url), 'utf8')) as FormatOptions;

/** What is too wide for 80 columns in large letters. */
const shorter: Readonly<Record<Language, Partial<Names>>> = {
  en: { 'page.location': 'Location' },
  'zh-TW': { 'page.source': '設定檔' },
};

/** The steps as the wizard calls them. */
async function namesIn(language: Language): Promise<Names> {
  const text = await textIn(language, {});
  const steps = (Object.keys(en) as MessageId[]).filter((id) => id.startsWith('page.')) as StepName[];
  const named = steps.map((step) => {
    const [first = '', ...rest] = shorter[language][step] ?? text(step);
    return [step, first.toUpperCase() + rest.join('')];
  });
  return Object.fromEntries(named) as Names;
}

function inLetters(name: string): string[] {
  return figlet
    .textSync(name, { font: 'Standard', width: 200 })
    .split('\n')
    .map((line) => `  ${line.trimEnd()}`)
    .filter((line) => line.trim() !== '');
}

/** Pixels of a character: high enough to be told apart, low enough for seven lines. */
const pixels = 14;

function inHalfBlocks(name: string): string[] {
  const characters = [...name];
  const [width, height] = [characters.length * (pixels + 2), pixels];
  const drawn = characters.map(
    (one, at) =>
      `<text x="${at * (pixels + 2)}" y="${pixels * 0.88}" font-family="Noto Sans CJK TC" font-size="${pixels}">${one}</text>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/>${drawn.join('')}</svg>`;
  const png = PNG.sync.read(execFileSync('rsvg-convert', ['--format', 'png'], { input: svg }));
  const isOn = (x: number, y: number): boolean => (png.data[(y * png.width + x) * 4] ?? 255) < 140;
  return Array.from({ length: height / 2 }, (_, row) => {
    const line = Array.from({ length: width }, (_, x) => {
      const [above, below] = [isOn(x, row * 2), isOn(x, row * 2 + 1)];
      return above ? (below ? '█' : '▀') : below ? '▄' : ' ';
    });
    return `  ${line.join('').trimEnd()}`;
  });
}

const draws: Readonly<Record<Language, (name: string) => string[]>> = {
  en: inLetters,
  'zh-TW': inHalfBlocks,
};

export const fileOf = (language: Language): URL =>
  new URL(`../source/locale/${language}/banners.ts`, import.meta.url);

/** The file of a language. @param draw - How a name is drawn; in letters of the language itself when left out */
export async function sourceOf(
  language: Language,
  draw: (name: string, step: StepName) => readonly string[] = draws[language],
): Promise<string> {
  const names = Object.entries(await namesIn(language)) as [StepName, string][];
  const members = names.map(([step, name]) => `'${step}': ${JSON.stringify(draw(name, step))},`);
  const [imported, satisfied, type] =
    language === 'en'
      ? ['', '', '\nexport type Banners = Readonly<Record<keyof typeof banners, readonly string[]>>;\n']
      : ["import type { Banners } from '../en/banners.ts';\n\n", ' satisfies Banners', ''];
  const source = `${imported}/** Large names of the steps. Made by \`npm run banners\`; nothing to change by hand. */
export const banners = {${members.join('\n')}} as const${satisfied};
${type}`;
  const { code } = await format(fileURLToPath(fileOf(language)), source, style);
  return code;
}

if (import.meta.main)
  for (const language of languages) writeFileSync(fileOf(language), await sourceOf(language));
