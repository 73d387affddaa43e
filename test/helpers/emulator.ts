import { type Emulator, type EmulatorOptions, startEmulator } from '../../source/emulator/server.ts';
import { endWithTest } from './scope.ts';

/** An emulator that ends with the test at the latest. */
export async function emulatorWith(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator(options);
  endWithTest(() => emulator.close());
  return emulator;
}
