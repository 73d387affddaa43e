import { parseSync, Visitor } from 'rolldown/utils';

/** Where something stands in a text. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * A module with its functions in brackets: V8 compiles such a one as it reads the file, so that Node's code cache has
 * it; any other is compiled when it is first called, at every start anew. A declaration cannot stand in brackets: it
 * becomes a variable, ahead of all that runs. Methods stay, and so do declarations inside of functions.
 */
export function eager(module: string): string {
  const { program } = parseSync('module.js', module);
  const methods = new Set<Range | null>();
  const brackets: { at: number; sign: string }[] = [];
  const bracket = (one: Range): void => {
    if (!methods.has(one)) brackets.push({ at: one.start, sign: '(' }, { at: one.end, sign: ')' });
  };
  new Visitor({
    MethodDefinition: ({ value }) => void methods.add(value),
    Property: ({ method, kind, value }) => void (method || kind !== 'init' ? methods.add(value) : undefined),
    ArrowFunctionExpression: bracket,
    FunctionExpression: bracket,
  }).visit(program);
  brackets.sort((one, other) => one.at - other.at);

  const written = (start: number, end: number): string => {
    let text = '';
    let from = start;
    for (const { at, sign } of brackets) {
      if (at < start || at > end) continue;
      text += module.slice(from, at) + sign;
      from = at;
    }
    return text + module.slice(from, end);
  };
  let ahead = '';
  let rest = '';
  let from = 0;
  for (const one of program.body) {
    if (one.type !== 'FunctionDeclaration' || one.id === null) continue;
    ahead += `var ${one.id.name}=(${module.slice(one.start, one.id.start)}${written(one.id.end, one.end)});`;
    rest += written(from, one.start);
    from = one.end;
  }
  return ahead + rest + written(from, module.length);
}
