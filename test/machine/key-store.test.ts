import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../source/emulator/server.ts';
import { builtProgram, cleanEnv, freshFolder } from '../helpers/terminal.ts';

const orgId = '5555467B5D8013E50A494220@AdobeOrg';
const secret = 'PLANTED-client-secret-0123';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

/** Runs lines of shell in a session of its own, with a Secret Service that is open. `ferry` is the program. */
function inSession(lines: readonly string[]): Promise<{ exitCode: number; output: string; config: string }> {
  const config = path.join(freshFolder(), 'config');
  const env = cleanEnv({
    FERRY_API_URL: emulator.url,
    FERRY_IMS_URL: emulator.url,
    FERRY_CONFIG_DIR: config,
    FERRY_CLIENT_SECRET: '',
  });
  const script = [
    'set -e',
    'eval "$(printf pass | gnome-keyring-daemon --unlock --components=secrets)"',
    `ferry() { ${process.execPath} ${builtProgram} "$@"; }`,
    ...lines,
  ].join('\n');
  return new Promise((resolve) => {
    execFile('dbus-run-session', ['--', 'bash', '-c', script], { env }, (error, stdout, stderr) => {
      const code = error?.code;
      resolve({ exitCode: error ? Number(code ?? 1) : 0, output: stdout + stderr, config });
    });
  });
}

describe("the system's key store", () => {
  it('keeps the secret of a profile, hands it to later commands, and forgets it with the profile', async () => {
    const { exitCode, output, config } = await inSession([
      `FERRY_CLIENT_SECRET=${secret} ferry login acme --client-id abc --org ${orgId} --sandbox dev --secret keystore`,
      'cat "$FERRY_CONFIG_DIR/profiles.json"',
      'ferry whoami --json',
      'ferry logout acme',
      `FERRY_CLIENT_SECRET=${secret} ferry login other --client-id abc --org ${orgId} --sandbox dev --secret prompt`,
    ]);
    expect(output).toContain('"secret": "keystore:acme"');
    expect(output).toContain('"profile": "acme"');
    expect(output).toContain('removed too (keystore:acme)');
    expect(exitCode).toBe(0);
    expect(output).not.toContain(secret);
    expect(existsSync(path.join(config, 'acme.secret'))).toBe(false);
    expect(readFileSync(path.join(config, 'profiles.json'), 'utf8')).not.toContain('acme');
  });

  it('says so when it has no such secret', async () => {
    const { exitCode, output } = await inSession([
      'mkdir -p "$FERRY_CONFIG_DIR"',
      `echo '{"version":1,"current":"acme","profiles":{"acme":{"clientId":"abc","orgId":"${orgId}","secret":"keystore:acme","sandbox":"dev"}}}' > "$FERRY_CONFIG_DIR/profiles.json"`,
      'ferry whoami',
    ]);
    expect(output).toContain('The key store has no secret "acme"');
    expect(exitCode).toBe(4);
  });
});
