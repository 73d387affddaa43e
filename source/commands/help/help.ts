import packageFile from '../../../package.json' with { type: 'json' };
import { helpIn } from '../../locale/help.ts';
import type { Language, Text } from '../../locale/texts.ts';
import type { CommandName } from '../console/arguments.ts';

export const version: string = packageFile.version;

/** Help of a command without the options that every command has. */
export async function commandHelp(command: CommandName, language: Language): Promise<string> {
  const { pages } = await helpIn(language);
  return pages[command];
}

/**
 * The help of a command, with examples and with the options that every command has; where it is not started as
 * `ferry`, with what is typed instead.
 */
export async function helpText(command: CommandName, text: Text): Promise<string> {
  const { pages, common } = await helpIn(text.language);
  const typed = text.command('').trim();
  const note = typed === 'ferry' ? '' : `\n\n${text('command.helpTyped', { typed })}`;
  return `${pages[command]}\n${common}${note}`;
}
