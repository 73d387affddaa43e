import { describe, expect, it } from 'vitest';
import {
  type Capabilities,
  type Environment,
  forceColorOf,
  readCapabilities,
} from '../../source/terminal/capabilities.ts';

const tty = { isTTY: true, columns: 120, rows: 50 };
const xterm: Environment = { TERM: 'xterm-256color', LANG: 'en_US.UTF-8' };

describe('readCapabilities', () => {
  it('reads a usual terminal', () => {
    expect(readCapabilities(xterm, { stdin: tty, stdout: tty })).toEqual({
      canAsk: true,
      isTTY: true,
      isDumb: false,
      hasUnicode: true,
      colourDepth: '256',
      background: 'unknown',
      isAccessible: false,
      columns: 120,
      rows: 50,
    });
  });

  it.each<[string, Environment, Partial<Capabilities>]>([
    [
      'TERM=dumb is dumb and without colour',
      { ...xterm, TERM: 'dumb' },
      { isDumb: true, colourDepth: 'none' },
    ],
    ['no TERM is dumb', { LANG: 'en_US.UTF-8' }, { isDumb: true }],
    ['LANG=C has no Unicode', { TERM: 'xterm', LANG: 'C' }, { hasUnicode: false }],
    ['no locale has no Unicode', { TERM: 'xterm' }, { hasUnicode: false }],
    ['LC_ALL goes before LANG', { ...xterm, LC_ALL: 'C' }, { hasUnicode: false }],
    ['an empty LC_ALL does not', { ...xterm, LC_ALL: '' }, { hasUnicode: true }],
    ['LC_CTYPE goes before LANG', { TERM: 'xterm', LANG: 'C', LC_CTYPE: 'zh_TW.utf8' }, { hasUnicode: true }],
    ['the Linux console has no Unicode', { ...xterm, TERM: 'linux' }, { hasUnicode: false }],
    ['NO_COLOR takes colour away', { ...xterm, NO_COLOR: '1' }, { colourDepth: 'none' }],
    ['an empty NO_COLOR does not', { ...xterm, NO_COLOR: '' }, { colourDepth: '256' }],
    ['FORCE_COLOR=0 takes colour away', { ...xterm, FORCE_COLOR: '0' }, { colourDepth: 'none' }],
    [
      'FORCE_COLOR wins over NO_COLOR',
      { ...xterm, NO_COLOR: '1', FORCE_COLOR: '1' },
      { colourDepth: 'basic' },
    ],
    ['COLORTERM tells true colour', { ...xterm, COLORTERM: 'truecolor' }, { colourDepth: 'true' }],
    ['a plain TERM has sixteen colours', { ...xterm, TERM: 'screen' }, { colourDepth: 'basic' }],
    ['ACCESSIBLE asks for lines', { ...xterm, ACCESSIBLE: '1' }, { isAccessible: true }],
    ['ACCESSIBLE=0 does not', { ...xterm, ACCESSIBLE: '0' }, { isAccessible: false }],
    ['COLORFGBG tells a dark ground', { ...xterm, COLORFGBG: '15;0' }, { background: 'dark' }],
    ['COLORFGBG tells a light ground', { ...xterm, COLORFGBG: '0;default;15' }, { background: 'light' }],
    ['grey is light', { ...xterm, COLORFGBG: '0;7' }, { background: 'light' }],
    ['dark grey is dark', { ...xterm, COLORFGBG: '7;8' }, { background: 'dark' }],
    [
      'a ground without a number is not known',
      { ...xterm, COLORFGBG: '7;default' },
      { background: 'unknown' },
    ],
    [
      'what a person says goes before it',
      { ...xterm, COLORFGBG: '15;0', FERRY_BACKGROUND: 'light' },
      { background: 'light' },
    ],
    ['INK_SCREEN_READER asks for lines', { ...xterm, INK_SCREEN_READER: 'true' }, { isAccessible: true }],
  ])('%s', (_, env, wanted) => {
    expect(readCapabilities(env, { stdin: tty, stdout: tty })).toMatchObject(wanted);
  });

  it('asks nothing when input or output is no terminal', () => {
    expect(readCapabilities(xterm, { stdin: {}, stdout: tty }).canAsk).toBe(false);
    expect(readCapabilities(xterm, { stdin: tty, stdout: {} })).toMatchObject({
      canAsk: false,
      isTTY: false,
      colourDepth: 'none',
      columns: 80,
      rows: 24,
    });
  });

  it('takes the size from the environment when the stream has none', () => {
    const env = { ...xterm, COLUMNS: '66', LINES: '17' };
    expect(readCapabilities(env, { stdin: tty, stdout: { isTTY: true, columns: 0 } })).toMatchObject({
      columns: 66,
      rows: 17,
    });
  });

  it('knows that terminals of Windows have no TERM', () => {
    expect(readCapabilities({ WT_SESSION: 'x' }, { stdin: tty, stdout: tty }, 'win32')).toMatchObject({
      isDumb: false,
      hasUnicode: true,
      colourDepth: 'true',
    });
    expect(readCapabilities({}, { stdin: tty, stdout: tty }, 'win32').hasUnicode).toBe(false);
  });
});

describe('forceColorOf', () => {
  it('gives the level that Ink reads', () => {
    expect((['none', 'basic', '256', 'true'] as const).map(forceColorOf)).toEqual(['0', '1', '2', '3']);
  });
});
