import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Emulator } from '../../source/emulator/server.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { keys } from '../helpers/keys.ts';
import { runProgram } from '../helpers/program.ts';
import { countsOf, exactlyOne, signedInTo } from '../helpers/runs.ts';
import { freshFolder, openTerminal, type Terminal } from '../helpers/terminal.ts';
import { unheardOfFlowSpec, unheardOfSpec } from '../helpers/unheard-of.ts';
import { applyFromReview, fill, sshKey, walkFromSegments, walkToDestination } from '../helpers/walk.ts';

/** An organisation with one destination that nobody has heard of. */
async function organisation(): Promise<{ emulator: Emulator; env: Record<string, string> }> {
  const emulator = await emulatorWith({ connectionSpecs: [unheardOfSpec], flowSpecs: [unheardOfFlowSpec] });
  const env = {
    ...signedInTo(emulator.url),
    ACME_DROP_PRIVATE_KEY: sshKey,
  };
  return { emulator, env };
}

async function toReview(terminal: Terminal): Promise<void> {
  await walkToDestination(terminal, 'Acme Drop');
  // Only one sign-in: its form comes at once.
  await terminal.waitFor('Sign-in: Acme Key');
  await terminal.waitFor(/^❯ Region/m);
  await terminal.press(keys.right, /◉ Europe/);
  await terminal.press(keys.enter, /^❯ Server \/ Host/m);
  await terminal.press('files.acme.example', /files\.acme\.example/);
  await terminal.press(keys.enter, /^❯ Key type/m);
  // Neither is chosen: whether it wants bits is open. An ED25519 key has none, an RSA key does.
  await terminal.press(keys.right, (seen) => /◉ RSA/.test(seen) && /^ *Bits/m.test(seen));
  await terminal.press(keys.right, (seen) => /◉ ED25519/.test(seen) && !/^ *Bits/m.test(seen));
  await terminal.press(keys.right, (seen) => /◉ RSA/.test(seen) && /^ *Bits/m.test(seen));
  await terminal.press(keys.enter, /^❯ Bits/m);
  await terminal.press(keys.right, /◉ 2048/);
  await terminal.press(keys.enter, /^❯ Private key/m);
  await fill(terminal, { 'Private key': sshKey });
  await terminal.waitFor('Storage location');
  await fill(terminal, { Vault: 'crm' });
  await walkFromSegments(terminal);
}

describe('a destination that nobody has heard of', () => {
  it('gets the form that its spec publishes, and works to the end', async () => {
    const { emulator, env } = await organisation();
    const cwd = freshFolder();
    const terminal = openTerminal({ env, cwd, rows: 40, columns: 110 });
    await toReview(terminal);
    await terminal.press('s', /\.plan\.json/);
    const file = readdirSync(cwd).find((name) => name.endsWith('.plan.json')) ?? '';
    await applyFromReview(terminal);
    expect(terminal.screen()).toContain('Verified');
    expect(countsOf(emulator)).toEqual(exactlyOne);
    expect(terminal.bytes()).not.toContain('PLANTED');

    // The plan says the same to the program as the form did to the wizard.
    const plan = JSON.parse(readFileSync(path.join(cwd, file), 'utf8')) as {
      destination: unknown;
    };
    expect(plan.destination).toEqual({
      connectionSpecId: unheardOfSpec.id,
      auth: {
        specName: 'Acme Key',
        params: {
          region: 'eu-1',
          server: { host: 'files.acme.example', port: 22, verify: true },
          keyType: 'RSA',
          bits: 2048,
          privateKey: { $secret: 'env:ACME_DROP_PRIVATE_KEY', encoding: 'base64' },
        },
      },
      location: { vault: 'crm', csvOptions: { delimiter: ';' } },
    });
    // What was made of it is there: only who says so makes another one.
    expect((await runProgram(['apply', file, '--yes'], { env, cwd })).stderr).toContain('--again');
    expect(countsOf(emulator)).toEqual(exactlyOne);
    const { exitCode, stderr } = await runProgram(['apply', file, '--yes', '--again'], { env, cwd });
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    expect(countsOf(emulator)).toEqual([4, 2, 2, 2]);
  });
});
