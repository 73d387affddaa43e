import { setFlagsFromString } from 'node:v8';

/**
 * Has the engine collect sooner, instead of letting garbage pile up to several times of what is used: before
 * something long is read, since many of us may run beside each other.
 *
 * The young generation stays as small as it is, and the old one is collected when it has grown by a fifth.
 * Both are read by the engine each time it decides, so they may change while it runs; an engine that does not
 * know them goes on as it was. Not at the start: the first page would come later.
 */
export function keepHeapLean(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=20');
}
