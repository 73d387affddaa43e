import type { Text } from './texts.ts';

/** Why a secret is not there, as far as words need it. */
export interface MissingSecret {
  kind: string;
  name?: string;
  file?: string;
  mode?: string;
  account?: string;
  reference?: string;
  why?: string;
}

/** Says why a secret is not there, and what to do. */
export function secretText(
  text: Text,
  { kind, name = '', file = '', mode = '', account = '', reference = '', why = '' }: MissingSecret,
): string {
  switch (kind) {
    case 'notSet':
      return text('command.secretNotSet', { name });
    case 'noFile':
      return text('command.secretNoFile', { file });
    case 'unfitFile': {
      const id = `command.why.${why}`;
      return text('command.secretUnfitFile', {
        file,
        why: text(text.has(id) ? id : 'command.why.NOT_A_FILE'),
      });
    }
    case 'openFile':
      return text('command.secretOpenFile', { file, mode });
    case 'commandFailed':
      return text('command.secretHelper');
    case 'noKeyStore':
      return text('command.secretNoKeyStore');
    case 'notInKeyStore':
      return text('command.secretNotInKeyStore', { account });
    case 'notAllowed':
      return text('command.secretNotAllowed', { reference });
    case 'noReference':
      return text('command.secretNoReference');
    default:
      return text('command.secretPrompt');
  }
}
