import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What a person types to start this program again. */
interface StartedAs {
  /** Without a command: `npm start`. */
  readonly alone: string;
  /** Before a command and its arguments: `npm start --`. */
  readonly before: string;
}

/** What a start is known by. */
export interface Start {
  /** The program as it was named to Node, an absolute path: `process.argv[1]`. */
  readonly program: string;
  /** The package that the program belongs to. */
  readonly root: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * How this program was started: by `npm start`, by npx, as an installed `ferry`, or as a file of Node. A line that
 * names a command begins with it, so that it runs where the program was started.
 */
export function startedAs({ program, root, cwd, env }: Start): StartedAs {
  if (env['npm_lifecycle_event'] === 'start' && env['npm_package_json'] === path.join(root, 'package.json')) {
    // npm runs a script in the folder of its package, wherever the person is.
    const isInside = isBelow(env['INIT_CWD'] ?? root, root);
    const npm = isInside ? 'npm' : `npm --prefix ${quoted(root)}`;
    return { alone: `${npm} start`, before: `${npm} start --` };
  }
  const both = (typed: string): StartedAs => ({ alone: typed, before: typed });
  const folder = path.dirname(program);
  const project = /^(.*)[\\/]node_modules[\\/]\.bin$/.exec(folder)?.[1];
  if (project !== undefined) {
    const spec = fetchedBy(project);
    if (spec !== undefined) return both(`npx ${quoted(spec)}`);
    if (isBelow(cwd, project)) return both('npx ferry');
  }
  const name = path.basename(program);
  if (!/\.[cm]?[jt]sx?$/.test(name)) {
    const isOnPath = (env['PATH'] ?? '').split(path.delimiter).includes(folder);
    return both(isOnPath ? name : quoted(program));
  }
  return both(`node ${quoted(isBelow(program, cwd) ? path.relative(cwd, program) : program)}`);
}

/** What npx was asked for, where a folder is one that it made for that. */
function fetchedBy(project: string): string | undefined {
  if (path.basename(path.dirname(project)) !== '_npx') return undefined;
  try {
    const { _npx: asked } = JSON.parse(readFileSync(path.join(project, 'package.json'), 'utf8')) as {
      _npx?: { packages?: readonly unknown[] };
    };
    const [spec] = asked?.packages ?? [];
    return typeof spec === 'string' ? spec : undefined;
  } catch {
    return undefined;
  }
}

function isBelow(place: string, folder: string): boolean {
  const way = path.relative(folder, place);
  return way === '' || (!way.startsWith('..') && !path.isAbsolute(way));
}

/** As a shell takes it for one word. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
