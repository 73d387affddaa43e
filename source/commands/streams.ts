/** What a command reads from and writes to; handed in, so that tests can hold it. */
export interface Streams {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  env: Readonly<Record<string, string | undefined>>;
}

/** Prints a line. */
export function line(stream: NodeJS.WritableStream, text = ''): void {
  stream.write(`${text}\n`);
}

/** One JSON document, on one line where events stream. */
export function json(stream: NodeJS.WritableStream, value: unknown, indent = 0): void {
  line(stream, JSON.stringify(value, null, indent));
}
