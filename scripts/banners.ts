// npm run banners: the large names of the steps, as source/locale/*/banners.ts. Letters come from figlet; Chinese
// characters are drawn small with rsvg-convert (Debian: librsvg2-bin, fonts-noto-cjk) and read back as half blocks.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import figlet from 'figlet';
import { PNG } from 'pngjs';
import { format, resolveConfig } from 'prettier';
import type { StepName } from '../source/wizard/pages.ts';

type Names = Readonly<Record<StepName, string>>;

const en: Names = {
  'page.welcome': 'Welcome',
  'page.platform': 'Platform',
  'page.sandbox': 'Sandbox',
  'page.destination': 'Destination',
  'page.signIn': 'Sign-in',
  'page.location': 'Location',
  'page.segments': 'Segments',
  'page.attributes': 'Attributes',
  'page.schedule': 'Schedule',
  'page.review': 'Review',
  'page.source': 'Profile Store',
  'page.apply': 'Apply',
  'page.validation': 'Validation',
};

const zhTW: Names = {
  'page.welcome': '繼續',
  'page.platform': '平台',
  'page.sandbox': '沙箱',
  'page.destination': '目的地',
  'page.signIn': '登入',
  'page.location': '儲存位置',
  'page.segments': '區段',
  'page.attributes': '屬性',
  'page.schedule': '排程',
  'page.review': '檢閱',
  'page.source': '資料來源',
  'page.apply': '套用',
  'page.validation': '核對',
};

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

async function write(language: string, names: Names, draw: (name: string) => string[]): Promise<void> {
  const file = new URL(`../source/locale/${language}/banners.ts`, import.meta.url);
  const [type, satisfied] =
    language === 'en'
      ? ['\nexport type Banners = Readonly<Record<keyof typeof banners, readonly string[]>>;\n', '']
      : ['', ' satisfies Banners'];
  const imported =
    language === 'en' ? '' : "import type { Banners } from '../source/locale/en/banners.ts';\n\n";
  const drawn = new Map([...new Set(Object.values(names))].map((name) => [name, draw(name)]));
  const members = Object.entries(names).map(
    ([step, name]) => `'${step}': ${JSON.stringify(drawn.get(name))},`,
  );
  const source = `${imported}/** Large names of the steps. Made by \`npm run banners\`; nothing to change by hand. */
export const banners = {${members.join('\n')}} as const${satisfied};
${type}`;
  const options = await resolveConfig(file);
  writeFileSync(file, await format(source, { ...options, parser: 'typescript' }));
}

await write('en', en, inLetters);
await write('zh-TW', zhTW, inHalfBlocks);
