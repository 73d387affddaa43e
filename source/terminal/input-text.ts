import { isUtf8 } from 'node:buffer';

/** Bytes that begin a sign of more bytes → how many it has; 0 for a byte that begins none. */
const sizeOf = (byte: number): number =>
  byte >= 0xc2 && byte < 0xe0 ? 2 : byte >= 0xe0 && byte < 0xf0 ? 3 : byte >= 0xf0 && byte < 0xf5 ? 4 : 0;

/**
What a terminal sends, as text: UTF-8 in pieces of any size. A byte 0x80 to 0x9f that is no part of a sign is the
8-bit form of a control (`0x9d` for `ESC ]`), which a plain decoder would lose; every other stray byte is U+FFFD.
*/
export class InputText {
  #rest: Buffer = Buffer.alloc(0);

  /** The text that is whole by now. */
  write(chunk: Buffer | string): string {
    if (typeof chunk === 'string') return chunk;
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const wholeEnd = bytes.length - begunAtEnd(bytes);
    this.#rest = bytes.subarray(wholeEnd);
    const whole = bytes.subarray(0, wholeEnd);
    return isUtf8(whole) ? whole.toString('utf8') : readStray(whole);
  }
}

/** How many bytes at the end are the beginning of a sign. */
function begunAtEnd(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (sizeOf(byte) > back) return back;
    if (byte < 0x80 || byte >= 0xc0) return 0;
  }
  return 0;
}

function readStray(bytes: Buffer): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at] ?? 0;
    const size = Math.max(1, sizeOf(byte));
    const sign = bytes.subarray(at, at + size);
    const isWhole = sign.length === size && isUtf8(sign);
    parts.push(isWhole ? sign.toString('utf8') : byte < 0xa0 ? String.fromCharCode(byte) : '\ufffd');
    at += isWhole ? size : 1;
  }
  return parts.join('');
}
