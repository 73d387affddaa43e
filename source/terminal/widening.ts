/**
 * Erases what a terminal kept beyond its right edge while it was narrower: some show it again when they are
 * made wider, and a frame that is drawn line by line never writes there.
 *
 * Has to be asked before the frame is drawn anew. @returns Ends the watch.
 */
export function eraseOnWidening(stdout: NodeJS.WriteStream): () => void {
  let before = stdout.columns;
  const resized = (): void => {
    const { columns, rows } = stdout;
    if (columns > before) {
      const beyond = Array.from({ length: rows }, (_, row) => `\u001b[${row + 1};${before + 1}H\u001b[K`);
      stdout.write(`\u001b7${beyond.join('')}\u001b8`);
    }
    before = columns;
  };
  stdout.prependListener('resize', resized);
  return () => stdout.off('resize', resized);
}
