import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const files = ['cli.tsx', ...globSync('{source,test,scripts,bench}/**/*.{ts,tsx,mjs}')].filter(
  (file) => !file.includes('node_modules'),
);
const texts = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));

/** The files that say a word. */
const saying = new Map<string, Set<string>>();
for (const [file, text] of texts)
  for (const [word] of text.matchAll(/\w+/g)) {
    const all = saying.get(word) ?? new Set();
    saying.set(word, all.add(file));
  }

const exported =
  /^export (?:abstract )?(?:async )?(?:function\*?|const|let|class|type|interface|enum) (\w+)/gm;

describe('what a file of the source exports', () => {
  const all = [...texts].flatMap(([file, text]) =>
    file.startsWith('source/') ? [...text.matchAll(exported)].map(([, name = '']) => ({ file, name })) : [],
  );

  it('is found by this test', () => {
    expect(all.length).toBeGreaterThan(1000);
  });

  it('is used in another file', () => {
    const alone = all.filter(({ name }) => (saying.get(name)?.size ?? 0) < 2);
    expect(alone.map(({ file, name }) => `${file} ${name}`)).toEqual([]);
  });
});
