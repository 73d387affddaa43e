import { afterEach } from 'vitest';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../source/emulator/server.ts';

const running: Emulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
});

/** An emulator that ends with the test at the latest. */
export async function emulatorWith(options: EmulatorOptions): Promise<Emulator> {
  const emulator = await startEmulator(options);
  running.push(emulator);
  return emulator;
}
