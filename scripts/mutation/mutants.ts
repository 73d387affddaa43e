import ts from 'typescript';

/** One small change to a file. Known by what it changes and in what, never by a line: code around it may move. */
export interface Mutant {
  file: string;
  /** The function, method or constant that it is in. */
  within: string;
  from: string;
  to: string;
  /** Which of those that change the same to the same in the same place, counted from 0. */
  nth: number;
  /** Whether it is in a function; what is not is done as soon as the file is read. */
  isInFunction: boolean;
  start: number;
  end: number;
}

type Change = readonly [node: ts.Node, to: string];

const swapped = new Map<ts.SyntaxKind, readonly string[]>([
  [ts.SyntaxKind.AmpersandAmpersandToken, ['||']],
  [ts.SyntaxKind.BarBarToken, ['&&']],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, ['!==']],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, ['===']],
  [ts.SyntaxKind.LessThanToken, ['<=', '>=']],
  [ts.SyntaxKind.LessThanEqualsToken, ['<', '>']],
  [ts.SyntaxKind.GreaterThanToken, ['>=', '<=']],
  [ts.SyntaxKind.GreaterThanEqualsToken, ['>', '<']],
  [ts.SyntaxKind.PlusToken, ['-']],
  [ts.SyntaxKind.MinusToken, ['+']],
  [ts.SyntaxKind.AsteriskToken, ['/']],
  [ts.SyntaxKind.SlashToken, ['*']],
  [ts.SyntaxKind.PercentToken, ['*']],
  [ts.SyntaxKind.PlusEqualsToken, ['-=']],
  [ts.SyntaxKind.QuestionQuestionEqualsToken, ['=']],
]);

const methods = new Map([
  ['some', 'every'],
  ['every', 'some'],
  ['min', 'max'],
  ['max', 'min'],
  ['startsWith', 'endsWith'],
  ['endsWith', 'startsWith'],
  ['ceil', 'floor'],
  ['floor', 'ceil'],
  ['toLowerCase', 'toUpperCase'],
  ['push', 'unshift'],
]);

/** Methods whose result is of the kind of what they are called on: a call that is left out still means something. */
const leftOut = new Set([
  'filter',
  'sort',
  'toSorted',
  'reverse',
  'slice',
  'trim',
  'normalize',
  'replace',
  'replaceAll',
]);

/**
All the changes that can be made to a file of TypeScript: conditions, comparisons, arithmetic, literals, calls,
statements. In the order of the text.
*/
export function mutantsOf(file: string, text: string): Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const seen = new Map<string, number>();
  const mutants: Mutant[] = [];
  const visit = (node: ts.Node): void => {
    if (isOfTypes(node) || ts.isImportDeclaration(node)) return;
    for (const [changed, to] of changesOf(node, source)) {
      const [start, end] = [changed.getStart(source), changed.getEnd()];
      const known = { file, within: placeOf(node), from: oneLine(text.slice(start, end)), to: oneLine(to) };
      const isInFunction = ts.findAncestor(node.parent, isFunction) !== undefined;
      const key = [known.within, known.from, known.to].join('\0');
      const nth = seen.get(key) ?? 0;
      seen.set(key, nth + 1);
      mutants.push({ ...known, to, nth, isInFunction, start, end });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return mutants;
}

/** The text of a file with a change made to it. */
export const changed = (text: string, { start, end, to }: Mutant): string =>
  text.slice(0, start) + to + text.slice(end);

/** A text as it is shown, and compared: without its line ends. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ');

function* changesOf(node: ts.Node, source: ts.SourceFile): Generator<Change> {
  const textOf = (part: ts.Node): string => part.getText(source);
  if (ts.isIfStatement(node)) yield* conditions(node.expression, textOf);
  else if (ts.isConditionalExpression(node)) yield* conditions(node.condition, textOf);
  else if (ts.isWhileStatement(node)) yield [node.expression, 'false'];
  else if (ts.isBinaryExpression(node)) yield* binary(node, textOf);
  else if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    yield [node, textOf(node.operand)];
  else if (ts.isCallExpression(node)) yield* calls(node, textOf);
  else if (ts.isSpreadElement(node) && node.parent.kind === ts.SyntaxKind.ArrayLiteralExpression)
    yield [node, '...[]'];
  else if (ts.isSpreadAssignment(node)) yield [node, '...{}'];
  else if (ts.isArrayLiteralExpression(node) && node.elements.length > 0) yield [node, '[]'];
  else if (isRemovable(node)) yield [node, ';'];
  else yield* literals(node, textOf);
}

function* conditions(condition: ts.Expression, textOf: (part: ts.Node) => string): Generator<Change> {
  yield [condition, `!(${textOf(condition)})`];
  yield [condition, 'true'];
  yield [condition, 'false'];
}

function* binary(node: ts.BinaryExpression, textOf: (part: ts.Node) => string): Generator<Change> {
  for (const to of swapped.get(node.operatorToken.kind) ?? []) yield [node.operatorToken, to];
  if (node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) {
    yield [node, textOf(node.left)];
    yield [node, textOf(node.right)];
  }
  // One side of several conditions does nothing.
  if (node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken) {
    yield [node.left, 'true'];
    yield [node.right, 'true'];
  }
  if (node.operatorToken.kind === ts.SyntaxKind.BarBarToken) {
    yield [node.left, 'false'];
    yield [node.right, 'false'];
  }
}

function* calls(node: ts.CallExpression, textOf: (part: ts.Node) => string): Generator<Change> {
  if (!ts.isPropertyAccessExpression(node.expression)) return;
  const { name, expression } = node.expression;
  const other = methods.get(name.text);
  if (other !== undefined) yield [name, other];
  if (leftOut.has(name.text)) yield [node, textOf(expression)];
}

function* literals(node: ts.Node, textOf: (part: ts.Node) => string): Generator<Change> {
  if (node.kind === ts.SyntaxKind.TrueKeyword) yield [node, 'false'];
  else if (node.kind === ts.SyntaxKind.FalseKeyword) yield [node, 'true'];
  else if (ts.isNumericLiteral(node)) yield [node, `(${node.text} + 1)`];
  else if (ts.isStringLiteral(node) && !isName(node)) yield [node, node.text === '' ? "'?'" : "''"];
  else if (ts.isRegularExpressionLiteral(node)) yield* patterns(node, textOf(node));
}

function* patterns(node: ts.Node, pattern: string): Generator<Change> {
  const flagsAt = pattern.lastIndexOf('/');
  const [body, flags] = [pattern.slice(1, flagsAt), pattern.slice(flagsAt + 1)];
  if (body.startsWith('^')) yield [node, `/${body.slice(1)}/${flags}`];
  if (body.endsWith('$')) yield [node, `/${body.slice(0, -1)}/${flags}`];
  if (flags.includes('i')) yield [node, `/${body}/${flags.replace('i', '')}`];
}

/** Statements without which a function still is one: what it does, and where it ends early. */
function isRemovable(node: ts.Node): boolean {
  if (ts.isExpressionStatement(node) || ts.isThrowStatement(node)) return true;
  if (ts.isContinueStatement(node) || ts.isBreakStatement(node)) return true;
  return ts.isReturnStatement(node) && (ts.isIfStatement(node.parent) || isEarly(node));
}

const isEarly = (node: ts.ReturnStatement): boolean =>
  ts.isBlock(node.parent) && ts.isIfStatement(node.parent.parent);

const isName = ({ parent }: ts.Node): boolean =>
  ts.isPropertyAssignment(parent) ? false : ts.isExportDeclaration(parent) || ts.isLiteralTypeNode(parent);

const isOfTypes = (node: ts.Node): boolean =>
  ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);

/** What has a body that is not done until it is called. */
export const isFunction = (
  node: ts.Node,
): node is Extract<ts.SignatureDeclaration, ts.FunctionLikeDeclaration> =>
  ts.isFunctionLike(node) && 'body' in node;

/** The names of what a node is in, from the outside. */
export function placeOf(node: ts.Node): string {
  const names: string[] = [];
  for (let at: ts.Node | undefined = node; at; at = at.parent) {
    const name = nameOf(at)?.getText();
    if (name !== undefined) names.unshift(name);
  }
  return names.join('.');
}

function nameOf(node: ts.Node): ts.Node | undefined {
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isClassDeclaration(node))
    return node.name;
  return ts.isVariableDeclaration(node) && ts.isSourceFile(node.parent.parent.parent) ? node.name : undefined;
}
