/** What the program needs to know of a stream; `process.stdin` and `process.stdout` fit. */
type StreamFacts = {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
};

export type Environment = Readonly<Record<string, string | undefined>>;

type ColourDepth = 'none' | 'basic' | '256' | 'true';

type Background = 'dark' | 'light' | 'unknown';

export type Capabilities = {
  /** Whether a person is at both ends, so that something can be asked. */
  readonly canAsk: boolean;
  /** Whether output goes to a terminal. */
  readonly isTTY: boolean;
  /** Whether the cursor cannot be moved: then nothing may be drawn again in place. */
  readonly isDumb: boolean;
  readonly hasUnicode: boolean;
  readonly colourDepth: ColourDepth;
  readonly background: Background;
  /** Whether the person asked for lines that are read from top to bottom. */
  readonly isAccessible: boolean;
  readonly columns: number;
  readonly rows: number;
};

/**
What this terminal can do, from the environment and the streams alone. Nothing is asked of the
terminal itself: an answer may never come.
*/
export function readCapabilities(
  env: Environment,
  streams: { readonly stdin: StreamFacts; readonly stdout: StreamFacts },
  platform: NodeJS.Platform = process.platform,
): Capabilities {
  const { stdin, stdout } = streams;
  const isTTY = stdout.isTTY === true;
  const isDumb = isDumbTerminal(env, platform);
  return {
    canAsk: isTTY && stdin.isTTY === true,
    isTTY,
    isDumb,
    hasUnicode: canWriteUnicode(env, platform),
    colourDepth: readColourDepth(env, isTTY && !isDumb, platform),
    background: readBackground(env),
    isAccessible: isOn(env['ACCESSIBLE']) || isOn(env['INK_SCREEN_READER']),
    columns: positive(stdout.columns) ?? positive(Number(env['COLUMNS'])) ?? 80,
    rows: positive(stdout.rows) ?? positive(Number(env['LINES'])) ?? 24,
  };
}

/** What Ink reads in `FORCE_COLOR`. It ignores `NO_COLOR`, so this is set before Ink is imported. */
export function forceColorOf(depth: ColourDepth): '0' | '1' | '2' | '3' {
  switch (depth) {
    case 'none':
      return '0';
    case 'basic':
      return '1';
    case '256':
      return '2';
    case 'true':
      return '3';
  }
}

function isDumbTerminal(env: Environment, platform: NodeJS.Platform): boolean {
  const term = env['TERM'] ?? '';
  // Windows has no TERM, and its terminals move the cursor.
  return term === 'dumb' || (term === '' && platform !== 'win32');
}

/** Whether more than ASCII arrives as it was meant, by the locale and the kind of terminal. */
export function canWriteUnicode(env: Environment, platform: NodeJS.Platform = process.platform): boolean {
  if (env['TERM'] === 'linux') {
    // The console of a Linux machine knows 256 signs, and ours are not among them.
    return false;
  }
  if (platform === 'win32') {
    return env['WT_SESSION'] !== undefined || env['TERM_PROGRAM'] === 'vscode';
  }
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find(
    (value) => value !== undefined && value !== '',
  );
  return /utf-?8/i.test(locale ?? '');
}

function readColourDepth(env: Environment, isCapable: boolean, platform: NodeJS.Platform): ColourDepth {
  // Whoever forces means it, as in Node itself.
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) {
    return forcedDepth(forced);
  }
  if ((env['NO_COLOR'] ?? '') !== '' || !isCapable) {
    return 'none';
  }
  if (/^(truecolor|24bit)$/i.test(env['COLORTERM'] ?? '') || env['WT_SESSION'] !== undefined) {
    return 'true';
  }
  if (/-256(color)?$/i.test(env['TERM'] ?? '') || platform === 'win32') {
    return '256';
  }
  return 'basic';
}

/**
What is said in `FERRY_BACKGROUND`, or in `COLORFGBG`, which several terminals set: `15;0` is light on dark; of
sixteen colours 7 and 9 to 15 are light.
*/
function readBackground(env: Environment): Background {
  const said = env['FERRY_BACKGROUND'];
  if (said === 'light' || said === 'dark') return said;
  const ground = (env['COLORFGBG'] ?? '').split(';').at(-1) ?? '';
  if (!/^\d{1,2}$/.test(ground) || Number(ground) > 15) return 'unknown';
  return Number(ground) === 7 || Number(ground) > 8 ? 'light' : 'dark';
}

function forcedDepth(forced: string): ColourDepth {
  switch (forced.toLowerCase()) {
    case '0':
    case 'false':
      return 'none';
    case '2':
      return '256';
    case '3':
      return 'true';
    default:
      return 'basic';
  }
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && !['', '0', 'false', 'no'].includes(value.toLowerCase());
}

function positive(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 ? value : undefined;
}
