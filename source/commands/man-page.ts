import { type CommandName, commands } from './arguments.ts';
import { exitCode } from './exit-codes.ts';
import { commandHelp, helpText, version } from './help.ts';

/** What each exit code means, for people. @see cli.md */
const exits: readonly [number, string][] = [
  [exitCode.done, 'done; for apply and validate: verified'],
  [exitCode.bug, 'a bug of ours; a report is saved and named'],
  [exitCode.usage, 'usage, or a plan that breaks a rule, or a request that was refused for its content'],
  [exitCode.needsTerminal, 'an answer or a terminal is needed: names the flag'],
  [exitCode.notAllowed, 'not signed in, or not allowed: names the missing permission'],
  [exitCode.conflict, 'changed by someone else meanwhile'],
  [exitCode.differs, 'validated, and it differs'],
  [exitCode.unreachable, 'the platform cannot be reached or keeps failing'],
  [exitCode.interrupted, 'interrupted, or not confirmed'],
];

/** The manual page, made from the very texts of `--help`. */
export function manPage(): string {
  const names = Object.keys(commands) as CommandName[];
  const pages = names.filter((name) => name !== 'wizard');
  return [
    `.TH FERRY 1 "" "ferry ${version}" "User Commands"`,
    '.SH NAME',
    'ferry \\- take audiences from Adobe Experience Platform to a batch destination',
    '.SH SYNOPSIS',
    '.nf',
    asIs(helpText('wizard')),
    '.fi',
    ...pages.flatMap((name) => [`.SH ${name.toUpperCase()}`, '.nf', asIs(commandHelp(name)), '.fi']),
    '.SH EXIT STATUS',
    ...exits.flatMap(([code, meaning]) => ['.TP', `.B ${code}`, escaped(meaning)]),
    '.SH ENVIRONMENT',
    '.nf',
    'FERRY_ACCESS_TOKEN, FERRY_API_KEY, FERRY_ORG_ID, FERRY_SANDBOX',
    'FERRY_CLIENT_ID, FERRY_CLIENT_SECRET, FERRY_SCOPES',
    'FERRY_API_URL, FERRY_IMS_URL, FERRY_STATE_DIR, FERRY_CONFIG_DIR',
    'HTTPS_PROXY, NO_PROXY, NODE_EXTRA_CA_CERTS, NO_COLOR, TERM, LANG',
    '.fi',
    '',
  ].join('\n');
}

const escaped = (line: string): string =>
  line
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/, '\\&$1');

const asIs = (text: string): string => text.trimEnd().split('\n').map(escaped).join('\n');
