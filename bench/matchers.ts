// npm run bench:matchers: what a search of 100,000 names costs with each of the well-kept matchers, and
// whether it finds letters that are apart, a slip of the finger, and Chinese.
import uFuzzy from '@leeoniya/ufuzzy';
import microfuzz from '@nozbe/microfuzz';
import { Fzf } from 'fzf';
import fuzzysort from 'fuzzysort';
import { seedSegments } from '../source/emulator/seed/segments.ts';
import { setting } from './median.mjs';

const names = seedSegments(100_000, Date.parse('2026-11-24T00:00:00Z')).map(({ name }) => name);
const lowered = names.map((name) => name.toLowerCase());
const queries = ['m', 'mountain', 'mountain bik', 'mtnbik', 'loylaty', '台北', '台北 hik', 'zzzz'];

const latin = new uFuzzy({ intraIns: 3, interIns: 10 });
const loose = new uFuzzy({ intraIns: Infinity, interIns: Infinity });
const typos = new uFuzzy({ intraMode: 1 });
const unicode = new uFuzzy({
  unicode: true,
  interSplit: "[^\\p{L}\\d']+",
  intraSplit: '\\p{Ll}\\p{Lu}',
  intraBound: '\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}',
  intraChars: "[\\p{L}\\d']",
});
const prepared = names.map((name) => fuzzysort.prepare(name));
const fzf = new Fzf(names, { casing: 'case-insensitive' });
const micro = microfuzz.default(names);

const matchers: Record<string, (query: string) => number> = {
  'includes, lowered': (query) => {
    const words = query.split(' ');
    return lowered.filter((name) => words.every((word) => name.includes(word))).length;
  },
  'uFuzzy, 3 between': (query) => latin.filter(names, query)?.length ?? 0,
  'uFuzzy, any between': (query) => loose.filter(names, query)?.length ?? 0,
  'uFuzzy, one slip': (query) => typos.filter(names, query)?.length ?? 0,
  'uFuzzy, unicode': (query) => unicode.filter(names, query)?.length ?? 0,
  fuzzysort: (query) => fuzzysort.go(query, prepared).total,
  fzf: (query) => fzf.find(query).length,
  microfuzz: (query) => micro(query).length,
};

console.log(`A search of 100,000 names, median milliseconds and names found (${setting()})\n`);
console.log(
  `  ${''.padEnd(20)}${queries.map((query) => query.padStart(18 - (query.match(/[台北]/g)?.length ?? 0))).join('')}`,
);
for (const [name, find] of Object.entries(matchers)) {
  const cells = queries.map((query) => {
    const times = Array.from({ length: 5 }, () => {
      const from = performance.now();
      find(query);
      return performance.now() - from;
    }).sort((a, b) => a - b);
    return `${(times[2] ?? 0).toFixed(1)} (${find(query)})`.padStart(18);
  });
  console.log(`  ${name.padEnd(20)}${cells.join('')}`);
}
