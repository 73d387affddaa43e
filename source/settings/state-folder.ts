import { userInfo } from 'node:os';
import envPaths from 'env-paths';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where runs, drafts and the audit log are kept. @see cli.md, "Environment" */
export function stateFolder(env: Environment): string {
  const given = env['FERRY_STATE_DIR'];
  return given === undefined || given === '' ? envPaths('ferry', { suffix: '' }).data : given;
}

/** Who is at the keyboard, as far as the machine knows. */
export function whoIsThere(env: Environment): { user: string; sudoUser?: string; sshClient?: string } {
  const [sshClient] = (env['SSH_CONNECTION'] ?? env['SSH_CLIENT'] ?? '').split(' ');
  const sudoUser = env['SUDO_USER'];
  return {
    user: loginName(env),
    ...(sudoUser === undefined || sudoUser === '' ? {} : { sudoUser }),
    ...(sshClient === undefined || sshClient === '' ? {} : { sshClient }),
  };
}

function loginName(env: Environment): string {
  try {
    return userInfo().username;
  } catch {
    // A user id without an entry, as containers have them.
    return env['USER'] ?? env['LOGNAME'] ?? String(process.getuid?.() ?? 'unknown');
  }
}
