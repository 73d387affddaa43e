import { type Mutant, oneLine } from './mutants.ts';
import type { Verdict } from './verdict.ts';

/** A change that was chosen, and what became of it; nothing where it was not tried. */
export interface Chosen {
  mutant: Mutant;
  line: number;
  verdict?: Verdict | undefined;
}

export interface Told {
  seed: string;
  chosen: readonly Chosen[];
  /** How many changes there are, by file. */
  all: ReadonlyMap<string, number>;
  /** Changes that change nothing, with the reason. */
  equivalent: readonly { file: string; within: string; from: string; to: string; why: string }[];
  rooms: readonly string[];
}

/** What the whole of it says, by room and file, with the names of all that was not noticed. */
export function reportOf({ seed, chosen, all, equivalent, rooms }: Told): string {
  const row = (name: string, prefix: string): string => {
    const some = chosen.filter(({ mutant }) => mutant.file.startsWith(prefix));
    const of = (kind: Verdict['kind']): number => some.filter(({ verdict }) => verdict?.kind === kind).length;
    const [noticed, survived, untold] = [of('noticed'), of('survived'), of('untold')];
    const tried = noticed + survived + untold;
    const thereAre = [...all].reduce((sum, [file, many]) => sum + (file.startsWith(prefix) ? many : 0), 0);
    const share = tried === 0 ? '–' : `${((noticed / tried) * 100).toFixed(0)} %`;
    const figures = [thereAre, some.length, tried, noticed, survived, untold];
    return `${name.padEnd(50)}${figures.map((one) => String(one).padStart(9)).join('')}${share.padStart(7)}`;
  };
  const listed = (kind: Verdict['kind']): string[] =>
    chosen
      .filter(({ verdict }) => verdict?.kind === kind)
      .map((one) => `  ${shown(one)}${reason(one)}`)
      .toSorted();
  const part = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', title, ...lines];
  return [
    `Changes made one at a time, and how many of them the tests noticed (seed ${seed}; chosen are only changes that`,
    'pass the type check). "Untold" are those of which nothing clear was heard; they count as not noticed, and so do',
    'those before which not every test was put: what survived says how many were not asked.',
    '',
    `${''.padEnd(50)}${['changes', 'chosen', 'tried', 'noticed', 'survived', 'untold'].map((one) => one.padStart(9)).join('')}`,
    row('all', ''),
    ...rooms.map((room) => row(`source/${room}`, `source/${room}/`)),
    ...rooms.flatMap((room) => [
      '',
      ...[...all.keys()]
        .filter((file) => file.startsWith(`source/${room}/`))
        .map((file) => row(`  ${file}`, file)),
    ]),
    ...part('Survived:', listed('survived')),
    ...part('Untold:', listed('untold')),
    ...part(
      'Left out, since the program does the same with it:',
      equivalent.map(({ file, within, from, to, why }) => `  ${file} ${within}: ${from} → ${to}\n    ${why}`),
    ),
    '',
  ].join('\n');
}

/** A change as people read it. */
export function shown({ mutant: { file, within, from, to }, line }: Omit<Chosen, 'verdict'>): string {
  const short = (text: string): string => (text.length > 90 ? `${text.slice(0, 87)}...` : text);
  return `${file}:${String(line)} ${within}: ${short(from)} → ${short(oneLine(to))}`;
}

function reason({ verdict }: Chosen): string {
  if (verdict?.kind === 'untold') return ` (${verdict.why})`;
  if (verdict?.kind !== 'survived') return '';
  const notes = [
    ...(verdict.asked === 0 ? ['no test comes here'] : []),
    ...(verdict.left > 0 ? [`${String(verdict.left)} longer files of tests were not asked`] : []),
    ...(verdict.isNear === true ? ['only tests of its room were asked'] : []),
  ];
  return notes.length === 0 ? '' : ` (${notes.join('; ')})`;
}
