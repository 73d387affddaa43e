import { helpIn } from '../../locale/help.ts';
import type { Language } from '../../locale/texts.ts';
import { type CommandName, commands } from '../console/command-table.ts';
import { exitCode } from '../console/exit-codes.ts';
import { textIn } from '../../locale/catalogs.ts';
import { commandHelp, helpText, version } from './help.ts';

/** Where the page of a language is, in docs/. */
export const manFile = (language: Language): string =>
  language === 'en' ? 'ferry.1' : `ferry.${language}.1`;

/** The manual page, made from the very texts of `--help`. */
export async function manPage(language: Language): Promise<string> {
  const { man } = await helpIn(language);
  const names = Object.keys(commands) as CommandName[];
  const exits = Object.entries(exitCode) as [keyof typeof exitCode, number][];
  const pages = await Promise.all(
    names
      .filter((name) => name !== 'wizard')
      .map(async (name) => [
        `.SH ${name.toUpperCase()}`,
        '.nf',
        asIs(await commandHelp(name, language)),
        '.fi',
      ]),
  );
  return [
    `.TH FERRY 1 "" "ferry ${version}" "${man.section}"`,
    `.SH ${man.name}`,
    `ferry \\- ${escaped(man.nameLine)}`,
    `.SH ${man.synopsis}`,
    '.nf',
    asIs(await helpText('wizard', await textIn(language, {}))),
    '.fi',
    ...pages.flat(),
    `.SH ${man.exitStatus}`,
    ...exits.flatMap(([name, code]) => ['.TP', `.B ${code}`, escaped(man.exits[name])]),
    `.SH ${man.environment}`,
    '.nf',
    'FERRY_ACCESS_TOKEN, FERRY_API_KEY, FERRY_ORG_ID, FERRY_SANDBOX',
    'FERRY_CLIENT_ID, FERRY_CLIENT_SECRET, FERRY_SCOPES',
    'FERRY_API_URL, FERRY_IMS_URL, FERRY_STATE_DIR, FERRY_STATE_URL, FERRY_CONFIG_DIR',
    'HTTPS_PROXY, NO_PROXY, NODE_EXTRA_CA_CERTS, NO_COLOR, TERM, LANG, LC_ALL, ACCESSIBLE, COLORFGBG, FERRY_BACKGROUND',
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
