import { languages } from '../locale/texts.ts';
import type { Arguments } from './console/arguments.ts';
import { commands, flagsOf, takesValue } from './console/command-table.ts';
import { emulatorChoices } from './console/emulator-choices.ts';
import { rights } from './console/rights.ts';
import { exitCode } from './console/exit-codes.ts';
import { Stop } from './console/stop.ts';
import { withStop } from './console/with-stop.ts';
import type { Streams } from './console/streams.ts';

/** Words that come after a command, where they are not files. */
const words: Readonly<Record<string, readonly string[]>> = {
  list: ['destinations', 'segments', 'attributes', 'sandboxes', 'flows', 'landing-zone'],
  plan: ['check', 'show', 'new', 'diff', 'copy', 'upgrade', 'schema'],
  account: ['update'],
  storage: ['check', 'sample', 'files'],
  completion: ['bash', 'zsh', 'fish'],
};
/** Values that an option can have. */
const values: Readonly<Record<string, readonly string[]>> = {
  allow: rights,
  lang: languages,
  secret: ['keystore', 'prompt', 'file', 'env:', 'file:', 'command:'],
  every: ['once', 'day', '3h', '6h', '8h', '12h'],
  'export-mode': ['full', 'incremental'],
  ...emulatorChoices,
  sort: ['changed', 'name', 'destination', 'state', 'segments', 'last-run', 'next'],
};
const names = Object.keys(commands).filter((name) => name !== 'wizard') as (keyof typeof commands)[];

/** `ferry completion bash|zsh|fish`: a script for the shell, made from the very table that reads the command line. */
export function runCompletion({ rest, flags }: Arguments, streams: Streams): Promise<number> {
  return withStop(streams, flags.json === true, () => {
    const script = new Map(Object.entries({ bash, zsh, fish })).get(rest[0] ?? '');
    if (!script) throw new Stop(exitCode.usage, (text) => text('completion.usage'));
    streams.stdout.write(script());
    return Promise.resolve(exitCode.done);
  });
}

const dashed = (name: string): string => `--${name}`;

function bash(): string {
  const cases = names.map(
    (name) =>
      `    ${name}) words="${(words[name] ?? []).join(' ')}" flags="${flagsOf(name).map(dashed).join(' ')}" ;;`,
  );
  const valueCases = Object.entries(values).map(
    ([flag, allowed]) =>
      `    --${flag}) COMPREPLY=($(compgen -W "${allowed.join(' ')}" -- "$cur")); return ;;`,
  );
  return `# bash completion of ferry: eval "$(ferry completion bash)"
_ferry() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" command="" words="" flags="" word
  COMPREPLY=()
  case "$prev" in
${valueCases.join('\n')}
  esac
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) ;; *) command="$word"; break ;; esac
  done
  case "$command" in
${cases.join('\n')}
    *) words="${names.join(' ')}" flags="${flagsOf('wizard').map(dashed).join(' ')}" ;;
  esac
  if [[ "$cur" == -* ]]; then
    COMPREPLY=($(compgen -W "$flags" -- "$cur"))
  else
    COMPREPLY=($(compgen -W "$words" -- "$cur") $(compgen -f -X '!*.json' -- "$cur") $(compgen -d -- "$cur"))
  fi
}
complete -o filenames -F _ferry ferry
`;
}

function zsh(): string {
  const cases = names.map(
    (name) =>
      `    ${name}) offered=(${(words[name] ?? []).join(' ')}); flags=(${flagsOf(name).map(dashed).join(' ')}) ;;`,
  );
  const valueCases = Object.entries(values).map(
    ([flag, allowed]) => `    --${flag}) compadd -- ${allowed.join(' ')}; return ;;`,
  );
  return `#compdef ferry
# zsh completion of ferry: ferry completion zsh > "\${fpath[1]}/_ferry"
_ferry() {
  local -a offered flags line
  local command="" word
  line=("\${(@)words}")
  case "\${line[CURRENT-1]}" in
${valueCases.join('\n')}
  esac
  for word in "\${(@)line[2,CURRENT-1]}"; do
    [[ "$word" == -* ]] || { command="$word"; break; }
  done
  case "$command" in
${cases.join('\n')}
    *) offered=(${names.join(' ')}); flags=(${flagsOf('wizard').map(dashed).join(' ')}) ;;
  esac
  if [[ "$PREFIX" == -* ]]; then compadd -- $flags; else compadd -- $offered; _files -g '*.json(-.)'; fi
}
compdef _ferry ferry
`;
}

function fish(): string {
  const lines = [
    '# fish completion of ferry: ferry completion fish > ~/.config/fish/completions/ferry.fish',
    ...names.map((name) => `complete -c ferry -n __fish_use_subcommand -a ${name}`),
    ...Object.entries(words).map(
      ([name, all]) => `complete -c ferry -n '__fish_seen_subcommand_from ${name}' -a '${all.join(' ')}'`,
    ),
    ...flagsOf('wizard').map((flag) => `complete -c ferry -l ${flag}${valueOf(flag)}`),
    ...names.flatMap((name) =>
      flagsOf(name)
        .filter((flag) => !flagsOf('wizard').includes(flag))
        .map(
          (flag) =>
            `complete -c ferry -n '__fish_seen_subcommand_from ${name}' -l ${flag}${isBare(flag, name) ? '' : valueOf(flag)}`,
        ),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

/** `--prune` of a dataflow has no days. */
const isBare = (flag: string, name: string): boolean => flag === 'prune' && name !== 'history';

function valueOf(flag: string): string {
  const allowed = values[flag];
  if (allowed) return ` -x -a '${allowed.join(' ')}'`;
  return takesValue(flag) ? ' -r' : '';
}
