import { readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { en } from '../../source/locale/en.ts';
import { zhTW } from '../../source/locale/zh-TW.ts';

const root = path.join(import.meta.dirname, '..', '..');

/** What a message wants to be filled with, in either language. */
function wantedBy(id: keyof typeof en): string[] {
  const names = [en[id], zhTW[id]].flatMap((words) =>
    [...words.matchAll(/\{(\w+)(?::(?:date|moment|word))?\}/g)].map(([, name = '']) => name),
  );
  return [...new Set(names)].filter((name) => name !== 'ferry');
}

/** The program, and beside it one file more. */
function programWith(name: string, text: string): ts.Program {
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), (file) => ts.sys.readFile(file)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const host = ts.createCompilerHost(options);
  const beside = path.join(root, name);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (file, version) =>
    file === beside ? ts.createSourceFile(file, text, version, true) : getSourceFile(file, version);
  const all = readdirSync(path.join(root, 'source'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => path.join(root, 'source', file));
  return ts.createProgram([...all, beside], options, host);
}

/** Whether it is no text, whatever its type. */
const isNoMessage = (said: ts.Expression): boolean =>
  ts.isFunctionLike(said) ||
  ts.isObjectLiteralExpression(said) ||
  ts.isArrayLiteralExpression(said) ||
  ts.isNumericLiteral(said) ||
  ts.isRegularExpressionLiteral(said) ||
  ts.isNewExpression(said);

interface Call {
  readonly at: string;
  readonly id: string;
  readonly lacks: readonly string[];
}

/** Every message that is said with values that are known by name, and which of those it wants are not there. */
function callsIn(program: ts.Program): Call[] {
  const checker = program.getTypeChecker();
  const calls: Call[] = [];
  for (const file of program.getSourceFiles()) {
    if (!file.fileName.startsWith(path.join(root, 'source'))) continue;
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node)) calls.push(...callsOf(node, file));
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return calls;

  function callsOf(
    { expression, arguments: [said, values] }: ts.CallExpression,
    file: ts.SourceFile,
  ): Call[] {
    // To ask what a call is takes long, and most of them are told nothing that could be a message.
    if (!said || isNoMessage(said)) return [];
    if (checker.getTypeAtLocation(expression).getSymbol()?.name !== 'Text') return [];
    const type = checker.getTypeAtLocation(said);
    const ids = (type.isUnion() ? type.types : [type]).flatMap((one) =>
      one.isStringLiteral() ? [one.value] : [],
    );
    // Of one that may be any message nothing is known here.
    if (ids.length === Object.keys(en).length) return [];
    const given = values ? typesOf(values) : [];
    if (given === undefined) return [];
    const has = (name: string): boolean =>
      given.length > 0 &&
      given.every((one) => {
        const property = one.getProperty(name);
        return property !== undefined && (property.flags & ts.SymbolFlags.Optional) === 0;
      });
    const { line } = file.getLineAndCharacterOfPosition(said.getStart());
    return ids.map((id) => ({
      at: `${path.relative(root, file.fileName)}:${line + 1}`,
      id,
      lacks: id in en ? wantedBy(id as keyof typeof en).filter((name) => !has(name)) : ['a message'],
    }));
  }

  /** What values may be; nothing where their names come with them: a problem's are held by tests of their own. */
  function typesOf(values: ts.Expression): ts.Type[] | undefined {
    const isOpen = (type: ts.Type): boolean => checker.getIndexInfosOfType(type).length > 0;
    const partsOf = (type: ts.Type): ts.Type[] => (type.isUnion() ? type.types : [type]);
    const types = partsOf(checker.getTypeAtLocation(values));
    const spread = ts.isObjectLiteralExpression(values)
      ? values.properties.flatMap((one) =>
          ts.isSpreadAssignment(one) ? partsOf(checker.getTypeAtLocation(one.expression)) : [],
        )
      : [];
    return [...types, ...spread].some(isOpen) ? undefined : types;
  }
}

const badFile = 'source/said-badly.ts';
const badly = `
  import type { Text } from './locale/texts.ts';
  export function say(text: Text, seconds: number, kind: 'doubt' | 'busy', maybe: { run?: string }): void {
    text('apply.retrying', { seconds, why: '503' });
    text(seconds > 1 ? 'rollback.done' : 'rollback.absent');
    text(\`apply.\${kind}\`, {});
    text('rollback.done', { ...maybe });
    text('rollback.done', { run: 'a' });
  }
`;

it('fills every message with all that it wants, whoever says it', () => {
  const calls = callsIn(programWith(badFile, badly));
  const [bad, good] = [true, false].map((isBad) =>
    calls.filter(({ at, lacks }) => at.startsWith(badFile) === isBad && lacks.length > 0),
  );
  expect(bad?.map(({ at, lacks }) => `${at.slice(badFile.length + 1)} ${lacks.join()}`)).toEqual([
    '4 what,attempt,most',
    '5 run',
    '6 seconds',
    '6 seconds',
    '7 run',
  ]);
  expect(good?.map(({ at, id, lacks }) => `${at} ${id} ${lacks.join()}`)).toEqual([]);
  expect(calls.length).toBeGreaterThan(500);
}, 120_000);
