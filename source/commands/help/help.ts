import packageFile from '../../../package.json' with { type: 'json' };
import { helpIn } from '../../locale/help.ts';
import type { Language, Text } from '../../locale/texts.ts';
import type { CommandName } from '../console/command-table.ts';

export const version: string = packageFile.version;

/** Help of a command without the options that every command has. */
export async function commandHelp(command: CommandName, language: Language): Promise<string> {
  const { pages } = await helpIn(language);
  return pages[command];
}

/**
 * The help of a command, with examples and with the options that every command has; each line that names a command as
 * it is typed where the program was started.
 */
export async function helpText(command: CommandName, text: Text): Promise<string> {
  const { pages, common } = await helpIn(text.language);
  const lines = `${pages[command]}\n${common}`.split('\n');
  return lines.map((line) => typed(line, text)).join('\n');
}

/** What a shell takes for itself must not begin with what npm says of a script. */
const isTaken = /\bferry [^>]* > \S|\$\(ferry /;

function typed(line: string, text: Text): string {
  const before = text.command('').trim();
  const said = text
    .withCommands(line)
    // What explains it stays below what explains the others.
    .replace(/(?<=^ {2})ferry(?= {3})/, () => text.alone.padEnd(before.length))
    .replace(/(?<=^ {2}(?:FERRY_\S+ )*)ferry$/, () => text.alone);
  return isTaken.test(line) ? said.replace(/\b(npm .*?start) --(?= )/, '$1 --silent --') : said;
}
