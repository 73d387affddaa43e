import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readArguments, saysJson } from '../../source/commands/console/arguments.ts';
import { commands, flagsOf, takesValue } from '../../source/commands/console/command-table.ts';
import { meeting, some } from '../helpers/some.ts';
import { runs } from '../helpers/soak.ts';

const words = [...Object.keys(commands), ...flagsOf('plan').flatMap((flag) => [`--${flag}`, `--${flag}=x`])];
const word = fc.oneof(
  fc.constantFrom(...words, '--', '-', '-h', '-V', '-Vh', '-V=1', '--=', '--no-yes', 'a.plan.json'),
  fc.string({ maxLength: 6 }),
);

it('reads every command line, or names the first thing that is wrong with it', () => {
  meeting(['arguments', 'unknownCommand', 'badOption', 'badWord'], (meet) =>
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (given) => {
        const { kind, ...reading } = readArguments(given);
        meet(kind);
        expect(['arguments', 'unknownCommand', 'badOption', 'badWord']).toContain(kind);
        if ('option' in reading) expect(given.join(' ')).toContain(reading.option.replace(/^--?/, ''));
        if ('name' in reading) expect(given).toContain(reading.name);
      }),
      { numRuns: runs(2000), seed: 7 },
    ),
  );
});

it.each(some(flagsOf('plan')).map((flag) => [flag]))(
  '--%s is read with its value, and only with it',
  (flag) => {
    const right = readArguments(['plan', takesValue(flag) ? `--${flag}=value` : `--${flag}`]);
    expect(right.kind).toBe('arguments');
    const wrong = readArguments(['plan', takesValue(flag) ? `--${flag}` : `--${flag}=value`]);
    expect(wrong).toMatchObject({ problem: takesValue(flag) ? 'valueMissing' : 'valueTooMuch' });
  },
);

it.each([
  [['bogus', '--json'], true],
  [['--json', 'bogus'], true],
  [['list', '--nonsense', '--json'], true],
  [['validate', '--flow', '--json'], true],
  [['--json=yes'], true],
  [['bogus'], false],
  [['bogus', '--jsonp'], false],
  [['bogus', '--', '--json'], false],
])('of %j it is known whether it asks for JSON', (given, isAsked) => {
  expect(readArguments(given).kind).not.toBe('arguments');
  expect(saysJson(given)).toBe(isAsked);
});

it('the id of a finding alone is explained', () => {
  const id = 'late:8256cfb4:9f7d37fd:2026-11-25T12';
  expect(readArguments([id, '--json'])).toMatchObject({
    kind: 'arguments',
    arguments: { command: 'status', rest: [], flags: { explain: id, json: true } },
  });
  expect(readArguments(['standstill:2026-11-25T12'])).toMatchObject({ arguments: { command: 'status' } });
  expect(readArguments(['status', id])).toMatchObject({ arguments: { command: 'status', rest: [id] } });
  expect(readArguments(['late']).kind).toBe('unknownCommand');
});

describe('a word that says nothing', () => {
  const blanks = ['', ' ', '\t\n', '\u00a0', '\u200b', '\ufeff'];
  it.each(Object.keys(commands))('is told of every command: %s', (command) => {
    for (const blank of blanks) {
      expect(readArguments([command, blank])).toEqual({
        kind: 'badWord',
        problem: 'blank',
        word: blank,
        command,
      });
      for (const flag of flagsOf(command as keyof typeof commands).filter(takesValue))
        expect([flag, readArguments([command, `--${flag}=${blank}`])]).toMatchObject([
          flag,
          flag === 'search'
            ? { kind: 'arguments' }
            : { kind: 'badOption', problem: 'blank', option: `--${flag}`, command },
        ]);
    }
  });

  it.each(blanks)('is no command and no dataflow either: %j', (blank) => {
    expect(readArguments([blank])).toEqual({ kind: 'badWord', problem: 'blank', word: blank, command: '' });
  });

  it('is told of one of several', () => {
    for (const given of [
      ['export', 'A', ''],
      ['export', 'A', '--segment', 'S', '--segment', ''],
      ['plan', 'check', ''],
      ['account', 'update', ''],
      ['storage', 'files', ''],
    ])
      expect(readArguments(given)).toMatchObject({ problem: 'blank', command: given[0] });
  });
});

it.each<[string, string[], string | undefined]>([
  ['delete', ['A', 'B'], 'B'],
  ['apply', ['a.json', 'b.json'], 'b.json'],
  ['plan', ['check', 'a.json', 'b.json'], 'b.json'],
  ['plan', ['diff', 'a.json', 'b.json'], undefined],
  ['plan', ['diff', 'a.json', 'b.json', 'c.json'], 'c.json'],
  ['plan', ['bogus', 'a', 'b', 'c'], undefined],
  ['plan', ['constructor', 'a', 'b', 'c'], undefined],
  ['account', ['update', 'A', 'B'], 'B'],
  ['storage', ['check', 'A', 'B'], 'B'],
  ['export', ['A', 'B', 'C'], undefined],
  ['status', ['A', 'B', 'C'], undefined],
  ['history', ['7'], '7'],
  ['whoami', ['x'], 'x'],
  ['resume', ['0a1b2c3d', '1a1b2c3d'], '1a1b2c3d'],
  ['pull', ['A', 'file', 'more'], 'more'],
])('what is one word too many for %s %j: %s', (command, rest, word) => {
  expect(readArguments([command, ...rest])).toMatchObject(
    word === undefined ? { kind: 'arguments' } : { kind: 'badWord', problem: 'tooMany', word, command },
  );
});
