import { readFileSync } from 'node:fs';

/** Names this boot of this machine; nothing where it does not say. Linux only. */
export function bootId(): string | undefined {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return undefined;
  }
}
