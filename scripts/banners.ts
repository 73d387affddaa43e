// npm run banners: the large names of the steps, as source/locale/*/banners.ts. Letters come from figlet; Chinese
// characters are drawn small with rsvg-convert (Debian: librsvg2-bin, fonts-noto-cjk) and read back as half blocks.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import figlet from 'figlet';
import { PNG } from 'pngjs';
import { format, resolveConfig } from 'prettier';
import type { PageId } from '../source/wizard/pages.ts';

type Names = Readonly<Record<PageId, string>>;

const en: Names = {
  welcome: 'Welcome',
  platform: 'Platform',
  platformSecret: 'Platform',
  sandbox: 'Sandbox',
  destination: 'Destination',
  account: 'Sign-in',
  signIn: 'Sign-in',
  signInFields: 'Sign-in',
  location: 'Location',
  locationFields: 'Location',
  segments: 'Segments',
  attributes: 'Attributes',
  mandatory: 'Mandatory',
  deduplication: 'Deduplication',
  exportMode: 'Export mode',
  exportModeEditor: 'Export mode',
  schedule: 'Schedule',
  frequencyEditor: 'Schedule',
  triggerEditor: 'Schedule',
  detailsEditor: 'Schedule',
  review: 'Review',
  source: 'Profile Store',
  apply: 'Apply',
  validation: 'Validation',
};

const zhTW: Names = {
  welcome: '繼續',
  platform: '平台',
  platformSecret: '平台',
  sandbox: '沙箱',
  destination: '目的地',
  account: '登入',
  signIn: '登入',
  signInFields: '登入',
  location: '儲存位置',
  locationFields: '儲存位置',
  segments: '區段',
  attributes: '屬性',
  mandatory: '強制屬性',
  deduplication: '去重複化',
  exportMode: '匯出模式',
  exportModeEditor: '匯出模式',
  schedule: '排程',
  frequencyEditor: '排程',
  triggerEditor: '排程',
  detailsEditor: '排程',
  review: '檢閱',
  source: '資料來源',
  apply: '套用',
  validation: '核對',
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
  const imported = language === 'en' ? '' : "import type { Banners } from '../en/banners.ts';\n\n";
  const drawn = new Map([...new Set(Object.values(names))].map((name) => [name, draw(name)]));
  const members = Object.entries(names).map(([page, name]) => `${page}: ${JSON.stringify(drawn.get(name))},`);
  const source = `${imported}/** Large names of the steps. Made by \`npm run banners\`; nothing to change by hand. */
export const banners = {${members.join('\n')}} as const${satisfied};
${type}`;
  const options = await resolveConfig(file);
  writeFileSync(file, await format(source, { ...options, parser: 'typescript' }));
}

await write('en', en, inLetters);
await write('zh-TW', zhTW, inHalfBlocks);
