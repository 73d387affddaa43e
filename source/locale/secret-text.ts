import type { Text } from './texts.ts';

/** Why a secret is not there, as far as words need it. */
export interface MissingSecret {
  kind: string;
  name?: string;
  file?: string;
  mode?: string;
  account?: string;
  reference?: string;
}

/** Says why a secret is not there, and what to do. */
export function secretText(
  text: Text,
  { kind, name = '', file = '', mode = '', account = '', reference = '' }: MissingSecret,
): string {
  switch (kind) {
    case 'notSet':
      return text('command.secretNotSet', { name });
    case 'noFile':
      return text('command.secretNoFile', { file });
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
